"""What is said of the inside of batch normalization."""

import math

from zoo.recipes.experiments.inside_batch_norm.consequences import (
    CONSEQUENCES,
    IOFFE,
)
from zoo.recipes.experiments.inside_batch_norm.design import NORMS
from zoo.recipes.lab import evidence
from zoo.recipes.lab.claims import Measured, claim, reaches, together, versus
from zoo.recipes.lab.rows import NotMeasured

LEARNS = 0.5  # accuracy; a guess has 0.1


def _inside(rows, activation, norm):
    return rows.where(part="inside", activation=activation, norm=norm)


def _pair(rows, activation):
    """Without and with batch normalization."""
    without, given = (_inside(rows, activation, norm) for norm in NORMS)
    return without, given


@claim(
    "The formulas of the backward pass give what automatic differentiation "
    "gives (to 10⁻⁸, in float64).",
    IOFFE("section 3, the equations after algorithm 1"),
)
def derivation(rows):
    group = rows.where(part="derivation")
    worst = group.column("worst_miss")
    flags = worst < 1e-8
    return Measured(
        f"largest difference in {len(worst)} batches {worst.max():.1e}",
        (evidence.every(flags, "equal", "batches"),),
    )


@claim(
    "With γ = √(σ² + ε) and β = μ the layer is the identity: nothing that the "
    "network could express is lost (to 10⁻⁸).",
    IOFFE("section 3, on γ and β"),
)
def undone(rows):
    misses = rows.where(part="derivation").column("undone")
    return Measured(
        f"largest difference {misses.max():.1e}",
        (evidence.every(misses < 1e-8, "undone", "batches"),),
    )


def _learning(rows):
    """The activations whose networks learn without a normalizer, too."""
    part = rows.where(part="inside")
    names = [
        name
        for name in part.values("activation")
        if _inside(rows, name, "none").mean("test_accuracy") > LEARNS
    ]
    if not names:
        raise NotMeasured("no network learns without a normalizer")
    return names


@claim(
    "Ten layers of sigmoids learn (above 50 %) with batch normalization, and "
    "do not without.",
    IOFFE("section 4.2.2, BN-x5-Sigmoid"),
)
def sigmoids(rows):
    plain, normed = _pair(rows, "sigmoid")
    return reaches(
        normed, "test_accuracy", "with", LEARNS, 1.1, "%", 100, 1
    ).and_(
        reaches(
            plain, "test_accuracy", "without", at_most=LEARNS, unit="%",
            scale=100, digits=1,
        )
    )  # fmt: skip


@claim(
    "Without batch normalization a network of tanh drifts into saturation "
    "while it trains; with it fewer units are saturated.",
    IOFFE("section 1, on saturating nonlinearities"),
)
def saturates(rows):
    plain, normed = _pair(rows, "tanh")
    start = plain.derive("saturated", lambda row: row["saturated_start"])
    return versus(
        plain, start, "saturated", "saturated without: at the end",
        "at the start", "%", 100, 2, paired=True, worth=0.01,
    ).and_(
        versus(
            plain, normed, "saturated", "at the end: without", "with", "%",
            100, 2, paired=True, worth=0.01,
        )
    )  # fmt: skip


@claim(
    "The shift grows with depth: without a normalizer the distribution of a "
    "layer's inputs moves more at each step, the deeper the layer (rank "
    "correlation with the layer's number above 0, in networks that learn).",
    IOFFE("section 1: small changes amplify as the network becomes deeper"),
)
def grows(rows):
    groups = {name: _inside(rows, name, "none") for name in _learning(rows)}
    return together(
        reaches(group, "shift_order", name, 0, 1.1).and_(
            f"the last layer's is {group.text('shift_ratio', 1, 1)} times the "
            "first's"
        )
        for name, group in groups.items()
    )


@claim(
    "Batch normalization lessens the shift of a step (in networks that learn "
    "without it, too).",
    IOFFE("section 1"),
)
def lessens(rows):
    return together(
        versus(
            *_pair(rows, name), "shift", f"{name}: without", "with", digits=4,
            paired=True,
        )
        for name in _learning(rows)
    )  # fmt: skip


def _update_ratio(rows, name):
    """The second layer's update over the last hidden one's, as log₁₀."""
    return _inside(rows, name, "none").derive(
        "updates",
        lambda row: math.log10(
            max(row["update_by_layer"][1], 1e-30) / row["update_by_layer"][-2]
        ),
    )


@claim(
    "Without a normalizer the layers of a sigmoid network learn the more "
    "slowly, the nearer they are to the input: the second one's updates, for "
    "its weights' size, are less than a thousandth of the last hidden one's.",
    "[Glorot and Bengio 2010, section 4.2]"
    "(https://proceedings.mlr.press/v9/glorot10a.html)",
)
def slowly(rows):
    others = ", ".join(
        f"{name} {_update_ratio(rows, name).text('updates', 1, 1)}"
        for name in rows.where(part="inside").values("activation")
        if name != "sigmoid"
    )
    return reaches(
        _update_ratio(rows, "sigmoid"), "updates",
        "log₁₀ (second ÷ last update): sigmoid", at_most=-3, digits=1,
    ).and_(f"with weights of the right size {others}")  # fmt: skip


@claim(
    "Batch normalization makes training indifferent to the size of the first "
    "weights: from a tenth to ten times the usual all learn (above 50 %), and "
    "without it not all.",
    IOFFE("section 3.3: BN(a W u) = BN(W u)"),
)
def indifferent(rows):
    part = rows.where(part="gain")
    least = {}
    for norm, group in part.groups("norm").items():
        gains = group.groups("gain")
        worst = min(gains, key=lambda g: gains[g].mean("test_accuracy"))
        least[norm] = worst, gains[worst]
    gain, group = least["batch norm"]
    other, plain = least["none"]
    return reaches(
        group, "test_accuracy", f"the worst with (weights × {gain:g})", LEARNS,
        1.1, "%", 100, 1,
    ).and_(
        reaches(
            plain, "test_accuracy", f"without (weights × {other:g})",
            at_most=LEARNS, unit="%", scale=100, digits=1,
        )
    )  # fmt: skip


CLAIMS = [
    derivation, undone, sigmoids, saturates, grows, lessens, slowly,
    indifferent, *CONSEQUENCES,
]  # fmt: skip
