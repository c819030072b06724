"""TinyNet: Han et al. 2020, Table 1.

EfficientNet-B0 with fewer channels and blocks for smaller images: stem
(N, 192, 192, 3) -> (N, 96, 96, 32), seven stages of inverted residuals with
squeeze-and-excitation, a 1x1 convolution to (N, 6, 6, 1280), global average
pooling, one linear layer.
"""

from zoo.models import Network, Paper, register
from zoo.models.efficientnet import TABLE, stages

PAPER = Paper(
    "Model Rubik's Cube: Twisting Resolution, Depth and Width for TinyNets",
    "https://arxiv.org/abs/2010.14819",
    2020,
)


def tinynet(
    width, depth, /, *, stem="imagenet", dropout_rate=0.2,
    drop_path_rate=0.0, **options,
):  # fmt: skip
    """Stem, seven stages, 1x1 convolution, global average pool, classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
        drop_path_rate: Probability that the last block is dropped; it rises
            linearly from 0 in the first block.
    """
    net = Network(stem=stem, paper_activation="silu", **options)
    depths = [max(1, round(depth * blocks)) for blocks, *_ in TABLE]
    x = net.conv_norm_act(net.image, 32, 3, net.stem_strides, name="stem_conv")
    x = stages(net, x, width, depths, drop_path_rate)
    x = net.conv_norm_act(x, 1280, 1, name="head_conv")
    return net.model(x, dropout_rate=dropout_rate)


def _register(size, params, macs):
    return register(
        tinynet, PAPER, params=params, macs=macs, input_shape=(size, size, 3)
    )


@_register(192, 6_187_972, 336_867_712)
def tinynet_a(**options):
    """TinyNet-A: width 1.0, depth 1.2."""
    return tinynet(1.0, 1.2, **options)


@_register(188, 3_730_562, 200_709_360)
def tinynet_b(**options):
    """TinyNet-B: width 0.75, depth 1.1."""
    return tinynet(0.75, 1.1, **options)


@_register(184, 2_457_234, 99_536_432)
def tinynet_c(**options):
    """TinyNet-C: width 0.54, depth 0.85."""
    return tinynet(0.54, 0.85, **options)


@_register(152, 2_338_446, 51_580_656)
def tinynet_d(**options):
    """TinyNet-D: width 0.54, depth 0.695."""
    return tinynet(0.54, 0.695, **options)


@_register(106, 2_042_972, 24_356_848)
def tinynet_e(**options):
    """TinyNet-E: width 0.51, depth 0.6."""
    return tinynet(0.51, 0.6, **options)
