"""Tables and figures of the activations."""

from zoo.recipes.lab import figures
from zoo.recipes.lab.tables import Column, table

DRAWN = ("sigmoid", "tanh", "relu", "leaky 0.23", "elu", "selu")


def tables(rows):
    by = {"activation": "activation"}
    quality = [
        Column("held-out accuracy, %", "test_accuracy", 100),
        Column("epochs to 90 %", "epochs_to_90", 1, 1),
        Column("training loss", "fitted_loss", 1, 3),
        Column("held-out loss", "test_loss", 1, 3),
        Column("parameters", "parameters", 1, 0),
    ]
    inside = [
        Column("zeros, %", "zeros", 100, 1),
        Column("mean", "mean", 1, 3),
        Column("mean distance from 0", "distance_from_0", 1, 3),
    ]
    cost = [
        Column("forward, ms", "milliseconds_forward"),
        Column("with gradient, ms", "milliseconds_both"),
        Column(
            "training step of the network, ms",
            "processor_seconds_step",
            1000,
            1,
        ),
    ]
    note = "Outputs of the activations after training, held-out images."
    made = "Processor time; the function alone on 2²⁰ outputs, the best of 30."
    return [
        table("Accuracy by activation", rows, by, quality),
        table("Inside by activation", rows, by, inside, note),
        table("Cost by activation", rows, by, cost, made),
    ]


def error(rows):
    """Each activation beside ReLU, in axes of its own."""
    groups = rows.groups("activation")
    relu = groups.get("relu")
    others = [name for name in groups if name != "relu"]
    columns = min(4, len(others))
    lines = -(-len(others) // columns)
    figure, axes = figures.new(columns, lines, width=3, height=2.4)
    for axis, name in zip(axes.flat, others, strict=False):
        series = {name: _error(groups[name])}
        if relu:
            series["relu"] = _error(relu)
        figures.lines(
            axis, series, xlabel="epoch", ylabel="held-out error, %",
            yscale="log", ylim=(3, 95),
        )  # fmt: skip
        figures.plain(axis.yaxis, (3, 5, 10, 20, 50, 90))
    for axis in axes.flat[len(others) :]:
        axis.set_visible(False)
    return figure


def _error(group):
    return 100 - 100 * group.curves("test_accuracy_curve")


def inside(rows):
    groups = rows.groups("activation")
    figure, axes = figures.new(3, width=4)
    for axis, name, scale, label in zip(
        axes[0],
        ("zeros", "mean", "milliseconds_both"),
        (100, 1, 1),
        ("zeros, %", "mean of the outputs", "processor time with gradient, ms"),
        strict=True,
    ):
        values = {a: scale * group.column(name) for a, group in groups.items()}
        figures.bars(axis, values, xlabel=label)
        if name.startswith("milliseconds"):
            axis.set_xscale("log")
            figures.plain(axis.xaxis, (1, 2, 5, 10, 30))
    return figure


def depth(rows):
    figure, axes = figures.new(2)
    groups = rows.groups("activation")
    for axis, name in zip(axes[0], ("mean", "std"), strict=True):
        series = {
            a: groups[a].curves(f"layer_{name}s") for a in DRAWN if a in groups
        }
        figures.lines(
            axis, series, xlabel="layer", ylabel=f"{name} of the outputs"
        )
    return figure


def slopes(rows):
    figure, axes = figures.new()
    learned = {"learned": rows.where(activation="prelu").curves("slopes")}
    labels = {"xlabel": "layer", "ylabel": "mean slope of PReLU"}
    figures.lines(axes[0, 0], learned, marker="o", **labels)
    axes[0, 0].axhline(0.25, color="gray", lw=1, ls=":")
    return figure


FIGURES = {
    "error.png": error,
    "inside.png": inside,
    "depth.png": depth,
    "slopes.png": slopes,
}
