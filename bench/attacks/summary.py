"""Sums up what was tried, in docs/security.md, from the tables there.

    python bench/attacks/summary.py

Each row is a kind of attack that an examination of the package once found
faults by. Counts are those that the scripts wrote into the tables; those of
tests are counted by running them. A minute.
"""

import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

import _table

ROOT = pathlib.Path(__file__).parents[2]
PAGE = ROOT / "docs/security.md"
TABLES = {  # where a script writes: (page, its marker, its columns)
    "files": (PAGE, "files", "tried", "faults"),
    "server": (PAGE, "server", "tries", "held"),
    "runs": (PAGE, "runs", "tries", "lost or wrong"),
    "loading": (PAGE, "loading", "tries", "faults"),
    "jobs": (ROOT / "docs/scaling.md", "jobs", "tries", "lost or wrong"),
}
SOAK = ROOT / "bench/soak.md"
ROWS = {  # kind: a table and what its rows are to have, or tests
    "the server: ten thousand requests": "soak",
    "the server: special requests": ("server", ""),
    "hostile and damaged `.h5`": ("files", "h5"),
    "hostile and damaged `.keras`": ("files", "keras$"),
    "hostile and damaged `.pth`": ("files", "pth"),
    "hostile and damaged `.safetensors`": ("files", "safetensors"),
    "weights, hubs and settings on their way in": ("loading", ""),
    "two at once": ("runs", "second training|at once"),
    "damaged run directories, `--resume`": ("runs", "damaged file|wrong place"),
    "damaged run directories, `zoo export`": ("runs", "export of"),
    "callbacks whose logs are damaged": ["tests/callbacks/test_sinks.py"],
    "sweeps": ("runs", "sweep"),
    "full and read-only disks, directories removed": ("runs", "disk|removed"),
    "downloads": ["tests/zoo/test_download.py"],
    "`kill -9`, SIGTERM, and going on": ("runs", "^kill|SIGTERM"),
    "jobs of several processes": ("jobs", ""),
}  # fmt: skip
HEADER = ("what was attacked", "by", "tries", "faults")


def table(name):
    """[(first column, tries, faults)] of what a script wrote."""
    page, marker, tries, last = TABLES[name]
    text = page.read_text().partition(f"<!-- {marker} -->")[2]
    lines = text.partition(f"<!-- /{marker} -->")[0].splitlines()
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|")
    ]
    header, rows = cells[0], cells[2:]
    for row in rows:
        found = dict(zip(header, row, strict=True))
        count = int(found[tries].replace(",", ""))
        faults = int(found[last].replace(",", ""))
        if last == "held":
            faults = count - faults
        yield row[0], count, faults


def soak():
    """(requests, those that were lost or answered wrongly)."""
    text = SOAK.read_text()

    def figure(what):
        found = re.search(rf"\| {what}.* \| ([\d,]+) \|", text)
        return int(found[1].replace(",", ""))

    wrong = figure("lost") + figure("answered with an unexpected status")
    return figure("requests sent"), wrong


def tested(words):
    """(tests, those that failed)."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *words], capture_output=True, text=True, cwd=ROOT
    )
    last = done.stdout.strip().splitlines()[-1]
    counts = {k: int(n) for n, k in re.findall(r"(\d+) (\w+)", last)}
    failed = counts.get("failed", 0) + counts.get("errors", 0)
    return counts.get("passed", 0) + failed, failed


def main():
    rows = []
    for what, source in ROWS.items():
        if source == "soak":
            by, (tries, faults) = "bench/soak.py", soak()
        elif isinstance(source, list):
            by, (tries, faults) = source[0], tested(source)
        else:
            name, pattern = source
            found = [r for r in table(name) if re.search(pattern, r[0])]
            by = f"bench/attacks/{name}.py"
            tries, faults = (sum(r[i] for r in found) for i in (1, 2))
        rows.append((what, f"`{by}`", f"{tries:,}", faults))
        print(*rows[-1], sep="  ", flush=True)
    text = _table.markdown(HEADER, rows)
    _table.put(PAGE, "summary", "python bench/attacks/summary.py", text)
    sys.exit(any(row[-1] for row in rows))


if __name__ == "__main__":
    main()
