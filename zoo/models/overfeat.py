"""OverFeat: Sermanet et al. 2013, Tables 1 (fast) and 3 (accurate).

No overlap of the poolings, no response normalization, and fully connected
layers that are convolutions, so that a larger image gives a map of logits.
Fast: (N, 231, 231, 3) -> 56x56x96 -> 28x28 -> 24x24x256 -> 12x12x1024 -> 6x6 ->
3072 -> 4096 -> num_classes. Accurate: (N, 221, 221, 3) -> 108x108x96 -> 36x36
-> 30x30x256 -> 15x15x1024 -> 5x5 -> 4096 -> 4096 -> num_classes.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper(
    "OverFeat: Integrated Recognition, Localization and Detection using "
    "Convolutional Networks",
    "https://arxiv.org/abs/1312.6229",
    2013,
)

# Filters, size, strides and padding of each convolution, and size and strides
# of the max pooling after it.
FAST = (
    ((96, 11, 4, 0), 2), ((256, 5, 1, 0), 2), ((512, 3, 1, 1), None),
    ((1024, 3, 1, 1), None), ((1024, 3, 1, 1), 2),
)  # fmt: skip
ACCURATE = (
    ((96, 7, 2, 0), 3), ((256, 7, 1, 0), 2), ((512, 3, 1, 1), None),
    ((512, 3, 1, 1), None), ((1024, 3, 1, 1), None), ((1024, 3, 1, 1), 3),
)  # fmt: skip


def overfeat(table, hidden, min_sizes, *, dropout_rate=0.5, **options):
    """Convolutions, of which the last two and the classifier were dense.

    Args:
        dropout_rate: Rate of the dropout after each of the classifier's two
            hidden layers.
    """
    with_top, without = min_sizes
    net = Network(
        min_size=with_top if options.get("include_top", True) else without,
        paper_norm="none",
        kernel_initializer=keras.initializers.RandomNormal(stddev=0.01),
        **options,
    )
    x = net.image
    for i, ((filters, size, strides, padding), pool) in enumerate(table, 1):
        x = net.conv_norm_act(
            x, filters, size, strides, padding=padding, name=f"conv{i}"
        )
        if pool:
            x = layers.MaxPool2D(pool, name=f"pool{i}")(x)

    def head(x):
        for i, (filters, size) in enumerate(hidden, len(table) + 1):
            x = net.conv_norm_act(x, filters, size, padding=0, name=f"conv{i}")
            x = keras.layers.Dropout(dropout_rate, name=f"dropout{i}")(x)
        return net.conv_logits(x, activated=False)

    return net.model(x, head)


LARGER = (
    "Logits of a larger image are averaged over its windows; the paper takes "
    "the greatest over space and averages over scales and flips",
)


@register(
    overfeat,
    PAPER,
    params=145_920_872,
    macs=2_801_403_904,
    input_shape=(231, 231, 3),
    departures=LARGER,
)
def overfeat_fast(**options):
    """OverFeat, the fast model of Table 1."""
    return overfeat(FAST, ((3072, 6), (4096, 1)), (231, 71), **options)


@register(
    overfeat,
    PAPER,
    params=144_656_488,
    macs=5_355_446_784,
    input_shape=(221, 221, 3),
    departures=LARGER,
)
def overfeat_accurate(**options):
    """OverFeat, the accurate model of Table 3."""
    return overfeat(ACCURATE, ((4096, 5), (4096, 1)), (221, 77), **options)
