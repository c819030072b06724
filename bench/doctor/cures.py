"""What TrainingDoctor(treat=True) makes of faulty and healthy programs.

    python -m bench.doctor.cures --part=report --jobs=2 --write

trains each program as it is and with treatment, for as many epochs: the first
is the control. Better and worse mean by the program's margin, cured means as
good as its twin, in which the fault is mended, less the margin.
"""

import argparse
import math

import bench.doctor.programs  # noqa: F401
from bench import _table
from bench.doctor import _pool, _score
from bench.doctor.__main__ import PARTS, RESULTS, TOOL, add_recording
from bench.doctor._program import CATALOGUE, CAUSES
from bench.doctor._score import Rate

TREATED = "bench.doctor._record:Treated"
MARGIN = 0.03


def options():
    parser = argparse.ArgumentParser(
        prog="python -m bench.doctor.cures",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--part", choices=PARTS, default="report")
    add_recording(parser)
    parser.add_argument(
        "--write", action="store_true", help="put the table into results.md"
    )
    return parser


def outcome(program, plain, treated, twin):
    """(tried, kept, better, cured, worse) of a program."""
    tried = treated.get("tried", [])
    before, after = plain["score"], treated["score"]
    better = after >= before + program.margin or math.isnan(before)
    worse = after <= before - program.margin
    cured = twin is not None and after >= twin["score"] - program.margin
    kept = any(kept for *_, kept in tried)
    return bool(tried), kept, better and not math.isnan(after), cured, worse


def rows(plain, treated):
    """{kind: outcomes} of programs that both were recorded of."""
    found = {}
    doubts = _score.doubts(plain)
    for name, recording in treated.items():
        program = CATALOGUE[name]
        there = name in plain and plain[name].get("score") is not None
        if name in doubts or not there or recording.get("score") is None:
            continue
        twin = plain.get(program.twin) if program.causes else None
        if program.causes and (twin is None or twin.get("score") is None):
            continue
        found.setdefault(program.kind, []).append(
            outcome(program, plain[name], recording, twin)
        )
    return found


def table(found):
    lines = []
    for kind in (*CAUSES, "healthy"):
        results = found.get(kind, [])
        if kind == "healthy" or any(tried for tried, *_ in results):
            lines.append(_line(f"`{kind}`", results))
    faulty = [o for kind, os in found.items() if kind != "healthy" for o in os]
    tried = [o for o in faulty if o[0]]
    lines.append(_line("all faulty", faulty))
    lines.append(_line("of them treated", tried))
    header = ("kind of fault", "programs", "treated", "a remedy kept",
              "better than untreated", "as good as mended",
              "worse than untreated")  # fmt: skip
    return _table.markdown(header, lines)


def _line(name, results):
    columns = zip(*results, strict=True) if results else [()] * 5
    tried, kept, better, cured, worse = (
        Rate(sum(column), len(results)) for column in columns
    )
    healthy = name == "`healthy`"
    return (
        name,
        len(results),
        tried.count,
        kept.count,
        better,
        "–" if healthy else cured,
        worse,
    )


def main():
    given = options().parse_args()
    names = given.only or [
        n for n, p in CATALOGUE.items() if p.part == given.part
    ]
    twins = [CATALOGUE[n].twin for n in names if CATALOGUE[n].twin]
    plain = given.recordings / f"TrainingDoctor-{given.seed}"
    treated = given.recordings / f"Treated-{given.seed}"
    settings = given.seed, given.jobs, given.limit
    _pool.run([*names, *twins], plain, TOOL, *settings)
    _pool.run(names, treated, TREATED, *settings)
    text = table(
        rows(
            _score.read(plain, dict.fromkeys([*names, *twins])),
            _score.read(treated, names),
        )
    )
    print(text)
    if given.write:
        command = "python -m bench.doctor.cures --write"
        _table.put(RESULTS, f"cures-{given.part}", command, text)


if __name__ == "__main__":
    main()
