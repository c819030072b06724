"""Tables and figures of recurrent networks."""

import math

import numpy as np

from zoo.recipes.experiments.recurrent.design import LENGTHS, LONGEST, SHORTEST
from zoo.recipes.lab import figures
from zoo.recipes.lab.rows import Rows
from zoo.recipes.lab.tables import Column, pivot, table


def growth(row):
    """Orders of magnitude from the first gradient's norm to the largest."""
    return math.log10(row["largest_norm"] / row["first_norm"])


def tables(rows):
    groups = rows.groups("part")
    columns = [
        Column("held-out accuracy, %", "test_accuracy", 100, 1),
        Column("training loss", "train_loss"),
        Column("gradient's norm, first", "first_norm"),
        Column("largest ÷ first, log₁₀", "growth", 1, 1),
        Column("above 10 from step", "passed_10", 1, 0),
    ]
    by_length = Rows(
        {**row, "rows": count, "accuracy": value}
        for row in groups["length"]
        for count, value in zip(LENGTHS, row["accuracy_by_length"], strict=True)
    )
    note = (
        f"Trained on {SHORTEST} to {LONGEST} rows of each image; read with "
        "another number of rows from top to bottom."
    )
    return [
        table(
            "Explosion and cures",
            groups["explosion"].derive("growth", growth),
            {"cure": "cure"},
            columns,
        ),
        pivot(
            "Accuracy by length, %", by_length, ("norm", ""),
            ("rows", "rows"), "accuracy", 100, 1, note,
        ),
    ]  # fmt: skip


def norms(rows):
    groups = rows.where(part="explosion").groups("cure")
    shown = ("none", "clip norm 1", "L2, 0.1")
    figure, axes = figures.new(2, width=5)
    for axis, column, label in (
        (axes[0, 0], "norms", "gradient's norm, before clipping"),
        (axes[0, 1], "clipped_norms", "norm of the step, after clipping"),
    ):
        series = {
            name: np.log10(groups[name].curves(column))
            for name in shown
            if name in groups
        }
        figures.lines(
            axis, series, xlabel="step", ylabel=f"log₁₀ of the {label}",
            ylim=(-1.5, 3),
        )  # fmt: skip
    return figure


def cures(rows):
    figure, axes = figures.new(width=7, height=4.6)
    groups = rows.where(part="explosion").groups("cure")
    values = {n: 100 * g.column("test_accuracy") for n, g in groups.items()}
    figures.bars(axes[0, 0], values, xlabel="held-out accuracy, %")
    axes[0, 0].axvline(10, color="gray", lw=1, ls=":")
    return figure


def lengths(rows):
    figure, axes = figures.new(width=6.4, height=4)
    groups = rows.where(part="length").groups("norm")
    series = {
        n: 100 * g.curves("accuracy_by_length") for n, g in groups.items()
    }
    figures.lines(
        axes[0, 0], series, LENGTHS, marker="o", xlabel="rows that are read",
        ylabel="held-out accuracy, %",
    )  # fmt: skip
    axes[0, 0].axvspan(SHORTEST, LONGEST, color="gray", alpha=0.12, lw=0)
    return figure


FIGURES = {"norms.png": norms, "cures.png": cures, "lengths.png": lengths}
