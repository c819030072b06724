"""What is said of the networks, each by its paper or another."""

import numpy as np
from scipy.stats import rankdata

from zoo.recipes.experiments.evolution.design import DEPTHWISE, PLAIN
from zoo.recipes.experiments.evolution.tell import front_of
from zoo.recipes.lab import evidence
from zoo.recipes.lab.claims import Measured, claim, together, told, versus
from zoo.recipes.lab.rows import NotMeasured

POINTS = 0.02  # of accuracy


def _rank(one, other):
    """Spearman's rank correlation; quick, since it is resampled."""
    ranks = rankdata((one, other), axis=1)
    ranks -= ranks.mean(axis=1, keepdims=True)
    first, second = ranks
    return float(first @ second / np.sqrt(first @ first * (second @ second)))


def _correlation(rows, x, y, limits, what):
    """Spearman's rank correlation of the networks' means."""
    groups = rows.groups("network").values()
    samples = [[g.mean(name) for g in groups] for name in (x, y)]
    return evidence.resampled(
        _rank, samples, what=what, limits=limits, of="networks"
    )


def _pick(rows, *names):
    return [rows.where(network=name) for name in names]


def _better(text, paper, better, worse):
    """The claim that the first of two networks is the more accurate one."""

    @claim(text, paper)
    def judge(rows):
        one, other = _pick(rows, better, worse)
        return versus(one, other, "test_accuracy", better, worse, "%", 100)

    return judge


IOFFE = "[Ioffe and Szegedy 2015, section 4.2, of Inception](https://arxiv.org/abs/1502.03167)"
PAIRS = [
    _better(*pair)
    for pair in (
        (
            "VGG learns better with batch normalization.",
            IOFFE, "VGG-11 BN", "VGG-11",
        ),
        (
            "Inception learns better with batch normalization.",
            IOFFE, "Inception-v2", "GoogLeNet",
        ),
        (
            "A residual network beats VGG at the same multiply–adds.",
            "[He et al. 2015, section 4.1 and table 3]"
            "(https://arxiv.org/abs/1512.03385)",
            "ResNet-20", "VGG-11 BN",
        ),
        (
            "ResNet learns better with activations before the convolutions.",
            "[He et al. 2016, table 3, from 110 layers on]"
            "(https://arxiv.org/abs/1603.05027)",
            "PreResNet-20", "ResNet-20",
        ),
        (
            "A wide and shallow network beats a thin and deep one.",
            "[Zagoruyko and Komodakis 2016, abstract]"
            "(https://arxiv.org/abs/1605.07146)",
            "WRN-10-2", "PreResNet-20",
        ),
        (
            "A ResNet made modern step by step is better: ConvNeXt.",
            "[Liu et al. 2022, section 2 and figure 2]"
            "(https://arxiv.org/abs/2201.03545)",
            "ConvNeXt", "ResNet-20",
        ),
    )
]  # fmt: skip


@claim(
    "Newer networks are more accurate: year and accuracy rise together.",
    "[Russakovsky et al. 2014, section 5.1](https://arxiv.org/abs/1409.0575)",
)
def newer_is_better(rows):
    return told(
        _correlation(
            rows, "year", "test_accuracy", (0, 1.1),
            "rank correlation of year and accuracy",
        )
    )  # fmt: skip


