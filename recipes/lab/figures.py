"""What the experiments draw: `new`, `lines` and `save`, and further kinds."""

import numpy as np
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator
from matplotlib.transforms import Bbox

from zoo._figures import COLORS, lines, new, save

__all__ = [
    "COLORS", "against", "bars", "heat", "lines", "new", "plain", "points",
    "save",
]  # fmt: skip


def against(axes, groups, x, y, points, scale=1, **options):
    """Draws a number of each group of rows against a setting, on a log axis.

    Args:
        axes: Axes that `new` made.
        groups: {label: Rows}, such as `Rows.groups` returns.
        x: Name of the setting.
        y: Name of the number.
        points: Values of the setting.
        scale: Factor that the number is multiplied by.
        **options: Further arguments of `lines`.
    """
    series = {
        label: scale * group.against(x, y, points)
        for label, group in groups.items()
    }
    lines(axes, series, points, marker="o", xscale="log", **options)
    plain(axes.xaxis, points)


def bars(axes, values, *, horizontal=True, **labels):
    """Draws a bar for each {label: values of its runs}, ± one deviation."""
    names = list(values)
    data = [np.asarray(values[name], float) for name in names]
    means = [np.nanmean(v) if len(v) else np.nan for v in data]
    stds = [v.std(ddof=1) if len(v) > 1 else 0.0 for v in data]
    at = np.arange(len(names))
    colors = [COLORS[0]] * len(names)
    if horizontal:
        axes.barh(at, means, xerr=stds, color=colors, height=0.7, capsize=2)
        axes.set_yticks(at, names)
        axes.invert_yaxis()
    else:
        axes.bar(at, means, yerr=stds, color=colors, width=0.7, capsize=2)
        axes.set_xticks(at, names)
    axes.grid(visible=False, axis="y" if horizontal else "x")
    axes.set(**labels)


def points(axes, groups, **labels):
    """Draws points with their names beside them, where there is room.

    Args:
        axes: Axes that `new` made.
        groups: {label: {name: (x, y)}}; each group has its colour.
        **labels: The same as in `lines`.
    """
    places = {}
    for (label, named), color in zip(groups.items(), COLORS, strict=False):
        at = zip(*named.values(), strict=True)
        axes.scatter(*at, s=24, color=color, label=label)
        places |= named
    axes.set(**labels)
    if len(groups) > 1:
        axes.legend(fontsize="small")
    texts = [
        axes.annotate(
            name, at, (0, 0), textcoords="offset points", fontsize=8,
            arrowprops={"arrowstyle": "-", "color": "gray", "lw": 0.5},
        )
        for name, at in places.items()
    ]  # fmt: skip
    axes.figure.draw_without_rendering()  # now the axes have their places
    dots = axes.transData.transform(list(places.values()))
    taken = [Bbox.from_bounds(x - 5, y - 5, 10, 10) for x, y in dots]
    if axes.get_legend():
        taken.append(axes.get_legend().get_window_extent())
    for text in texts:
        text.set(**min(_BESIDE, key=lambda to: _covered(text, to, taken)))
        taken.append(_extent(text))


_BESIDE = [
    {"position": (dx, dy), "ha": ha, "va": va}
    for far in (6, 12, 20, 30)
    for dx, dy, ha, va in (
        (far, 0, "left", "center"),
        (-far, 0, "right", "center"),
        (0, far, "center", "bottom"),
        (0, -far, "center", "top"),
        (far, far, "left", "bottom"),
        (far, -far, "left", "top"),
        (-far, far, "right", "bottom"),
        (-far, -far, "right", "top"),
    )
]


def _covered(text, to, taken):
    """Area that a text would cover or have outside the axes, in pixels²."""
    text.set(**to)
    box, frame = _extent(text), text.axes.get_window_extent()
    inside = Bbox.intersection(box, frame)
    area = box.width * box.height
    covered = area - (inside.width * inside.height if inside else 0)
    for other in taken:
        common = Bbox.intersection(box, other)
        covered += common.width * common.height if common else 0
    return covered


def _extent(annotation):
    """The box of an annotation's text, without the line to its point."""
    annotation.update_positions(annotation.figure._get_renderer())
    return Text.get_window_extent(annotation)


def heat(
    axes, grid, rows, columns, *, label, digits=2, low=None, high=None, **labels
):
    """Draws a grid of numbers, each written into its field; NaN is "–".

    Args:
        axes: Axes that `new` made.
        grid: Array (rows, columns).
        rows, columns: Names of the grid's rows and columns.
        label: What the colour bar is labelled with.
        digits: Decimals of the numbers.
        low, high: Ends of the colour bar.
        **labels: xlabel, ylabel, title.
    """
    grid = np.asarray(grid, float)
    image = axes.imshow(
        grid, aspect="auto", cmap="cividis", vmin=low, vmax=high
    )
    axes.grid(visible=False)
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), rows)
    middle = (image.norm.vmin + image.norm.vmax) / 2
    for (i, j), value in np.ndenumerate(grid):
        text = f"{value:.{digits}f}" if np.isfinite(value) else "–"
        color = "white" if np.isfinite(value) and value < middle else "black"
        axes.text(j, i, text, ha="center", va="center", color=color, fontsize=8)
    axes.set(**labels)
    axes.figure.colorbar(image, ax=axes, label=label)


def plain(axis, ticks):
    """Writes these ticks of a logarithmic axis as plain numbers."""
    axis.set_major_locator(FixedLocator(ticks))
    axis.set_major_formatter("{x:g}")
    axis.set_minor_formatter("")
