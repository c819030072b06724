"""What is said of the networks, each by its paper or another."""

from scipy.stats import spearmanr

from zoo.recipes.experiments.evolution.design import DEPTHWISE, PLAIN
from zoo.recipes.experiments.evolution.tell import front_of
from zoo.recipes.lab.claims import Measured, claim, versus
from zoo.recipes.lab.rows import NotMeasured


def _rank(rows, x, y="test_accuracy"):
    """Spearman's rank correlation of the networks' means, and its p."""
    groups = rows.groups("network").values()
    if len(groups) < 5:
        raise NotMeasured("fewer than five networks")
    return spearmanr(*([g.mean(name) for g in groups] for name in (x, y)))


def _pick(rows, *names):
    return [rows.where(network=name) for name in names]


def _better(text, paper, better, worse):
    """The claim that the first of two networks is the more accurate one."""

    @claim(text, paper)
    def judge(rows):
        one, other = _pick(rows, better, worse)
        return versus(one, other, "test_accuracy", better, worse, "%", 100)

    return judge


IOFFE = "[Ioffe and Szegedy 2015](https://arxiv.org/abs/1502.03167)"
PAIRS = [
    _better(*pair)
    for pair in (
        (
            "VGG learns better with batch normalization.",
            IOFFE, "VGG-11 BN", "VGG-11",
        ),
        ("So does Inception.", IOFFE, "Inception-v2", "GoogLeNet"),
        (
            "A residual network beats VGG at the same multiply–adds.",
            "[He et al. 2015](https://arxiv.org/abs/1512.03385)",
            "ResNet-20", "VGG-11 BN",
        ),
        (
            "It learns better with activations before the convolutions.",
            "[He et al. 2016](https://arxiv.org/abs/1603.05027)",
            "PreResNet-20", "ResNet-20",
        ),
        (
            "Wide and shallow beats thin and deep.",
            "[Zagoruyko and Komodakis 2016](https://arxiv.org/abs/1605.07146)",
            "WRN-10-2", "PreResNet-20",
        ),
        (
            "A ResNet made modern step by step is better: ConvNeXt.",
            "[Liu et al. 2022](https://arxiv.org/abs/2201.03545)",
            "ConvNeXt", "ResNet-20",
        ),
    )
]  # fmt: skip


@claim(
    "Newer networks are more accurate: year and accuracy rise together.",
    "[Russakovsky et al. 2014](https://arxiv.org/abs/1409.0575)",
)
def newer_is_better(rows):
    found = _rank(rows, "year")
    return Measured(
        f"rank correlation {found.statistic:.2f} (p = {found.pvalue:.3f})",
        found.statistic > 0 and found.pvalue < 0.05,
    )


@claim(
    "Every later network is more accurate than LeNet-5.",
    "[Krizhevsky et al. 2012](https://papers.nips.cc/paper/4824)",
)
def all_beat_lenet(rows):
    groups = rows.groups("network")
    lenet = groups.pop("LeNet-5")
    worst = min(groups, key=lambda name: groups[name].mean("test_accuracy"))
    return versus(
        groups[worst], lenet, "test_accuracy", f"the least of them, {worst},",
        "LeNet-5", "%", 100,
    )  # fmt: skip


@claim(
    "AlexNet's accuracy is later had for fewer multiply–adds.",
    "[Hernandez and Brown 2020](https://arxiv.org/abs/2005.04305)",
)
def efficiency(rows):
    (alexnet,) = _pick(rows, "AlexNet")
    later = [
        group
        for group in rows.groups("network").values()
        if group.mean("year") > 2012
        and group.mean("test_accuracy") >= alexnet.mean("test_accuracy")
    ]
    if not later:
        return Measured("no later network is as accurate", False)
    cheapest = min(later, key=lambda group: group.mean("multiply_adds"))
    return versus(
        alexnet, cheapest, "multiply_adds", "AlexNet",
        f"the cheapest as accurate, {cheapest[0]['network']},", "million", 1e-6,
        1,
    )  # fmt: skip


def _saving(rows, small, large, times):
    """Is the small one as accurate, with so many times fewer parameters?"""
    thrifty, other = _pick(rows, small, large)
    fewer = other.mean("parameters") / thrifty.mean("parameters")
    worse = versus(other, thrifty, "test_accuracy", large, small, "%", 100)
    return worse.not_().and_(
        f"Parameters: {fewer:.1f} times fewer", fewer >= times, between=". "
    )


