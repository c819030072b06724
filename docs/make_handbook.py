"""Writes what the handbook's pages quote of the results into them.

    python docs/make_handbook.py

The pages are docs/handbook.md and those of docs/handbook/. Between the lines
<!-- results/NAME/DATASET: WHAT --> and <!-- end --> stands a part of that
directory's summary.md. WHAT is "made by" (command, data, time …), "claims" with
their numbers ("claims 1 3 4"), or the title of a table. A file of bench/ is
quoted alike, by its headings: <!-- bench/NAME.md: HEADING -->. And
<!-- verdicts --> is the table of all verdicts, <!-- history --> and
<!-- recipes --> are those of make_history.py. Quotations in a list are
indented as their markers are.
"""

import pathlib
import re
import runpy

ROOT = pathlib.Path(__file__).parents[1]
QUOTE = re.compile(
    r"^(?P<indent> *)<!-- (?:(?P<file>(?:results|bench)/\S+): (?P<what>[^\n]+)"
    r"|(?P<own>verdicts|history|recipes)) -->\n.*?^ *<!-- end -->$",
    re.M | re.S,
)


def pages():
    """All pages of the handbook."""
    folder = ROOT / "docs" / "handbook"
    return [folder.with_suffix(".md"), *sorted(folder.glob("*.md"))]


def filled(text):
    """The text with every quotation as the results are now."""

    def quote(match):
        first = match[0].split("\n", 1)[0]
        body = (
            part(ROOT / match["file"], match["what"])
            if match["file"]
            else OWN[match["own"]]()
        )
        lines = [
            f"{match['indent']}{line}" if line else ""
            for line in body.split("\n")
        ]
        end = f"{match['indent']}<!-- end -->"
        return "\n".join([first, "", *lines, "", end])

    return QUOTE.sub(quote, text)


def part(path, what):
    """The part that `what` names of a summary, or of another Markdown file.

    Args:
        path: A directory of results, or a file.
        what: "made by", "claims 1 3" or a heading.

    Raises:
        KeyError: It has no such part.
    """
    file = path if path.suffix else path / "summary.md"
    summary = file.read_text("utf-8")
    head, *rest = re.split(r"^## ", summary, flags=re.M)
    sections = dict(section.split("\n", 1) for section in rest)
    if what == "made by":
        return head.split("\n", 1)[1].strip()
    if what.startswith("claims "):
        claims = re.split(r"^(\d+)\. ", sections["Claims"], flags=re.M)[1:]
        texts = dict(zip(claims[::2], claims[1::2], strict=True))
        return "\n".join(
            "- " + re.sub("^ +", "  ", texts[n].strip(), flags=re.M)
            for n in what.split()[1:]
        )
    return sections[what].strip()


WORDS = ("Held", "Contradicted", "Undecided", "Not measured")


def verdicts():
    """The table of how many verdicts each experiment has, and the sums."""
    lines, sums = [], [0] * (len(WORDS) + 2)
    for file in sorted(ROOT.glob("results/*/*/summary.md")):
        if file.parent.name.endswith("_smoke"):
            continue
        claims = " ".join(part(file, "Claims").split())
        note = part(file, "Verdicts").split("\n\n")[0]
        tests = int(re.search(r"(\d+) comparisons were", note)[1])
        lost = re.search(r"correction for all of them (\w+) of", note)[1]
        counts = [claims.count(f"**{word}.**") for word in WORDS]
        counts += [tests, 0 if lost == "none" else int(lost)]
        sums = [a + b for a, b in zip(sums, counts, strict=True)]
        name = file.parent.relative_to(ROOT / "results").as_posix()
        link = f"[{name}](../../results/{name}/summary.md)"
        lines.append([link, *counts])
    headings = [
        "results", *(word.lower() for word in WORDS), "comparisons",
        "lost by Holm's correction",
    ]  # fmt: skip
    rows = [
        headings, ["---", *["---:"] * (len(headings) - 1)], *lines,
        ["**all**", *(f"**{n}**" for n in sums)],
    ]  # fmt: skip
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)


def _history(name):
    return runpy.run_path(str(ROOT / "docs" / "make_history.py"))[name]()


OWN = {
    "verdicts": verdicts,
    "history": lambda: _history("table"),
    "recipes": lambda: _history("recipes"),
}

if __name__ == "__main__":
    for page in pages():
        page.write_text(filled(page.read_text("utf-8")), "utf-8")
