"""What is said of normalizers."""

import math

from zoo.recipes.lab.claims import claim, versus
from zoo.recipes.lab.rows import NotMeasured

WU = "[Wu and He 2018, {}](https://arxiv.org/abs/1803.08494)".format
SALIMANS = (
    "[Salimans and Kingma 2016, {}](https://arxiv.org/abs/1602.07868)".format
)
OVER_BATCH = ("batch", "batch renorm", "weight, mean-only batch")


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
        better = rows.where(network="recurrent", norm=one)
        worse = rows.where(network="recurrent", norm=other)
        return versus(better, worse, "test_accuracy", one, other, "%", 100)

    return measure


@claim(
    "With equal passes over the images, batches of 2 spoil batch "
    "normalization.",
    WU("section 4.1 and figure 5"),
)
def small_batches(rows):
    large, small = (_of(rows, "batch", batch) for batch in (32, 2))
    return versus(
        large, small, "test_accuracy", "batches of 32", "of 2", "%", 100
    )


@claim(
    "With equal passes over the images (so 16 times the steps), batches of 2 "
    "cost group normalization less than 5 points.",
    WU("section 4.1 and figure 5, at a rate in proportion"),
)
def group_does_not_mind(rows):
    large, small = (_of(rows, "group", batch) for batch in (32, 2))
    return versus(
        large, small, "test_accuracy", "batches of 32", "of 2", "%", 100,
        limits=(-math.inf, 0.05),
    )  # fmt: skip


group_or_batch = claim(
    "In batches of 4 group normalization is better than batch normalization.",
    WU("section 4.1 and table 2"),
)(_better("group", "batch", 4))
renorm = claim(
    "In batches of 4 batch renormalization is better than batch normalization.",
    "[Ioffe 2017, abstract](https://arxiv.org/abs/1702.03275)",
)(_better("batch renorm", "batch", 4))


@claim(
    "At a batch of 32, batch normalization is the best.",
    WU("section 4.1 and table 1"),
)
def batch_is_best(rows):
    own = _of(rows, "batch", 32)
    others = (
        rows.where(network="convolutional", batch=32)
        .filter(lambda row: row["norm"] not in OVER_BATCH)
        .groups("norm")
    )
    if not others:
        raise NotMeasured("batch normalization only")
    name = max(others, key=lambda n: others[n].mean("test_accuracy"))
    return versus(
        own, others[name], "test_accuracy", "batch",
        f"the best of those that do without the batch, {name}", "%", 100,
    )  # fmt: skip


group_or_layer = claim(
    "Group normalization is better than layer normalization.",
    WU("section 4.1 and table 1"),
)(_better("group", "layer", 32))
weight = claim(
    "Weight normalization learns faster than none (here without the paper's "
    "initialization from data).",
    SALIMANS("abstract and section 5.1"),
)(_better("weight", "none", 32))
mean_only = claim(
    "Weight normalization is better with mean-only batch normalization.",
    SALIMANS("sections 4 and 5.1"),
)(_better("weight, mean-only batch", "weight", 32))
standardization = claim(
    "In batches of 4, weight standardization makes group normalization better.",
    "[Qiao et al. 2019, abstract](https://arxiv.org/abs/1903.10520)",
)(_better("weight standardization", "group", 4))
one_average = claim(
    "In a recurrent network one batch normalization for all steps does not "
    "fit: averages of its own for each step are better.",
    "[Cooijmans et al. 2016, section 3](https://arxiv.org/abs/1603.09025)",
)(_recurrent_better("batch, each row", "batch"))
layer_or_batch = claim(
    "In a recurrent network layer normalization is better than one batch "
    "normalization for all steps.",
    "[Ba et al. 2016, section 3.1](https://arxiv.org/abs/1607.06450)",
)(_recurrent_better("layer", "batch"))
layer_or_none = claim(
    "A recurrent network learns faster with layer normalization than with "
    "none.",
    "[Ba et al. 2016, section 6](https://arxiv.org/abs/1607.06450)",
)(_recurrent_better("layer", "none"))


CLAIMS = [
    small_batches, group_does_not_mind, group_or_batch, renorm, batch_is_best,
    group_or_layer, weight, mean_only, standardization,
    one_average, layer_or_batch, layer_or_none,
]  # fmt: skip