@claim(
    "DenseNet is as accurate with a fraction of the parameters.",
    "[Huang et al. 2016](https://arxiv.org/abs/1608.06993)",
)
def dense(rows):
    return _saving(rows, "DenseNet-22", "ResNet-20", 1)


@claim(
    "But it needs more memory for its maps.",
    "[Pleiss et al. 2017](https://arxiv.org/abs/1707.06990)",
)
def dense_memory(rows):
    dense, residual = _pick(rows, "DenseNet-22", "ResNet-20")
    return versus(
        dense,
        residual,
        "batch_megabytes",
        "for the batch: DenseNet-22",
        "ResNet-20",
        "MB",
        digits=0,
    )


@claim(
    "SqueezeNet has AlexNet's accuracy with a tenth of the parameters or less.",
    "[Iandola et al. 2016](https://arxiv.org/abs/1602.07360)",
)
def squeeze(rows):
    return _saving(rows, "SqueezeNet", "AlexNet", 10)


@claim(
    "Depthwise convolutions save multiply–adds, not accuracy.",
    "[Howard et al. 2017](https://arxiv.org/abs/1704.04861)",
)
def depthwise(rows):
    full, thin = (rows.where(kind=kind) for kind in (PLAIN, DEPTHWISE))
    saved = versus(
        full, thin, "multiply_adds", "normalized networks, mean:",
        "depthwise ones", "million", 1e-6, 1,
    )  # fmt: skip
    lost = versus(
        full, thin, "test_accuracy", "Accuracy:", "depthwise", "%", 100
    )
    return saved.and_(lost.not_(), between=". ")


@claim(
    "But multiply–adds are not speed: theirs take longer.",
    "[Ma et al. 2018](https://arxiv.org/abs/1807.11164)",
)
def not_speed(rows):
    full, thin = (rows.where(kind=kind) for kind in (PLAIN, DEPTHWISE))
    return versus(
        thin, full, "nanoseconds_multiply_add",
        "one takes: depthwise networks", "others", "ns", digits=3,
    )  # fmt: skip


@claim(
    "The number of operations tells the time: rank correlation above 0.8.",
    "[Canziani et al. 2016](https://arxiv.org/abs/1605.07678)",
)
def time_by_operations(rows):
    found = _rank(rows, "multiply_adds", "processor_seconds_step").statistic
    return Measured(f"rank correlation {found:.2f}", found > 0.8)


@claim(
    "The number of the convolutions' outputs tells it better.",
    "[Dollár et al. 2021](https://arxiv.org/abs/2103.06877)",
)
def time_by_outputs(rows):
    by, macs = (
        _rank(rows, name, "processor_seconds_step").statistic
        for name in ("outputs", "multiply_adds")
    )
    return Measured(
        f"rank correlation {by:.2f}, multiply–adds {macs:.2f}", by > macs
    )


@claim(
    "More parameters or operations do not make a network more accurate.",
    "[Bianco et al. 2018](https://arxiv.org/abs/1810.00736)",
)
def size_is_not_all(rows):
    pair = [_rank(rows, name) for name in ("parameters", "multiply_adds")]
    texts = [f"{f.statistic:.2f} (p = {f.pvalue:.3f})" for f in pair]
    return Measured(
        f"rank correlation: parameters {texts[0]}, multiply–adds {texts[1]}",
        all(f.pvalue >= 0.05 or f.statistic < 0 for f in pair),
    )


@claim(
    "EfficientNet is best for its price: none is both cheaper and better.",
    "[Tan and Le 2019](https://arxiv.org/abs/1905.11946)",
)
def efficient(rows):
    _pick(rows, "EfficientNet")
    front = front_of(rows)
    names = ", ".join(sorted(front, key=front.get))
    return Measured(f"true of {names}", "EfficientNet" in front)


CLAIMS = [
    newer_is_better, all_beat_lenet, efficiency, *PAIRS, dense, dense_memory,
    squeeze, depthwise, not_speed, time_by_operations, time_by_outputs,
    size_is_not_all, efficient,
]  # fmt: skip
