"""Tables and figures of the pole on the cart."""

from zoo.recipes.experiments.cartpole.run import LOOK
from zoo.recipes.lab import figures
from zoo.recipes.lab.tables import Column, table


def tables(rows):
    return [
        table(
            "Length of an episode",
            rows,
            {"norm": "normalizer"},
            [
                Column("mean over the training", "return_mean", 1, 1),
                Column("at the end", "return_last", 1, 1),
                Column("lowest in the second half", "return_lowest", 1, 1),
                Column("miss of Q", "miss", 1, 2),
            ],
            "Steps until the pole falls, at most 200; without exploration, 10 "
            f"episodes every {LOOK} steps.",
        )
    ]


def curves(rows):
    figure, axes = figures.new(width=7, height=4)
    series = {
        norm: group.curves("return_curve")
        for norm, group in rows.groups("norm").items()
    }
    figures.lines(
        axes[0, 0], series, xlabel=f"steps ÷ {LOOK}",
        ylabel="length of an episode", ylim=(0, 205),
    )  # fmt: skip
    return figure


FIGURES = {"curves.png": curves}
