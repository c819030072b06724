"""The files of an experiment's results: runs.csv, summary.md, figures."""

import csv
import io
import platform
import statistics
import textwrap
from pathlib import Path

from zoo.recipes.lab import _figures, _sweep
from zoo.recipes.lab._results import NotMeasured
from zoo.recipes.lab._sweep_progress import duration


def write(directory, experiment, rows, records, command, speed):
    """Writes them all.

    Args:
        directory: Of the results.
        experiment: An `_experiment.Experiment`.
        rows: Its `Rows`.
        records: As `_sweep.sweep` returns them.
        command: That makes these results.
        speed: A line about the machine.

    Returns:
        The claims.
    """
    claims = [judge(rows) for judge in experiment.claims]
    _sweep.write(directory / "runs.csv", _csv(rows))
    drawn = []
    for name, draw in experiment.figures.items():
        try:
            figure = draw(rows)
        except NotMeasured:
            (directory / name).unlink(missing_ok=True)
            continue
        _figures.save(figure, directory / name)
        drawn.append(name)
    facts = _facts(rows, records, command, speed)
    tables = experiment.tables(rows)
    parts = [f"# {experiment.title}: {directory.name}", facts, "## Claims"]
    parts += [_claim(i, c) for i, c in enumerate(claims, 1)]
    for table in tables:
        parts += [f"## {table.title}", table.note, table.markdown()]
    parts += ["## Figures", *(f"![{Path(n).stem}]({n})" for n in drawn)]
    text = "\n\n".join(part for part in parts if part)
    _sweep.write(directory / "summary.md", text + "\n")
    return claims


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
        spread = "so the verdicts know no chance"
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


def _csv(rows):
    names = list(dict.fromkeys(name for row in rows for name in row))
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return file.getvalue()


def _cell(value):
    """A list becomes its numbers with spaces between them."""
    if isinstance(value, list):
        return " ".join(_cell(entry) or "nan" for entry in value)
    if isinstance(value, float):
        return f"{value:.6g}"
    return "" if value is None else str(value)
