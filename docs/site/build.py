"""Builds the site: `make docs`, or python docs/site/build.py.

What the repository has as Markdown becomes pages, with links, pictures and
formulas as on GitHub; pages of the networks and of the Python interface are
written by pages.py. The site is build/site/index.html, and needs no network,
neither to be built nor to be read.
"""

import pathlib
import re
import shutil
import subprocess
import sys

from sphinx.cmd import build as sphinx

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs" / "site"))
import pages  # noqa: E402
import widgets  # noqa: E402

SOURCE = ROOT / "build" / "docs"
SITE = ROOT / "build" / "site"
LARGEST = 2**22  # bytes of a file that a page may link to
GUIDES = (
    *("training", "evaluation", "explain", "export", "serving", "scaling"),
    *("checkpoints", "layers", "callbacks", "tensorflow", "security"),
)
LINK = re.compile(
    r"\[([^\[\]]*)\]\((?!https?:|mailto:|#)([^)\s#]+)(#[^)\s]*)?\)"
)


def main(words):
    shutil.rmtree(SOURCE, ignore_errors=True)
    copy()
    pages.write(SOURCE)
    widgets.write(ROOT, ROOT / "build" / "static")
    (SOURCE / "index.md").write_text(start(), encoding="utf-8")
    for path in SOURCE.rglob("*.md"):
        mend_links(path)
    code = sphinx.build_main(
        [
            *("-b", "html", "-W", "--keep-going", "-q"),
            *("-c", str(ROOT / "docs" / "site")),
            *(str(SOURCE), str(SITE)),
            *words,
        ]
    )
    if not code:
        print(f"{SITE / 'index.html'}")
    return code


def copy():
    """The files of the repository, as far as pages show or link to them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    for name in listed.split("\0"):
        path = ROOT / name
        if name and path.is_file() and path.stat().st_size < LARGEST:
            to = SOURCE / name
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, to)


def start():
    """The README, and what the side bar lists."""
    (SOURCE / "README.md").unlink()
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for caption, names in tables().items():
        lines = ["", "```{toctree}", ":hidden:", f":caption: {caption}", ""]
        text += "\n".join([*lines, *names, "```", ""])
    return text


def tables():
    """{caption: pages} of the side bar."""
    there = {
        path.relative_to(SOURCE).with_suffix("").as_posix()
        for path in (*SOURCE.rglob("*.md"), *SOURCE.rglob("*.rst"))
    }
    guides = [f"docs/{name}" for name in GUIDES if f"docs/{name}" in there]
    handbook = [*chapters("docs/handbook"), "docs/sources"]
    chinese = ["README.zh", *chapters("docs/handbook.zh"), "docs/glossary.zh"]
    models = [
        "docs/models",
        "docs/blocks",
        *sorted(n for n in there if n[:7] == "models/"),
    ]
    interface = sorted(n for n in there if n.startswith("api/"))
    listed = {*guides, *handbook, *chinese, *models, *interface}
    listed |= {"index", "README"}
    first = [n for n in ("CONTRIBUTING", "CHANGELOG", "SECURITY") if n in there]
    rest = sorted(there - listed - {*first})
    return {
        "Guides": guides,
        "Handbook": handbook,
        "Networks": models,
        "Python": interface,
        "中文": chinese,
        "Project": first,
        "Figures": rest,
    }


def chapters(index):
    """A handbook's index and its pages, in the order of their links."""
    text = (SOURCE / f"{index}.md").read_text(encoding="utf-8")
    folder = re.escape(pathlib.PurePath(index).name)
    names = re.findall(rf"\]\({folder}/(\w+)\.md", text)
    return [index, *dict.fromkeys(f"{index}/{name}" for name in names)]


def mend_links(path):
    """Lets links to folders and to the README lead to pages."""

    def mended(found):
        text, target, anchor = found[1], found[2], found[3] or ""
        to = (path.parent / target).resolve()
        if to.is_dir():
            target = f"{target.rstrip('/')}/README.md"
            if not (to / "README.md").exists():
                return text
        if to == SOURCE / "README.md":
            target = target.replace("README.md", "index.md")
        return f"[{text}]({target}{anchor})"

    text = path.read_text(encoding="utf-8")
    path.write_text(LINK.sub(mended, text), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
