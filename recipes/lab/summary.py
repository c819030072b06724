"""The files of an experiment's results: runs.csv, summary.md, figures."""

import platform
import statistics
import textwrap
from pathlib import Path

from zoo._files import write_whole
from zoo.recipes.lab import figures
from zoo.recipes.lab.progress import duration
from zoo.recipes.lab.rows import NotMeasured


def write(directory, experiment, rows, records, command, speed):
    """Judges the claims, and writes all files of the results.

    Args:
        directory: Directory of the results.
        experiment: An `experiment.Experiment`.
        rows: The `Rows` of its runs.
        records: What `sweep.sweep` has returned.
        command: The command that makes these results.
        speed: A line about the machine.

    Returns:
        The claims, each a `claims.Claim`.
    """
    claims = [judge(rows) for judge in experiment.claims]
    write_whole(directory / "runs.csv", rows.csv())
    drawn = []
    for name, draw in experiment.figures.items():
        try:
            figure = draw(rows)
        except NotMeasured:
            (directory / name).unlink(missing_ok=True)
            continue
        figures.save(figure, directory / name)
        drawn.append(name)
    parts = [
        f"# {experiment.title}: {directory.name}",
        _facts(rows, records, command, speed),
        *sections(claims, experiment.tables(rows)),
        "## Figures",
        *(f"![{Path(name).stem}]({name})" for name in drawn),
    ]
    write_whole(directory / "summary.md", "\n\n".join(parts) + "\n")
    return claims


def sections(claims, tables):
    """The paragraphs of a summary that tell its claims and tables."""
    parts = ["## Claims", *(_claim(i, c) for i, c in enumerate(claims, 1))]
    for table in tables:
        parts += [f"## {table.title}", table.note, table.markdown()]
    return [part for part in parts if part]


def tell(claims):
    """Prints each claim, what was measured, and whether it held."""
    for claim in claims:
        print()
        for line in (f"claimed: {claim.text}", f"measured: {claim.measured}"):
            print(textwrap.fill(line, 79, subsequent_indent=" " * 10))
        print(claim.verdict.upper())
    counts = {v: sum(c.verdict == v for c in claims) for v in _VERDICTS}
    print("\n" + ", ".join(f"{n} {v}" for v, n in counts.items() if n))


_VERDICTS = ("held", "did not hold", "not measured")


def _claim(number, claim):
    return textwrap.fill(
        f"{claim.text} ({claim.paper}) Measured: {claim.measured} "
        f"**{claim.verdict.capitalize()}.**",
        79,
        initial_indent=f"{number}. ",
        subsequent_indent="   ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _facts(rows, records, command, speed):
    seeds, epochs = len(rows.values("seed")), rows.values("epochs")
    counts = rows.values("images_per_class")
    few = ""
    if any(counts):
        words = ", ".join(str(count) if count else "all" for count in counts)
        few = f", images of each class: {words}"
    spread = "mean ± standard deviation"
    if seeds == 1:
        spread = "differences are not tested against chance"
    lines = {
        "command": f"`{command}`",
        "data": f"{rows[0]['dataset']}{few}",
        "runs": f"{len(rows)}, {seeds} of each setting ({spread}); epochs: "
        + ", ".join(map(str, epochs)),
        "time": duration(statistics.median(r["seconds"] for r in records))
        + " a run, in the median",
        "machine": f"{_processor()}; {speed.removeprefix('speed: ')}",
        "date": max(r["finished"] for r in records)[:10],
    }
    return "\n".join(f"- {name}: {value}" for name, value in lines.items())


def _processor():
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
