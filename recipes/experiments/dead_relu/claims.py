"""What is said of dying ReLUs."""

import itertools

from zoo.recipes.experiments.dead_relu.design import RELUS
from zoo.recipes.experiments.dead_relu.tell import best_rate
from zoo.recipes.lab import evidence
from zoo.recipes.lab.claims import Measured, claim, reaches, together, versus
from zoo.recipes.lab.rows import NotMeasured

CS231N = (
    "[Karpathy, CS231n, commonly used activation functions]"
    "(https://cs231n.github.io/neural-networks-1/#actfun)"
)
MAAS = (
    "[Maas et al. 2013, section 2]"
    "(https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf)"
)
OURS = (
    "[our own question; the weights are those of He et al. 2015, section 2.2]"
    "(https://arxiv.org/abs/1502.01852)"
)
LEAKY = ("leaky 0.01", "PReLU", "RReLU")  # whose slope below zero stays
FEW, POINT = 0.05, 0.01


def _of(rows, remedy, rate=None):
    """The runs with a remedy, at the largest rate if none is given."""
    rate = max(rows.values("rate")) if rate is None else rate
    return rows.where(remedy=remedy, rate=rate)


def _with(rows, names, column):
    """The runs of these remedies that have a column's number."""
    return rows.filter(
        lambda row: row["remedy"] in names and row.get(column) is not None
    )


@claim("The larger the learning rate, the more ReLUs die.", CS231N)
def rate_kills(rows):
    groups = rows.where(remedy="ReLU").groups("rate")
    if len(groups) < 2:
        raise NotMeasured("one learning rate only")
    steps = [
        evidence.difference(
            groups[high], groups[low], "silent", what=f"{high:g} − {low:g}",
            unit="%", scale=100, digits=1,
        )
        for low, high in itertools.pairwise(sorted(groups))
    ]  # fmt: skip
    text = ", ".join(
        f"{group.text('silent', 100, 1)} % at {rate:g}"
        for rate, group in groups.items()
    )
    rises = ", ".join(f"{one.what}: {one.text}" for one in steps)
    return Measured(f"dead {text}. {rises}", tuple(steps))


@claim(
    "At too high a rate (here 0.01) as much as 40 % of the network is dead "
    "while it still learns (accuracy above 80 %).",
    CS231N,
)
def forty_percent(rows):
    group = _of(rows, "ReLU", 0.01)
    return reaches(group, "silent", "dead", 0.4, 1.1, "%", 100, 1).and_(
        reaches(group, "test_accuracy", "accuracy", 0.8, 1.1, "%", 100, 1)
    )


@claim("A dead ReLU's gradient is exactly 0.", MAAS)
def no_gradient(rows):
    runs = _with(rows, RELUS, "gradient_silent")
    largest = runs.column("gradient_silent")
    return Measured(
        f"the largest in {len(largest)} runs with dead units is "
        f"{largest.max():g}",
        (evidence.every(largest == 0, "gradient 0"),),
    )


@claim("No dead ReLU fires again.", CS231N)
def stays_dead(rows):
    revived = rows.where(remedy="ReLU").column("revived")
    return Measured(
        f"of the dead units {100 * revived.mean():.1f} % fire again after "
        "another epoch, since the layers below have changed",
        (evidence.every(revived == 0, "none fires again"),),
    )


@claim(
    "A silent unit of leaky ReLU, PReLU or RReLU still learns: its gradient "
    "is not 0.",
    MAAS,
)
def leaky_gradient(rows):
    least = _with(rows, LEAKY, "gradient_silent_least").column(
        "gradient_silent_least"
    )
    text = f"the smallest in {len(least)} runs with silent units is "
    text += f"{least.min():.2g}"
    elus = _with(rows, ("ELU",), "gradient_silent_least")
    if elus:
        zeros = sum(row["gradient_silent_least"] == 0 for row in elus)
        text += (
            f". An ELU is not leaky: in {zeros} of {len(elus)} runs a silent "
            "one has a gradient of 0"
        )
    return Measured(text, (evidence.every(least > 0, "gradient above 0"),))


@claim(
    "At a rate of 0.001 fewer than 5 % of the ReLUs die, and that costs less "
    "than a point of accuracy against the next higher rate.",
    CS231N,
)
def small_rate(rows):
    group = rows.where(remedy="ReLU")
    rates = sorted(group.values("rate"))
    if len(rates) < 2:
        raise NotMeasured("one learning rate only")
    small, other = (_of(rows, "ReLU", rate) for rate in rates[:2])
    best = best_rate(group)
    return (
        reaches(small, "silent", "dead", at_most=FEW, unit="%", scale=100,
                digits=1)
        .and_(
            versus(
                small, other, "test_accuracy",
                f"accuracy at {rates[0]:g}", f"at {rates[1]:g}", "%", 100, 1,
                limits=(-POINT, 1.1),
            )
        )
        .and_(f"The best rate is {best:g}", between=". ")
    )  # fmt: skip


def _prevents(name, other="ReLU"):
    def measure(rows):
        with_it, without = _of(rows, name), _of(rows, other)
        return versus(
            without, with_it, "silent",
            f"silent at a rate of {with_it[0]['rate']}: {other}", name, "%",
            100, 1,
        )  # fmt: skip

    return measure


he_initialization = claim(
    "Fewer ReLUs die with He's weights than with Glorot's.", OURS
)(_prevents("ReLU, He"))


@claim(
    "The size of the weights does not change which ReLUs are dead before "
    "training, since without biases a network of ReLUs is homogeneous.",
    OURS,
)
def size_of_weights(rows):
    rate = max(rows.values("rate"))
    groups = [
        rows.where(remedy=name, rate=rate)
        for name in ("ReLU", "ReLU, He", "ReLU, large weights")
    ]
    seeds = [
        [group.where(seed=seed)[0]["silent_before"] for group in groups]
        for seed in groups[0].values("seed")
    ]
    texts = [group.text("silent_before", 100, 2) for group in groups]
    return Measured(
        f"dead before training: Glorot's {texts[0]} %, He's {texts[1]} %, "
        f"three times as large {texts[2]} %",
        (evidence.every((len(set(s)) == 1 for s in seeds), "equal", "seeds"),),
    )


batch_norm = claim(
    "Batch normalization prevents dead ReLUs.",
    "[our own question; Ioffe and Szegedy 2015, section 3.3, claim it of "
    "saturation](https://arxiv.org/abs/1502.03167)",
)(_prevents("ReLU, batch norm", "ReLU, He"))


@claim(
    "Each leaky variant, and the ELU, withstands a rate of 0.03 better than "
    "ReLU with the same weights.",
    "[Karpathy, CS231n, who reports success that is “not always consistent”]"
    "(https://cs231n.github.io/neural-networks-1/#actfun)",
)
def leaky_accuracy(rows):
    relu = _of(rows, "ReLU, He", 0.03)
    return together(
        versus(
            _of(rows, name, 0.03), relu, "test_accuracy", name,
            "ReLU with He's weights", "%", 100, 1,
        )
        for name in (*LEAKY, "ELU")
    )  # fmt: skip


CLAIMS = [
    rate_kills, forty_percent, no_gradient, stays_dead, leaky_gradient,
    small_rate, he_initialization, size_of_weights, batch_norm, leaky_accuracy,
]  # fmt: skip
