"""Pages that are written from the code say what the code says."""

import pathlib
import runpy

DOCS = pathlib.Path(__file__).parents[2] / "docs"


def test_models_page_is_fresh():
    markdown = runpy.run_path(str(DOCS / "make_models.py"))["markdown"]
    assert (DOCS / "models.md").read_text() == markdown(), (
        "Run: python docs/make_models.py"
    )
