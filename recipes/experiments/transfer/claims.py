"""What is said of transfer."""

from zoo.recipes.experiments.transfer.tell import base_of
from zoo.recipes.lab.claims import Measured, claim, versus
from zoo.recipes.lab.rows import NotMeasured

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
        raise NotMeasured("one size only")
    text = ", ".join(f"{100 * g:.1f} % at {n}" for n, g in gains.items())
    ordered = list(gains.values())
    return Measured(f"{text} images a class", ordered == sorted(ordered)[::-1])


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
        size, way = base_of(rows)
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
    size, way = base_of(rows)
    return versus(
        _of(rows, way, size), _of(rows, way, size, "constant rate"),
        "test_accuracy", f"{size} images a class: cosine", "constant", "%", 100,
    )  # fmt: skip


CLAIMS = [
    beats_scratch,
    shrinks,
    thawing,
    *(_added(extra, paper) for extra, paper in ADDED.items()),
    cosine,
]
