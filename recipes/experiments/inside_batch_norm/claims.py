"""What is said of the inside of batch normalization."""

import math

from zoo.recipes.experiments.inside_batch_norm.design import LOSS, WIDTHS
from zoo.recipes.lab import evidence
from zoo.recipes.lab.claims import Measured, claim, reaches, versus
from zoo.recipes.lab.rows import NotMeasured

IOFFE = "[Ioffe and Szegedy 2015, {}](https://arxiv.org/abs/1502.03167)".format
LEARNS = 0.5  # accuracy; a guess has 0.1
RENORM = "[Ioffe 2017, abstract](https://arxiv.org/abs/1702.03275)"


def _all(found):
    first, *others = found
    for other in others:
        first = first.and_(other)
    return first


def _inside(rows, activation, norm):
    return rows.where(part="inside", activation=activation, norm=norm)


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
    plain, normed = (
        _inside(rows, "sigmoid", norm) for norm in ("none", "batch norm")
    )
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
    plain, normed = (
        _inside(rows, "tanh", norm) for norm in ("none", "batch norm")
    )
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
    return _all(
        [
            reaches(
                _inside(rows, name, "none"), "shift_order", name, 0, 1.1
            ).and_(
                "the last layer's is "
                f"{_inside(rows, name, 'none').text('shift_ratio', 1, 1)} "
                "times the first's"
            )
            for name in _learning(rows)
        ]
    )


@claim(
    "Batch normalization lessens the shift of a step (in networks that learn "
    "without it, too).",
    IOFFE("section 1"),
)
def lessens(rows):
    return _all(
        [
            versus(
                _inside(rows, name, "none"), _inside(rows, name, "batch norm"),
                "shift", f"{name}: without", "with", digits=4, paired=True,
            )
            for name in _learning(rows)
        ]
    )  # fmt: skip


def _update_ratio(rows, name, norm="none"):
    """The second layer's update over the last hidden one's, as log₁₀."""
    return _inside(rows, name, norm).derive(
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
        group, "test_accuracy", f"the worst with (weights × {gain:g})", 0.5,
        1.1, "%", 100, 1,
    ).and_(
        reaches(
            plain, "test_accuracy", f"without (weights × {other:g})",
            at_most=0.5, unit="%", scale=100, digits=1,
        )
    )  # fmt: skip


def _equal(rows, norm):
    return rows.where(part="equal loss", norm=norm)


@claim(
    f"At an equal training loss (first below {LOSS}, as at inference) batch "
    "normalization leaves a smaller gap to the test.",
    IOFFE("section 3.4"),
)
def regularizes(rows):
    return versus(
        _equal(rows, "none"), _equal(rows, "batch norm"), "gap",
        "gap of the loss: without", "with", digits=3, paired=True,
    )  # fmt: skip


@claim(
    "Its noise regularizes: at an equal training loss, means over 8 images "
    "leave a smaller gap than means over 32.",
    "[Luo et al. 2019, abstract](https://arxiv.org/abs/1809.00846)",
)
def noise(rows):
    least = _equal(rows, "2 at a time")
    return versus(
        _equal(rows, "batch norm"), _equal(rows, "8 at a time"), "gap",
        "gap of the loss: of 32", "of 8", digits=3, paired=True,
    ).and_(
        "Means over 2 never reach that training loss: after "
        f"{least.mean('steps'):.0f} steps {least.text('fitted_loss')}",
        between=". ",
    )  # fmt: skip


def _by(group, what):
    return group.derive("accuracy", lambda row: row[f"accuracy_{what}"])


def _worse(what, label, text):
    @claim(text, RENORM)
    def judge(rows):
        group = rows.where(part="test time")
        return versus(
            _by(group, "averages"), _by(group, what), "accuracy", "averages",
            label, "%", 100, 1, paired=True,
        )  # fmt: skip

    return judge


@claim(
    "Averages answer as well as the statistics of large batches (250): within "
    "a point.",
    IOFFE("section 3.1"),
)
def averages(rows):
    group = rows.where(part="test time")
    return versus(
        _by(group, "averages"), _by(group, 250), "accuracy", "averages",
        "batches of 250", "%", 100, 1, paired=True, limits=(-0.01, 0.01),
    )  # fmt: skip


def _times(rows, width):
    """How many times as long whitening takes, seed by seed."""
    part = rows.where(part="whitening", width=width)
    plain, white = (
        part.where(way=way) for way in ("batch norm", "whitening, all channels")
    )
    times = {row["seed"]: row["milliseconds"] for row in plain}
    return white.derive(
        "times", lambda row: row["milliseconds"] / times[row["seed"]]
    )


@claim(
    "Whitening all of 256 channels takes at least ten times as long as batch "
    "normalization.",
    IOFFE("section 2, which gives no factor: ten is ours"),
)
def costs(rows):
    return reaches(
        _times(rows, WIDTHS[-1]), "times", "times as long", 10, digits=1
    )


@claim(
    "The wider the layer, the more whitening costs against batch "
    "normalization.",
    IOFFE("section 2"),
)
def costs_by_width(rows):
    texts = ", ".join(
        f"{_times(rows, width).text('times', 1, 1)} at {width}"
        for width in WIDTHS[1:-1]
    )
    return versus(
        _times(rows, WIDTHS[-1]), _times(rows, WIDTHS[0]), "times",
        f"times as long: {WIDTHS[-1]} channels", f"{WIDTHS[0]}", digits=1,
        paired=True,
    ).and_(f"Between: {texts}", between=". ")  # fmt: skip


CLAIMS = [
    derivation, undone, sigmoids, saturates, grows, lessens, slowly,
    indifferent, regularizes, noise,
    _worse(2, "batches of 2", "Batches of 2 answer worse than averages."),
    _worse(
        "class",
        "batches of 20, sorted by class",
        "Batches of one class answer worse than averages.",
    ),
    averages, costs, costs_by_width,
]  # fmt: skip
