"""Normalizers at small and large batches, and in a recurrent network.

    python recipes/normalizers.py

A small convolutional network at batch sizes from 2 to 128, its learning rate in
proportion to the batch, moving averages over the last few hundred images; only
the normalizer is exchanged. Then a recurrent network that reads images row by
row, h ← tanh(norm(W·row + U·h)), the same weights at each row: batch
normalization keeps either one average for all rows, which suits none of them,
or one for each.

1,000 MNIST digits; 159 runs of some 8 seconds of processor time, 15 minutes in
all with --threads=1 --jobs=2 on 2 CPU cores. Batch norm has 71.7 ± 5.4 %
at batches of 32 and 55.3 ± 10.8 % at 2; in the recurrent network 27.7 ± 6.9 %,
and with averages of its own for each row 64.7 ± 2.8 % (3 runs).
"""

from zoo.recipes.lab import _experiment, _figures, _results
from zoo.recipes.lab._claims import claim, versus

BATCHES = (2, 4, 8, 32, 128)
RATE = 0.05  # at a batch of 32, in proportion at others
NAMES = (
    "none", "batch", "batch renorm", "layer", "group", "instance", "weight",
    "weight, mean-only batch", "weight standardization",
)  # fmt: skip
OVER_BATCH = ("batch", "batch renorm", "weight, mean-only batch")
RECURRENT = (
    "none", "batch", "batch, each row", "layer", "group", "weight",
    "weight, mean-only batch", "weight standardization",
)  # fmt: skip
UNITS = 64  # of the recurrent network, which has twice the epochs
GROUPS = 4


def settings(options):
    names, batches, recurrent = NAMES, BATCHES, RECURRENT
    if options.smoke:
        names, batches = ("batch", "group"), (4,)
        recurrent = ("layer",)
    images = {"images_per_class": options.images_per_class or 100}
    cnn = [
        {"network": "convolutional", "norm": name, "batch": batch, **images}
        for batch in batches
        for name in names
    ]
    return cnn + [
        {
            "network": "recurrent",
            "norm": name,
            "batch": 32,
            **images,
            "epochs": 2 * options.epochs,
        }
        for name in recurrent
    ]


def run(setting):
    import keras

    from zoo.recipes.lab import _networks
    from zoo.training import _training

    data = _training.load(setting, batch_size=setting["batch"])
    norm = normalizer(setting, data)
    if setting["network"] == "recurrent":
        model = recurrent(data, norm, setting["norm"] == "batch, each row")
        optimizer = keras.optimizers.Adam(0.003)
    else:
        model = _networks.cnn(data, depth=4, filters=(8, 16), norm=norm)
        rate = RATE * setting["batch"] / 32
        optimizer = keras.optimizers.SGD(rate, momentum=0.9)
    row = _training.train(
        model,
        data,
        epochs=setting["epochs"],
        optimizer=optimizer,
        evaluate_training=True,
    )
    row["mismatch"] = row["fitted_loss"] - row["train_loss"]
    return row


def normalizer(setting, data):
    """How to normalize; the averages move in proportion to the batch."""
    import keras

    from zoo import layers
    from zoo.models import _names

    name, momentum = setting["norm"], 1 - 0.1 * setting["batch"] / 32
    total = data.steps * setting["epochs"]
    if setting["network"] == "recurrent" and name != "batch, each row":
        momentum **= 1 / data.input_shape[0]  # one average moves at each row

    def renorm(channels):
        return layers.BatchRenorm(
            momentum,
            ramp_start=total // 10,
            r_ramp_end=total // 2,
            d_ramp_end=total // 2,
        )

    def group(channels):
        return keras.layers.GroupNormalization(GROUPS)

    def mean_only(channels):
        return layers.MeanOnlyBatchNorm(momentum)

    return {
        "none": _names.Norm(),
        "batch": _names.Norm(
            lambda channels: layers.BatchNorm(momentum=momentum), shifts=True
        ),
        "batch renorm": _names.Norm(renorm, shifts=True),
        "layer": _names.NORMS["layer_norm"],
        "group": _names.Norm(group, shifts=True),
        "instance": _names.NORMS["instance_norm"],
        "weight": _names.Norm(wrap=layers.WeightNorm),
        "weight, mean-only batch": _names.Norm(
            mean_only, layers.WeightNorm, shifts=True
        ),
        "weight standardization": _names.Norm(
            group, layers.WeightStandardization, shifts=True
        ),
    }[name.removesuffix(", each row")]


