"""Tables and figures of signals before training."""

from zoo.recipes.experiments.signals.design import (
    ACTIVATIONS,
    DEPTH,
    FAR,
    NARROW,
    UNITS,
)
from zoo.recipes.lab import figures
from zoo.recipes.lab.rows import NotMeasured, Rows
from zoo.recipes.lab.tables import Column, Table, pivot, table


def tables(rows):
    groups = rows.groups("part")
    counts = counted(groups["in use"])
    lines = [
        [label, counts.text(column, 1, 1)]
        for label, column in (
            ("vanish", "vanish"), ("explode", "explode"), ("neither", "fine"),
        )
    ]  # fmt: skip
    made = [
        pivot(
            "Orders of magnitude, first error over last",
            groups["in use"], ("weights", "weights"),
            ("activation", "activation"), "orders", 1, 1,
            f"{DEPTH} layers of {UNITS} units; below −{FAR}: vanishing. In "
            "layers of equal width LeCun's and Glorot's weights are the same.",
        ),
        Table(
            "Vanishing and exploding choices",
            ["", f"of {len(groups['in use'].groups('activation', 'weights'))}"],
            lines,
        ),
        table(
            "Weights of a random size",
            groups["drawn"],
            {"activation": "activation"},
            [
                Column("vanish, %", "vanish", 100, 1),
                Column("explode, %", "explode", 100, 1),
            ],
            "Standard deviation of a weight between 0.1/√n and 10/√n, all "
            "orders of magnitude alike.",
        ),
        pivot(
            "Explosion at equal weights", groups["equal weights"],
            ("activation", ""), ("gain", "deviation × √n"), "orders", 1, 1,
            "Orders of magnitude of the first error over the last.",
        ),
        table(
            "Mean and variance after 32 layers",
            groups["fixed point"],
            {"start": "start", "activation": "activation"},
            [
                Column("mean", "last_mean", 1, 3),
                Column("variance", "last_variance", 1, 3),
            ],
            "Inside: mean 0.1, variance 1.5, the corner of the theorem's "
            "domain; outside: mean 1, variance 4.",
        ),
        table(
            "Networks that are born dead",
            groups["born dead"],
            {"depth": "layers"},
            [Column("dead, %", "dead", 100, 1)],
            f"{NARROW} ReLUs a layer, symmetric weights, no biases: all "
            "outputs are 0 for all images.",
        ),
    ]  # fmt: skip
    return made


def counted(part):
    """A row a seed: how many choices vanish, explode, do neither."""
    found = []
    for seed, group in part.groups("seed").items():
        vanish = sum(bool(row["vanishes"]) for row in group)
        explode = sum(bool(row["explodes"]) for row in group)
        found.append(
            {
                "seed": seed,
                "vanish": vanish,
                "explode": explode,
                "fine": len(group) - vanish - explode,
            }
        )
    return Rows(found)


def histogram(rows):
    import numpy as np

    figure, axes = figures.new(len(ACTIVATIONS), width=4, height=3)
    part = rows.where(part="drawn")
    for axis, name in zip(axes[0], ACTIVATIONS, strict=True):
        values = part.where(activation=name).curves("all_orders").ravel()
        axis.hist(
            np.clip(values, -20, 20), bins=np.arange(-20, 21, 1),
            color=figures.COLORS[0],
        )  # fmt: skip
        axis.axvspan(-FAR, FAR, color="gray", alpha=0.15, lw=0)
        axis.set(
            title=name, xlabel="log₁₀ (first ÷ last error)",
            ylabel="networks", ylim=(0, 70),
        )  # fmt: skip
    return figure


def fixed(rows):
    part = rows.where(part="fixed point")
    starts = part.values("start")
    figure, axes = figures.new(len(starts), width=5, height=3.2)
    for axis, start in zip(axes[0], starts, strict=True):
        groups = part.where(start=start).groups("activation")
        series = {n: g.curves("variances") for n, g in groups.items()}
        figures.lines(
            axis, series, title=f"start {start}", xlabel="layer",
            ylabel="variance", yscale="log",
        )  # fmt: skip
        axis.axhspan(0.8, 1.5, color="gray", alpha=0.15, lw=0)
    return figure


def dead(rows):
    part = rows.where(part="born dead")
    depths = part.values("depth")
    if len(depths) < 2:
        raise NotMeasured("one depth only")
    figure, axes = figures.new(width=5, height=3.2)
    figures.against(
        axes[0, 0], {"4 ReLUs a layer": part}, "depth", "dead", depths, 100,
        xlabel="layers", ylabel="dead networks, %", ylim=(0, 100),
    )  # fmt: skip
    return figure


FIGURES = {
    "histogram.png": histogram,
    "fixed_point.png": fixed,
    "born_dead.png": dead,
}
