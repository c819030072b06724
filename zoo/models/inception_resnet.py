"""Inception-ResNet: Szegedy et al. 2016, figures 10 to 19.

Inception modules whose concatenated branches, projected by a linear 1x1
convolution and scaled down, are added to their input. Version 1: stem
(N, 299, 299, 3) -> 35x35x256 -> 17x17x896 -> 8x8x1792; version 2, as its
authors released it: 35x35x320 -> 17x17x1088 -> 8x8x2080 -> 8x8x1536.
"""

from typing import NamedTuple

import keras

from zoo.models import Network, register
from zoo.models._inception import (
    AVG,
    BATCH_NORM,
    MAX_VALID,
    Conv,
    branches,
    chain,
    unstrided,
)
from zoo.models.inception_v3 import STEM as STEM_V3
from zoo.models.inception_v4 import PAPER


class Stage(NamedTuple):
    """Residual modules of one kind, and the reduction after them."""

    branches: tuple
    blocks: int
    scale: float
    reduction: tuple | None = None


STEM_V1 = (  # figure 14
    Conv(32, 3, 2, 0), Conv(32, 3, 1, 0), Conv(64, 3), MAX_VALID,
    Conv(80), Conv(192, 3, 1, 0), Conv(256, 3, 2, 0),
)  # fmt: skip
STAGES_V1 = (
    Stage(  # figures 10 and 7: k, l = 192, m = 256, n = 384
        branches=(
            (Conv(32),),
            (Conv(32), Conv(32, 3)),
            (Conv(32), Conv(32, 3), Conv(32, 3)),
        ),
        blocks=5,
        scale=0.17,
        reduction=(
            (Conv(384, 3, 2, 0),),
            (Conv(192), Conv(192, 3), Conv(256, 3, 2, 0)),
            (MAX_VALID,),
        ),
    ),
    Stage(  # figures 11 and 12
        branches=(
            (Conv(128),),
            (Conv(128), Conv(128, (1, 7)), Conv(128, (7, 1))),
        ),
        blocks=10,
        scale=0.1,
        reduction=(
            (Conv(256), Conv(384, 3, 2, 0)),
            (Conv(256), Conv(256, 3, 2, 0)),
            (Conv(256), Conv(256, 3), Conv(256, 3, 2, 0)),
            (MAX_VALID,),
        ),
    ),
    Stage(  # figure 13
        branches=(
            (Conv(192),),
            (Conv(192), Conv(192, (1, 3)), Conv(192, (3, 1))),
        ),
        blocks=5,
        scale=0.2,
    ),
)

MIXED_V2 = (
    (Conv(96),),
    (Conv(48), Conv(64, 5)),
    (Conv(64), Conv(96, 3), Conv(96, 3)),
    (AVG, Conv(64)),
)
STAGES_V2 = (
    Stage(  # figures 16 and 7: k, l = 256, m, n = 384
        branches=(
            (Conv(32),),
            (Conv(32), Conv(32, 3)),
            (Conv(32), Conv(48, 3), Conv(64, 3)),
        ),
        blocks=10,
        scale=0.17,
        reduction=(
            (Conv(384, 3, 2, 0),),
            (Conv(256), Conv(256, 3), Conv(384, 3, 2, 0)),
            (MAX_VALID,),
        ),
    ),
    Stage(  # figures 17 and 18
        branches=(
            (Conv(192),),
            (Conv(128), Conv(160, (1, 7)), Conv(192, (7, 1))),
        ),
        blocks=20,
        scale=0.1,
        reduction=(
            (Conv(256), Conv(384, 3, 2, 0)),
            (Conv(256), Conv(288, 3, 2, 0)),
            (Conv(256), Conv(288, 3), Conv(320, 3, 2, 0)),
            (MAX_VALID,),
        ),
    ),
    Stage(  # figure 19; one more follows, without scale and activation
        branches=(
            (Conv(192),),
            (Conv(192), Conv(224, (1, 3)), Conv(256, (3, 1))),
        ),
        blocks=9,
        scale=0.2,
    ),
)


def block(net, x, table, scale, name, activated=True):
    """act(x + scale * linear(branches(x)))."""
    y = branches(net, x, table, name)
    y = net.conv(y, x.shape[-1], 1, use_bias=True, name=f"{name}_up_conv")
    if scale != 1.0:
        y = keras.layers.Rescaling(scale, name=f"{name}_scale")(y)
    x = keras.layers.Add(name=f"{name}_add")([x, y])
    return net.act(x, name=f"{name}_act") if activated else x


def inception_resnet(version, *, stem="imagenet", dropout_rate=0.2, **options):
    """Stem, three stages of residual modules, classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    net = Network(stem=stem, min_size=(75, 7), paper_norm=BATCH_NORM, **options)
    steps = STEM_V1 if version == 1 else STEM_V3
    x = chain(net, net.image, unstrided(steps) if net.small else steps, "stem")
    if version == 2:
        x = branches(net, x, MIXED_V2, "mixed")
    stages = STAGES_V1 if version == 1 else STAGES_V2
    for number, stage in enumerate(stages, 1):
        for i in range(1, stage.blocks + 1):
            name = f"stage{number}_block{i}"
            x = block(net, x, stage.branches, stage.scale, name)
        if stage.reduction:
            x = branches(net, x, stage.reduction, f"reduction{number}")
    if version == 2:
        x = block(
            net, x, stages[-1].branches, 1.0, "stage3_block10", activated=False
        )
        x = net.conv_norm_act(x, 1536, 1, name="last_conv")

    return net.model(x, dropout_rate=dropout_rate)


@register(
    inception_resnet,
    PAPER,
    params=22_756_328,
    macs=6_206_361_696,
    input_shape=(299, 299, 3),
    departures=(
        "Residuals are scaled by 0.17, 0.1 and 0.2, the authors' numbers for "
        "version 2: the paper says 0.1 to 0.3",
    ),
)
def inception_resnet_v1(**options):
    """Inception-ResNet-v1 as published."""
    return inception_resnet(1, **options)


@register(
    inception_resnet,
    PAPER,
    params=55_843_464,
    macs=13_155_794_016,
    input_shape=(299, 299, 3),
    departures=(
        "The authors' TF-Slim definition, which Keras and timm have too: the "
        "stem of Inception-v3 and a module for figure 3's stem, 320, 1088 and "
        "2080 maps for 384, 1154 and 2048, the last module without scale and "
        "activation, and a 1x1 convolution to 1536 maps at the end",
    ),
)
def inception_resnet_v2(**options):
    """Inception-ResNet-v2 as its authors released it."""
    return inception_resnet(2, **options)
