"""Writes the handbook's pages in Chinese, docs/handbook.zh.md and handbook.zh/.

    python docs/make_chinese.py

A Chinese page is the English one, paragraph by paragraph: formulas, code,
pictures and what is quoted of the results are taken from there, so that both
have the same numbers. docs/zh/NAME.json translates a page's paragraphs,
headings and lines of tables; claims.json the claims; words.json what tables and
verdicts are made of. A paragraph without a translation, since the English one
is new or has changed, is an error that prints it; `--missing` prints all of
them as JSON.
"""

import json
import pathlib
import re
import runpy
import sys

ROOT = pathlib.Path(__file__).parents[1]
DOCS = ROOT / "docs"
FOLDER = DOCS / "zh"
HANDBOOK = runpy.run_path(str(DOCS / "make_handbook.py"))
FENCE = re.compile(r"^ *```.*?^ *```$", re.M | re.S)
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)")
LINE = re.compile(r" *(<details>|</details>|<div|</div>|<!-- .* -->)")
ITEM = re.compile(r" *(?:- |\d+\. )")


class Untranslated(KeyError):
    """A text that the tables of translations lack."""


def chinese(page):
    """The Chinese twin of a page of docs/."""
    folder, name = page.parent, page.name
    if folder.name == "handbook":
        return DOCS / "handbook.zh" / name
    return DOCS / "handbook.zh.md"


def read(name):
    """{English: Chinese} of a file of docs/zh."""
    path = FOLDER / f"{name}.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def units(text):
    """What is to be translated of a page, each with how it is laid out.

    Yields:
        (lead, unit, rest): a unit of English text, or "", between what is
        taken over as it is.
    """
    text = HANDBOOK["QUOTE"].sub(lambda found: _held(found[0]), text)
    text = FENCE.sub(lambda found: _held(found[0]), text)
    for block in re.split(r"(\n{2,})", text):
        yield from _of_block(block)


def _held(text):
    """A part that is no text, as one line that splitting leaves alone."""
    return text.replace("\n", "\x00")


def _of_block(block):
    if not block.strip() or "\x00" in block:
        yield block, "", ""
        return
    lines = block.split("\n")
    if lines[0].startswith("|"):
        for line in lines:
            words = _words(line)
            yield ("", line, "\n") if words else (f"{line}\n", "", "")
        return
    if re.match(r" *\$\$|    \S", block) and not ITEM.match(block):
        yield block, "", ""
        return
    part = []
    for line in lines:
        start = ITEM.match(line) or line.startswith("#") or LINE.match(line)
        if part and (start or LINE.match(part[-1])):
            yield _unit(part)
            part = []
        part.append(line)
    yield _unit(part)


def _unit(lines):
    text = "\n".join(lines)
    lead = re.match(r" *(?:- |\d+\. |#+ |<p>|!\[)?", text)[0]
    summary = re.fullmatch(
        r"( *<details><summary>)(.*)(</summary>)", text, re.S
    )
    picture = re.fullmatch(r" *!\[(.*)\](\(\S+\))", text, re.S)
    if summary:
        return summary[1], summary[2], f"{summary[3]}\n"
    if picture:
        return lead, picture[1], f"]{picture[2]}\n"
    if LINE.match(text) or not _words(text):
        return f"{text}\n", "", ""
    return lead, text.removeprefix(lead), "\n"


def _words(text):
    """Whether there is anything to translate in it."""
    return bool(re.search(r"[A-Za-z]{2}", FORMULA.sub("", text)))


def translated(page, missing=None):
    """The Chinese text of a page.

    Args:
        page: The path of the English one.
        missing: A list that takes what has no translation; None: an error.

    Raises:
        Untranslated: The page has changed.
    """
    table = {**read("shared"), **read(page.stem)}
    out = []
    for lead, unit, rest in units(page.read_text("utf-8")):
        if not unit:
            out.append(lead)
            continue
        key = " ".join(unit.split())
        if key not in table:
            if missing is None:
                raise Untranslated(f"{page.name}: {key}")
            missing.append(key)
        made = table.get(key, key)
        indent = " " * (len(lead) if lead.strip() in {"-", "1.", "2."} else 0)
        indent = indent or re.match(" *", lead)[0]
        out.append(lead + made.replace("\n", f"\n{indent}") + rest)
    text = re.sub(r"\n+(?=\n\n)|\n+$", "", "".join(out)) + "\n"
    text = text.replace("\x00", "\n")
    text = LINK.sub(lambda found: _link(page, found), text)
    return HANDBOOK["filled"](text, Chinese(missing))


def _link(page, found):
    """A link from the Chinese page: to a Chinese one, if there is one."""
    target, _, anchor = found[1].partition("#")
    to = (page.parent / target).resolve() if target else page
    if target.startswith("http") or to not in HANDBOOK["pages"]():
        return found[0]
    if anchor:
        anchor = "#" + _anchors(to)[anchor]
    if target:
        target = target.replace("handbook.md", "handbook.zh.md")
        target = target.replace("handbook/", "handbook.zh/")
    return f"]({target}{anchor})"


def slug(title):
    """The anchor of a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _anchors(page):
    """{anchor of a heading: its anchor in the Chinese page}"""
    table = {**read("shared"), **read(page.stem)}
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {slug(t): slug(table.get(t, t)) for t in titles}


class Chinese:
    """Turns what the handbook quotes into Chinese."""

    def __init__(self, missing=None):
        self.claims, self.words = read("claims"), read("words")
        self.missing = missing
        longest = sorted(self.words, key=len, reverse=True)
        self.pattern = re.compile(
            rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, longest))})(?![A-Za-z])"
        )

    def claim(self, text):
        """A claim's sentence."""
        if text not in self.claims and self.missing is None:
            raise Untranslated(f"claims: {text}")
        if text not in self.claims:
            self.missing.append(text)
        return self.claims.get(text, text)

    def text(self, text):
        """Headings, labels and words around numbers; code stays."""
        parts = re.split(r"(`[^`]*`|\]\(\S+\))", text)
        parts[::2] = [self.pattern.sub(self._word, part) for part in parts[::2]]
        return "".join(parts)

    def _word(self, found):
        return self.words[found[0]]


def main(words):
    if words == ["--missing"]:
        for page in HANDBOOK["pages"]():
            missing = []
            translated(page, missing)
            found = {page.stem: missing}
            print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    (DOCS / "handbook.zh").mkdir(exist_ok=True)
    for page in HANDBOOK["pages"]():
        chinese(page).write_text(translated(page), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
