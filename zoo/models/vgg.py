"""VGG: Simonyan & Zisserman 2014, Table 1.

Five stages of convolutions at full, 1/2, 1/4, 1/8 and 1/16 of the size, each
ending in 2x2 max pooling: (N, 224, 224, 3) -> (N, 7, 7, 512) -> 4096 -> 4096
-> num_classes.
"""

import keras

from zoo.models import Network, Paper, register

PAPER = Paper(
    "Very Deep Convolutional Networks for Large-Scale Image Recognition",
    "https://arxiv.org/abs/1409.1556",
    2014,
)
WIDTHS = (64, 128, 256, 512, 512)

# Kernel sizes of the convolutions of each stage: the columns of Table 1.
A = ((3,), (3,), (3, 3), (3, 3), (3, 3))
B = ((3, 3), (3, 3), (3, 3), (3, 3), (3, 3))
C = ((3, 3), (3, 3), (3, 3, 1), (3, 3, 1), (3, 3, 1))
D = ((3, 3), (3, 3), (3, 3, 3), (3, 3, 3), (3, 3, 3))
E = ((3, 3), (3, 3), (3, 3, 3, 3), (3, 3, 3, 3), (3, 3, 3, 3))

ANY_SIZE = (
    "Average pooling to 7x7 before the classifier, for images of any size; "
    "at 224x224 there is nothing to pool",
)
BATCH_NORM = (
    *ANY_SIZE,
    "Batch normalization after every convolution, whose bias stays, as "
    "torchvision has it",
)


def vgg(
    table,
    paper_norm="none",
    response_norm=False,
    *,
    stem="imagenet",
    dropout_rate=0.5,
    **options,
):
    """Five stages of convolutions, three fully connected layers.

    Args:
        stem: "imagenet", or "small" for 32x32 images, which after five
            poolings leave one pixel: global pooling and one linear layer.
        dropout_rate: Rate of the dropout after each hidden fully connected
            layer.
    """
    net = Network(
        stem=stem, min_size=(32, 32), paper_norm=paper_norm, **options
    )
    x = net.image
    for stage, (width, sizes) in enumerate(zip(WIDTHS, table, strict=True), 1):
        for i, size in enumerate(sizes, 1):
            name = f"stage{stage}_conv{i}"
            x = net.conv_norm_act(x, width, size, use_bias=True, name=name)
        if response_norm and stage == 1:
            x = net.response_norm(
                x, size=5, alpha=1e-4, beta=0.75, k=2.0, name="stage1_lrn"
            )
        x = keras.layers.MaxPooling2D(2, name=f"stage{stage}_pool")(x)

    def head(x):
        x = keras.layers.Flatten(name="flatten")(net.pool_to(x, 7))
        for i in (1, 2):
            x = net.dense_act(x, 4096, name=f"dense{i}")
            x = keras.layers.Dropout(dropout_rate, name=f"dropout{i}")(x)
        return net.logits(x)

    return net.model(x, None if net.small else head)


@register(
    vgg, PAPER, params=132_863_336, macs=7_609_090_048, departures=ANY_SIZE
)
def vgg11(**options):
    """VGG-11, column A of Table 1."""
    return vgg(A, **options)


@register(
    vgg, PAPER, params=132_863_336, macs=7_609_090_048, departures=ANY_SIZE
)
def vgg11_lrn(**options):
    """VGG-11 with local response normalization, column A-LRN of Table 1."""
    return vgg(A, response_norm=True, **options)


@register(
    vgg, PAPER, params=133_047_848, macs=11_308_466_176, departures=ANY_SIZE
)
def vgg13(**options):
    """VGG-13, column B of Table 1."""
    return vgg(B, **options)


@register(
    vgg, PAPER, params=133_638_952, macs=11_770_888_192, departures=ANY_SIZE
)
def vgg16_c(**options):
    """VGG-16 with 1x1 convolutions, column C of Table 1."""
    return vgg(C, **options)


@register(
    vgg, PAPER, params=138_357_544, macs=15_470_264_320, departures=ANY_SIZE
)
def vgg16(**options):
    """VGG-16, column D of Table 1."""
    return vgg(D, **options)


@register(
    vgg, PAPER, params=143_667_240, macs=19_632_062_464, departures=ANY_SIZE
)
def vgg19(**options):
    """VGG-19, column E of Table 1."""
    return vgg(E, **options)


@register(
    vgg, PAPER, params=132_868_840, macs=7_609_090_048, departures=BATCH_NORM
)
def vgg11_bn(**options):
    """VGG-11 with batch normalization."""
    return vgg(A, paper_norm="batch_norm", **options)


@register(
    vgg, PAPER, params=133_053_736, macs=11_308_466_176, departures=BATCH_NORM
)
def vgg13_bn(**options):
    """VGG-13 with batch normalization."""
    return vgg(B, paper_norm="batch_norm", **options)


@register(
    vgg, PAPER, params=138_365_992, macs=15_470_264_320, departures=BATCH_NORM
)
def vgg16_bn(**options):
    """VGG-16 with batch normalization."""
    return vgg(D, paper_norm="batch_norm", **options)


@register(
    vgg, PAPER, params=143_678_248, macs=19_632_062_464, departures=BATCH_NORM
)
def vgg19_bn(**options):
    """VGG-19 with batch normalization."""
    return vgg(E, paper_norm="batch_norm", **options)
