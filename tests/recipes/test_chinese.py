"""The handbook in Chinese has the numbers, formulas, links of the English."""

import json
import pathlib
import re
import runpy

import pytest

DOCS = pathlib.Path(__file__).parents[2] / "docs"
MAKE = runpy.run_path(str(DOCS / "make_chinese.py"))
PAGES = MAKE["HANDBOOK"]["pages"]()
TABLES = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted((DOCS / "zh").glob("*.json"))
}
KEPT = {
    "formulas": r"\$[^$]+\$",
    "code": r"`[^`]+`",
    "links": r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"",
}


def figures(text):
    """The numbers of a text, without those of formulas and links."""
    text = re.sub(r"\$[^$]+\$|\]\([^)]*\)", "", text)
    return set(re.findall(r"\d[\d.,]*\d|\d", text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_is_fresh(page):
    """It has all paragraphs of the page, and what that quotes now."""
    made = MAKE["chinese"](page).read_text("utf-8")
    assert made == MAKE["translated"](page), "run python docs/make_chinese.py"
    english = page.read_text("utf-8")
    for what in (r"<!-- \S+: .+ -->", r"```.*?```", r"!\[.*?\]\((\S+)\)"):
        assert re.findall(what, made, re.S if "`" in what else 0) == (
            re.findall(what, english, re.S if "`" in what else 0)
        )
    quote = MAKE["HANDBOOK"]["QUOTE"]
    quoted = [
        "".join(found[0] for found in quote.finditer(text))
        for text in (english, made)
    ]
    assert numbers(quoted[0]) == numbers(quoted[1])
    assert not re.search(r"\*\*(\d+\. )?(Held|Undecided)\.", quoted[1])
    assert len(re.findall(r"[\u4e00-\u9fff]", quote.sub("", made))) > 300


def numbers(text):
    """All numbers of a text, in the order of their digits."""
    text = re.sub(r"\]\([^)]*\)", "", text)
    return sorted(re.findall(r"\d+", text))


@pytest.mark.parametrize("name", [n for n in TABLES if n != "words"])
def test_tells_the_same(name):
    for english, chinese in TABLES[name].items():
        assert figures(english) == figures(chinese), english
        for what, pattern in KEPT.items():
            told = [
                sorted(re.findall(pattern, text)) for text in (english, chinese)
            ]
            assert told[0] == told[1], f"{what} of: {english}"


def test_changes_are_seen(tmp_path):
    """A new paragraph asks for a translation, a new number is taken over."""
    page = next(page for page in PAGES if page.stem == "dropout")
    text = page.read_text("utf-8")
    (tmp_path / "handbook").mkdir()
    changed = tmp_path / "handbook" / "dropout.md"
    changed.write_text(text.replace("2^n", "3^n"), "utf-8")
    with pytest.raises(KeyError, match=r"dropout.md: .*3\^n"):
        MAKE["translated"](changed)


def test_no_translation_is_left_over():
    """Of what the pages and the results said once."""
    used = {key for page in PAGES for key in keys(page)}
    for name, table in TABLES.items():
        if name not in ("words", "claims"):
            assert {*table} <= used, name
    claims = {
        MAKE["HANDBOOK"]["VERDICT"].fullmatch(text)["claim"]
        for file in (DOCS.parent / "results").glob("*/*/summary.md")
        if not file.parent.name.endswith("_smoke")
        for text in MAKE["HANDBOOK"]["claims"](
            {"Claims": file.read_text("utf-8").split("## Claims")[1]}
        ).values()
    }
    assert {*TABLES["claims"]} <= claims


def keys(page):
    """What is translated of a page."""
    for _, unit, _ in MAKE["units"](page.read_text("utf-8")):
        if unit:
            yield " ".join(unit.split())
