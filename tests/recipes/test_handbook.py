"""The handbook's figures are those of the committed results."""

import pathlib
import re
import runpy

DOCS = pathlib.Path(__file__).parents[2] / "docs"
RESULTS = DOCS.parent / "results"
HANDBOOK = (DOCS / "handbook.md").read_text("utf-8")


def committed():
    """Directories of results, without those of smoke runs."""
    return [
        path.parent
        for path in sorted(RESULTS.glob("*/*/summary.md"))
        if not path.parent.name.endswith("_smoke")
    ]


def test_is_fresh():
    made = runpy.run_path(str(DOCS / "make_handbook.py"))
    assert made["QUOTE"].search(HANDBOOK)
    assert made["filled"](HANDBOOK) == HANDBOOK, (
        "Run: python docs/make_handbook.py"
    )


def test_quotes_all_results():
    for directory in committed():
        name = directory.relative_to(DOCS.parent).as_posix()
        quoted = re.findall(f"<!-- {name}: (.+) -->", HANDBOOK)
        assert "made by" in quoted, name
        claims = (directory / "summary.md").read_text("utf-8")
        numbers = set(re.findall(r"^(\d+)\. ", claims, re.M))
        told = {n for q in quoted if q.startswith("claims ") for n in q.split()}
        assert numbers <= told, f"{name}: claims that the handbook lacks"


def test_pictures_and_numbers_are_of_the_results():
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", HANDBOOK)
    assert pictures
    for picture in pictures:
        assert (DOCS / picture).is_file(), picture
    quote = re.compile(
        r"^<!-- (?:results|bench)/.*?^<!-- end -->$", re.M | re.S
    )
    prose = quote.sub("", HANDBOOK)
    assert not re.findall(r"± ?\d", prose), "quote it from the results"
