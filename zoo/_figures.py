"""Figures of one look, for colour-blind readers too.

`new` makes a matplotlib `Figure` and its axes, `lines` draws into axes, `save`
writes the figure. matplotlib's global state stays as it is. Where there are
more series than colours, the colours come again with another line style.
"""

import itertools
import pathlib

import numpy as np

from zoo._files import written_aside

try:
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator
except ModuleNotFoundError as error:
    raise ImportError(
        "Figures need matplotlib: pip install matplotlib."
    ) from error

# Okabe and Ito 2008, without yellow, which is too light for lines.
COLORS = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#000000",
)  # fmt: skip
LINES = ("-", "--", ":")
BAND = 0.15
MANY = 6


def styles():
    """Endless (color, line style), all colours before the next style."""
    return itertools.cycle((c, line) for line in LINES for c in COLORS)


def new(columns=1, rows=1, width=6.4, height=4.0, grid=True):
    """A figure and its array (rows, columns) of axes.

    Args:
        columns, rows: Number of axes beside and above each other.
        width, height: Size of each, in inches.
        grid: Whether axes have a grid and no frame at the top and right.
    """
    figure = Figure(
        figsize=(width * columns, height * rows), layout="constrained"
    )
    axes = figure.subplots(rows, columns, squeeze=False)
    for each in axes.flat if grid else ():
        each.grid(alpha=0.3)
        each.spines[["top", "right"]].set_visible(False)
    return figure, axes


def lines(
    axes, series, x=None, *, marker="", legend: bool | str = True, **labels
):
    """Draws means as lines, with a band of one standard deviation.

    Args:
        axes: Axes that `new` made.
        series: {label: array (runs, points), or the points of one run}.
        x: Positions of the points. None: 1, 2, …, as epochs are counted.
        marker: Matplotlib's mark at each point, such as "o".
        legend: Whether to draw a legend; with many series it stands at the
            right, beside the axes.
        **labels: xlabel, ylabel, title, xscale, yscale, xlim, ylim.
    """
    for (label, runs), (color, line) in zip(
        series.items(), styles(), strict=False
    ):
        runs = np.atleast_2d(np.asarray(runs, float))
        at = np.arange(1, runs.shape[1] + 1) if x is None else np.asarray(x)
        mean, std = _mean_std(runs)
        axes.plot(
            at,
            mean,
            line,
            color=color,
            marker=marker,
            ms=4,
            label=label,
            lw=1.6,
        )
        axes.fill_between(
            at, mean - std, mean + std, color=color, alpha=BAND, lw=0
        )
    axes.set(**labels)
    if x is None:
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    if legend and len(series) > MANY:
        axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    elif legend and len(series) > 1:
        axes.legend(fontsize="small")


def save(figure, path, dpi=100):
    """Writes a figure, whole; its folder is made where it is missing."""
    with written_aside(path, pathlib.Path(path).suffix) as aside:
        figure.savefig(aside, dpi=dpi)


def _mean_std(runs):
    """Mean and deviation of each point over the runs that reach it, or NaN."""
    counts = np.isfinite(runs).sum(axis=0)
    filled = np.where(np.isfinite(runs), runs, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = filled.sum(axis=0) / counts
        squares = np.where(np.isfinite(runs), (runs - mean) ** 2, 0.0)
        std = np.sqrt(squares.sum(axis=0) / np.maximum(counts - 1, 1))
    return mean, std
