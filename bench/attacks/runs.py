"""Attacks on run directories and sweeps, on real processes.

    python bench/attacks/runs.py --write
    python bench/attacks/runs.py --width=0.2 "read-only disks"

A training that was disturbed and goes on must end with the metrics.csv, the
doctor.jsonl (but for facts, heads and fit, which are about the images that a
process trains on first) and all arrays of model.keras and the last checkpoint
(optimizer and seeds included) of one that was not; what cannot go on must end
with status 2 and one line, with every file as it was. All else is a fault.
`--width` multiplies the tries. Linux only, since disks are made and unmade: by
a mount namespace of its own, without rights of an administrator.
"""

import argparse
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

import _run_children
import _run_damage
import _run_exports
import _run_kills
import _sweep_attacks
import _table

PAGE = pathlib.Path(__file__).parents[2] / "docs/security.md"
ATTACKS = {
    **_run_kills.ATTACKS,
    **_run_damage.ATTACKS,
    **_run_exports.ATTACKS,
    **_sweep_attacks.ATTACKS,
}
HEADER = ("attack", "tries", "held", "lost or wrong")
INSIDE = "ATTACKS_IN_NAMESPACE"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("attacks", nargs="*", default=list(ATTACKS))
    parser.add_argument("--width", type=float, default=1.0)
    parser.add_argument("--write", action="store_true", help="to docs/")
    args = parser.parse_args()
    if INSIDE not in os.environ:
        os.environ[INSIDE] = "1"
        words = ["unshare", "--map-root-user", "--mount", sys.executable]
        os.execvp("unshare", [*words, *sys.argv])
    os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "1"}
    _run_children.prepare()
    rows, failed = [], False
    with tempfile.TemporaryDirectory() as folder:
        for name in args.attacks:
            tries = faults = 0
            for fault in ATTACKS[name](pathlib.Path(folder), args.width):
                tries += 1
                if fault:
                    faults += 1
                    print(name, fault, sep=": ", flush=True)
            rows.append((name, tries, tries - faults, faults))
            print(*rows[-1], sep="  ", flush=True)
            failed |= bool(faults)
    if args.write:
        text = _table.markdown(HEADER, rows)
        kept = _table.kept(PAGE, ATTACKS, [row[0] for row in rows])
        text = "\n".join([text, *kept])
        _table.put(PAGE, "runs", "python bench/attacks/runs.py", text)
    sys.exit(failed)


if __name__ == "__main__":
    main()
