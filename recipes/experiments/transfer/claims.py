"""What is said of transfer."""

from zoo.recipes.experiments.transfer.tell import base_of
from zoo.recipes.lab import evidence
from zoo.recipes.lab.claims import Measured, claim, together, told, versus
from zoo.recipes.lab.rows import NotMeasured

KORNBLITH = "[Kornblith et al. 2019, sections 4.4 and 4.7](https://arxiv.org/abs/1805.08974)"
ADDED = {
    "mixup": "[Zhang et al. 2018, section 3](https://arxiv.org/abs/1710.09412)",
    "CutMix": "[Yun et al. 2019, section 4](https://arxiv.org/abs/1905.04899)",
    "RandAugment": "[Cubuk et al. 2020, section 4](https://arxiv.org/abs/1909.13719)",
    "label smoothing": "[Szegedy et al. 2016, section 7](https://arxiv.org/abs/1512.00567)",
    "averaged weights": "[Polyak and Juditsky 1992, of convex problems]"
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
    sizes = _sizes(rows)
    if len(sizes) < 2:
        raise NotMeasured("one size only")
    gains = [
        _of(rows, "thawed", n).minus(
            _of(rows, "from scratch", n), "test_accuracy"
        )
        for n in sizes
    ]
    text = ", ".join(
        f"{gain.text('test_accuracy', 100, 1)} % at {n}"
        for gain, n in zip(gains, sizes, strict=True)
    )
    falls = together(
        told(
            evidence.difference(
                gains[i], gains[i + 1], "test_accuracy", paired=True, unit="%",
                what=f"gain at {sizes[i]} − at {sizes[i + 1]}", scale=100,
                digits=1,
            )
        )
        for i in range(len(sizes) - 1)
    )  # fmt: skip
    return Measured(f"{text} images a class", ()).and_(falls, between=". ")


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
    "[Loshchilov and Hutter 2017, section 4, with restarts](https://arxiv.org/abs/1608.03983)",
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
