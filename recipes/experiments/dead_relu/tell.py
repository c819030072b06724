"""Tables and figures of dying ReLUs."""

from zoo.recipes.lab import figures
from zoo.recipes.lab.tables import Column, Table, pivot, table


def tables(rows):
    largest = max(rows.values("rate"))
    at = ("remedy", ""), ("rate", "rate")
    inside = [
        Column("silent before, %", "silent_before", 100, 1),
        Column("gradient of silent units, largest", "gradient_silent", 1, 4),
        Column("smallest", "gradient_silent_least", 1, 4),
        Column("of the others, median", "gradient_others", 1, 4),
        Column("silent units that fire an epoch later, %", "revived", 100, 1),
    ]
    return [
        pivot("Silent units, %", rows, *at, "silent", 100, 1),
        pivot("Accuracy, %", rows, *at, "test_accuracy", 100, 1),
        table(
            "Gradients of silent units",
            rows.where(rate=largest),
            {"remedy": ""},
            inside,
            f"At a rate of {largest}; norm of the gradient of a unit's weights "
            "over all training images.",
        ),
        _price(rows),
    ]


def _price(rows):
    lines = []
    for name, group in rows.groups("remedy").items():
        best = group.where(rate=best_rate(group))
        lines.append(
            [
                name,
                best[0]["rate"],
                best.text("test_accuracy", 100, 1),
                best.text("silent", 100, 1),
                group.text("processor_seconds_step", 1000, 1),
                best.text("parameters", 1, 0).split()[0],
            ]
        )
    headings = [
        "", "best rate", "accuracy, %", "silent, %", "step, ms", "parameters",
    ]  # fmt: skip
    return Table("What the remedies cost", headings, lines)


def best_rate(rows):
    return rows.best("rate")


def by_rate(rows):
    figure, axes = figures.new(2)
    rates = rows.values("rate")
    for axis, name, label in zip(
        axes[0],
        ("silent", "test_accuracy"),
        ("silent units, %", "held-out accuracy, %"),
        strict=True,
    ):
        figures.against(
            axis, rows.groups("remedy"), "rate", name, rates, 100,
            xlabel="learning rate", ylabel=label,
            legend=axis is axes[0, -1],
        )  # fmt: skip
    return figure


def epochs(rows):
    figure, axes = figures.new()
    series = {
        f"rate {rate}": 100 * group.curves("dead_curve")
        for rate, group in rows.where(remedy="ReLU").groups("rate").items()
    }
    figures.lines(
        axes[0, 0], series, xlabel="epoch", ylabel="dead units, %",
        title="ReLU",
    )  # fmt: skip
    return figure


FIGURES = {"rate.png": by_rate, "epochs.png": epochs}
