"""Pages that are written from the code say what the code says."""

import pathlib
import re
import runpy

ROOT = pathlib.Path(__file__).parents[2]
DOCS = ROOT / "docs"


def test_models_page_is_fresh():
    markdown = runpy.run_path(str(DOCS / "make_models.py"))["markdown"]
    assert (DOCS / "models.md").read_text() == markdown(), (
        "Run: python docs/make_models.py"
    )


def test_both_readmes_tell_the_same():
    """Commands and what they print, figures, links and pictures."""
    english, chinese = (
        (ROOT / name).read_text(encoding="utf-8")
        for name in ("README.md", "README.zh.md")
    )
    code = re.compile(r"^```.*?^```|`[^`]+`", re.MULTILINE | re.DOTALL)
    told = [
        sorted(" ".join(part.split()) for part in code.findall(text))
        for text in (english, chinese)
    ]
    assert told[0] == told[1]
    assert any("make demo" in part for part in told[0])
    links = re.compile(r"\]\(([^)]+)\)")
    own = {"README.md", "README.zh.md"}
    own |= {"docs/glossary.zh.md", "docs/handbook.zh.md"}
    assert {*links.findall(english)} - own == {*links.findall(chinese)} - own

    def figures(text):
        return set(re.findall(r"\d[\d.,]*\d|\d", code.sub("", text)))

    assert figures(english) == figures(chinese)
