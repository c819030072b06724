"""RepVGG: Ding et al. 2021, Tables 2 and 3.

In training a block is the sum of a 3x3 convolution, a 1x1 convolution and,
where the shape stays, the identity, each normalized. `zoo.reparameterize` makes
each block the one 3x3 convolution that computes the same.
(N, 224, 224, 3) -> 112x112 -> 56x56 -> 28x28 -> 14x14 -> 7x7.
"""

import keras

from zoo.models import Network, Paper, register

PAPER = Paper(
    "RepVGG: Making VGG-style ConvNets Great Again",
    "https://arxiv.org/abs/2101.03697",
    2021,
)

A = (2, 4, 14, 1)  # blocks of each stage after the first of one block
B = (4, 6, 16, 1)


def block(net, x, filters, strides, groups, name):
    """Three branches: (N, H, W, C) -> (N, H/s, W/s, filters)."""
    branches = [
        net.conv_norm(
            x, filters, 3, strides, groups=groups, name=f"{name}_conv3x3"
        ),
        net.conv_norm(
            x, filters, 1, strides, groups=groups, name=f"{name}_conv1x1"
        ),
    ]
    if strides == 1 and x.shape[-1] == filters:
        branches.append(net.norm(x, name=f"{name}_identity_norm"))
    x = keras.layers.Add(name=f"{name}_add")(branches)
    return net.act(x, name=f"{name}_act")


def repvgg(depths, scale, last_scale, groups=1, *, stem="imagenet", **options):
    """Five stages of blocks, global average pool, linear classifier.

    Args:
        stem: "imagenet" (all five stages halve the size) or "small" (the
            first two do not), for 32x32 images.
    """
    net = Network(stem=stem, **options)
    widths = [int(w * scale) for w in (64, 128, 256)] + [int(512 * last_scale)]
    widths = [min(64, widths[0]), *widths]
    x, index = net.image, 0
    for stage, (width, depth) in enumerate(
        zip(widths, (1, *depths), strict=True)
    ):
        for i in range(1, depth + 1):
            strides = 2 if i == 1 and not (net.small and stage < 2) else 1
            own = groups if index % 2 == 0 and index > 0 else 1
            x = block(net, x, width, strides, own, f"stage{stage}_block{i}")
            index += 1
    return net.model(x)


@register(repvgg, PAPER, params=9_108_968, macs=1_512_581_120)
def repvgg_a0(**options):
    """RepVGG-A0."""
    return repvgg(A, 0.75, 2.5, **options)


@register(repvgg, PAPER, params=14_092_264, macs=2_626_488_320)
def repvgg_a1(**options):
    """RepVGG-A1."""
    return repvgg(A, 1, 2.5, **options)


@register(repvgg, PAPER, params=28_210_600, macs=5_685_345_280)
def repvgg_a2(**options):
    """RepVGG-A2."""
    return repvgg(A, 1.5, 2.75, **options)


@register(repvgg, PAPER, params=15_817_960, macs=3_397_191_680)
def repvgg_b0(**options):
    """RepVGG-B0."""
    return repvgg(B, 1, 2.5, **options)


@register(repvgg, PAPER, params=57_415_016, macs=13_128_089_600)
def repvgg_b1(**options):
    """RepVGG-B1."""
    return repvgg(B, 2, 4, **options)


@register(repvgg, PAPER, params=45_782_376, macs=9_788_375_040)
def repvgg_b1g2(**options):
    """RepVGG-B1g2."""
    return repvgg(B, 2, 4, 2, **options)


@register(repvgg, PAPER, params=39_966_056, macs=8_118_517_760)
def repvgg_b1g4(**options):
    """RepVGG-B1g4."""
    return repvgg(B, 2, 4, 4, **options)


@register(repvgg, PAPER, params=89_022_376, macs=20_418_170_880)
def repvgg_b2(**options):
    """RepVGG-B2."""
    return repvgg(B, 2.5, 5, **options)


@register(repvgg, PAPER, params=61_758_376, macs=12_590_714_880)
def repvgg_b2g4(**options):
    """RepVGG-B2g4."""
    return repvgg(B, 2.5, 5, 4, **options)


@register(repvgg, PAPER, params=123_085_288, macs=29_120_696_320)
def repvgg_b3(**options):
    """RepVGG-B3."""
    return repvgg(B, 3, 5, **options)


@register(repvgg, PAPER, params=83_825_128, macs=17_849_159_680)
def repvgg_b3g4(**options):
    """RepVGG-B3g4."""
    return repvgg(B, 3, 5, 4, **options)
