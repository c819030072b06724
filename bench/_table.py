"""Tables that a script measures and puts into the docs."""

import datetime
import os
import pathlib
import platform
import sys


def machine():
    """The processor's name, as Linux gives it, and its cores."""
    name = platform.processor() or platform.machine()
    info = pathlib.Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                name = line.split(":", 1)[1].strip()
                break
    return f"{name}, {os.cpu_count()} cores"


def markdown(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(str, r)) + " |" for r in lines)


def kept(path, names, measured):
    """Lines of a table in `path` of other names than those measured now."""
    if not measured or not path.exists():
        return []
    others = tuple(f"| {name} |" for name in set(names) - set(measured))
    return [x for x in path.read_text().splitlines() if x.startswith(others)]


def command(script):
    """The command that a script was started with, but for --write."""
    words = [word for word in sys.argv[1:] if word != "--write"]
    return " ".join(["python", f"bench/{pathlib.Path(script).name}", *words])


def put(path, marker, command, text):
    """Replace what stands between two comments named `marker` in `path`."""
    path = pathlib.Path(path)
    now = datetime.datetime.now(datetime.timezone.utc)
    begin, end = f"<!-- {marker} -->", f"<!-- /{marker} -->"
    page = path.read_text()
    if begin not in page:
        raise ValueError(f"{path} has no line {begin!r}.")
    head, rest = page.split(begin, 1)
    tail = rest.split(end, 1)[1]
    note = f"`{command}`, {machine()}, {now:%Y-%m-%d %H:%M} UTC."
    path.write_text(f"{head}{begin}\n{text}\n\n{note}\n{end}{tail}")
