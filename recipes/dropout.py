"""Too many parameters, too few images: what dropout and its kin do about it.

    python recipes/dropout.py

A residual network with a wide fully connected layer (half a million parameters
on digits), trained for equally many steps on ever fewer images. Dropout stands
before and behind the wide layer; the other kinds stand in the convolutions.

100, 400 and 1,600 MNIST digits, 1,000 held out; 72 runs of 27 seconds in the
median, 17 minutes in all with --threads=1 --jobs=2 on 2 busy CPU cores. With
40 images a class 83.5 ± 1.9 % without dropout, 88.0 ± 2.0 % with 0.5 (3 runs).
"""

from zoo.recipes.lab import evidence, experiment, figures
from zoo.recipes.lab.claims import (
    Measured,
    claim,
    reaches,
    together,
    told,
    versus,
)
from zoo.recipes.lab.rows import NotMeasured
from zoo.recipes.lab.tables import Column, pivot, table

SIZES = (10, 40, 160)  # training images a class
METHODS = {  # what `networks.residual` drops, and which share
    "none": ("none", 0.0),
    "dropout 0.2": ("dropout", 0.2),
    "dropout 0.5": ("dropout", 0.5),
    "dropout 0.8": ("dropout", 0.8),
    "dropout in convolutions 0.2": ("elements", 0.2),
    "spatial dropout 0.2": ("spatial", 0.2),
    "DropBlock 0.2": ("block", 0.2),
    "stochastic depth 0.5": ("depth", 0.5),
}
SMOKE = ("none", "dropout 0.5")
STEPS = 50  # between two measurements, at least


def settings(options):
    """Each method at each number of images."""
    methods, sizes = METHODS, SIZES
    if options.smoke:
        methods, sizes = SMOKE, SIZES[:1]
    return [
        {"method": method, "images_per_class": size}
        for size in sizes
        for method in methods
    ]


def run(setting):
    """One training with one method."""
    from zoo.recipes.lab import networks, runs

    data = runs.load(setting, batch_size=32)
    row = runs.train(
        networks.residual(data, *METHODS[setting["method"]]),
        repeated(data, max(1, round(STEPS / data.steps))),
        epochs=setting["epochs"],
        learning_rate=0.001,
        evaluate_training=True,
    )
    row["gap"] = row["fitted_accuracy"] - row["test_accuracy"]
    row["loss_gap"] = row["test_loss"] - row["fitted_loss"]
    return row


def repeated(data, times):
    """The data, with `times` passes over the images as one epoch."""
    import dataclasses

    def train(first, epochs):
        return data.train(first * times, epochs * times)

    return dataclasses.replace(data, steps=data.steps * times, train=train)


def tables(rows):
    at = ("method", ""), ("images_per_class", "images a class")
    columns = [
        Column("training accuracy, %", "fitted_accuracy", 100),
        Column("held-out accuracy, %", "test_accuracy", 100),
        Column("gap, %", "gap", 100),
        Column("gap of the loss", "loss_gap", 1, 3),
        Column("parameters", "parameters", 1, 0),
    ]
    middle = _middle(rows)
    return [
        pivot("Held-out accuracy, %", rows, *at, "test_accuracy", 100),
        pivot("Gap of the loss", rows, *at, "loss_gap", 1, 3),
        table(
            "Training and test",
            rows.where(images_per_class=middle),
            {"method": ""},
            columns,
            f"{middle} images a class. Training accuracy is that of the final "
            "weights, with nothing dropped.",
        ),
    ]


