"""One HTML page that opens from disk: the diagnosis and its pictures."""

import html
import importlib.resources
import json
import math

from zoo._files import write_whole
from zoo.callbacks._grid import grid
from zoo.callbacks._rules.records import rank, update_ratios

REFRESH = '<meta http-equiv="refresh" content="10">'


def write(
    path,
    history,
    diagnosis,
    withdrawn,
    name,
    running,
    sections=None,
    first="",
):
    """Writes the page for a TrainingDoctor's records, aside and renamed.

    Args:
        path: The file.
        history: The records of the epochs.
        diagnosis: The issues found.
        withdrawn: Issues that were said before and hold no more.
        name: The model's name, for the title.
        running: Whether the training goes on, so that the page renews itself.
        sections: {title: {name: value}}, tables to end the page with.
        first: HTML that the page begins with, before the diagnosis.
    """
    files = importlib.resources.files("zoo.callbacks")
    template = files.joinpath("report.html")
    data = {
        "name": name,
        "running": running,
        # Counted from 1 here, as `fit` shows them.
        "epochs": [record["epoch"] + 1 for record in history],
        "issues": [_entry(issue) for issue in diagnosis],
        "withdrawn": [_entry(issue) for issue in withdrawn],
        "curves": _curves(history),
        "grids": _grids(history),
    }
    text = json.dumps(data, allow_nan=False, separators=(",", ":"))
    page = template.read_text(encoding="utf-8")
    page = page.replace("<!-- refresh -->", REFRESH if running else "")
    tables = "".join(map(_table, (sections or {}).items()))
    page = page.replace("<!-- sections -->", tables)
    # Inside a script element, "</" would end it.
    page = page.replace('"data"', text.replace("</", "<\\/"))
    page = page.replace("<!-- first -->", first, 1)
    write_whole(path, page)


def _entry(issue):
    return {
        "severity": issue.severity,
        "text": issue.text,
        "remedies": issue.remedies,
    }


def _table(section):
    title, entries = section
    rows = (
        f'<tr><td class="soft">{html.escape(str(name))}'
        f"<td>{html.escape(str(value))}"
        for name, value in entries.items()
    )
    return (
        f'<section class="card"><h2>{html.escape(title)}</h2>'
        f"<table>{''.join(rows)}</table></section>"
    )


def _curves(history):
    if not history:
        return []
    keys = dict.fromkeys(k for r in history for k in r["logs"])
    metrics = dict.fromkeys(k.removeprefix("val_") for k in keys)
    metrics.pop("learning_rate", None)
    charts = [
        {
            "title": metric,
            "lines": [
                {
                    "name": label,
                    "values": [_short(r["logs"].get(key), 7) for r in history],
                }
                for key, label in (
                    (metric, "training"),
                    (f"val_{metric}", "validation"),
                )
                if key in keys
            ],
        }
        for metric in metrics
    ]
    gradients = [r["gradients"] for r in history]
    charts.append(
        {
            "title": "gradient norm",
            "log": True,
            "lines": [
                {"name": label, "values": [_short(g[key]) for g in gradients]}
                for key, label in (
                    ("grad_norm", "mean"),
                    ("grad_norm_max", "largest"),
                )
            ],
        }
    )
    charts.append(
        {
            "title": "update / weight, kernels",
            "log": True,
            "lines": [
                {
                    "name": label,
                    "values": [
                        _short(rank(update_ratios(g).values(), share))
                        for g in gradients
                    ],
                }
                for share, label in ((1.0, "largest"), (0.5, "median"))
            ],
        }
    )
    return charts


def _grids(history):
    grids = [
        _grid(
            "Gradient norm by layer",
            "log",
            [r["gradients"]["layers"] for r in history],
            "norm",
        ),
        _grid(
            "Dead or saturated units",
            "share",
            [r["units"]["sites"] for r in history],
            "dead",
            "saturated",
        ),
        _grid(
            "Standard deviation of outputs",
            "log",
            [r["activations"]["layers"] for r in history],
            "std",
        ),
    ]
    return [grid for grid in grids if grid["names"]]


def _grid(title, scale, records, *statistics):
    names, rows = grid(records, *statistics)
    return {
        "title": title,
        "scale": scale,
        "names": names,
        "rows": [[_short(value) for value in row] for row in rows],
    }


def _short(value, digits=4):
    """Four digits are enough for a picture, but for losses that hardly move."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{digits}g}")
