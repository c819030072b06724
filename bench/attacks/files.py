"""Hostile and damaged weight files, read under limits in child processes.

    python bench/attacks/files.py --write

Each of `_crafted.py` must be refused for the reason given there; then
`--files` are made by chance from good ones (`_mutated.py`). Whatever a file
is, the reader returns arrays no larger than a small multiple of it or raises a
ValueError of a line that names the file, in a few seconds, and runs nothing,
opens no other file and does not end the process. Linux only.
"""

import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

SECONDS = 20  # for a file, after which its process is ended
PAGE = pathlib.Path(__file__).parents[2] / "docs/security.md"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--write", action="store_true", help="to docs/")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows, faults = run(pathlib.Path(folder), args.seed, args.files)
    if args.json:
        print(json.dumps({"rows": rows, "faults": faults}))
    else:
        print(table(rows), *faults, sep="\n")
    if args.write:
        sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
        import _table

        command = f"python bench/attacks/files.py --files={args.files}"
        _table.put(PAGE, "files", command, table(rows))
    sys.exit(bool(faults))


def run(folder, seed, files):
    """({kind: counts}, faults): child after child, until all were tried."""
    rows = collections.defaultdict(collections.Counter)
    faults, begin = [], 0
    while begin is not None:
        begin = child(folder, seed, files, begin, rows, faults)
    return rows, faults


def child(folder, seed, files, begin, rows, faults):
    """Tries files until the process ends.

    Returns:
        The number of the next file; None if all were tried.
    """
    program = pathlib.Path(__file__).with_name("_child.py")
    command = [sys.executable, program, folder, str(seed), str(files)]
    process = subprocess.Popen(
        [*command, str(begin)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"HDF5_USE_FILE_LOCKING": "FALSE"},
    )
    number, kind, done = begin, "", False
    for line in process.stdout:
        told = json.loads(line)
        if told == "end":
            done = True
        elif "begun" in told:
            number, kind = told["begun"], told["kind"]
        else:
            row = rows[told["kind"]]
            row["tried"] += 1
            row[told["outcome"]] += 1
            for name in ("seconds", "megabytes"):
                row[name] = max(row[name], told[name])
            if told["outcome"] == "fault":
                faults.append(f"{told['number']} {kind}: {told['what']}")
    error = process.stderr.read()
    process.wait()
    if done:
        return None
    rows[kind]["tried"] += 1
    rows[kind]["fault"] += 1
    faults.append(
        f"{number} {kind}: the process ended with {process.returncode} "
        f"{error[-300:]}"
    )
    return number + 1


def table(rows):
    import_path = str(pathlib.Path(__file__).parents[1])
    if import_path not in sys.path:
        sys.path.insert(0, import_path)
    import _table

    header = (
        "files",
        "tried",
        "refused",
        "read",
        "faults",
        "longest",
        "memory",
    )
    lines = [
        (
            kind,
            f"{row['tried']:,}",
            f"{row['refused']:,}",
            f"{row['read']:,}",
            row["fault"],
            f"{row['seconds']:.1f} s",
            f"+{row['megabytes']:.0f} MB",
        )
        for kind, row in rows.items()
    ]
    return _table.markdown(header, lines)


if __name__ == "__main__":
    main()
