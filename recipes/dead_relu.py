"""Dying ReLUs: what learning rate kills, what a dead unit gets, what helps.

    python recipes/dead_relu.py

Three fully connected layers of 128 units, trained by Adam at growing rates,
with each remedy. A unit is silent if it is not above 0 for any training image;
a silent ReLU is dead. The papers stand beside the claims.

4,000 MNIST digits, 1,000 held out; 96 runs of some 6 seconds of processor time,
10 minutes in all, on 2 CPU cores. Dead ReLUs at rates of 0.001, 0.003, 0.01 and
0.03, in %: 5.1 ± 0.5, 12.3 ± 2.6, 41.8 ± 6.7, 80.7 ± 8.6 (3 runs).
"""

from zoo.recipes.lab import _experiment, _figures, _results
from zoo.recipes.lab._claims import above, claim, versus

RATES = (0.001, 0.003, 0.01, 0.03)
GLOROT, HE, LARGE = 1.0, 2.0, 18.0  # variance of weights · mean or input width
REMEDIES = {  # activation, normalizer, variance of the weights
    "ReLU": ("relu", "none", GLOROT),
    "ReLU, large weights": ("relu", "none", LARGE),
    "ReLU, He": ("relu", "none", HE),
    "ReLU, batch norm": ("relu", "batch_norm", HE),
    "leaky 0.01": ("leaky_relu", "none", HE),
    "PReLU": ("prelu", "none", HE),
    "RReLU": ("rrelu", "none", HE),
    "ELU": ("elu", "none", HE),
}
RELUS = tuple(name for name in REMEDIES if name.startswith("ReLU"))
LEAKY = tuple(name for name in REMEDIES if name not in RELUS)
SMOKE = ("ReLU", "leaky 0.01")


def settings(options):
    remedies, rates = REMEDIES, RATES
    if options.smoke:
        remedies, rates = SMOKE, RATES[-1:]
    return [
        {"remedy": remedy, "rate": rate}
        for remedy in remedies
        for rate in rates
    ]


def run(setting):
    import keras

    from zoo import callbacks
    from zoo.recipes.lab import _networks
    from zoo.training import _training

    activation, norm, variance = REMEDIES[setting["remedy"]]
    data = _training.load(setting, batch_size=32)
    model = _networks.mlp(
        data,
        activation=activation,
        norm=norm,
        initializer=keras.initializers.VarianceScaling(
            variance, "fan_avg" if variance == GLOROT else "fan_in"
        ),
    )
    images, labels = _training.training_images(data)
    monitor = callbacks.DeadReLUMonitor(images)
    before = silent(model, images)
    row = _training.train(
        model,
        data,
        epochs=setting["epochs"],
        optimizer="adam",
        learning_rate=setting["rate"],
        callbacks=[monitor],
    )
    row["dead_curve"] = [record["dead_relu"] for record in monitor.history]
    row["silent_before"] = share(before)
    if row["diverged"]:
        row["dead_curve"].pop()  # of weights that are no numbers
        return row
    after = silent(model, images)
    row |= {"dead": row["dead_curve"][-1], "silent": share(after)}
    row |= gradients(model, images, labels, after)
    model.fit(
        data.train(setting["epochs"], setting["epochs"] + 1),
        steps_per_epoch=data.steps,
        shuffle=False,
        verbose=0,
    )
    later = silent(model, images)
    if row["silent"]:
        kept = sum((a & b).sum() for a, b in zip(after, later, strict=True))
        row["revived"] = 1 - kept / sum(a.sum() for a in after)
    return row


def silent(model, images):
    """For each hidden layer which units are never above 0."""
    from zoo.training import _training

    values = _training.outputs(model, images).values()
    return [(value <= 0).all(axis=0) for value in values]


def share(masks):
    return sum(m.sum() for m in masks) / sum(m.size for m in masks)


def gradients(model, images, labels, masks):
    """The loss's gradient over all images, of silent and of other units."""
    import keras
    import numpy as np
    import tensorflow as tf

    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    kernels = [
        model.get_layer(f"dense{i + 1}").kernel for i in range(len(masks))
    ]
    with tf.GradientTape() as tape:
        value = loss(labels, model(images, training=False))
    norms = [
        np.linalg.norm(gradient, axis=0)
        for gradient in tape.gradient(value, [k.value for k in kernels])
    ]
    quiet, others = (
        np.concatenate([n[m == s] for n, m in zip(norms, masks, strict=True)])
        for s in (True, False)
    )
    row = {"gradient_others": np.median(others) if others.size else None}
    if quiet.size:
        row["gradient_silent"] = quiet.max()
        row["gradient_silent_least"] = quiet.min()
    return row


def tables(rows):
    largest = max(rows.values("rate"))
    at = ("remedy", ""), ("rate", "rate")
    column = _results.Column
    inside = [
        column("silent before, %", "silent_before", 100, 1),
        column("gradient of silent units, largest", "gradient_silent", 1, 4),
        column("smallest", "gradient_silent_least", 1, 4),
        column("of the others, median", "gradient_others", 1, 4),
        column("silent units that fire an epoch later, %", "revived", 100, 1),
    ]
    return [
        _results.pivot("Silent units, %", rows, *at, "silent", 100, 1),
        _results.pivot("Accuracy, %", rows, *at, "test_accuracy", 100, 1),
        _results.table(
            "Gradients of silent units",
            rows.where(rate=largest),
            {"remedy": ""},
            inside,
            f"At a rate of {largest}; norm of the gradient of a unit's weights "
            "over all training images.",
        ),
        _price(rows),
    ]


