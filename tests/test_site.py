"""The site is built from the repository, without a warning."""

import pathlib
import re
import subprocess
import sys

import pytest

LOADED = re.compile(r'<(?:script|link|img)[^>]*(?:src|href)="(.*?)"')
ROOT = pathlib.Path(__file__).parents[1]
pytest.importorskip("sphinx")
pytest.importorskip("myst_parser")
pytest.importorskip("furo")


@pytest.mark.program
def test_is_built_and_needs_no_network():
    """A broken link, picture or docstring is a warning, which fails."""
    made = subprocess.run(
        [sys.executable, "docs/site/build.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr[-3000:]
    site = ROOT / "build" / "site"
    pages = list(site.rglob("*.html"))
    assert len(pages) > 60
    for page in pages:
        text = page.read_text(encoding="utf-8")
        loaded = re.findall(
            r"<(?:script|link|img)[^>]*(?:src|href)=\"(.*?)\"", text
        )
        assert not [to for to in loaded if "//" in to], page
    start = (site / "index.html").read_text(encoding="utf-8")
    assert "models/resnet.html" in start
    assert "api/zoo.layers.html" in start
