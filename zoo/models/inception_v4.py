"""Inception-v4: Szegedy et al. 2016, figures 3 to 9.

Stem (N, 299, 299, 3) -> 35x35x384, four modules A, reduction, seven modules B
at 17x17x1024, reduction, three modules C at 8x8x1536, global average pooling,
one linear layer.
"""

from zoo.models import Network, Paper, register
from zoo.models._inception import (
    AVG,
    BATCH_NORM,
    MAX_VALID,
    Conv,
    Fork,
    branches,
    chain,
    unstrided,
)

PAPER = Paper(
    "Inception-v4, Inception-ResNet and the Impact of Residual Connections on "
    "Learning",
    "https://arxiv.org/abs/1602.07261",
    2016,
)

# Figure 3.
STEM = (
    Conv(32, 3, 2, 0),
    Conv(32, 3, 1, 0),
    Conv(64, 3),
    Fork(((MAX_VALID,), (Conv(96, 3, 2, 0),))),
    Fork(
        (
            (Conv(64), Conv(96, 3, 1, 0)),
            (Conv(64), Conv(64, (1, 7)), Conv(64, (7, 1)), Conv(96, 3, 1, 0)),
        )
    ),
    Fork(((Conv(192, 3, 2, 0),), (MAX_VALID,))),
)

A = (  # figure 4
    (Conv(96),),
    (Conv(64), Conv(96, 3)),
    (Conv(64), Conv(96, 3), Conv(96, 3)),
    (AVG, Conv(96)),
)
REDUCTION_A = (  # figure 7, k = 192, l = 224, m = 256, n = 384
    (Conv(384, 3, 2, 0),),
    (Conv(192), Conv(224, 3), Conv(256, 3, 2, 0)),
    (MAX_VALID,),
)
B = (  # figure 5
    (Conv(384),),
    (Conv(192), Conv(224, (1, 7)), Conv(256, (7, 1))),
    (
        Conv(192), Conv(192, (7, 1)), Conv(224, (1, 7)), Conv(224, (7, 1)),
        Conv(256, (1, 7)),
    ),
    (AVG, Conv(128)),
)  # fmt: skip
REDUCTION_B = (  # figure 8
    (Conv(192), Conv(192, 3, 2, 0)),
    (Conv(256), Conv(256, (1, 7)), Conv(320, (7, 1)), Conv(320, 3, 2, 0)),
    (MAX_VALID,),
)
FORK = Fork(((Conv(256, (1, 3)),), (Conv(256, (3, 1)),)))
C = (  # figure 6
    (Conv(256),),
    (Conv(384), FORK),
    (Conv(384), Conv(448, (3, 1)), Conv(512, (1, 3)), FORK),
    (AVG, Conv(256)),
)


def inception(*, stem="imagenet", dropout_rate=0.2, **options):
    """Stem, modules A, B and C with reductions between, classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    net = Network(stem=stem, min_size=(75, 7), paper_norm=BATCH_NORM, **options)
    x = chain(net, net.image, unstrided(STEM) if net.small else STEM, "stem")
    for stage, (table, depth, reduction) in enumerate(
        ((A, 4, REDUCTION_A), (B, 7, REDUCTION_B), (C, 3, None)), 1
    ):
        for i in range(1, depth + 1):
            x = branches(net, x, table, f"stage{stage}_block{i}")
        if reduction:
            x = branches(net, x, reduction, f"reduction{stage}")

    return net.model(x, dropout_rate=dropout_rate)


@register(
    inception,
    PAPER,
    params=42_679_816,
    macs=12_253_974_624,
    input_shape=(299, 299, 3),
)
def inception_v4(**options):
    """Inception-v4 as published."""
    return inception(**options)
