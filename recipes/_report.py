"""Figures of a run, and a page with everything about it."""

import base64
import html
import json

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

FIGURES = ("loss.png", "accuracy.png", "gradient_norm.png", "dead_units.png")
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 60em;
       padding: 0 1em; color: #222 }
img { max-width: 100% } td, th { padding: .1em 1em .1em 0; text-align: left;
       vertical-align: top } pre { white-space: pre-wrap; margin: 0 }
"""


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


def page(run, title, summary):
    """Writes report.html, which holds its figures and needs no other file.

    Args:
        run: A `_run.Run`.
        title: The heading.
        summary: [(name, value)] of what came out.
    """
    config = json.loads((run / "config.json").read_text())
    pictures = "".join(
        f"<h2>{name.removesuffix('.png').replace('_', ' ').capitalize()}</h2>"
        f'<img alt="{name}" src="data:image/png;base64,'
        f'{base64.b64encode((run / name).read_bytes()).decode()}">'
        for name in FIGURES
        if (run / name).exists()
    )
    settings = "".join(
        f"<h2>{heading.capitalize()}</h2>{_table(value)}"
        for heading, value in config.items()
        if isinstance(value, dict)
    )
    (run / "report.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title><style>{STYLE}</style>"
        f"<h1>{html.escape(title)}</h1>{_table(dict(summary))}{pictures}"
        f"{settings}</html>\n",
        encoding="utf-8",
    )


def _table(entries):
    rows = (
        f"<tr><th>{html.escape(str(name))}<td>{html.escape(str(value))}"
        for name, value in entries.items()
    )
    return f"<table>{''.join(rows)}</table>"