def recurrent(data, norm, each_row):
    """h ← tanh(norm(W·row + U·h)) over the rows of the image; logits."""
    import keras

    height, width, channels = data.input_shape

    def dense(initializer, use_bias):
        layer = keras.layers.Dense(
            UNITS, use_bias=use_bias, kernel_initializer=initializer
        )
        return norm.wrap(layer) if norm.wrap else layer

    def new_norm():
        return norm.layer(UNITS) if norm.layer else lambda x: x

    image = keras.Input(data.input_shape)
    rows = keras.layers.Reshape((height, width * channels))(image)
    rows = dense("glorot_uniform", not norm.shifts)(rows)
    over, shared = dense("orthogonal", False), new_norm()
    h = None
    for i in range(height):
        x = rows[:, i]
        if h is not None:
            x = keras.layers.add([x, over(h)])
        x = (new_norm() if each_row else shared)(x)
        h = keras.layers.Activation("tanh")(x)
    return keras.Model(image, keras.layers.Dense(len(data.classes))(h))


def tables(rows):
    column = _results.Column
    cnn = rows.where(network="convolutional")
    columns = [
        column("held-out accuracy, %", "test_accuracy", 100),
        column("training loss, final averages", "fitted_loss", 1, 3),
        column("training loss, in training", "train_loss", 1, 3),
        column("step, ms", "processor_seconds_step", 1000),
        column("parameters", "parameters", 1, 0),
    ]
    at = ("norm", ""), ("batch", "batch")
    note = (
        "Training loss with the final weights as at inference, minus that in "
        "training, averaged over the last epoch."
    )
    return [
        _results.pivot("Accuracy by batch, %", cnn, *at, "test_accuracy", 100),
        _results.pivot(
            "From training to inference", cnn, *at, "mismatch", 1, 3, note
        ),
        _results.table(
            "Recurrent network",
            rows.where(network="recurrent"),
            {"norm": ""},
            columns,
            "Batches of 32.",
        ),
    ]


def by_batch(rows):
    figure, axes = _figures.new(2, width=5)
    cnn = rows.where(network="convolutional")
    batches = cnn.values("batch")
    for axis, name, label, scale in (
        (axes[0, 0], "test_accuracy", "held-out accuracy, %", 100),
        (axes[0, 1], "fitted_loss", "training loss, as at inference", 1),
    ):
        _figures.against(
            axis, cnn.groups("norm"), "batch", name, batches, scale,
            xlabel="batch", ylabel=label, legend=axis is axes[0, 1],
        )  # fmt: skip
    axes[0, 1].set_yscale("log")
    return figure


def recurrent_epochs(rows):
    figure, axes = _figures.new(2, width=5)
    groups = rows.where(network="recurrent").groups("norm")
    for axis, name, label, scale in (
        (axes[0, 0], "train_loss_curve", "training loss", 1),
        (axes[0, 1], "test_accuracy_curve", "held-out accuracy, %", 100),
    ):
        series = {n: scale * g.curves(name) for n, g in groups.items()}
        _figures.lines(
            axis, series, xlabel="epoch", ylabel=label,
            legend=axis is axes[0, 1],
        )  # fmt: skip
    return figure


WU = "[Wu and He 2018](https://arxiv.org/abs/1803.08494)"
SALIMANS = "[Salimans and Kingma 2016](https://arxiv.org/abs/1602.07868)"


def _of(rows, norm, batch):
    return rows.where(network="convolutional", norm=norm, batch=batch)