@claim(
    "Every later network is more accurate than LeNet-5.",
    "[our own question; Krizhevsky et al. 2012 begin the history](https://papers.nips.cc/paper/4824)",
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
    "AlexNet's accuracy is later reached with fewer multiply–adds.",
    "[Hernandez and Brown 2020, abstract, of a whole training's operations]"
    "(https://arxiv.org/abs/2005.04305)",
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
        raise NotMeasured("no later network is as accurate")
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
    if fewer < times:
        raise NotMeasured(f"only {fewer:.1f} times fewer parameters")
    return versus(
        thrifty, other, "test_accuracy", small, large, "%", 100,
        limits=(-POINTS, 1.1),
    ).and_(f"Parameters: {fewer:.1f} times fewer", between=". ")  # fmt: skip


@claim(
    "DenseNet is as accurate (within 2 points) with fewer parameters.",
    "[Huang et al. 2016, section 4.3, parameter efficiency]"
    "(https://arxiv.org/abs/1608.06993)",
)
def dense(rows):
    return _saving(rows, "DenseNet-22", "ResNet-20", 1)


@claim(
    "DenseNet needs more memory for its maps than ResNet.",
    "[Pleiss et al. 2017, abstract](https://arxiv.org/abs/1707.06990)",
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
    "SqueezeNet has AlexNet's accuracy (within 2 points) with a tenth of the "
    "parameters or less.",
    "[Iandola et al. 2016, abstract: 50 times fewer]"
    "(https://arxiv.org/abs/1602.07360)",
)
def squeeze(rows):
    return _saving(rows, "SqueezeNet", "AlexNet", 10)


@claim(
    "Depthwise convolutions save multiply–adds and cost less than 2 points.",
    "[Howard et al. 2017, section 3.1 and table 4: 1 point]"
    "(https://arxiv.org/abs/1704.04861)",
)
def depthwise(rows):
    full, thin = (rows.where(kind=kind) for kind in (PLAIN, DEPTHWISE))
    saved = versus(
        full, thin, "multiply_adds", "normalized networks, mean:",
        "depthwise ones", "million", 1e-6, 1,
    )  # fmt: skip
    lost = versus(
        full, thin, "test_accuracy", "Accuracy: others", "depthwise", "%", 100,
        limits=(-1, POINTS),
    )  # fmt: skip
    return saved.and_(lost, between=". ")


@claim(
    "A multiply–add of a depthwise network takes longer than another.",
    "[Ma et al. 2018, section 1 and figure 1]"
    "(https://arxiv.org/abs/1807.11164)",
)
def not_speed(rows):
    full, thin = (rows.where(kind=kind) for kind in (PLAIN, DEPTHWISE))
    return versus(
        thin, full, "nanoseconds_multiply_add",
        "one takes: depthwise networks", "others", "ns", digits=3,
    )  # fmt: skip


@claim(
    "The number of operations tells the time of a training step, from 11 to "
    "45 million: rank correlation above 0.8.",
    "[Canziani et al. 2016, abstract, of inference]"
    "(https://arxiv.org/abs/1605.07678)",
)
def time_by_operations(rows):
    return told(
        _correlation(
            rows, "multiply_adds", "processor_seconds_step", (0.8, 1.1),
            "rank correlation of multiply–adds and time",
        )
    )  # fmt: skip


@claim(
    "The number of the convolutions' outputs tells the time better.",
    "[Dollár et al. 2021, abstract](https://arxiv.org/abs/2103.06877)",
)
def time_by_outputs(rows):
    groups = rows.groups("network").values()
    names = ("outputs", "multiply_adds", "processor_seconds_step")
    samples = [[g.mean(name) for g in groups] for name in names]
    found = evidence.resampled(
        lambda outputs, macs, time: _rank(outputs, time) - _rank(macs, time),
        samples, what="outputs − multiply–adds", limits=(0, 2.1),
        of="networks",
    )  # fmt: skip
    by, macs = (_rank(sample, samples[2]) for sample in samples[:2])
    return Measured(
        f"rank correlation: outputs {by:.2f}, multiply–adds {macs:.2f}: "
        f"{found.text}",
        (found,),
    )


@claim(
    "Neither parameters nor multiply–adds tell the accuracy: rank "
    "correlations below 0.5.",
    "[Bianco et al. 2018, key findings, of networks trained to the end]"
    "(https://arxiv.org/abs/1810.00736)",
)
def size_is_not_all(rows):
    return together(
        told(
            _correlation(
                rows, name, "test_accuracy", (-1.1, 0.5),
                f"rank correlation of {name.replace('_', '–')}",
            )
        )
        for name in ("parameters", "multiply_adds")
    )  # fmt: skip


@claim(
    "No network is both cheaper and more accurate than EfficientNet.",
    "[Tan and Le 2019, figure 1, of its own kind scaled up]"
    "(https://arxiv.org/abs/1905.11946)",
)
def efficient(rows):
    (own,) = _pick(rows, "EfficientNet")
    cheaper = rows.filter(
        lambda row: row["multiply_adds"] < own.mean("multiply_adds")
    ).groups("network")
    if not cheaper:
        raise NotMeasured("no cheaper network")
    rival = max(cheaper, key=lambda n: cheaper[n].mean("test_accuracy"))
    names = front_of(rows)
    front = ", ".join(sorted(names, key=lambda name: names[name]))
    return versus(
        own, cheaper[rival], "test_accuracy", "EfficientNet",
        f"the best of the cheaper ones, {rival},", "%", 100,
    ).and_(
        f"None is cheaper and better than {front}", between=". "
    )  # fmt: skip


CLAIMS = [
    newer_is_better, all_beat_lenet, efficiency, *PAIRS, dense, dense_memory,
    squeeze, depthwise, not_speed, time_by_operations, time_by_outputs,
    size_is_not_all, efficient,
]  # fmt: skip
