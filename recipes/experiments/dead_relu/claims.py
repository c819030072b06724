"""What is said of dying ReLUs."""

from zoo.recipes.experiments.dead_relu.design import LEAKY, RELUS
from zoo.recipes.experiments.dead_relu.tell import best_rate
from zoo.recipes.lab.claims import Measured, above, claim, versus
from zoo.recipes.lab.rows import NotMeasured

CS231N = "[Karpathy, CS231n](https://cs231n.github.io/neural-networks-1/)"
HE_2015 = "[He et al. 2015](https://arxiv.org/abs/1502.01852)"
MAAS = (
    "[Maas et al. 2013]"
    "(https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf)"
)


def _of(rows, remedy, rate=None):
    """The runs with a remedy, at the largest rate if none is given."""
    rate = max(rows.values("rate")) if rate is None else rate
    return rows.where(remedy=remedy, rate=rate)


def _all_of(rows, names):
    return rows.filter(lambda row: row["remedy"] in names)


@claim("The larger the learning rate, the more ReLUs die.", CS231N)
def rate_kills(rows):
    group = rows.where(remedy="ReLU")
    shares = [r.mean("silent") for r in group.groups("rate").values()]
    small, large = (
        _of(rows, "ReLU", choose(rows.values("rate"))) for choose in (min, max)
    )
    if len(shares) < 2:
        raise NotMeasured("one learning rate only")
    measured = versus(
        large, small, "silent", f"dead at a rate of {large[0]['rate']}",
        f"at {small[0]['rate']}", "%", 100, 1,
    )  # fmt: skip
    return Measured(measured.text, measured.held and shares == sorted(shares))


@claim(
    "At too high a rate as much as 40 % of the network is dead "
    "while it still learns (accuracy above 80 %).",
    CS231N,
)
def forty_percent(rows):
    alive = [
        group
        for group in rows.where(remedy="ReLU").groups("rate").values()
        if group.mean("test_accuracy") > 0.8
    ]
    if not alive:
        raise NotMeasured("nothing learned")
    worst = max(alive, key=lambda group: group.mean("silent"))
    return Measured(
        f"{worst.text('silent', 100, 1)} % dead at {worst[0]['rate']}, "
        f"accuracy {worst.text('test_accuracy', 100, 1)} %",
        worst.mean("silent") >= 0.4,
    )


@claim("A dead ReLU's gradient is exactly 0.", MAAS)
def no_gradient(rows):
    largest = _all_of(rows, RELUS).column("gradient_silent")
    return Measured(
        f"the largest in {len(largest)} runs with dead units is "
        f"{largest.max():g}",
        largest.max() == 0,
    )


@claim("A dead ReLU stays dead.", CS231N)
def stays_dead(rows):
    revived = rows.where(remedy="ReLU").column("revived")
    return Measured(
        f"of the dead units {100 * revived.mean():.1f} % fire again after "
        "another epoch, since the layers below have changed",
        revived.max() == 0,
    )


@claim("A silent leaky unit still learns: its gradient is not 0.", MAAS)
def leaky_gradient(rows):
    least = _all_of(rows, LEAKY).column("gradient_silent_least")
    return Measured(
        f"the smallest in {len(least)} runs with silent units is "
        f"{least.min():.2g}",
        least.min() > 0,
    )


@claim("A smaller rate prevents it and costs no accuracy.", CS231N)
def small_rate(rows):
    group = rows.where(remedy="ReLU")
    small = _of(rows, "ReLU", min(group.values("rate")))
    best = _of(rows, "ReLU", best_rate(group))
    costs = versus(
        best, small, "test_accuracy", f"the best is {best[0]['rate']} with",
        f"{small[0]['rate']} has", "%", 100, 1,
    )  # fmt: skip
    return costs.not_().and_(
        f"{small.text('silent', 100, 1)} % dead",
        small.mean("silent") < 0.05,
        between=" and ",
    )


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
    "He's initialization prevents dead ReLUs better than Glorot's.", HE_2015
)(_prevents("ReLU, He"))
large_weights = claim(
    "Weights that begin too large kill ReLUs.",
    "[Lu et al. 2019](https://arxiv.org/abs/1903.06733)",
)(_prevents("ReLU, He", "ReLU, large weights"))
batch_norm = claim(
    "Batch normalization prevents dead ReLUs.",
    "[Ioffe and Szegedy 2015](https://arxiv.org/abs/1502.03167)",
)(_prevents("ReLU, batch norm", "ReLU, He"))


@claim("Leaky variants cannot die and withstand high rates better.", CS231N)
def leaky_accuracy(rows):
    relu = _of(rows, "ReLU, He")
    variants = {name: _of(rows, name) for name in LEAKY}
    text = ", ".join(
        f"{name} {group.text('test_accuracy', 100, 1)} %"
        for name, group in {"ReLU": relu, **variants}.items()
    )
    better = [above(g, relu, "test_accuracy") for g in variants.values()]
    return Measured(
        f"accuracy at a rate of {relu[0]['rate']}: {text}", all(better)
    )


CLAIMS = [
    rate_kills, forty_percent, no_gradient, stays_dead, leaky_gradient,
    small_rate, he_initialization, large_weights, batch_norm, leaky_accuracy,
]  # fmt: skip
