"""What is said of signals before training."""

from zoo.recipes.experiments.signals.design import NARROW_NETWORKS
from zoo.recipes.experiments.signals.tell import counted
from zoo.recipes.lab import evidence
from zoo.recipes.lab.claims import Measured, claim, reaches, together, versus
from zoo.recipes.lab.rows import Rows

KLAMBAUER = "[Klambauer et al. 2017, {}](https://arxiv.org/abs/1706.02515)"
HOCHREITER = (
    "[Hochreiter and Schmidhuber 1997, section 3.1, on equation 2]"
    "(https://doi.org/10.1162/neco.1997.9.8.1735)"
)
LU = "[Lu et al. 2019, abstract](https://arxiv.org/abs/1903.06733)"
BROWNLEE = (
    "[Brownlee 2017, How to Fix Exploding Gradients](https://"
    "machinelearningmastery.com/exploding-gradients-in-neural-networks/)"
)


@claim(
    "Vanishing is commoner than exploding among the usual choices: of 24 pairs "
    "of activation and weights more have a first error below a hundredth of "
    "the last than above a hundred times it.",
    HOCHREITER,
)
def commoner(rows):
    counts = counted(rows.where(part="in use"))
    more = counts.derive("number", lambda row: row["vanish"])
    less = counts.derive("number", lambda row: row["explode"])
    return versus(
        more, less, "number", "vanish", "explode", "choices", digits=1,
        paired=True, resolution=1,
    )  # fmt: skip


@claim(
    "Vanishing is commoner than exploding with weights of a random size, too, "
    "over sigmoid, tanh and ReLU together.",
    HOCHREITER,
)
def commoner_drawn(rows):
    part = rows.where(part="drawn")
    shares = Rows(
        {
            "seed": seed,
            "vanish": group.mean("vanish"),
            "explode": group.mean("explode"),
        }
        for seed, group in part.groups("seed").items()
    )
    return versus(
        shares.derive("share", lambda row: row["vanish"]),
        shares.derive("share", lambda row: row["explode"]),
        "share", "vanish", "explode", "%", 100, 1, paired=True,
    )  # fmt: skip


def _at(rows, name, gain):
    return rows.where(part="equal weights", activation=name, gain=gain)


@claim(
    "ReLU helps against explosion: at equal, large weights (three times 1/√n) "
    "its errors grow less than those of sigmoid and of tanh.",
    BROWNLEE,
)
def relu_against_explosion(rows):
    return together(
        versus(
            _at(rows, name, 3), _at(rows, "relu", 3), "orders",
            f"orders of magnitude: {name}", "ReLU", digits=1, paired=True,
        )
        for name in ("sigmoid", "tanh")
    )  # fmt: skip


def _selu_ends_in_domain(rows, start):
    group = rows.where(part="fixed point", activation="selu", start=start)
    return reaches(group, "last_mean", "mean", -0.1, 0.1, digits=3).and_(
        reaches(group, "last_variance", "variance", 0.8, 1.5, digits=3)
    )


@claim(
    "SELU keeps mean and variance in the domain of its theorem (|mean| ≤ 0.1, "
    "variance 0.8 to 1.5) through 32 layers with normalized weights, from a "
    "start inside it.",
    KLAMBAUER.format("theorem 1"),
)
def selu(rows):
    return _selu_ends_in_domain(rows, "inside")


@claim(
    "SELU comes back into that domain from a start outside it (mean 1, "
    "variance 4).",
    KLAMBAUER.format("theorem 2: variances above 3 fall"),
)
def selu_returns(rows):
    return _selu_ends_in_domain(rows, "outside")


@claim(
    "ReLU networks are born dead the more often, the deeper they are: with 4 "
    "units a layer more of 40 layers than of 10, and of 10 than of 2.",
    LU,
)
def deeper_is_deader(rows):
    part = rows.where(part="born dead")
    deep, middle, shallow = (part.where(depth=d) for d in (40, 10, 2))
    return versus(
        deep, middle, "dead", "dead: 40 layers", "10", "%", 100, 1
    ).and_(versus(middle, shallow, "dead", "10 layers", "2", "%", 100, 1))


@claim(
    "The size of the weights has no part in it: three times as large, the "
    "same networks are dead.",
    "[our own question; a ReLU network without biases is homogeneous, He et "
    "al. 2015, section 2.2](https://arxiv.org/abs/1502.01852)",
)
def size_has_no_part(rows):
    flags = [not row["size_matters"] for row in rows.where(part="born dead")]
    return Measured(
        f"the same in {sum(flags)} of {len(flags)} runs of "
        f"{NARROW_NETWORKS} networks",
        (evidence.every(flags, "the same"),),
    )


CLAIMS = [
    commoner, commoner_drawn, relu_against_explosion, selu, selu_returns,
    deeper_is_deader, size_has_no_part,
]  # fmt: skip
