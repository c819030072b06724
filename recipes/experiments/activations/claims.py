"""What is said of activations."""

from zoo.recipes.lab.claims import claim, reaches, same, versus
from zoo.recipes.lab.rows import Rows

XU = "[Xu et al. 2015, {}](https://arxiv.org/abs/1505.00853)".format
CLEVERT = "[Clevert et al. 2015, {}](https://arxiv.org/abs/1511.07289)".format
POINT = 0.01


def _pick(rows, *names):
    return [rows.where(activation=name) for name in names]


@claim(
    "ReLU learns in fewer epochs than tanh.",
    "[Krizhevsky et al. 2012, section 3.1 and figure 1]"
    "(https://papers.nips.cc/paper/4824)",
)
def relu_is_fast(rows):
    relu, tanh = _pick(rows, "relu", "tanh")
    return versus(
        tanh, relu, "epochs_to_90", "to 90 %: tanh", "ReLU", "epochs",
        digits=1, resolution=1,
    )  # fmt: skip


@claim(
    "The sigmoid learns worst of all in a network of several layers.",
    "[Glorot and Bengio 2010, section 3.1]"
    "(https://proceedings.mlr.press/v9/glorot10a.html)",
)
def sigmoid_is_worst(rows):
    (sigmoid,) = _pick(rows, "sigmoid")
    others = rows.groups("activation")
    del others["sigmoid"]
    name = min(others, key=lambda a: others[a].mean("test_accuracy"))
    return versus(
        others[name], sigmoid, "test_accuracy", f"next is {name},", "sigmoid",
        "%", 100,
    )  # fmt: skip


@claim(
    "Half of a ReLU's outputs (40 to 60 %) are exactly 0, and less than 1 % "
    "of an ELU's.",
    "[Glorot et al. 2011, section 3.1]"
    "(https://proceedings.mlr.press/v15/glorot11a.html)",
)
def relu_is_sparse(rows):
    relu, elu = _pick(rows, "relu", "elu")
    return reaches(relu, "zeros", "zeros: ReLU", 0.4, 0.6, "%", 100, 1).and_(
        reaches(elu, "zeros", "ELU", at_most=0.01, unit="%", scale=100)
    )


@claim(
    "A slope of 0.01 below zero changes accuracy by less than a point.",
    "[Maas et al. 2013, section 3]"
    "(https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf)",
)
def small_slope(rows):
    leaky, relu = _pick(rows, "leaky 0.01", "relu")
    return same(
        leaky, relu, "test_accuracy", "leaky 0.01", "ReLU", POINT, "%", 100
    )


@claim(
    "A larger slope (here 0.23, the paper's 1/5.5 = 0.18) is better than one "
    "of 0.01.",
    XU("section 4"),
)
def large_slope(rows):
    large, small = _pick(rows, "leaky 0.23", "leaky 0.01")
    return versus(
        large, small, "test_accuracy", "leaky 0.23", "leaky 0.01", "%", 100
    )


@claim(
    "PReLU learns larger slopes in the first layer than in the last.",
    "[He et al. 2015, section 2.1 and table 1]"
    "(https://arxiv.org/abs/1502.01852)",
)
def first_slopes(rows):
    learned = rows.where(activation="prelu")
    first, last = (
        Rows(
            {"seed": row["seed"], "slope": row["slopes"][at]}
            for row in learned
            if row.get("slopes")
        )
        for at in (0, -1)
    )
    return versus(
        first, last, "slope", "slopes: first layer", "last layer", paired=True
    )


@claim(
    "RReLU's random slopes regularize: a smaller gap to the test.",
    XU("abstract"),
)
def rrelu_regularizes(rows):
    fixed, random = _pick(rows, "leaky 0.23", "rrelu")
    gap = versus(
        fixed, random, "loss_gap",
        "held-out loss − training loss: with the fixed mean slope",
        "with random ones", digits=3,
    )  # fmt: skip
    noisy = random.text("noisy_accuracy", 100)
    plain = random.text("test_accuracy", 100)
    return gap.and_(
        "Random slopes at test time, too, give "
        f"{noisy} % in place of {plain} %",
        between=". ",
    )


@claim(
    "ELU's outputs are nearer to a mean of zero than ReLU's.",
    CLEVERT("abstract"),
)
def elu_is_centred(rows):
    relu, elu = _pick(rows, "relu", "elu")
    text = versus(
        relu, elu, "distance_from_0", "mean distance: ReLU", "ELU", digits=3
    )
    (leaky,) = _pick(rows, "leaky 0.23")
    return text.and_(
        f"Leaky 0.23 is nearer still: {leaky.text('distance_from_0', 1, 3)}",
        between=". ",
    )


@claim("ELU learns better than ReLU.", CLEVERT("abstract"))
def elu_is_better(rows):
    elu, relu = _pick(rows, "elu", "relu")
    return versus(elu, relu, "test_accuracy", "ELU", "ReLU", "%", 100)


@claim(
    "The exponential costs: ELU takes longer than ReLU.",
    CLEVERT("section 4.3, which finds 5 %"),
)
def elu_costs(rows):
    elu, relu = _pick(rows, "elu", "relu")
    measured = versus(
        elu, relu, "milliseconds_both", "2²⁰ outputs and gradients: ELU",
        "ReLU", "ms",
    )  # fmt: skip
    return measured.and_(
        f"The whole step: ELU {elu.text('processor_seconds_step', 1000)} ms, "
        f"ReLU {relu.text('processor_seconds_step', 1000)} ms",
        between=". ",
    )


@claim(
    "So does it in sigmoid and tanh: both take longer than ReLU.",
    "[Glorot et al. 2011, section 3.1]"
    "(https://proceedings.mlr.press/v15/glorot11a.html)",
)
def sigmoid_costs(rows):
    sigmoid, tanh, relu = _pick(rows, "sigmoid", "tanh", "relu")
    return versus(
        sigmoid, relu, "milliseconds_both", "sigmoid", "ReLU", "ms"
    ).and_(versus(tanh, relu, "milliseconds_both", "tanh", "ReLU", "ms"))


@claim(
    "GELU learns better than ReLU and ELU.",
    "[Hendrycks and Gimpel 2016, section 3](https://arxiv.org/abs/1606.08415)",
)
def gelu_is_better(rows):
    gelu, relu, elu = _pick(rows, "gelu", "relu", "elu")
    return versus(gelu, relu, "test_accuracy", "GELU", "ReLU", "%", 100).and_(
        versus(gelu, elu, "test_accuracy", "GELU", "ELU", "%", 100)
    )


@claim(
    "Maxout learns better than ReLU, with twice the convolutions.",
    "[Goodfellow et al. 2013, section 5](https://arxiv.org/abs/1302.4389)",
)
def maxout_is_better(rows):
    maxout, relu = _pick(rows, "maxout", "relu")
    times = maxout.mean("parameters") / relu.mean("parameters")
    return versus(
        maxout, relu, "test_accuracy", "maxout", "ReLU", "%", 100
    ).and_(f"Parameters: {times:.1f} times", between=". ")


CLAIMS = [
    relu_is_fast, sigmoid_is_worst, relu_is_sparse, small_slope, large_slope,
    first_slopes, rrelu_regularizes, elu_is_centred, elu_is_better, elu_costs,
    sigmoid_costs, gelu_is_better, maxout_is_better,
]  # fmt: skip
