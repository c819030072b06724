"""Tables and figures of skip connections."""

from zoo.recipes.experiments.skip.design import ACTIVATIONS, FORMS
from zoo.recipes.lab import figures
from zoo.recipes.lab.tables import Column, pivot, table


def tables(rows):
    rows = rows.derive("written", lambda row: FORMS[row["form"]])
    columns = [
        Column("held-out accuracy, %", "test_accuracy", 100, 1),
        Column("training loss, last step", "train_loss", 1, 3),
        Column("log₁₀ (first ÷ last gradient)", "logarithm", 1, 1),
    ]
    by = {"activation": "", "form": "form", "written": "a layer"}
    note = (
        "The gradient of the second layer's weights over that of the last but "
        "one's, before any step; 0: equal, −10: ten orders smaller."
    )
    return [
        pivot(
            "Accuracy by form, %", rows, ("form", "form"),
            ("activation", "activation"), "test_accuracy", 100, 1,
        ),
        table("Forms of shortcuts", rows, by, columns, note),
    ]  # fmt: skip


def by_form(rows):
    figure, axes = figures.new(len(ACTIVATIONS), width=4.2, height=3.2)
    for axis, name in zip(axes[0], rows.values("activation"), strict=False):
        values = {
            FORMS[form]: 100 * group.column("test_accuracy")
            for form, group in rows.where(activation=name)
            .groups("form")
            .items()
        }
        figures.bars(
            axis, values, title=name, xlabel="held-out accuracy, %",
            xlim=(0, 100),
        )  # fmt: skip
        axis.axvline(10, color="gray", lw=1, ls=":")
    return figure


def losses(rows):
    figure, axes = figures.new(len(ACTIVATIONS), width=4.2, height=3.2)
    for axis, name in zip(axes[0], rows.values("activation"), strict=False):
        series = {
            FORMS[form]: group.curves("losses")
            for form, group in rows.where(activation=name)
            .groups("form")
            .items()
        }
        figures.lines(
            axis, series, title=name, xlabel="twentieths of the training",
            ylabel="training loss", ylim=(0, 3), legend=axis is axes[0, 0],
        )  # fmt: skip
    return figure


FIGURES = {"forms.png": by_form, "losses.png": losses}