def _middle(rows):
    sizes = sorted(rows.values("images_per_class"))
    return sizes[len(sizes) // 2]


def sizes(rows):
    figure, axes = figures.new(2)
    points = rows.values("images_per_class")
    for axis, name, label, scale in (
        (axes[0, 0], "test_accuracy", "held-out accuracy, %", 100),
        (axes[0, 1], "loss_gap", "held-out loss − training loss", 1),
    ):
        figures.against(
            axis, rows.groups("method"), "images_per_class", name, points,
            scale, xlabel="training images a class", ylabel=label,
            legend=axis is axes[0, 1],
        )  # fmt: skip
    return figure


def curves(rows):
    figure, axes = figures.new(2)
    middle = rows.where(images_per_class=_middle(rows))
    for axis, name in zip(axes[0], ("train", "test"), strict=True):
        series = {
            method: group.curves(f"{name}_loss_curve")
            for method, group in middle.groups("method").items()
        }
        words = {"train": "training loss, while dropping"}
        figures.lines(
            axis, series, xlabel=f"after each {STEPS} steps or so",
            yscale="log" if name == "train" else "linear",
            ylabel=words.get(name, "held-out loss"), legend=name == "test",
        )  # fmt: skip
    return figure


SRIVASTAVA = (
    "[Srivastava et al. 2014, {}]"
    "(https://jmlr.org/papers/v15/srivastava14a.html)"
).format
GHIASI = "[Ghiasi et al. 2018, section 4.1](https://arxiv.org/abs/1810.12890)"


def _of(rows, method, size=None):
    size = _middle(rows) if size is None else size
    return rows.where(method=method, images_per_class=size)


def _better(one, other):
    def measure(rows):
        return versus(
            _of(rows, one), _of(rows, other), "test_accuracy",
            f"{_middle(rows)} images a class: {one}", other, "%", 100,
            paired=True,
        )  # fmt: skip

    return measure


@claim(
    "With more parameters than images, the training images are learned by "
    "heart (99.9 %) and others are not.",
    "[Zhang et al. 2016, section 2](https://arxiv.org/abs/1611.03530)",
)
def by_heart(rows):
    size = min(rows.values("images_per_class"))
    plain = _of(rows, "none", size)
    return (
        reaches(
            plain, "fitted_accuracy", f"{size} images a class: training",
            0.999, 1.1, "%", 100,
        )
        .and_(reaches(plain, "gap", "gap", 0, 1.1, "%", 100))
        .and_(f"{plain.mean('parameters'):.0f} parameters")
    )  # fmt: skip


@claim(
    "More images narrow the gap.",
    "[Goodfellow et al. 2016, figure 5.4]"
    "(https://www.deeplearningbook.org/contents/ml.html)",
)
def more_images(rows):
    sizes = rows.values("images_per_class")
    if len(sizes) < 2:
        raise NotMeasured("one size only")
    few, many = (_of(rows, "none", f(sizes)) for f in (min, max))
    return versus(
        few, many, "gap", f"{min(sizes)} images a class", f"{max(sizes)}", "%",
        100,
    )  # fmt: skip


@claim(
    "Dropout narrows the gap between training and test.",
    SRIVASTAVA("section 1"),
)
def narrows(rows):
    plain, half = _of(rows, "none"), _of(rows, "dropout 0.5")
    return versus(
        plain, half, "loss_gap",
        "held-out loss − training loss: without", "dropout 0.5", digits=3,
        paired=True,
    )  # fmt: skip


learns = claim(
    "Dropout raises the accuracy on new images.", SRIVASTAVA("section 6")
)(_better("dropout 0.5", "none"))
too_much = claim(
    "Dropping too much underfits: 0.8 is worse than 0.5.",
    SRIVASTAVA("section 7.3"),
)(_better("dropout 0.5", "dropout 0.8"))


@claim(
    "What dropout gains is most at a middling number of images: with very "
    "few it gains little, with many it is not needed.",
    SRIVASTAVA("section 7.4 and figure 10"),
)
def gains(rows):
    sizes = sorted(rows.values("images_per_class"))
    if len(sizes) < 3:
        raise NotMeasured("fewer than three sizes")
    gains = {
        size: _of(rows, "dropout 0.5", size).minus(
            _of(rows, "none", size), "test_accuracy"
        )
        for size in sizes
    }
    middle = _middle(rows)
    found = together(
        told(
            evidence.difference(
                gains[middle], gains[size], "test_accuracy", paired=True,
                what=f"gain at {middle} − at {size}", unit="%", scale=100,
            )
        )
        for size in (sizes[0], sizes[-1])
    )  # fmt: skip
    text = ", ".join(
        f"{gain.text('test_accuracy', 100)} % at {size}"
        for size, gain in gains.items()
    )
    return Measured(f"gain of dropout 0.5 by images a class: {text}", ()).and_(
        found, between=". "
    )


spatial = claim(
    "In convolutions, dropping whole channels is better than dropping single "
    "numbers.",
    "[Tompson et al. 2015, section 3.2](https://arxiv.org/abs/1411.4280)",
)(_better("spatial dropout 0.2", "dropout in convolutions 0.2"))
drop_block = claim(
    "Dropping blocks is better than dropping single numbers.", GHIASI
)(_better("DropBlock 0.2", "dropout in convolutions 0.2"))
block_or_channel = claim(
    "Dropping blocks is better than dropping whole channels.", GHIASI
)(_better("DropBlock 0.2", "spatial dropout 0.2"))


@claim(
    "Stochastic depth regularizes: better on new images, a smaller gap.",
    "[Huang et al. 2016, section 4](https://arxiv.org/abs/1603.09382)",
)
def depth(rows):
    plain, deep = _of(rows, "none"), _of(rows, "stochastic depth 0.5")
    return _better("stochastic depth 0.5", "none")(rows).and_(
        versus(
            plain, deep, "loss_gap", "gap of the loss: without",
            "stochastic depth", digits=3, paired=True,
        )
    )  # fmt: skip


EXPERIMENT = experiment.Experiment(
    name="dropout",
    title="Dropout",
    settings=settings,
    run=run,
    tables=tables,
    figures={"sizes.png": sizes, "curves.png": curves},
    claims=[
        by_heart, more_images, narrows, learns, too_much, gains, spatial,
        drop_block, block_or_channel, depth,
    ],
    epochs=8,
    version=2,
)  # fmt: skip

if __name__ == "__main__":
    experiment.start(EXPERIMENT)
