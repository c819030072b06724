"""The files of an experiment's results: runs.csv, summary.md, figures."""

import platform
import statistics
import textwrap
from pathlib import Path

from zoo._files import write_whole
from zoo.recipes.lab import figures, verdicts
from zoo.recipes.lab.progress import duration
from zoo.recipes.lab.rows import NotMeasured, Rows


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
    write_whole(directory / "runs.csv", rows.csv())
    head = [
        f"# {experiment.title}: {directory.name}",
        _facts(rows, records, command, speed),
    ]
    rows = Rows.read(directory / "runs.csv")  # whose numbers are rounded
    for name in experiment.figures:
        _draw(directory, experiment, name, rows)
    claims = [judge(rows) for judge in experiment.claims]
    text = _told("\n\n".join(head), directory, experiment, rows, claims)
    write_whole(directory / "summary.md", text)
    return claims


def retold(directory, experiment, draw=False):
    """The text of summary.md, judged and told anew from runs.csv.

    What is said of how the runs were made stays as it is.

    Args:
        directory: Directory of the results.
        experiment: An `experiment.Experiment`.
        draw: Whether to draw the figures anew, too.
    """
    rows = Rows.read(directory / "runs.csv")
    for name in experiment.figures if draw else ():
        _draw(directory, experiment, name, rows)
    claims = [judge(rows) for judge in experiment.claims]
    former = (directory / "summary.md").read_text("utf-8")
    head = former.split("\n\n## ")[0]
    return _told(head, directory, experiment, rows, claims)


def _draw(directory, experiment, name, rows):
    try:
        figures.save(experiment.figures[name](rows), directory / name)
    except NotMeasured:
        (directory / name).unlink(missing_ok=True)


def _told(head, directory, experiment, rows, claims):
    drawn = [n for n in experiment.figures if (directory / n).is_file()]
    parts = [
        head,
        *sections(claims, experiment.tables(rows)),
        "## Figures",
        *(f"![{Path(name).stem}]({name})" for name in drawn),
    ]
    return "\n\n".join(parts) + "\n"


def sections(claims, tables):
    """The paragraphs of a summary that tell its claims and tables."""
    firm = verdicts.surviving(claims)
    parts = ["## Claims"]
    parts += [
        _claim(number, claim, survives)
        for number, (claim, survives) in enumerate(
            zip(claims, firm, strict=True), 1
        )
    ]
    for table in (verdicts.table(claims), *tables):
        parts += [f"## {table.title}", table.note, table.markdown()]
    return [part for part in parts if part]


def tell(claims):
    """Prints each claim, what was measured, and what that decides."""
    for claim in claims:
        print()
        for line in (f"claimed: {claim.text}", f"measured: {claim.measured}"):
            print(textwrap.fill(line, 79, subsequent_indent=" " * 10))
        print(claim.verdict.upper())
    print(f"\n{verdicts.counted(claims)}")


def _claim(number, claim, survives):
    more = "" if survives else " " + verdicts.WEAK
    return textwrap.fill(
        f"{claim.text} ({claim.paper}) Measured: {claim.measured} "
        f"**{claim.verdict.capitalize()}.**{more}",
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
        spread = "one run decides nothing"
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
