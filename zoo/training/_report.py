"""Figures of a run, and what its report tells beside the diagnosis."""

import html
import json
import os

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

START = "<!-- results and configuration -->"


def curves(run):
    """Writes loss.png and accuracy.png."""
    epochs = [row["epoch"] for row in run.rows]
    for name in ("loss", "accuracy"):
        figure = Figure(figsize=(6, 4), layout="constrained")
        axes = figure.subplots()
        for key, label in ((name, "training"), (f"val_{name}", "held out")):
            axes.plot(
                epochs, [row[key] for row in run.rows], "o-", ms=3, label=label
            )
        axes.set(xlabel="epoch", ylabel=name)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(alpha=0.3)
        axes.legend()
        figure.savefig(run / f"{name}.png", dpi=120)


def complete(run, summary):
    """Adds results and configuration to the TrainingDoctor's report.html.

    Args:
        run: A `_run.Run`.
        summary: [(name, value)] of what came out.
    """
    config = json.loads((run / "config.json").read_text())
    parts = {"results": dict(summary)}
    parts |= {k: v for k, v in config.items() if isinstance(v, dict)}
    cards = START + "".join(
        f'<section class="card"><h2>{name.capitalize()}</h2>{_table(entries)}'
        "</section>"
        for name, entries in parts.items()
    )
    page = run / "report.html"
    before, end, after = page.read_text("utf-8").rpartition("</main>")
    before = before.partition(START)[0]  # of an earlier end of this run
    aside = run / ".report.html.tmp"
    aside.write_text(before + cards + end + after, "utf-8")
    os.replace(aside, page)


def _table(entries):
    rows = (
        f'<tr><td class="soft">{html.escape(str(name))}'
        f"<td>{html.escape(str(value))}"
        for name, value in entries.items()
    )
    return f"<table>{''.join(rows)}</table>"
