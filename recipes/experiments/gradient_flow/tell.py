"""Tables and figures of the gradients."""

import numpy as np

from zoo.recipes.lab import figures
from zoo.recipes.lab.rows import NotMeasured, Rows
from zoo.recipes.lab.tables import Column, pivot, table


def tables(rows):
    of = rows.groups("part")
    empty = Rows()
    grid, cures = of.get("grid", empty), of.get("cures", empty)
    inside = [
        Column("error's factor a layer", "factor", 1, 3),
        Column("forecast", "forecast", 1, 3),
        Column("weights' gradient, factor a layer", "kernel_factor", 1, 3),
        Column("accuracy, %", "test_accuracy", 100, 1),
    ]
    wild = [
        Column("error's factor a layer", "factor"),
        Column("forecast", "forecast"),
        Column("runs with NaN among the weights, %", "broken", 100, 0),
        Column("as the loss, %", "diverged", 100, 0),
        Column("after steps", "steps_to_nan", 1, 1),
        Column("accuracy, %", "test_accuracy", 100, 1),
    ]
    by = {"activation": "activation", "way": "way", "depth": "depth"}
    made = [
        table("Gradients by depth", grid, by, inside),
        table(
            "Exploding gradients",
            of.get("explosion", empty),
            {"gain": "weights ÷ He's"},
            wild,
            "ReLU layers. –: no two neighbours within float32's range.",
        ),
    ]
    if cures:
        lines, across = ("cure", ""), ("ill", "accuracy, %")
        made.append(
            pivot("Cures", cures, lines, across, "test_accuracy", 100, 1)
        )
    return made


def layers(rows):
    grid = rows.where(part="grid")
    depth = max(d for d in grid.values("depth") if d <= 20)
    names = grid.values("activation")
    figure, axes = figures.new(len(names), width=4.6)
    for axis, name in zip(axes[0], names, strict=True):
        group = grid.where(depth=depth, activation=name)
        series = {
            way: runs.curves("errors")
            for way, runs in group.groups("way").items()
        }
        plain = group.where(way="plain").curves("forecasts")
        axis.plot(
            range(1, depth + 1), _log(plain).mean(axis=0), "k:", zorder=9,
            label="plain, by the chain rule",
        )  # fmt: skip
        _lines(
            axis, series, title=f"{name}, {depth} layers", xlabel="layer",
            ylabel="norm of the error", legend=axis is axes[0, 0],
        )  # fmt: skip
    return figure


def _log(values):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(values > 0, np.log10(values), np.nan)


def _lines(axis, series, x=None, **labels):
    """Draws geometric means, on a logarithmic axis."""
    logs = {name: _log(values) for name, values in series.items()}
    labels["ylabel"] = f"log₁₀ of the {labels['ylabel']}"
    figures.lines(axis, logs, x, **labels)


def depths(rows):
    grid = rows.where(part="grid")
    names, at = grid.values("activation"), grid.values("depth")
    figure, axes = figures.new(len(names), 2, width=4.6, height=3.4)
    labels = {"x": at, "marker": "o", "xscale": "log", "xlabel": "layers"}
    for (upper, lower), name in zip(axes.T, names, strict=True):
        ways = grid.where(activation=name).groups("way").items()
        gradients = {w: r.against("depth", "first_kernel") for w, r in ways}
        accuracies = {w: r.against("depth", "test_accuracy") for w, r in ways}
        _lines(
            upper, gradients, title=name, ylabel="first weights' gradient",
            legend=upper is axes[0, 0], **labels,
        )  # fmt: skip
        figures.lines(
            lower, accuracies, ylabel="held-out accuracy", legend=False,
            ylim=(0, 1), **labels,
        )  # fmt: skip
        for axis in (upper, lower):
            figures.plain(axis.xaxis, at)
    return figure


def explosion(rows):
    groups = rows.where(part="explosion").groups("gain").items()
    figure, axes = figures.new(2)
    for axis, name, x, y in (
        (axes[0, 0], "errors", "layer", "norm of the error"),
        (axes[0, 1], "losses", "step", "loss, mean of the epoch so far"),
    ):
        series = {}
        for gain, group in groups:
            try:
                series[f"{gain} · He"] = group.curves(name)
            except NotMeasured:
                continue  # no number is finite
        _lines(axis, series, xlabel=x, ylabel=y)
    return figure


def cured(rows):
    groups = rows.where(part="cures").groups("ill")
    figure, axes = figures.new(len(groups), width=5)
    for axis, (ill, group) in zip(axes[0], groups.items(), strict=True):
        values = {
            cure: 100 * runs.column("test_accuracy")
            for cure, runs in group.groups("cure").items()
        }
        label = "held-out accuracy, %"
        figures.bars(axis, values, title=ill, xlabel=label, xlim=(0, 100))
    return figure


FIGURES = {
    "layers.png": layers,
    "depths.png": depths,
    "explosion.png": explosion,
    "cures.png": cured,
}
