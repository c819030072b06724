"""Writes what the handbook's pages quote of the results into them.

    python docs/make_handbook.py

The pages are docs/handbook.md and those of docs/handbook/. Between the lines
<!-- results/NAME/DATASET: WHAT --> and <!-- end --> stands a part of that
directory's summary.md. WHAT is "made by" (command, data, time …), "claims" with
their numbers ("claims 1 3 4"), "claims in short" (all, with their verdicts
alone), "verdicts" with the numbers of claims (what was compared for these), or
the title of a table. A file of bench/ is quoted alike, by its headings:
<!-- bench/NAME.md: HEADING -->. And <!-- verdicts --> is the table of all
verdicts, <!-- history --> and <!-- recipes --> are those of make_history.py.
Quotations in a list are indented as their markers are.
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


class English:
    """What is quoted stays as it is; make_chinese.py has another."""

    def claim(self, text):
        return text

    def text(self, text):
        return text


def filled(text, language=None):
    """The text with every quotation as the results are now."""
    language = language or English()

    def quote(match):
        first = match[0].split("\n", 1)[0]
        body = (
            part(ROOT / match["file"], match["what"], language)
            if match["file"]
            else language.text(OWN[match["own"]]())
        )
        lines = [
            f"{match['indent']}{line}" if line else ""
            for line in body.split("\n")
        ]
        end = f"{match['indent']}<!-- end -->"
        return "\n".join([first, "", *lines, "", end])

    return QUOTE.sub(quote, text)


def part(path, what, language=None):
    """The part that `what` names of a summary, or of another Markdown file.

    Args:
        path: A directory of results, or a file.
        what: "made by", "claims 1 3" or a heading.
        language: Turns words into those of another; None: English.

    Raises:
        KeyError: It has no such part.
    """
    language = language or English()
    file = path if path.suffix else path / "summary.md"
    summary = file.read_text("utf-8")
    head, *rest = re.split(r"^## ", summary, flags=re.M)
    sections = dict(section.split("\n", 1) for section in rest)
    if what == "made by":
        return language.text(head.split("\n", 1)[1].strip())
    if what == "claims in short":
        return short(claims(sections), language)
    if what.startswith("claims "):
        texts = claims(sections)
        return "\n".join(told(n, texts[n], language) for n in what.split()[1:])
    if what.startswith("verdicts "):
        _, _, *lines = sections["Verdicts"].strip().splitlines()
        numbers = what.split()[1:]
        rows = [row for row in lines[2:] if row.split()[1] in numbers]
        return language.text("\n".join([*lines[:2], *rows]))
    return language.text(sections[what].strip())


def claims(sections):
    """{number: text} of a summary's claims, each text in one line."""
    parts = re.split(r"^(\d+)\. ", sections["Claims"], flags=re.M)[1:]
    return {
        number: " ".join(text.split())
        for number, text in zip(parts[::2], parts[1::2], strict=True)
    }


VERDICT = re.compile(
    r"(?P<claim>.+?) \((?P<source>\[.+?\]\(\S+\))\) Measured: (?P<measured>.+) "
    r"\*\*(?P<verdict>Held|Contradicted|Undecided|Not measured)\.\*\*"
    r"(?P<more>.*)"
)


def told(number, text, language):
    """A claim as an item of a list, its number and verdict first."""
    parts = VERDICT.fullmatch(text)
    verdict = language.text(f"{parts['verdict']}.")
    measured = language.text(f"Measured: {parts['measured']}{parts['more']}")
    return (
        f"- **{number}. {verdict}** {language.claim(parts['claim'])} "
        f"({parts['source']}) {measured}"
    )


def short(texts, language):
    """A table of claims with their verdicts alone."""
    rows = [["", language.text("claim"), language.text("verdict")]]
    rows.append(["---:", "---", "---"])
    for number, text in texts.items():
        parts = VERDICT.fullmatch(text)
        verdict = language.text(parts["verdict"].lower())
        rows.append([number, language.claim(parts["claim"]), verdict])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


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
