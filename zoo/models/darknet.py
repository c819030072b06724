"""DarkNet-53: Redmon and Farhadi 2018, Table 1.

Five stages, each a 3x3 convolution of stride 2 and residual blocks of a 1x1
convolution to half the width and a 3x3 back: (N, 256, 256, 3) -> 256x256x32
-> 128x128x64 -> 64x64x128 -> 32x32x256 -> 16x16x512 -> 8x8x1024.
"""

import keras

from zoo.models import Network, Paper, register

PAPER = Paper(
    "YOLOv3: An Incremental Improvement",
    "https://arxiv.org/abs/1804.02767",
    2018,
)
SLOPE = (
    "LeakyReLU has slope 0.01 below 0, as timm's checkpoints have it; "
    "Darknet's is 0.1",
)
DEPTHS = (1, 2, 8, 8, 4)
WIDTHS = (64, 128, 256, 512, 1024)


def dark_block(net, x, inner, name):
    """1x1 and 3x3 convolutions: (N, H, W, C) -> the same."""
    y = net.conv_norm_act(x, inner, 1, name=f"{name}_conv1")
    y = net.conv_norm_act(y, x.shape[-1], 3, name=f"{name}_conv2")
    return keras.layers.Add(name=f"{name}_add")([x, y])


def dark_blocks(net, x, depth, name):
    """The residual blocks of a stage: (N, H, W, C) -> the same."""
    width = x.shape[-1]
    for i in range(1, depth + 1):
        x = dark_block(net, x, width // 2, f"{name}_block{i}")
    return x


def darknet(changed=dark_blocks, *, stem="imagenet", **options):
    """3x3 convolution, five stages, global average pool, linear layer.

    Args:
        changed: What a stage does after its convolution of stride 2:
            (net, x, depth, name) -> y.
    """
    net = Network(stem=stem, paper_activation="leaky_relu", **options)
    x = net.conv_norm_act(net.image, 32, 3, name="stem_conv")
    for stage, (depth, width) in enumerate(zip(DEPTHS, WIDTHS, strict=True), 1):
        name = f"stage{stage}"
        strides = 1 if net.small and stage < 3 else 2
        x = net.conv_norm_act(x, width, 3, strides, name=f"{name}_down_conv")
        x = changed(net, x, depth, name)
    return net.model(x)


@register(
    darknet, PAPER, params=41_609_928, macs=9_285_115_904,
    input_shape=(256, 256, 3), departures=SLOPE,
)  # fmt: skip
def darknet53(**options):
    """DarkNet-53."""
    return darknet(**options)
