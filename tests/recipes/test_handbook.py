"""The handbook's figures are those of the committed results."""

import pathlib
import re
import runpy

import pytest

DOCS = pathlib.Path(__file__).parents[2] / "docs"
RESULTS = DOCS.parent / "results"
MAKE = runpy.run_path(str(DOCS / "make_handbook.py"))
PAGES = {page: page.read_text("utf-8") for page in MAKE["pages"]()}
HANDBOOK = "\n".join(PAGES.values())
CHAPTERS = {
    page: text
    for page, text in PAGES.items()
    if page.parent.name == "handbook"
    and page.stem not in ("verdicts", "statements", "explanations")
}


def committed():
    """Directories of results, without those of smoke runs."""
    return [
        path.parent
        for path in sorted(RESULTS.glob("*/*/summary.md"))
        if not path.parent.name.endswith("_smoke")
    ]


def test_is_fresh():
    assert MAKE["QUOTE"].search(HANDBOOK)
    for page, text in PAGES.items():
        assert MAKE["filled"](text) == text, (
            f"{page.name}: run python docs/make_handbook.py"
        )


def test_quotes_all_results():
    for directory in committed():
        name = directory.relative_to(DOCS.parent).as_posix()
        quoted = re.findall(f"<!-- {name}: (.+) -->", HANDBOOK)
        assert "made by" in quoted, name
        assert f"{name}/summary.md#verdicts)" in HANDBOOK, name
        claims = (directory / "summary.md").read_text("utf-8")
        numbers = set(re.findall(r"^(\d+)\. ", claims, re.M))
        told = {n for q in quoted if q.startswith("claims ") for n in q.split()}
        assert numbers <= told or "claims in short" in quoted, (
            f"{name}: claims that the handbook lacks"
        )


def test_counts_of_verdicts_add_up():
    *lines, total = MAKE["verdicts"]().splitlines()[2:]
    rows = [[int(n) for n in re.findall(r"\| (\d+)", line)] for line in lines]
    sums = [int(n) for n in re.findall(r"\*\*(\d+)\*\*", total)]
    assert sums == [sum(column) for column in zip(*rows, strict=True)]
    claims = sum(
        len(re.findall(r"^\d+\. ", (d / "summary.md").read_text("utf-8"), re.M))
        for d in committed()
    )
    assert sum(sums[:4]) == claims


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_chapter_has_all_its_parts(page):
    text = CHAPTERS[page]
    assert len(re.findall(r"\$", text)) >= 4, "formulas"
    assert "```python" in text, "code"
    for heading in (
        "The mechanism", "What was measured", "What should I use?", "Exercises"
    ):  # fmt: skip
        assert re.search(f"^## {re.escape(heading)}", text, re.M), heading
    exercises = text.split("## Exercises")[1]
    assert exercises.count("<summary>Answer") >= 2
    assert text.count("<details>") == text.count("</details>")


def test_code_of_chapters_parses():
    for page, text in CHAPTERS.items():
        for code in re.findall(r"```python\n(.*?)```", text, re.S):
            compile(code, page.name, "exec")


def test_all_statements_have_a_place():
    lines = (DOCS / "handbook/statements.md").read_text("utf-8")
    rows = re.findall(r"^\| (\w+) \| (.+) \| (.+) \| (.+) \|$", lines, re.M)
    rows = [row for row in rows if row[0][0].isdigit()]
    assert [int(row[0].removesuffix("b")) for row in rows] == [
        *range(1, 56), 55, 56, 57,
    ]  # fmt: skip
    for number, _, place, strength in rows:
        assert re.search(r"\]\(\w+\.md", place), number
        assert strength.startswith(("**strong**", "*weak*")), number


def test_all_sources_are_listed():
    """With what was looked up of them."""
    told = (DOCS / "sources.md").read_text("utf-8")
    cited = set()
    for directory in committed():
        text = " ".join((directory / "summary.md").read_text("utf-8").split())
        cited |= set(re.findall(r"\]\((http\S+?)\)\) Measured:", text))
    listed = dict(re.findall(r"^\| \[.+?\]\((\S+)\) \| (\S+) \|", told, re.M))
    assert cited == {*listed}
    assert {*listed.values()} == {"**abstract**", "**repository**", "*memory*"}


def test_links_pictures_and_numbers():
    for page, text in PAGES.items():
        links = re.findall(r"\]\(([^)\s]+)\)|<img src=\"(.+?)\"", text)
        links = [link or picture for link, picture in links]
        for link in links:
            if not link.startswith(("http", "#")):
                file, _, anchor = link.partition("#")
                target = page.parent / file
                assert target.is_file(), f"{page.name}: {link}"
                if anchor and target.suffix == ".md":
                    assert anchor in anchors(target), f"{page.name}: {link}"
        prose = MAKE["QUOTE"].sub("", text)
        assert not re.findall(r"± ?\d", prose), (
            f"{page.name}: quote it from the results"
        )


def anchors(page):
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
        for title in titles
    }
