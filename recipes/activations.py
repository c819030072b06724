"""Activation functions in one network: accuracy, speed, sparsity, mean, cost.

    python recipes/activations.py

Six 3×3 convolutions; only the activation is exchanged, and with it the
initialization that belongs to it. The function itself is timed on 2²⁰ numbers.
The papers stand beside the claims.

4,000 MNIST digits, 1,000 held out; 36 runs of some 20 seconds of processor
time, 6 to 12 minutes in all with --threads=1 --jobs=2 on 2 CPU cores. Held out,
in %, mean ± std (3 runs): ReLU 94.6 ± 0.5, ELU 95.3 ± 0.8, tanh 93.3 ± 0.1.
"""

from zoo.recipes.lab import _experiment, _figures, _results
from zoo.recipes.lab._claims import above, claim, versus

MEAN_SLOPE = (1 / 8 + 1 / 3) / 2  # of RReLU, its slope at test time
LEAKY = {"leaky 0.01": 0.01, "leaky 0.1": 0.1, "leaky 0.23": MEAN_SLOPE}
NAMES = (
    "sigmoid", "tanh", "relu", *LEAKY, "prelu", "rrelu", "elu", "selu", "gelu",
    "maxout",
)  # fmt: skip
SMOKE = ("leaky 0.23", "prelu", "rrelu")
DRAWN = ("sigmoid", "tanh", "relu", "leaky 0.23", "elu", "selu")
INITIALIZERS = {
    "sigmoid": "glorot_normal",
    "tanh": "glorot_normal",
    "selu": "lecun_normal",
}
NUMBERS = 2**20


def settings(options):
    names, depth, times = NAMES, 6, 30
    if options.smoke:
        names, depth, times = SMOKE, 2, 3
    return [{"activation": n, "depth": depth, "times": times} for n in names]


def run(setting):
    import keras
    import numpy as np

    from zoo.recipes.lab import _networks
    from zoo.training import _training

    name = setting["activation"]
    data = _training.load(setting, batch_size=32)
    model = _networks.cnn(
        data,
        depth=setting["depth"],
        filters=(8, 16, 32),
        activation=_constructor(name),
        pieces=2 if name == "maxout" else 1,
        initializer=INITIALIZERS.get(name, "he_normal"),
    )
    row = _training.train(
        model,
        data,
        epochs=setting["epochs"],
        learning_rate=0.001,
        evaluate_training=True,
    )
    images, labels = _training.probe(data, 1000)
    values = _training.outputs(model, images)
    row |= {
        "epochs_to_90": _training.epochs_to(row["test_accuracy_curve"], 0.9),
        "loss_gap": row["test_loss"] - row["fitted_loss"],
        "zeros": np.mean([np.mean(v == 0) for v in values.values()]),
        "layer_means": [np.mean(v) for v in values.values()],
        "layer_stds": [np.std(v) for v in values.values()],
    }
    row["mean"] = np.mean(row["layer_means"])
    row["distance_from_0"] = np.mean(np.abs(row["layer_means"]))
    row |= _cost(name, setting["times"])
    if name == "prelu":
        row["slopes"] = [
            np.mean(layer.alpha)
            for layer in model.layers
            if layer.name.startswith("act")
        ]
    if name == "rrelu":  # with random slopes, as in training
        noisy = keras.ops.argmax(model(images, training=True), axis=-1)
        row["noisy_accuracy"] = np.mean(np.asarray(noisy) == labels)
    return row


def _constructor(name):
    import keras

    if name in LEAKY:
        return lambda: keras.layers.LeakyReLU(negative_slope=LEAKY[name])
    return "relu" if name == "maxout" else name  # maxout is built by `pieces`