def _price(rows):
    lines = []
    for name, group in rows.groups("remedy").items():
        best = group.where(rate=_best_rate(group))
        lines.append(
            [
                name,
                best[0]["rate"],
                best.text("test_accuracy", 100, 1),
                best.text("silent", 100, 1),
                group.text("processor_seconds_step", 1000, 1),
                best.text("parameters", 1, 0).split()[0],
            ]
        )
    headings = [
        "", "best rate", "accuracy, %", "silent, %", "step, ms", "parameters",
    ]  # fmt: skip
    return _results.Table("What the remedies cost", headings, lines)


def _best_rate(rows):
    rates = rows.groups("rate")
    return max(rates, key=lambda rate: rates[rate].mean("test_accuracy"))


def by_rate(rows):
    figure, axes = _figures.new(2)
    rates = rows.values("rate")
    for axis, name, label in zip(
        axes[0],
        ("silent", "test_accuracy"),
        ("silent units, %", "held-out accuracy, %"),
        strict=True,
    ):
        _figures.against(
            axis, rows.groups("remedy"), "rate", name, rates, 100,
            xlabel="learning rate", ylabel=label,
            legend=axis is axes[0, -1],
        )  # fmt: skip
    return figure


def epochs(rows):
    figure, axes = _figures.new()
    series = {
        f"rate {rate}": 100 * group.curves("dead_curve")
        for rate, group in rows.where(remedy="ReLU").groups("rate").items()
    }
    _figures.lines(
        axes[0, 0], series, xlabel="epoch", ylabel="dead units, %",
        title="ReLU",
    )  # fmt: skip
    return figure


CS231N = "[Karpathy, CS231n](https://cs231n.github.io/neural-networks-1/)"
HE_2015 = "[He et al. 2015](https://arxiv.org/abs/1502.01852)"
MAAS = (
    "[Maas et al. 2013]"
    "(https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf)"
)


def _of(rows, remedy, rate=None):
    """Of a remedy, at the largest rate if none is given."""
    rate = max(rows.values("rate")) if rate is None else rate
    return rows.where(remedy=remedy, rate=rate)


def _all_of(rows, names):
    return _results.Rows(row for row in rows if row["remedy"] in names)


@claim("The larger the learning rate, the more ReLUs die.", CS231N)
def rate_kills(rows):
    group = rows.where(remedy="ReLU")
    shares = [r.mean("silent") for r in group.groups("rate").values()]
    small, large = (
        _of(rows, "ReLU", choose(rows.values("rate"))) for choose in (min, max)
    )
    if len(shares) < 2:
        raise _results.NotMeasured("one learning rate only")
    text, held = versus(
        large, small, "silent", f"dead at a rate of {large[0]['rate']}",
        f"at {small[0]['rate']}", "%", 100, 1,
    )  # fmt: skip
    return text, held and shares == sorted(shares)


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
        raise _results.NotMeasured("nothing learned")
    worst = max(alive, key=lambda group: group.mean("silent"))
    text = f"{worst.text('silent', 100, 1)} % dead at {worst[0]['rate']}, "
    text += f"accuracy {worst.text('test_accuracy', 100, 1)} %."
    return text, worst.mean("silent") >= 0.4


@claim("A dead ReLU's gradient is exactly 0.", MAAS)
def no_gradient(rows):
    largest = _all_of(rows, RELUS).column("gradient_silent")
    text = f"the largest in {len(largest)} runs with dead units is "
    return f"{text}{largest.max():g}.", largest.max() == 0


@claim("A dead ReLU stays dead.", CS231N)
def stays_dead(rows):
    revived = rows.where(remedy="ReLU").column("revived")
    text = f"of the dead units {100 * revived.mean():.1f} % fire again after "
    text += "another epoch, since the layers below have changed."
    return text, revived.max() == 0


@claim("A silent leaky unit still learns: its gradient is not 0.", MAAS)
def leaky_gradient(rows):
    least = _all_of(rows, LEAKY).column("gradient_silent_least")
    text = f"the smallest in {len(least)} runs with silent units is "
    return f"{text}{least.min():.2g}.", least.min() > 0


@claim("A smaller rate prevents it and costs no accuracy.", CS231N)
def small_rate(rows):
    group = rows.where(remedy="ReLU")
    small = _of(rows, "ReLU", min(group.values("rate")))
    best = _of(rows, "ReLU", _best_rate(group))
    text, worse = versus(
        best, small, "test_accuracy", f"the best is {best[0]['rate']} with",
        f"{small[0]['rate']} has", "%", 100, 1,
    )  # fmt: skip
    text = f"{text[:-1]} and {small.text('silent', 100, 1)} % dead."
    return text, small.mean("silent") < 0.05 and not worse


def _prevents(name, other="ReLU"):
    def measure(rows):
        with_it, without = _of(rows, name), _of(rows, other)
        text, held = versus(
            without, with_it, "silent",
            f"silent at a rate of {with_it[0]['rate']}: {other}", name, "%",
            100, 1,
        )  # fmt: skip
        return text, held

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
    return f"accuracy at a rate of {relu[0]['rate']}: {text}.", all(better)


EXPERIMENT = _experiment.Experiment(
    name="dead_relu",
    title="Dying ReLUs",
    settings=settings,
    run=run,
    tables=tables,
    figures={"rate.png": by_rate, "epochs.png": epochs},
    claims=[
        rate_kills, forty_percent, no_gradient, stays_dead, leaky_gradient,
        small_rate, he_initialization, large_weights, batch_norm,
        leaky_accuracy,
    ],
    epochs=5,
)  # fmt: skip

if __name__ == "__main__":
    _experiment.start(EXPERIMENT)
