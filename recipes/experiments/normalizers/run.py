"""One training with one normalizer."""

import keras

from zoo import layers
from zoo.models import Norm, _names
from zoo.recipes.lab import networks, runs

RATE = 0.05  # at a batch of 32, in proportion at others
UNITS = 64  # of the recurrent network
GROUPS = 4
INITIAL = 128  # training images that weight normalization begins from


def run(setting):
    data = runs.load(setting, batch_size=setting["batch"])
    norm = normalizer(setting, data)
    if setting["network"] == "recurrent":
        model = networks.recurrent(
            data,
            units=UNITS,
            norm=norm,
            each_row=setting["norm"] == "batch, each row",
        )
        optimizer = keras.optimizers.Adam(0.003)
    else:
        model = networks.cnn(
            data,
            depth=4,
            filters=(8, 16),
            norm=norm,
            last_norm=setting["norm"] != "instance",
        )
        rate = RATE * setting["batch"] / 32
        optimizer = keras.optimizers.SGD(rate, momentum=0.9)
    if setting["norm"].startswith("weight, ") or setting["norm"] == "weight":
        images, _ = runs.training_images(data)
        layers.initialize_weight_norm(model, images[:INITIAL])
    row = runs.train(
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
        "none": Norm(),
        "batch": Norm(
            lambda channels: layers.BatchNorm(momentum=momentum), shifts=True
        ),
        "batch renorm": Norm(renorm, shifts=True),
        "layer": _names.NORMS["layer_norm"],
        "group": Norm(group, shifts=True),
        "instance": _names.NORMS["instance_norm"],
        "weight": Norm(wrap=layers.WeightNorm),
        "weight, mean-only batch": Norm(
            mean_only, layers.WeightNorm, shifts=True
        ),
        "weight standardization": Norm(
            group, layers.WeightStandardization, shifts=True
        ),
    }[name.removesuffix(", each row")]