def _cost(name, times):
    """Milliseconds of processor time for 2²⁰ outputs, and with gradient."""
    import time

    import keras
    import tensorflow as tf

    from zoo import layers
    from zoo.models import _names

    if name == "maxout":
        layer, width = layers.Maxout(64), 128
    else:
        layer, width = _names.activation(_constructor(name))(), 64
    x = keras.random.normal((NUMBERS // 64, width), seed=0)
    layer.build(x.shape)

    @tf.function(jit_compile=False, autograph=False)
    def forward(x):
        return layer(x, training=True)

    @tf.function(jit_compile=False, autograph=False)
    def both(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = layer(x, training=True)
        return tape.gradient(y, x)

    row = {}
    for what, function in (("forward", forward), ("both", both)):
        seconds = []
        for _ in range(times):
            begun = time.process_time()
            function(x).numpy()
            seconds.append(time.process_time() - begun)
        row[f"milliseconds_{what}"] = 1000 * min(seconds)
    return row


def tables(rows):
    by = {"activation": "activation"}
    column = _results.Column
    quality = [
        column("held-out accuracy, %", "test_accuracy", 100),
        column("epochs to 90 %", "epochs_to_90", 1, 1),
        column("training loss", "fitted_loss", 1, 3),
        column("held-out loss", "test_loss", 1, 3),
        column("parameters", "parameters", 1, 0),
    ]
    inside = [
        column("zeros, %", "zeros", 100, 1),
        column("mean", "mean", 1, 3),
        column("mean distance from 0", "distance_from_0", 1, 3),
    ]
    cost = [
        column("forward, ms", "milliseconds_forward"),
        column("with gradient, ms", "milliseconds_both"),
        column(
            "training step of the network, ms",
            "processor_seconds_step",
            1000,
            1,
        ),
    ]
    note = "Outputs of the activations after training, held-out images."
    made = "Processor time; the function alone on 2²⁰ outputs, the best of 30."
    return [
        _results.table("Accuracy by activation", rows, by, quality),
        _results.table("Inside by activation", rows, by, inside, note),
        _results.table("Cost by activation", rows, by, cost, made),
    ]


def error(rows):
    figure, axes = _figures.new(width=8, height=4.6)
    series = {
        name: 100 - 100 * group.curves("test_accuracy_curve")
        for name, group in rows.groups("activation").items()
    }
    labels = {"xlabel": "epoch", "ylabel": "held-out error, %"}
    _figures.lines(axes[0, 0], series, yscale="log", **labels)
    _figures.plain(axes[0, 0].yaxis, (3, 5, 10, 20, 50, 90))
    return figure


def inside(rows):
    groups = rows.groups("activation")
    figure, axes = _figures.new(3, width=4)
    for axis, name, scale, label in zip(
        axes[0],
        ("zeros", "mean", "milliseconds_both"),
        (100, 1, 1),
        ("zeros, %", "mean of the outputs", "processor time with gradient, ms"),
        strict=True,
    ):
        values = {a: scale * group.column(name) for a, group in groups.items()}
        _figures.bars(axis, values, xlabel=label)
    return figure


def depth(rows):
    figure, axes = _figures.new(2)
    groups = rows.groups("activation")
    for axis, name in zip(axes[0], ("mean", "std"), strict=True):
        series = {
            a: groups[a].curves(f"layer_{name}s") for a in DRAWN if a in groups
        }
        _figures.lines(
            axis, series, xlabel="layer", ylabel=f"{name} of the outputs"
        )
    return figure


def slopes(rows):
    figure, axes = _figures.new()
    learned = {"learned": rows.where(activation="prelu").curves("slopes")}
    labels = {"xlabel": "layer", "ylabel": "mean slope of PReLU"}
    _figures.lines(axes[0, 0], learned, marker="o", **labels)
    axes[0, 0].axhline(0.25, color="gray", lw=1, ls=":")
    return figure


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
    share = relu.mean("zeros")
    text = f"zeros: ReLU {relu.text('zeros', 100, 1)} %, ELU "
    text += f"{elu.text('zeros', 100, 1)} %."
    return text, 0.4 <= share <= 0.8 and elu.mean("zeros") < 0.01


@claim(
    "A slope of 0.01 below zero changes next to nothing.",
    "[Maas et al. 2013]"
    "(https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf)",
)
def small_slope(rows):
    leaky, relu = _pick(rows, "leaky 0.01", "relu")
    text, better = versus(
        leaky, relu, "test_accuracy", "leaky 0.01", "ReLU", "%", 100
    )
    return text, not better and not above(relu, leaky, "test_accuracy")


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
        _results.Rows({"slope": s} for s in learned[:, layer])
        for layer in (0, -1)
    )
    return versus(first, last, "slope", "slopes: first layer", "last layer")


@claim("RReLU's random slopes regularize: a smaller gap to the test.", XU)
def rrelu_regularizes(rows):
    fixed, random = _pick(rows, "leaky 0.23", "rrelu")
    text, held = versus(
        fixed, random, "loss_gap",
        "held-out loss − training loss: with the fixed mean slope",
        "with random ones", digits=3,
    )  # fmt: skip
    noisy = random.text("noisy_accuracy", 100)
    plain = random.text("test_accuracy", 100)
    text += f" Random slopes at test time, too, give {noisy} % in place of "
    return f"{text}{plain} %.", held


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
    text, held = versus(
        elu, relu, "milliseconds_both", "2²⁰ outputs and gradients: ELU",
        "ReLU", "ms",
    )  # fmt: skip
    step = above(elu, relu, "processor_seconds_step")
    return f"{text} {'So does' if step else 'Not so'} the whole step.", held


@claim(
    "SELU keeps all layers near mean 0 and variance 1: |mean| ≤ 0.1, "
    "variance 0.8 to 1.5.",
    "[Klambauer et al. 2017](https://arxiv.org/abs/1706.02515)",
)
def selu_normalizes(rows):
    (selu,) = _pick(rows, "selu")
    means = selu.curves("layer_means").mean(axis=0)
    variances = (selu.curves("layer_stds") ** 2).mean(axis=0)
    text = (
        f"means of layers {means.min():.2f} to {means.max():.2f}, variances "
        f"{variances.min():.2f} to {variances.max():.2f}, after training."
    )
    inside = abs(means).max() <= 0.1 and variances.max() <= 1.5
    return text, inside and variances.min() >= 0.8


@claim(
    "GELU learns better than ReLU and ELU.",
    "[Hendrycks and Gimpel 2016](https://arxiv.org/abs/1606.08415)",
)
def gelu_is_better(rows):
    gelu, relu, elu = _pick(rows, "gelu", "relu", "elu")
    text, held = versus(gelu, relu, "test_accuracy", "GELU", "ReLU", "%", 100)
    text = f"{text[:-1]}, ELU {elu.text('test_accuracy', 100)} %."
    return text, held and above(gelu, elu, "test_accuracy")


@claim(
    "Maxout learns better than ReLU, with twice the convolutions.",
    "[Goodfellow et al. 2013](https://arxiv.org/abs/1302.4389)",
)
def maxout_is_better(rows):
    maxout, relu = _pick(rows, "maxout", "relu")
    times = maxout.mean("parameters") / relu.mean("parameters")
    text, held = versus(
        maxout, relu, "test_accuracy", "maxout", "ReLU", "%", 100
    )
    return f"{text} Parameters: {times:.1f} times.", held


EXPERIMENT = _experiment.Experiment(
    name="activations",
    title="Activations",
    settings=settings,
    run=run,
    tables=tables,
    figures={
        "error.png": error,
        "inside.png": inside,
        "depth.png": depth,
        "slopes.png": slopes,
    },
    claims=[
        relu_is_fast, sigmoid_is_worst, relu_is_sparse, small_slope,
        large_slope, first_slopes, rrelu_regularizes, elu_is_centred,
        elu_is_better, elu_costs, selu_normalizes, gelu_is_better,
        maxout_is_better,
    ],
    epochs=8,
)  # fmt: skip

if __name__ == "__main__":
    _experiment.start(EXPERIMENT)
