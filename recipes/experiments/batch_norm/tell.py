"""Tables and figures of batch normalization."""

from zoo.recipes.experiments.batch_norm.design import FEW_RATES, NORMS, RATE
from zoo.recipes.lab import figures
from zoo.recipes.lab.tables import Column, table


def tables(rows):
    first = Column("after the first epoch, %", "first_accuracy", 100, 1)
    accuracy = Column("best held-out accuracy, %", "best_test_accuracy", 100, 1)
    groups = rows.groups("part")
    full = groups["all images"]
    single = full.filter(
        lambda row: row["activation"] == "relu" and row["rate"] == RATE
    )
    made = [
        table(
            "Learning rates",
            full.filter(lambda row: row["norm"] in NORMS),
            {"activation": "activation", "rate": "rate", "norm": "normalizer"},
            [
                first,
                accuracy,
                Column("epochs to 90 %", "epochs_to_90", 1, 1),
            ],
        ),
        table(
            f"Variants at a rate of {RATE}",
            single,
            {"norm": "normalizer"},
            [
                first,
                accuracy,
                Column("shift", "shift"),
                Column("mean γ", "gamma"),
                Column("deviation", "gamma_std"),
                Column("mean β", "beta"),
                Column("deviation", "beta_std"),
                Column("step, ms", "processor_seconds_step", 1000, 1),
            ],
            "Step: processor time, of both cores.",
        ),
        table(
            "Statistics of the batch",
            single.filter(lambda row: row["norm"] == "batch norm"),
            {"norm": "accuracy, %, by"},
            [
                Column("moving averages", "accuracy_of_averages", 100, 1),
                Column("batches of 64", "accuracy_of_64", 100, 1),
                Column("of 16", "accuracy_of_16", 100, 1),
                Column("of 4", "accuracy_of_4", 100, 1),
                Column("of 16, sorted by class", "accuracy_of_a_class", 100, 1),
            ],
        ),
    ]
    if "few images" in groups:
        made.append(
            table(
                "Few images",
                groups["few images"],
                {"norm": "normalized"},
                [
                    Column("training loss", "fitted_loss", 1, 3),
                    Column("held-out loss", "test_loss", 1, 3),
                    Column("gap", "gap", 1, 3),
                    accuracy,
                ],
                "Batches of 32; losses as in inference. At a rate of "
                "{without} without, {with} with.".format(**FEW_RATES),
            )
        )
    return made


def at(rows, norm, activation="relu", rate=RATE):
    """The runs with a normalizer on all images."""
    return rows.where(
        part="all images", norm=norm, activation=activation, rate=rate
    )


def best_rate(rows):
    """The runs at the rate that is furthest after the first epoch.

    Where images were set apart to choose by: the best one for them.
    """
    return rows.where(rate=rows.best("rate", "first_accuracy"))


def rates(rows):
    rows = rows.where(part="all images")
    names = rows.values("activation")
    figure, axes = figures.new(len(names), width=5)
    for axis, name in zip(axes[0], names, strict=True):
        of = rows.where(activation=name)
        series = {
            norm: of.where(norm=norm).against("rate", "best_test_accuracy")
            for norm in NORMS
        }
        at = of.where(norm=NORMS[0]).values("rate")
        figures.lines(
            axis, series, at, marker="o", xscale="log", ylim=(0, 1),
            title=name, xlabel="learning rate", ylabel="held-out accuracy",
        )  # fmt: skip
        figures.plain(axis.xaxis, at)
    return figure


def speed(rows):
    rows = rows.where(part="all images")
    series = {}
    for name in rows.values("activation"):
        for norm in NORMS:
            best = best_rate(rows.where(activation=name, norm=norm))
            label = f"{name}, {norm}, rate {best[0]['rate']}"
            series[label] = best.curves("test_accuracy_curve")
    figure, axes = figures.new()
    figures.lines(
        axes[0, 0], series, xlabel="epoch", ylabel="held-out accuracy"
    )
    return figure


def shift(rows):
    chosen = [*NORMS, "noisy batch norm"]
    figure, axes = figures.new(len(chosen), width=4.6, height=3.4)
    for axis in axes[0, 1:]:
        axis.sharey(axes[0, 0])
    for axis, norm in zip(axes[0], chosen, strict=True):
        group = at(rows, norm)
        series = {
            f"{int(q)} %": group.curves(f"last_q{q}_curve")
            for q in ("95", "50", "05")
        }
        figures.lines(
            axis, series, title=norm, xlabel="epoch",
            ylabel="inputs of the last activation",
        )  # fmt: skip
    return figure


def few(rows):
    groups = rows.where(part="few images").groups("norm")
    figure, axes = figures.new(2, width=5, height=3)
    for axis, name, label in zip(
        axes[0],
        ("gap", "best_test_accuracy"),
        ("held-out loss − training loss", "held-out accuracy"),
        strict=True,
    ):
        values = {norm: group.column(name) for norm, group in groups.items()}
        figures.bars(axis, values, xlabel=label)
    return figure


FIGURES = {
    "rates.png": rates,
    "speed.png": speed,
    "shift.png": shift,
    "few.png": few,
}
