"""What is said of activations."""

from zoo.recipes.lab.claims import Measured, above, claim, versus
from zoo.recipes.lab.rows import Rows

XU = "[Xu et al. 2015](https://arxiv.org/abs/1505.00853)"
CLEVERT = "[Clevert et al. 2015](https://arxiv.org/abs/1511.07289)"
KRIZHEVSKY = "[Krizhevsky et al. 2012](https://papers.nips.cc/paper/4824)"


def _pick(rows, *names):
    return [rows.where(activation=name) for name in names]


@claim("ReLU learns in fewer epochs than tanh.", KRIZHEVSKY)
def relu_is_fast(rows):
    relu, tanh = _pick(rows, "relu", "tanh")
    return versus(
        tanh, relu, "epochs_to_90", "to 90 %: tanh", "ReLU", "epochs", digits=1
    )


@claim(
    "The sigmoid learns worst of all in a network of several layers.",
    "[Glorot and Bengio 2010](https://proceedings.mlr.press/v9/glorot10a.html)",
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
    "A ReLU is silent about half of the time, where an ELU never is 0.",
    "[Glorot et al. 2011](https://proceedings.mlr.press/v15/glorot11a.html)",
)
def relu_is_sparse(rows):
    relu, elu = _pick(rows, "relu", "elu")
    return Measured(
        f"zeros: ReLU {relu.text('zeros', 100, 1)} %, "
        f"ELU {elu.text('zeros', 100, 1)} %",
        0.4 <= relu.mean("zeros") <= 0.8 and elu.mean("zeros") < 0.01,
    )


@claim(
    "A slope of 0.01 below zero changes next to nothing.",
    "[Maas et al. 2013]"
    "(https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf)",
)
def small_slope(rows):
    leaky, relu = _pick(rows, "leaky 0.01", "relu")
    measured = versus(
        leaky, relu, "test_accuracy", "leaky 0.01", "ReLU", "%", 100
    )
    worse = above(relu, leaky, "test_accuracy")
    return Measured(measured.text, not measured.held and not worse)


@claim("A larger slope is better than one of 0.01.", XU)
def large_slope(rows):
    large, small = _pick(rows, "leaky 0.23", "leaky 0.01")
    return versus(
        large, small, "test_accuracy", "leaky 0.23", "leaky 0.01", "%", 100
    )


@claim(
    "PReLU learns larger slopes in the first layer than in the last.",
    "[He et al. 2015](https://arxiv.org/abs/1502.01852)",
)
def first_slopes(rows):
    learned = rows.where(activation="prelu").curves("slopes")
    first, last = (
        Rows({"slope": s} for s in learned[:, layer]) for layer in (0, -1)
    )
    return versus(first, last, "slope", "slopes: first layer", "last layer")


@claim("RReLU's random slopes regularize: a smaller gap to the test.", XU)
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


@claim("ELU's outputs are nearer to a mean of zero than ReLU's.", CLEVERT)
def elu_is_centred(rows):
    relu, elu = _pick(rows, "relu", "elu")
    return versus(
        relu, elu, "distance_from_0", "mean distance: ReLU", "ELU", digits=3
    )


@claim("ELU learns better than ReLU.", CLEVERT)
def elu_is_better(rows):
    elu, relu = _pick(rows, "elu", "relu")
    return versus(elu, relu, "test_accuracy", "ELU", "ReLU", "%", 100)


@claim("The exponential costs: ELU takes longer than ReLU.", XU)
def elu_costs(rows):
    elu, relu = _pick(rows, "elu", "relu")
    measured = versus(
        elu, relu, "milliseconds_both", "2²⁰ outputs and gradients: ELU",
        "ReLU", "ms",
    )  # fmt: skip
    step = above(elu, relu, "processor_seconds_step")
    return measured.and_(
        f"{'So does' if step else 'Not so'} the whole step", between=". "
    )


@claim(
    "SELU keeps all layers near mean 0 and variance 1: |mean| ≤ 0.1, "
    "variance 0.8 to 1.5.",
    "[Klambauer et al. 2017](https://arxiv.org/abs/1706.02515)",
)
def selu_normalizes(rows):
    (selu,) = _pick(rows, "selu")
    means = selu.curves("layer_means").mean(axis=0)
    variances = (selu.curves("layer_stds") ** 2).mean(axis=0)
    return Measured(
        f"means of layers {means.min():.2f} to {means.max():.2f}, variances "
        f"{variances.min():.2f} to {variances.max():.2f}, after training",
        abs(means).max() <= 0.1 and variances.min() >= 0.8
        and variances.max() <= 1.5,
    )  # fmt: skip


@claim(
    "GELU learns better than ReLU and ELU.",
    "[Hendrycks and Gimpel 2016](https://arxiv.org/abs/1606.08415)",
)
def gelu_is_better(rows):
    gelu, relu, elu = _pick(rows, "gelu", "relu", "elu")
    return versus(gelu, relu, "test_accuracy", "GELU", "ReLU", "%", 100).and_(
        f"ELU {elu.text('test_accuracy', 100)} %",
        above(gelu, elu, "test_accuracy"),
        between=", ",
    )


@claim(
    "Maxout learns better than ReLU, with twice the convolutions.",
    "[Goodfellow et al. 2013](https://arxiv.org/abs/1302.4389)",
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
    selu_normalizes, gelu_is_better, maxout_is_better,
]  # fmt: skip
