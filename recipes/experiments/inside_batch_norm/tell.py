"""Tables and figures of the inside of batch normalization."""

import math

from zoo.recipes.lab import figures
from zoo.recipes.lab.rows import NotMeasured
from zoo.recipes.lab.tables import Column, pivot, table


def tables(rows):
    groups = rows.groups("part")
    made = [
        table(
            "Formulas beside automatic gradients",
            groups["derivation"],
            {"batch": "images"},
            [
                Column("output", "output_miss", 1e15, 1),
                Column("∂x", "input_gradient_miss", 1e15, 1),
                Column("∂γ", "gamma_gradient_miss", 1e15, 1),
                Column("∂β", "beta_gradient_miss", 1e15, 1),
            ],
            "Largest difference, in units of 10⁻¹⁵.",
        ),
        table(
            "Inside a network of ten layers",
            groups["inside"].derive(
                "shift_growth", lambda row: math.log10(row["shift_ratio"])
            ),
            {"activation": "activation", "norm": "normalizer"},
            [
                Column("accuracy, %", "test_accuracy", 100, 1),
                Column("saturated at first, %", "saturated_start", 100, 2),
                Column("at the end, %", "saturated", 100, 2),
                Column("shift of a step", "shift", 1, 4),
                Column("log₁₀ (last ÷ first layer's)", "shift_growth"),
            ],
            "Saturated: a slope below 5 % of the largest. Shift: how far a "
            "step moves mean and deviation of an activation's inputs, in "
            "deviations (without meaning where they are near 0, as in a deep "
            "network of sigmoids).",
        ),
    ]
    if "gain" in groups:
        made.append(
            pivot(
                "Accuracy by size of the first weights, %", groups["gain"],
                ("norm", ""), ("gain", "times the usual"), "test_accuracy",
                100, 1,
            )
        )  # fmt: skip
    if "equal loss" in groups:
        made.append(
            table(
                "At an equal training loss",
                groups["equal loss"],
                {"norm": "normalized"},
                [
                    Column("steps", "steps", 1, 0),
                    Column("training loss", "fitted_loss", 1, 3),
                    Column("held-out loss", "test_loss", 1, 3),
                    Column("gap", "gap", 1, 3),
                    Column("held-out accuracy, %", "test_accuracy", 100, 1),
                ],
            )
        )
    if "test time" in groups:
        names = ("averages", 250, 64, 16, 4, 2, "class")
        made.append(
            table(
                "Statistics at test time",
                groups["test time"].derive("by", lambda row: "accuracy, %"),
                {"by": "by"},
                [Column(f"{n}", f"accuracy_{n}", 100, 1) for n in names],
                "Moving averages; batches of so many; batches of 20, sorted "
                "by class.",
            )
        )
    if "whitening" in groups:
        made.append(
            pivot(
                "Cost of whitening, ms", groups["whitening"], ("way", ""),
                ("width", "channels"), "milliseconds", 1, 2,
                "Forward and backward, 32 maps of 8×8; processor time.",
            )
        )  # fmt: skip
    return made


def saturation(rows):
    part = rows.where(part="inside", activation="tanh")
    series = {
        norm: 100 * group.curves("saturated_curve")
        for norm, group in part.groups("norm").items()
    }
    figure, axes = figures.new(width=4.6, height=3.2)
    figures.lines(
        axes[0, 0], series, title="tanh", xlabel="step ÷ 10",
        ylabel="saturated units, %",
    )  # fmt: skip
    return figure


def by_layer(rows):
    part = rows.where(part="inside")
    names = part.values("activation")
    figure, axes = figures.new(len(names), 2, width=4.2, height=3)
    for (upper, lower), name in zip(axes.T, names, strict=True):
        groups = part.where(activation=name).groups("norm")
        for axis, column, label in (
            (upper, "shift_by_layer", "shift of a step"),
            (lower, "update_by_layer", "update ÷ weights"),
        ):
            series = {n: g.curves(column) for n, g in groups.items()}
            figures.lines(
                axis, series, title=name if axis is upper else "",
                xlabel="layer", ylabel=label, marker="o", yscale="log",
                legend=axis is axes[0, 0],
            )  # fmt: skip
    return figure


def first_weights(rows):
    part = rows.where(part="gain")
    gains = part.values("gain")
    figure, axes = figures.new(width=6, height=3.6)
    figures.against(
        axes[0, 0], part.groups("norm"), "gain", "test_accuracy", gains, 100,
        xlabel="weights ÷ the usual", ylabel="held-out accuracy, %",
        ylim=(0, 100),
    )  # fmt: skip
    return figure


def cost(rows):
    part = rows.where(part="whitening")
    widths = part.values("width")
    if len(widths) < 2:
        raise NotMeasured("one width only")
    figure, axes = figures.new(width=6, height=3.6)
    figures.against(
        axes[0, 0], part.groups("way"), "width", "milliseconds", widths,
        xlabel="channels", ylabel="forward and backward, ms", yscale="log",
    )  # fmt: skip
    return figure


FIGURES = {
    "saturation.png": saturation,
    "by_layer.png": by_layer,
    "first_weights.png": first_weights,
    "whitening.png": cost,
}
