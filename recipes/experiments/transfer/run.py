"""One training, of the classifier or of all layers."""

import dataclasses

import keras
import tensorflow as tf

from zoo.recipes.lab import networks, runs

SIDE = 64  # pixels
LONGER = 3  # epochs of training from scratch for one of the others'
RATES = {"from scratch": 0.003, "frozen": 0.003, "thawed": 0.001}
TESTED = 2048  # images at most


def run(setting):
    data = runs.load(
        setting,
        batch_size=setting["batch_size"],
        scale="unit",
        augment="auto",
        default_size=(SIDE, SIDE),
    )
    data = prepared(data, setting)
    method, epochs = setting["method"], setting["epochs"]
    base, model = networks.pretrained(
        data, SIDE, "package" if method != "from scratch" else None
    )
    if method == "from scratch":
        return fitted(model, data, setting, method, LONGER * epochs)
    base.trainable = False
    frozen = epochs if method == "frozen" else max(1, epochs // 2)
    row = fitted(model, data, setting, "frozen", frozen)
    if method == "thawed":
        base.trainable = True
        later = fitted(model, data, setting, method, max(1, epochs - frozen))
        row = later | {
            name: row[name] + later[name]
            for name in row
            if name.endswith("_curve")
        }
    return row


def prepared(data, setting):
    """The data without an end, in epochs of some steps, with one-hot labels."""
    classes, extra = len(data.classes), setting["extra"]
    change = {
        "mixup": lambda: keras.layers.MixUp(0.2, seed=setting["seed"]),
        "CutMix": lambda: keras.layers.CutMix(seed=setting["seed"]),
        "RandAugment": lambda: keras.layers.RandAugment(
            value_range=(0, 1), seed=setting["seed"]
        ),
    }.get(extra, lambda: None)()

    def one_hot(images, labels):
        return images, tf.one_hot(labels, classes)

    def augmented(images, labels):
        images, labels = one_hot(images, labels)
        if extra == "RandAugment":
            return change(images), labels
        changed = change({"images": images, "labels": labels})
        return changed["images"], changed["labels"]

    def train(first, last):
        del last  # `fit` takes as many steps as it wants
        batches = data.train(first, 10**9)
        return batches.map(augmented if change else one_hot)

    every = -(-data.test_count // TESTED)  # of a sorted set, too, all classes
    tested = -(-data.test_count // every)
    test = (
        data.test.unbatch()
        .enumerate()
        .filter(lambda number, _: number % every == 0)
        .map(lambda _, example: example)
        .batch(256)
        .apply(tf.data.experimental.assert_cardinality(-(-tested // 256)))
    )
    return dataclasses.replace(
        data, steps=setting["steps"], train=train, test=test.map(one_hot)
    )


def fitted(model, data, setting, phase, epochs):
    extra, rate = setting["extra"], RATES[phase]
    if extra != "constant rate":
        rate = keras.optimizers.schedules.CosineDecay(rate, epochs * data.steps)
    averaged = extra == "averaged weights"
    optimizer = keras.optimizers.Adam(rate, use_ema=averaged, ema_momentum=0.95)
    swap = keras.callbacks.SwapEMAWeights(swap_on_epoch=True)
    return runs.train(
        model,
        data,
        epochs=epochs,
        optimizer=optimizer,
        loss=keras.losses.CategoricalCrossentropy(
            from_logits=True,
            label_smoothing=0.1 if extra == "label smoothing" else 0.0,
        ),
        callbacks=[swap] if averaged else [],
    )
