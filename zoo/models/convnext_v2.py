"""ConvNeXt V2: Woo et al. 2023, sections 3 and 4.

ConvNeXt's blocks with global response normalization between the two 1x1
convolutions, and without layer scale behind them. For ConvNeXt V2-T,
(N, 224, 224, 3) -> 56x56x96 -> 28x28x192 -> 14x14x384 -> 7x7x768.
"""

from zoo.models import Paper, convnext as v1, register

PAPER = Paper(
    "ConvNeXt V2: Co-designing and Scaling ConvNets with Masked Autoencoders",
    "https://arxiv.org/abs/2301.00808",
    2023,
)


def convnext_v2(
    depths, widths, default_drop_rate, *, stem="imagenet", drop_rate=None,
    **options,
):  # fmt: skip
    """Patches, four stages, global average pool, norm, linear classifier.

    Args:
        stem: "imagenet" (4x4 patches) or "small" (3x3 convolution, stride 1),
            for 32x32 images.
        drop_rate: Stochastic depth of the last block, that of the first being
            0. None: the paper's for ImageNet.
    """
    return v1.convnext(
        depths, widths, default_drop_rate, response_norm=True, stem=stem,
        drop_rate=drop_rate, **options,
    )  # fmt: skip


@register(convnext_v2, PAPER, params=3_708_400, macs=547_332_480)
def convnext_v2_atto(**options):
    """ConvNeXt V2-A."""
    return convnext_v2((2, 2, 6, 2), (40, 80, 160, 320), 0.1, **options)


@register(convnext_v2, PAPER, params=5_233_240, macs=779_629_824)
def convnext_v2_femto(**options):
    """ConvNeXt V2-F."""
    return convnext_v2((2, 2, 6, 2), (48, 96, 192, 384), 0.1, **options)


@register(convnext_v2, PAPER, params=9_066_280, macs=1_367_055_360)
def convnext_v2_pico(**options):
    """ConvNeXt V2-P."""
    return convnext_v2((2, 2, 6, 2), (64, 128, 256, 512), 0.1, **options)


@register(convnext_v2, PAPER, params=15_623_800, macs=2_445_528_320)
def convnext_v2_nano(**options):
    """ConvNeXt V2-N."""
    return convnext_v2((2, 2, 8, 2), (80, 160, 320, 640), 0.1, **options)


@register(convnext_v2, PAPER, params=28_635_496, macs=4_455_531_264)
def convnext_v2_tiny(**options):
    """ConvNeXt V2-T."""
    return convnext_v2((3, 3, 9, 3), (96, 192, 384, 768), 0.2, **options)


@register(convnext_v2, PAPER, params=88_717_800, macs=15_354_729_472)
def convnext_v2_base(**options):
    """ConvNeXt V2-B."""
    return convnext_v2((3, 3, 27, 3), (128, 256, 512, 1024), 0.1, **options)


@register(convnext_v2, PAPER, params=197_956_840, macs=34_361_433_600)
def convnext_v2_large(**options):
    """ConvNeXt V2-L."""
    return convnext_v2((3, 3, 27, 3), (192, 384, 768, 1536), 0.2, **options)


@register(convnext_v2, PAPER, params=660_289_640, macs=114_922_100_480)
def convnext_v2_huge(**options):
    """ConvNeXt V2-H."""
    return convnext_v2((3, 3, 27, 3), (352, 704, 1408, 2816), 0.3, **options)