def _better(one, other, batch):
    def measure(rows):
        return versus(
            _of(rows, one, batch), _of(rows, other, batch), "test_accuracy",
            f"batches of {batch}: {one}", other, "%", 100,
        )  # fmt: skip

    return measure


def _recurrent_better(one, other):
    def measure(rows):
        groups = (
            rows.where(network="recurrent", norm=name) for name in (one, other)
        )
        return versus(*groups, "test_accuracy", one, other, "%", 100)

    return measure


@claim("Small batches spoil batch normalization.", WU)
def small_batches(rows):
    large, small = (_of(rows, "batch", batch) for batch in (32, 2))
    return versus(
        large, small, "test_accuracy", "batches of 32", "of 2", "%", 100
    )


@claim("Group normalization does not mind small batches.", WU)
def group_does_not_mind(rows):
    large, small = (_of(rows, "group", batch) for batch in (32, 2))
    text, worse = versus(
        large, small, "test_accuracy", "batches of 32", "of 2", "%", 100
    )
    return text, not worse


group_or_batch = claim(
    "In small batches group normalization is better than batch normalization.",
    WU,
)(_better("group", "batch", 4))
renorm = claim(
    "In small batches batch renormalization is better than batch "
    "normalization.",
    "[Ioffe 2017](https://arxiv.org/abs/1702.03275)",
)(_better("batch renorm", "batch", 4))


@claim("At a batch of 32, batch normalization is the best.", WU)
def batch_is_best(rows):
    own = _of(rows, "batch", 32)
    others = rows.where(network="convolutional", batch=32).groups("norm")
    others = {
        name: group for name, group in others.items() if name not in OVER_BATCH
    }
    if not others:
        raise _results.NotMeasured("batch normalization only")
    name = max(others, key=lambda n: others[n].mean("test_accuracy"))
    return versus(
        own, others[name], "test_accuracy", "batch",
        f"the best of those that do without the batch, {name}", "%", 100,
    )  # fmt: skip


group_or_layer = claim(
    "Group normalization is better than layer normalization.", WU
)(_better("group", "layer", 32))
group_or_instance = claim(
    "Group normalization is better than instance normalization.", WU
)(_better("group", "instance", 32))
weight = claim("Weight normalization learns faster than none.", SALIMANS)(
    _better("weight", "none", 32)
)
mean_only = claim(
    "Weight normalization is better with mean-only batch normalization.",
    SALIMANS,
)(_better("weight, mean-only batch", "weight", 32))
standardization = claim(
    "In small batches, weight standardization makes group normalization "
    "better.",
    "[Qiao et al. 2019](https://arxiv.org/abs/1903.10520)",
)(_better("weight standardization", "group", 4))
one_average = claim(
    "In a recurrent network one batch normalization for all steps does not "
    "fit: averages of its own for each step are better.",
    "[Cooijmans et al. 2016](https://arxiv.org/abs/1603.09025)",
)(_recurrent_better("batch, each row", "batch"))
layer_or_batch = claim(
    "In a recurrent network layer normalization fits, where batch "
    "normalization does not.",
    "[Ba et al. 2016](https://arxiv.org/abs/1607.06450)",
)(_recurrent_better("layer", "batch"))
layer_or_none = claim(
    "A recurrent network learns faster with layer normalization than with "
    "none.",
    "[Ba et al. 2016](https://arxiv.org/abs/1607.06450)",
)(_recurrent_better("layer", "none"))

EXPERIMENT = _experiment.Experiment(
    name="normalizers",
    title="Normalizers",
    settings=settings,
    run=run,
    tables=tables,
    figures={"batch.png": by_batch, "recurrent.png": recurrent_epochs},
    claims=[
        small_batches, group_does_not_mind, group_or_batch, renorm,
        batch_is_best, group_or_layer, group_or_instance, weight, mean_only,
        standardization, one_average, layer_or_batch, layer_or_none,
    ],
    epochs=5,
)  # fmt: skip

if __name__ == "__main__":
    _experiment.start(EXPERIMENT)
