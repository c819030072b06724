"""MobileOne: Vasu et al. 2022, Table 2.

In training a depthwise or a 1x1 convolution is a sum of several of its kind, a
narrower one and, where the shape stays, the identity, each normalized.
`zoo.reparameterize` makes each sum the one convolution that computes the same.
(N, 224, 224, 3) -> 112x112 -> 56x56 -> 28x28 -> 14x14 -> 7x7.
"""

from zoo.models import Network, Paper, register
from zoo.models._branches import summed

PAPER = Paper(
    "MobileOne: An Improved One millisecond Mobile Backbone",
    "https://arxiv.org/abs/2206.04040",
    2022,
)
# Table 2: blocks, filters of each stage.
STAGES = ((2, 64), (8, 128), (10, 256), (1, 512))


def block(net, x, filters, strides, branches, squeezes, name):
    """Depthwise and 1x1: (N, H, W, C) -> (N, H/s, W/s, filters)."""
    channels = x.shape[-1]
    for part, args in (
        ("depthwise", (channels, 3, strides, channels)),
        ("pointwise", (filters, 1, 1, 1)),
    ):
        x = summed(net, x, *args, branches, f"{name}_{part}")
        if squeezes:
            x = net.squeeze_excite(
                x, x.shape[-1] // 16, name=f"{name}_{part}_se"
            )
        x = net.act(x, name=f"{name}_{part}_act")
    return x


def mobileone(
    widths, branches=1, squeezing=(0, 0, 0, 0), *, stem="imagenet", **options
):
    """A convolution, four stages, global average pool, linear classifier.

    Args:
        stem: "imagenet" (the first convolution and all four stages halve the
            size) or "small" (the first convolution and the first stage do
            not), for 32x32 images.
    """
    net = Network(stem=stem, **options)
    filters = min(64, int(64 * widths[0]))
    x = summed(net, net.image, filters, 3, net.stem_strides, 1, 1, "stem")
    x = net.act(x, name="stem_act")
    for stage, ((depth, filters), width, last) in enumerate(
        zip(STAGES, widths, squeezing, strict=True), 1
    ):
        for i in range(1, depth + 1):
            strides = 2 if i == 1 and not (net.small and stage == 1) else 1
            x = block(
                net,
                x,
                int(filters * width),
                strides,
                branches,
                i > depth - last,
                f"stage{stage}_block{i}",
            )
    return net.model(x)


@register(mobileone, PAPER, params=5_293_272, macs=1_051_935_232)
def mobileone_s0(**options):
    """MobileOne-S0, of four branches a convolution."""
    return mobileone((0.75, 1.0, 1.0, 2.0), 4, **options)


@register(mobileone, PAPER, params=4_825_192, macs=830_062_080)
def mobileone_s1(**options):
    """MobileOne-S1."""
    return mobileone((1.5, 1.5, 2.0, 2.5), **options)


@register(mobileone, PAPER, params=7_884_648, macs=1_304_027_392)
def mobileone_s2(**options):
    """MobileOne-S2."""
    return mobileone((1.5, 2.0, 2.5, 4.0), **options)


@register(mobileone, PAPER, params=10_170_600, macs=1_902_112_768)
def mobileone_s3(**options):
    """MobileOne-S3."""
    return mobileone((2.0, 2.5, 3.0, 4.0), **options)


@register(mobileone, PAPER, params=14_951_248, macs=2_986_802_432)
def mobileone_s4(**options):
    """MobileOne-S4, whose last six blocks squeeze and excite."""
    return mobileone((3.0, 3.5, 3.5, 4.0), 1, (0, 0, 5, 1), **options)
