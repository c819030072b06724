"""NASNet-A: Zoph et al. 2017, Figure 4 and section 4.2.

Stem (N, 224, 224, 3) -> (N, 111, 111, 32), two reduction cells to (N, 28, 28),
then thrice a stage of normal cells, with a reduction cell between stages,
global average pooling, one linear layer. A cell reads the outputs of the two
cells before it. An auxiliary classifier reads the second stage.

Pooling leaves out what lies beyond the map, as in the authors' TF-Slim code.
Where it has stride 2, keras.applications pads with zeros, which take part in
maxima and averages, and timm's averages count zeros: on the same weights,
their logits differ from the authors'.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper(
    "Learning Transferable Architectures for Scalable Image Recognition",
    "https://arxiv.org/abs/1707.07012",
    2017,
)
DEPARTURES = (
    "Drop-path rises with depth but not, as the authors' scheduled one does, "
    "in the course of training too",
    "Running averages with momentum 0.99; the authors' 0.9997 is for runs of "
    "a million steps",
)

# Figure 4. A cell's states are 0, the cell before it, 1, the one before that,
# and then its own sums, each of two states; an operation is the kernel size
# of two separable convolutions, "avg" or "max", or None: the state itself.
NORMAL = (
    ((0, 5), (1, 3)),
    ((1, 5), (1, 3)),
    ((0, "avg"), (1, None)),
    ((1, "avg"), (1, "avg")),
    ((0, 3), (0, None)),
)
REDUCTION = (
    ((0, 5), (1, 7)),
    ((0, "max"), (1, 7)),
    ((0, "avg"), (1, 5)),
    ((3, None), (2, "avg")),
    ((2, 3), (0, "max")),
)
NORMAL_OUTPUT = (1, 2, 3, 4, 5, 6)
REDUCTION_OUTPUT = (3, 4, 5, 6)


def cell(net, x, before, filters, drop_rate, name, *, strides, halve):
    """A normal cell, or with stride 2 a reduction cell.

    Args:
        before: The output of the cell before the one that made `x`.
        halve: Whether `before` is twice as large as `x`.
        drop_rate: Probability that an operation is dropped, in [0, 1).
    """
    if strides == 1:
        sums, output = NORMAL, NORMAL_OUTPUT
    else:
        sums, output = REDUCTION, REDUCTION_OUTPUT
    states = [
        act_conv_norm(net, x, filters, name=f"{name}_conv"),
        fit(net, before, x, filters, halve, f"{name}_before"),
    ]
    for i, pair in enumerate(sums, 1):
        terms = []
        for side, (state, operation) in zip(
            ("left", "right"), pair, strict=True
        ):
            term = apply(
                net,
                states[state],
                operation,
                filters,
                strides if state < 2 else 1,
                f"{name}_sum{i}_{side}",
            )
            if drop_rate > 0 and operation is not None:
                term = layers.StochasticDepth(
                    drop_rate, name=f"{name}_sum{i}_{side}_drop"
                )(term)
            terms.append(term)
        states.append(keras.layers.Add(name=f"{name}_sum{i}")(terms))
    return keras.layers.Concatenate(name=f"{name}_concat")(
        [states[i] for i in output]
    )


def apply(net, x, operation, filters, strides, name):
    """One operation of Figure 4."""
    if operation is None:
        return x
    if operation == "avg":
        pool = keras.layers.AveragePooling2D
    elif operation == "max":
        pool = keras.layers.MaxPooling2D
    else:
        x = separable(net, x, filters, operation, strides, f"{name}_1")
        return separable(net, x, filters, operation, 1, f"{name}_2")
    return pool(3, strides, padding="same", name=f"{name}_pool")(x)


def separable(net, x, filters, size, strides, name):
    """Activation, depthwise and 1x1 convolution, normalizer."""
    channels = x.shape[-1]
    x = net.act(x, name=f"{name}_act")
    x = net.conv(
        x, channels, size, strides, groups=channels, padding="same",
        name=f"{name}_depthwise_conv",
    )  # fmt: skip
    return net.conv_norm(x, filters, 1, name=f"{name}_conv")


def act_conv_norm(net, x, filters, name):
    """Activation, 1x1 convolution, normalizer."""
    head, _, tail = name.rpartition("conv")
    x = net.act(x, name=f"{head}act{tail}")
    return net.conv_norm(x, filters, 1, name=name)


def fit(net, before, x, filters, halve, name):
    """`before`, with as many channels and of the size of the cell's input.

    Where it is twice as large, one 1x1 convolution sees its even pixels and
    another its odd ones.
    """
    if before is None:
        return x
    if not halve:
        if before.shape[-1] == filters:
            return before
        return act_conv_norm(net, before, filters, name=f"{name}_conv")
    before = net.act(before, name=f"{name}_act")
    even = net.conv(before, filters // 2, 1, 2, name=f"{name}_even_conv")
    odd = keras.layers.Cropping2D(((1, 0), (1, 0)), name=f"{name}_crop")(before)
    odd = net.conv(
        odd, filters // 2, 1, 2, padding=((0, 1), (0, 1)),
        name=f"{name}_odd_conv",
    )  # fmt: skip
    both = keras.layers.Concatenate(name=f"{name}_concat")([even, odd])
    return net.norm(both, name=f"{name}_norm")


def auxiliary(net, x):
    """5x5 pooling, 1x1 and full-size convolutions, logits."""
    x = net.act(x, name="aux1_act")
    x = layers.AvgPool2D(5, 3, name="aux1_pool")(x)
    x = net.conv_norm_act(x, 128, 1, name="aux1_conv1")
    x = net.conv_norm_act(x, 768, x.shape[1:3], padding=0, name="aux1_conv2")
    x = keras.layers.Flatten(name="aux1_flatten")(x)
    return net.logits(x, name="aux1_logits")


def nasnet(
    filters, cells, stem_filters, skip_reduction, default_drop_rate, *,
    stem="imagenet", aux_heads=False, dropout_rate=0.5, drop_path_rate=None,
    **options,
):  # fmt: skip
    """Stem, stages of `cells` cells, global average pool, classifier.

    Args:
        stem: "imagenet" (3x3 convolution and two reduction cells, together
            stride 8) or "small" (3x3 convolution, stride 1), for 32x32 images.
        aux_heads: Whether to add the auxiliary classifier. The model then
            returns {"logits", "aux1"}; the authors' code adds its loss with
            weight 0.4: compile with loss_weights={"logits": 1.0, "aux1": 0.4}.
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
        drop_path_rate: Probability that an operation of the last cell is
            dropped; it falls linearly towards the first cell. None: the
            authors', 0 for the mobile network and 0.3 for the large.
    """
    if aux_heads and options.get("include_top", True):
        own = {"min_size": (67, 9), "fixed_size": True}
    else:
        own = {}
    net = Network(
        stem=stem,
        paper_norm=lambda: layers.BatchNorm(momentum=0.99, epsilon=1e-3),
        **own,
        **options,
    )
    if drop_path_rate is None:
        drop_path_rate = default_drop_rate
    total = 3 * cells + (2 if net.small else 4)
    rates = iter(layers.linear_decay(drop_path_rate, total))
    if net.small:
        x = net.conv_norm(net.image, 3 * filters, 3, name="stem_conv")
        before, halve = x, False
    else:
        x = net.conv_norm(
            net.image, stem_filters, 3, 2, padding="valid", name="stem_conv"
        )
        y = cell(
            net, x, None, filters // 4, next(rates), "stem_cell1",
            strides=2, halve=False,
        )  # fmt: skip
        z = cell(
            net, y, x, filters // 2, next(rates), "stem_cell2",
            strides=2, halve=True,
        )  # fmt: skip
        before, x, halve = y, z, True
    stages = []
    for stage in (1, 2, 3):
        if stage > 1:
            name = f"reduction{stage - 1}"
            y = cell(
                net, x, before, filters, next(rates), name,
                strides=2, halve=halve,
            )  # fmt: skip
            before, x, halve = before if skip_reduction else x, y, True
        for i in range(1, cells + 1):
            name = f"stage{stage}_cell{i}"
            y = cell(
                net, x, before, filters, next(rates), name,
                strides=1, halve=halve,
            )  # fmt: skip
            before, x, halve = x, y, False
        stages.append(x)
        filters *= 2
    x = net.act(x, name="last_act")
    aux = {"aux1": lambda: auxiliary(net, stages[1])}
    return net.model(
        x, aux=aux if aux_heads else None, dropout_rate=dropout_rate
    )


@register(
    nasnet,
    PAPER,
    params=5_289_978,
    macs=563_638_816,
    aux_weight=0.4,
    departures=DEPARTURES,
)  # fmt: skip
def nasnet_mobile(**options):
    """NASNet-A (4 @ 1056), the mobile network of Table 3."""
    return nasnet(
        filters=44, cells=4, stem_filters=32, skip_reduction=False,
        default_drop_rate=0.0, **options,
    )  # fmt: skip


@register(
    nasnet,
    PAPER,
    params=88_753_150,
    macs=23_783_414_658,
    aux_weight=0.4,
    input_shape=(331, 331, 3),
    departures=DEPARTURES,
)
def nasnet_large(**options):
    """NASNet-A (6 @ 4032), the large network of Table 2."""
    return nasnet(
        filters=168, cells=6, stem_filters=96, skip_reduction=True,
        default_drop_rate=0.3, **options,
    )  # fmt: skip
