"""EfficientNet: Tan & Le 2019, Table 1, and its Lite form of 2020.

Stem (N, 224, 224, 3) -> (N, 112, 112, 32), seven stages of inverted residuals
with squeeze-and-excitation, a 1x1 convolution to (N, 7, 7, 1280), global
average pooling, one linear layer. B1 to B7 widen and deepen B0 together with
the image. Lite: relu6, no squeeze-and-excitation, stem and head as in B0.
"""

import math
from collections.abc import Callable

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._inverted_residual import inverted_residual, round_channels

PAPER = Paper(
    "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks",
    "https://arxiv.org/abs/1905.11946",
    2019,
)
LITE = Paper(
    "Higher accuracy on vision models with EfficientNet-Lite",
    "https://blog.tensorflow.org/2020/03/"
    "higher-accuracy-on-vision-models-with-efficientnet-lite.html",
    2020,
)

# Table 1: blocks, kernel size, stride of the first, expansion, filters.
TABLE = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)

SYMMETRIC = (
    "Convolutions of stride 2 pad both sides alike, as torchvision has it; "
    "the authors' pad as TensorFlow does, right and bottom first"
)
EPSILON = (
    "Batch normalization with epsilon 1e-5 and momentum 0.9, as torchvision "
    "has it; the authors' 1e-3 and 0.99"
)


def tensorflow_norm():
    return layers.BatchNorm(momentum=0.99, epsilon=1e-3)


def stages(
    net, x, width, depths, drop_path_rate, *, squeezes=True, padding=None
):
    """The seven stages of `TABLE`, of other widths and depths.

    Args:
        width: Factor of the filters of all stages.
        depths: Blocks of each stage.
        drop_path_rate: Probability that the block after the last would be
            dropped; it rises linearly from 0 in the first block.
        squeezes: Whether blocks squeeze and excite.
        padding: Padding of the depthwise convolutions.
    """
    done = 0
    for stage, (_, size, first, expansion, filters) in enumerate(TABLE, 1):
        if net.small and stage == 2:
            first = 1
        for i in range(1, depths[stage - 1] + 1):
            channels = x.shape[-1]
            x = inverted_residual(
                net,
                x,
                round_channels(width * filters),
                channels * expansion,
                size,
                first if i == 1 else 1,
                f"stage{stage}_block{i}",
                squeeze=channels // 4 if squeezes else None,
                drop_rate=drop_path_rate * done / sum(depths),
                padding=padding,
            )
            done += 1
    return x


def efficientnet(
    width, depth, paper_dropout,
    paper_norm: str | Callable = tensorflow_norm, lite=False,
    padding: str | None = None, *,
    stem="imagenet", dropout_rate=None, drop_path_rate=0.2, **options,
):  # fmt: skip
    """Stem, seven stages, 1x1 convolution, global average pool, classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier. None: the
            paper's.
        drop_path_rate: Probability that the last block is dropped; it rises
            linearly from 0 in the first block.
    """
    net = Network(
        stem=stem,
        paper_activation="relu6" if lite else "silu",
        paper_norm=paper_norm,
        **options,
    )
    padding = "same" if lite else padding
    filters, head_filters = (
        channels if lite else round_channels(width * channels)
        for channels in (32, 1280)
    )
    depths = [
        blocks if lite and i in (0, 6) else math.ceil(depth * blocks)
        for i, (blocks, *_) in enumerate(TABLE)
    ]
    x = net.conv_norm_act(
        net.image, filters, 3, net.stem_strides, padding=padding,
        name="stem_conv",
    )  # fmt: skip
    x = stages(
        net, x, width, depths, drop_path_rate, squeezes=not lite,
        padding=padding,
    )  # fmt: skip
    x = net.conv_norm_act(x, head_filters, 1, name="head_conv")
    if dropout_rate is None:
        dropout_rate = paper_dropout
    return net.model(x, dropout_rate=dropout_rate)


def _register(size, params, macs, *departures):
    return register(
        efficientnet, PAPER, params=params, macs=macs,
        input_shape=(size, size, 3), departures=(SYMMETRIC, *departures),
    )  # fmt: skip


def _register_lite(size, params, macs):
    return register(
        efficientnet, LITE, params=params, macs=macs,
        input_shape=(size, size, 3),
    )  # fmt: skip


@_register(224, 5_288_548, 385_814_752, EPSILON)
def efficientnet_b0(**options):
    """EfficientNet-B0 of Table 1."""
    return efficientnet(1.0, 1.0, 0.2, paper_norm="batch_norm", **options)


@_register(240, 7_794_184, 686_802_832, EPSILON)
def efficientnet_b1(**options):
    """EfficientNet-B1: depth 1.1."""
    return efficientnet(1.0, 1.1, 0.2, paper_norm="batch_norm", **options)


@_register(260, 9_109_994, 993_561_872, EPSILON)
def efficientnet_b2(**options):
    """EfficientNet-B2: width 1.1, depth 1.2."""
    return efficientnet(1.1, 1.2, 0.3, paper_norm="batch_norm", **options)


@_register(300, 12_233_232, 1_827_141_392, EPSILON)
def efficientnet_b3(**options):
    """EfficientNet-B3: width 1.2, depth 1.4."""
    return efficientnet(1.2, 1.4, 0.3, paper_norm="batch_norm", **options)


@_register(380, 19_341_616, 4_393_771_024, EPSILON)
def efficientnet_b4(**options):
    """EfficientNet-B4: width 1.4, depth 1.8."""
    return efficientnet(1.4, 1.8, 0.4, paper_norm="batch_norm", **options)


@_register(456, 30_389_784, 10_266_384_752)
def efficientnet_b5(**options):
    """EfficientNet-B5: width 1.6, depth 2.2."""
    return efficientnet(1.6, 2.2, 0.4, **options)


@_register(528, 43_040_704, 19_067_593_536)
def efficientnet_b6(**options):
    """EfficientNet-B6: width 1.8, depth 2.6."""
    return efficientnet(1.8, 2.6, 0.5, **options)


@_register(600, 66_347_960, 37_745_884_192)
def efficientnet_b7(**options):
    """EfficientNet-B7: width 2.0, depth 3.1."""
    return efficientnet(2.0, 3.1, 0.5, **options)


@_register_lite(224, 4_652_008, 385_187_552)
def efficientnet_lite0(**options):
    """EfficientNet-Lite0: B0 with relu6, no squeeze-and-excitation."""
    return efficientnet(1.0, 1.0, 0.2, lite=True, **options)


@_register_lite(240, 5_416_680, 600_185_232)
def efficientnet_lite1(**options):
    """EfficientNet-Lite1: depth 1.1."""
    return efficientnet(1.0, 1.1, 0.2, lite=True, **options)


@_register_lite(260, 6_092_072, 859_736_272)
def efficientnet_lite2(**options):
    """EfficientNet-Lite2: width 1.1, depth 1.2."""
    return efficientnet(1.1, 1.2, 0.3, lite=True, **options)


@_register_lite(280, 8_197_096, 1_383_321_872)
def efficientnet_lite3(**options):
    """EfficientNet-Lite3: width 1.2, depth 1.4."""
    return efficientnet(1.2, 1.4, 0.3, lite=True, **options)


@_register_lite(300, 13_006_568, 2_553_034_336)
def efficientnet_lite4(**options):
    """EfficientNet-Lite4: width 1.4, depth 1.8."""
    return efficientnet(1.4, 1.8, 0.3, lite=True, **options)
