"""Tables and figures of the optimizers."""

import contextlib

import numpy as np

from zoo.recipes.experiments.optimizers.design import LEFT, OPTIMIZERS, height
from zoo.recipes.lab import figures
from zoo.recipes.lab.rows import NotMeasured, Rows
from zoo.recipes.lab.tables import Column, Table, table

FAMILIES = (  # drawn together
    ("SGD", "momentum", "Nesterov"),
    ("Adagrad", "Adadelta", "RMSprop", "Adafactor"),
    ("Adam", "AMSGrad", "Adamax", "Nadam", "AdamW"),
    ("Lion", "Lamb", "Muon"),
)
NEAR = 0.05  # of the best accuracy


def best(rows):
    """{optimizer: rows of its best rate}."""
    found = {}
    for name, group in rows.where(what="training").groups("optimizer").items():
        found[name] = group.where(multiple=group.best("multiple"))
    return found


def at_equal_time(chosen):
    """The same, with `timed`: the accuracy when the quickest is done."""

    def cost(row):  # the same for all seeds
        times = chosen[row["optimizer"]]
        return row["steps"] * times.mean("processor_seconds_step")

    def timed(row, limit):
        curve = row["test_accuracy_curve"]
        return np.interp(limit, cost(row) * np.arange(1, len(curve) + 1), curve)

    limit = min(
        cost(group[0]) * len(group[0]["test_accuracy_curve"])
        for group in chosen.values()
    )
    return {
        name: Rows({**r, "timed": timed(r, limit)} for r in group)
        for name, group in chosen.items()
    }


def usable(rows):
    """A row a seed: `usable`, how many rates come near the best one."""
    found = []
    for seed, group in rows.groups("seed").items():
        reached = group.column("test_accuracy")
        if len(reached) < 2:
            raise NotMeasured("one rate only")
        near = reached >= reached.max() - NEAR
        found.append({"seed": seed, "usable": int(near.sum())})
    return Rows(found)


def tables(rows):
    chosen = best(rows)
    with contextlib.suppress(NotMeasured):  # a single epoch
        chosen = at_equal_time(chosen)
    lines = []
    for name, group in chosen.items():
        every = rows.where(what="training", optimizer=name)
        lines.append(
            [
                name,
                f"{group[0]['rate']:g}",
                group.text("test_accuracy", 100),
                group.text("timed", 100),
                group.text("fitted_loss", 1, 4),
                group.text("processor_seconds_step", 1000),
                _usable(every),
            ]
        )
    headings = [
        "", "best rate", "accuracy, equal epochs, %",
        "accuracy, equal time, %", "training loss", "step, ms",
        "usable rates of five",
    ]  # fmt: skip
    note = (
        "Equal time: processor time of the optimizer that is done first. "
        "Usable: within 5 points of the optimizer's best; two neighbours "
        "differ by a factor of 3."
    )
    surfaces = rows.filter(lambda row: row["what"] != "training")
    columns = [
        Column("mean height", "mean_height", 1, 4),
        Column("height at the end", "height", 1, 5),
        Column("rate", "rate", 1, 4),
        Column("steps to leave the saddle", "steps_left", 1, 1),
    ]
    return [
        Table("Accuracy by optimizer", headings, lines, note),
        table(
            "Surfaces",
            surfaces,
            {"optimizer": "", "what": "surface"},
            columns,
            f"Left: |y| above {LEFT}; one that stays counts all its steps + 1.",
        ),
    ]


def _usable(rows):
    try:
        return usable(rows).text("usable", 1, 1)
    except NotMeasured:
        return "–"


def rates(rows):
    figure, axes = figures.new(width=8, height=5.5)
    training = rows.where(what="training")
    names, multiples = (training.values(c) for c in ("optimizer", "multiple"))
    grid = [
        [
            100 * training.where(optimizer=n, multiple=m).mean("test_accuracy")
            for m in multiples
        ]
        for n in names
    ]
    usual = [f"{n} ({OPTIMIZERS[n][2]:g})" for n in names]
    figures.heat(
        axes[0, 0], np.array(grid), usual, [f"{m:g}" for m in multiples],
        label="held-out accuracy, %", digits=1,
        xlabel="learning rate / usual rate (in brackets)",
    )  # fmt: skip
    return figure


def epochs(rows):
    figure, axes = figures.new(width=8, height=4.6)
    series = {n: g.curves("train_loss_curve") for n, g in best(rows).items()}
    figures.lines(
        axes[0, 0], series, xlabel="epoch", ylabel="training loss",
        yscale="log",
    )  # fmt: skip
    return figure


def paths(rows):
    figure, axes = figures.new(len(FAMILIES), 2, width=2.6, height=2.5)
    limits = {
        "Rosenbrock": ((-1.5, 1.5), (-0.5, 1.7), (1, 1)),
        "saddle": ((-0.9, 1.2), (-0.2, 1.4), (0, 1)),
    }
    drawn = rows.where(seed=rows[0]["seed"])
    for line, (surface, (xs, ys, goal)) in zip(
        axes, limits.items(), strict=True
    ):
        x, y = np.meshgrid(np.linspace(*xs, 100), np.linspace(*ys, 100))
        z = height(surface, x, y)
        levels = np.quantile(z, np.linspace(0.05, 0.95, 6))
        groups = drawn.where(what=surface).groups("optimizer")
        for axis, family in zip(line, FAMILIES, strict=True):
            axis.contour(x, y, z, levels, colors="gray", linewidths=0.4)
            for at, (name, color) in enumerate(
                zip(family, figures.COLORS, strict=False)
            ):
                if name in groups and groups[name][0].get("x"):
                    row = groups[name][0]
                    axis.plot(
                        *_until(np.array([row["x"], row["y"]]), goal),
                        color=color, label=name, lw=3.2 - 0.5 * at,
                    )  # fmt: skip
            axis.plot(*goal, "*", color="black", ms=10)
            axis.set(xlim=xs, ylim=ys, title=surface)
            if surface == "Rosenbrock" and axis.get_legend_handles_labels()[0]:
                axis.legend(fontsize="x-small", loc="lower left")
    return figure


def _until(points, goal):
    """A path until it is near its goal, where many circle."""
    near = np.hypot(points[0] - goal[0], points[1] - goal[1]) < 0.05
    return points[:, : near.argmax() + 1] if near.any() else points


FIGURES = {"rates.png": rates, "epochs.png": epochs, "paths.png": paths}
