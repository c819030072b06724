"""How often a diagnosis is right, on programs whose fault is known.

    python -m bench.doctor --part=develop

trains the programs of the catalogue, healthy and faulty, under TrainingDoctor,
and counts what it said; the rules of four published tools are counted on the
same recordings. What is recorded already is not trained again: delete
--recordings, or give another, when the tool has changed. The rules may be
fitted to the programs to develop on, never to those of the other part.
"""

import argparse
import pathlib
import sys

ROOT = pathlib.Path(__file__).parents[2]
RESULTS = pathlib.Path(__file__).with_name("results.md")
DOCS = ROOT / "docs/callbacks.md"
PARTS = ("develop", "report")
TOOL = "bench.doctor._record:Doctor"


def add_recording(parser):
    """Adds the options of what is trained, and how, to a parser."""
    parser.add_argument("--only", nargs="*", help="names of programs")
    parser.add_argument(
        "--jobs", type=int, default=1, help="processes at a time"
    )
    parser.add_argument(
        "--limit", type=int, default=300, help="seconds a program may take"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--recordings", type=pathlib.Path, default=ROOT / "build/doctor"
    )


def options():
    parser = argparse.ArgumentParser(
        prog="python -m bench.doctor",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--part", choices=(*PARTS, "all"), default="all")
    add_recording(parser)
    parser.add_argument(
        "--tool",
        default=TOOL,
        help="package.module:Class of the tool; docs/callbacks.md tells how",
    )
    parser.add_argument(
        "--recorded",
        action="store_true",
        help="train nothing, count what is recorded",
    )
    parser.add_argument(
        "--lines", type=pathlib.Path, help="file for a line a program"
    )
    parser.add_argument(
        "--write",
        action="store_true",
        help="put the tables into results.md and docs/callbacks.md",
    )
    return parser


def main():
    parser = options()
    given = parser.parse_args()
    from bench import _table
    from bench.doctor import _pool, _record, _report, _score
    from bench.doctor._program import CATALOGUE

    try:
        _record.tool_of(given.tool)
    except (ImportError, AttributeError, ValueError) as error:
        parser.error(f"--tool={given.tool} names no class: {error}.")
    parts = PARTS if given.part == "all" else (given.part,)
    names = [
        name
        for name, program in CATALOGUE.items()
        if (name in given.only if given.only else program.part in parts)
    ]
    unknown = set(given.only or ()) - set(CATALOGUE)
    if unknown:
        parser.error(f"--only: no programs are called {sorted(unknown)}.")
    twins = {CATALOGUE[n].twin for n in names} - {None}
    tool = given.tool.rpartition(":")[2]
    tool = "TrainingDoctor" if given.tool == TOOL else tool
    directory = given.recordings / f"{tool}-{given.seed}"
    everything = list(dict.fromkeys([*names, *sorted(twins)]))
    if not given.recorded:
        settings = given.tool, given.seed, given.jobs, given.limit
        _pool.run(everything, directory, *settings)
    recordings = _score.read(directory, everything)
    doubts = _score.doubts(recordings)
    command = "python -m bench.doctor --write"
    texts = {}
    for part in parts:
        kept = {
            name: recording
            for name, recording in recordings.items()
            if name in names
            and CATALOGUE[name].part == part
            and name not in doubts
        }
        if not kept:
            continue
        found = _score.outcomes(kept, tool)
        texts[part] = "\n\n".join(
            [_report.by_tool(found), _report.by_kind(found)]
        )
        print(f"\n{part}\n\n{texts[part]}\n\n{_report.by_cause(found[tool])}")
        if given.lines:
            with given.lines.open("a") as file:
                for line in _report.lines(found[tool], recordings):
                    print(line, file=file)
        if given.write:
            _table.put(RESULTS, part, command, texts[part])
    if given.write and "report" in texts:
        _table.put(DOCS, "diagnosis", command, texts["report"])
    for name, why in doubts.items():
        if CATALOGUE[name].part in parts:
            print(f"Not counted, {name}: {why}.", file=sys.stderr)
    return bool(doubts)


if __name__ == "__main__":
    sys.exit(main())
