"""Tables and figures of the evolution."""

from zoo.recipes.experiments.evolution.design import BATCH_SIZE
from zoo.recipes.lab import figures
from zoo.recipes.lab.tables import Column, table


def tables(rows):
    names = {"network": "network", "year": "year"}
    count = {"share": "share of the filters", "kind": "kind"}
    quality = [
        Column("held-out accuracy, %", "test_accuracy", 100),
        Column("parameters, thousands", "parameters", 1e-3, 0),
        Column("multiply–adds, millions", "multiply_adds", 1e-6, 1),
        Column("outputs of convolutions, thousands", "outputs", 1e-3, 0),
    ]
    cost = [
        Column("step, ms", "processor_seconds_step", 1000, 1),
        Column("a multiply–add, ns", "nanoseconds_multiply_add", 1, 3),
        Column("peak of memory, MB", "peak_megabytes", 1, 0),
        Column("of it for the batch, MB", "batch_megabytes", 1, 0),
    ]
    note = "After {:,.0f} images.".format(rows.mean("images"))
    made = (
        f"A training step of {BATCH_SIZE} images: processor time, one thread; "
        "the process's memory above what it had without the network, and what "
        "of that more than one image a step has added."
    )
    return [
        table("Networks", rows, names | count, quality, note),
        table("Cost", rows, names, cost, made),
    ]


def _points(rows, x, y, scale_x=1.0, scale_y=1.0):
    """{kind: {network: (x, y)}}, means over seeds."""
    points = {}
    for (kind, name), group in rows.groups("kind", "network").items():
        at = scale_x * group.mean(x), scale_y * group.mean(y)
        points.setdefault(kind, {})[name] = at
    return points


ACCURACY = "held-out accuracy, %"
MACS = "multiply–adds, millions (LeNet-5 is far to the left)"


def cost(rows):
    figure, axes = figures.new(width=8, height=5.5)
    rows = rows.filter(lambda row: row["year"] > 2000)
    points = _points(rows, "multiply_adds", "test_accuracy", 1e-6, 100)
    front = sorted(front_of(rows).values())
    axes[0, 0].step(
        *zip(*front, strict=True), where="post", color="gray", lw=1, ls=":"
    )
    axes[0, 0].margins(0.1)
    labels = {"xlabel": MACS, "ylabel": ACCURACY, "xscale": "log"}
    figures.points(axes[0, 0], points, **labels)
    figures.plain(axes[0, 0].xaxis, (10, 15, 20, 30, 40))
    return figure


def time(rows):
    figure, axes = figures.new(width=8, height=5.5)
    rows = rows.filter(lambda row: row["year"] > 2000)
    points = _points(
        rows, "multiply_adds", "processor_seconds_step", 1e-6, 1000
    )
    axes[0, 0].margins(0.1)
    figures.points(
        axes[0, 0], points, xlabel=MACS, ylabel="training step, ms",
        xscale="log", yscale="log",
    )  # fmt: skip
    figures.plain(axes[0, 0].xaxis, (10, 15, 20, 30, 40))
    figures.plain(axes[0, 0].yaxis, (50, 100, 200, 400))
    return figure


def front_of(rows):
    """{network: (millions of multiply–adds, %)} that none beats in both."""
    points = _points(rows, "multiply_adds", "test_accuracy", 1e-6, 100)
    points = {n: at for named in points.values() for n, at in named.items()}
    return {
        name: (x, y)
        for name, (x, y) in points.items()
        if not any(a <= x and b >= y and (a, b) != (x, y)
                   for a, b in points.values())
    }  # fmt: skip


FIGURES = {"cost.png": cost, "time.png": time}
