"""Inception-v3: Szegedy et al. 2015, Table 1, as the authors released it.

Stem (N, 299, 299, 3) -> 35x35x192; modules with 5x5 convolutions at 35x35,
with 7x7 split into 1x7 and 7x1 at 17x17x768, and with 1x3 and 3x1 side by side
at 8x8x2048; global average pooling, one linear layer. An auxiliary classifier
reads the last 17x17 map.
"""

from functools import partial

import keras

from zoo import layers
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
    "Rethinking the Inception Architecture for Computer Vision",
    "https://arxiv.org/abs/1512.00567",
    2015,
)

STEM = (
    Conv(32, 3, 2, 0), Conv(32, 3, 1, 0), Conv(64, 3), MAX_VALID,
    Conv(80), Conv(192, 3, 1, 0), MAX_VALID,
)  # fmt: skip


def module_a(pool, after):
    """Figure 5, at 35x35; `after` filters after the pooling."""
    return (
        (Conv(64),),
        (Conv(48), Conv(64, 5)),
        (Conv(64), Conv(96, 3), Conv(96, 3)),
        (pool, Conv(after)),
    )


def module_b(pool, inner):
    """Figure 6, at 17x17; `inner` filters within the branches."""
    return (
        (Conv(192),),
        (Conv(inner), Conv(inner, (1, 7)), Conv(192, (7, 1))),
        (
            Conv(inner), Conv(inner, (7, 1)), Conv(inner, (1, 7)),
            Conv(inner, (7, 1)), Conv(192, (1, 7)),
        ),
        (pool, Conv(192)),
    )  # fmt: skip


def module_c(pool):
    """Figure 7, at 8x8."""
    fork = Fork(((Conv(384, (1, 3)),), (Conv(384, (3, 1)),)))
    return (
        (Conv(320),),
        (Conv(384), fork),
        (Conv(448), Conv(384, 3), fork),
        (pool, Conv(192)),
    )


REDUCTION_A = (
    (Conv(384, 3, 2, 0),),
    (Conv(64), Conv(96, 3), Conv(96, 3, 2, 0)),
    (MAX_VALID,),
)
REDUCTION_B = (
    (Conv(192), Conv(320, 3, 2, 0)),
    (Conv(192), Conv(192, (1, 7)), Conv(192, (7, 1)), Conv(192, 3, 2, 0)),
    (MAX_VALID,),
)


def modules(pool):
    """The modules by the authors' names; `pool` makes the average poolings."""
    return {
        "mixed5b": module_a(pool, 32),
        "mixed5c": module_a(pool, 64),
        "mixed5d": module_a(pool, 64),
        "mixed6a": REDUCTION_A,
        "mixed6b": module_b(pool, 128),
        "mixed6c": module_b(pool, 160),
        "mixed6d": module_b(pool, 160),
        "mixed6e": module_b(pool, 192),
        "mixed7a": REDUCTION_B,
        "mixed7b": module_c(pool),
        "mixed7c": module_c(pool),
    }


def auxiliary(net, x):
    """(N, 17, 17, 768) -> 5x5 -> 1x1x768 -> logits."""
    x = layers.AvgPool2D(5, 3, name="aux1_pool")(x)
    x = chain(net, x, (Conv(128), Conv(768, 5, 1, 0)), "aux1")
    x = keras.layers.GlobalAveragePooling2D(name="aux1_global_pool")(x)
    return net.logits(x, name="aux1_logits")


def inception(
    pool, *, stem="imagenet", aux_heads=False, dropout_rate=0.2, **options
):
    """Stem, eleven modules, classifier.

    Args:
        aux_heads: Whether to add the auxiliary classifier. The model then
            returns {"logits", "aux1"}; the authors' code adds its loss with
            weight 0.4: compile with loss_weights={"logits": 1.0, "aux1": 0.4}.
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    if aux_heads and options.get("include_top", True):
        min_size = (299, 35)
    else:
        min_size = (75, 7)
    net = Network(
        stem=stem, min_size=min_size, paper_norm=BATCH_NORM, **options
    )
    x = chain(net, net.image, unstrided(STEM) if net.small else STEM, "stem")
    maps = {}
    for name, table in modules(pool).items():
        maps[name] = x = branches(net, x, table, name)

    aux = {"aux1": lambda: auxiliary(net, maps["mixed6e"])}
    return net.model(
        x, aux=aux if aux_heads else None, dropout_rate=dropout_rate
    )


STEM_OF_THE_CODE = (
    "The stem of the authors' TF-Slim definition: 1x1 with 80 filters, 3x3 "
    "with 192 and max pooling, where Table 1 has 3x3 with 80 filters, stride "
    "2, and 3x3 with 192 and 288",
)


@register(
    inception,
    PAPER,
    params=23_834_568,
    macs=5_713_216_096,
    aux_weight=0.4,
    input_shape=(299, 299, 3),
    departures=STEM_OF_THE_CODE,
)
def inception_v3(**options):
    """Inception-v3 as its authors and Keras have it."""
    return inception(AVG, **options)


@register(
    inception,
    PAPER,
    params=23_834_568,
    macs=5_713_216_096,
    aux_weight=0.4,
    input_shape=(299, 299, 3),
    departures=(
        *STEM_OF_THE_CODE,
        "Average pooling counts the zeros outside the map, as in torchvision "
        "and timm; in the authors' TensorFlow it does not",
    ),
)
def inception_v3_torchvision(**options):
    """Inception-v3 as torchvision and timm have it."""
    return inception(partial(AVG, count_include_pad=True), **options)
