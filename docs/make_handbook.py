"""Writes what docs/handbook.md quotes of the results into it.

    python docs/make_handbook.py

Between the lines <!-- results/NAME/DATASET: WHAT --> and <!-- end --> stands a
part of that directory's summary.md. WHAT is "made by" (command, data, time …),
"claims" with their numbers ("claims 1 3 4"), or the title of a table. A file of
bench/ is quoted alike, by its headings: <!-- bench/NAME.md: HEADING -->.
"""

import pathlib
import re

ROOT = pathlib.Path(__file__).parents[1]
HANDBOOK = ROOT / "docs" / "handbook.md"
QUOTE = re.compile(
    r"^(<!-- ((?:results|bench)/\S+): ([^\n]+) -->\n).*?^(<!-- end -->)$",
    re.M | re.S,
)


def filled(text):
    """The text with every quotation as the results are now."""
    return QUOTE.sub(
        lambda m: f"{m[1]}\n{part(ROOT / m[2], m[3])}\n\n{m[4]}", text
    )


def part(directory, what):
    """The part of a summary that `what` names.

    Raises:
        KeyError: It has no such part.
    """
    file = directory if directory.suffix else directory / "summary.md"
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


if __name__ == "__main__":
    HANDBOOK.write_text(filled(HANDBOOK.read_text("utf-8")), "utf-8")
