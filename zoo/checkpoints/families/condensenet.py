"""Where others keep the tensors of zoo.condensenet.

Its authors' as it trains; their converted networks have other names and are
refused. imgclsmob's are converted: a group of filters has an index of the
channels that it reads, and no weights for others.
"""

import numpy as np

from zoo.checkpoints.families._rules import rules
from zoo.checkpoints.families._units import norm_by

IGNORED = r".*\._(count|stage)"  # how often has been condensed
LAYER = "features.denseblock_{s}.denselayer_{b}."


def _mask(mask):
    """(filters, channels, 1, 1) -> (channels, filters)."""
    return mask[:, :, 0, 0].T


authors = rules(
    ("stem_conv", "features.init_conv"),
    (
        "stage{s}_block{b}_conv1",
        {
            "kernel": LAYER + "conv_1.conv.weight",
            "mask": (_mask, LAYER + "conv_1._mask"),
        },
    ),
    ("stage{s}_block{b}_conv2", LAYER + "conv_2.conv"),
    ("stage{s}_block{b}_norm{i}", LAYER + "conv_{i}.norm"),
    ("last_norm", "features.norm_last"),
    ("logits", "classifier"),
)

MOST_GROUPS = 64  # so many times larger than its file a kernel may become
UNIT = "features.stage{s}.unit{b}."


def _spread(values, index):
    """Values of channels by index -> by channel; those never read are 0."""
    found = np.zeros(len(index), values.dtype)
    found[index] = values
    return found


def _whole(weight, index):
    """Grouped (filters, channels / groups, 1, 1) -> (filters, channels, 1, 1).

    Their outputs are shuffled behind: filter k of group g is k · groups + g.
    """
    filters, inner = weight.shape[:2]
    if not 0 < inner <= len(index) <= MOST_GROUPS * inner:
        raise ValueError
    groups = len(index) // inner
    found = np.zeros((filters, len(index), 1, 1), weight.dtype)
    for group, read in enumerate(index.reshape(groups, inner)):
        own = weight[group * filters // groups :][: filters // groups]
        found[group::groups, read] = own
    return found


def _read(weight, index):
    """The mask: (channels, filters), of ones where a filter reads."""
    return _mask(_whole(np.ones_like(weight), index))


def _wide(weight, index, norm):
    """(classes, channels that are read) -> (classes, channels)."""
    if len(norm) > MOST_GROUPS * len(index):
        raise ValueError
    found = np.zeros((len(weight), len(norm)), weight.dtype)
    found[:, index] = weight
    return found


def _first_norm(s, b):
    unit = f"features.stage{s}.unit{b}.conv1."
    return norm_by(_spread, f"{unit}bn", f"{unit}index")


imgclsmob = rules(
    ("stem_conv", "features.init_block.conv"),
    (
        "stage{s}_block{b}_conv1",
        {
            "kernel": (
                _whole,
                UNIT + "conv1.conv.weight",
                UNIT + "conv1.index",
            ),
            "mask": (_read, UNIT + "conv1.conv.weight", UNIT + "conv1.index"),
        },
    ),
    ("stage{s}_block{b}_norm1", _first_norm),
    ("stage{s}_block{b}_conv2", UNIT + "conv2.conv"),
    ("stage{s}_block{b}_norm2", UNIT + "conv2.bn"),
    ("last_norm", "features.post_activ.bn"),
    (
        "logits",
        {
            "kernel": (
                _wide,
                "output.linear.weight",
                "output.index",
                "features.post_activ.bn.weight",
            ),
            "bias": "output.linear.bias",
        },
    ),
)
