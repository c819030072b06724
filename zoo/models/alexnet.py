"""AlexNet: Krizhevsky et al. 2012, and the single tower of Krizhevsky 2014.

Five convolutions, the first, second and fifth followed by overlapping max
pooling, then three fully connected layers. (N, 227, 227, 3) -> 55x55 ->
27x27 -> 13x13 -> 6x6x256 -> 4096 -> 4096 -> num_classes.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper(
    "ImageNet Classification with Deep Convolutional Neural Networks",
    "https://papers.nips.cc/paper/4824",
    2012,
)
OWT = Paper(
    "One weird trick for parallelizing convolutional neural networks",
    "https://arxiv.org/abs/1404.5997",
    2014,
)

# Filters and groups of the convolutions: two towers on two GPUs share the
# third. The 2014 tower has one group throughout.
TOWERS = ((96, 1), (256, 2), (384, 1), (384, 2), (256, 2))
TOWER = ((64, 1), (192, 1), (384, 1), (256, 1), (256, 1))


def alexnet_2012(*, dropout_rate=0.5, **options):
    """Two towers, local response normalization.

    Args:
        dropout_rate: Rate of the dropout before each of the two hidden fully
            connected layers.
    """
    net = Network(
        min_size=67,
        fixed_size=True,
        paper_norm="none",
        kernel_initializer=keras.initializers.RandomNormal(stddev=0.01),
        **options,
    )
    (filters, _), *rest = TOWERS
    x = net.conv_norm_act(net.image, filters, 11, 4, padding=0, name="conv1")
    x = net.response_norm(x, size=5, alpha=1e-4, beta=0.75, k=2.0, name="lrn1")
    x = layers.MaxPool2D(3, 2, name="pool1")(x)
    for i, (filters, groups) in enumerate(rest, 2):
        x = net.conv_norm_act(
            x, filters, 5 if i == 2 else 3, groups=groups, name=f"conv{i}",
            bias_initializer="zeros" if i == 3 else "ones",
        )  # fmt: skip
        if i == 2:
            x = net.response_norm(
                x, size=5, alpha=1e-4, beta=0.75, k=2.0, name="lrn2"
            )
        if i in (2, 5):
            x = layers.MaxPool2D(3, 2, name=f"pool{i}")(x)
    return net.model(x, lambda x: classifier(net, x, dropout_rate, "ones"))


def alexnet_2014(*, stem="imagenet", dropout_rate=0.5, **options):
    """One tower without response normalization.

    Args:
        stem: "imagenet" (11x11 convolution, stride 4) or "small" (3x3,
            stride 1), for 32x32 images.
        dropout_rate: Rate of the dropout before each of the two hidden fully
            connected layers.
    """
    net = Network(stem=stem, min_size=(63, 15), paper_norm="none", **options)
    (filters, _), *rest = TOWER
    size, strides, padding = (3, 1, 1) if net.small else (11, 4, 2)
    x = net.conv_norm_act(
        net.image, filters, size, strides, padding=padding, name="conv1"
    )
    x = layers.MaxPool2D(3, 2, name="pool1")(x)
    for i, (filters, _) in enumerate(rest, 2):
        x = net.conv_norm_act(x, filters, 5 if i == 2 else 3, name=f"conv{i}")
        if i in (2, 5):
            x = layers.MaxPool2D(3, 2, name=f"pool{i}")(x)

    def head(x):
        x = net.pool_to(x, 3 if net.small else 6)
        return classifier(net, x, dropout_rate, "zeros")

    return net.model(x, head)


def classifier(net, x, dropout_rate, bias_initializer):
    """Dropout, 4096, dropout, 4096, logits."""
    x = keras.layers.Flatten(name="flatten")(x)
    for i in (6, 7):
        x = keras.layers.Dropout(dropout_rate, name=f"dropout{i}")(x)
        x = net.dense_act(
            x, 4096, bias_initializer=bias_initializer, name=f"dense{i}"
        )
    return net.logits(x)


@register(
    alexnet_2012,
    PAPER,
    params=60_965_224,
    macs=724_406_816,
    input_shape=(227, 227, 3),
    departures=(
        "Images of 227x227, which the 55x55 maps of the paper need; its text "
        "says 224x224",
        "Response normalization sums across the border of the two towers, as "
        "Caffe's AlexNet does; on two GPUs each tower saw its own maps only",
    ),
)
def alexnet(**options):
    """AlexNet as published: two towers, response normalization, 227x227."""
    return alexnet_2012(**options)


@register(
    alexnet_2014,
    OWT,
    params=61_100_840,
    macs=714_188_480,
    departures=(
        "No response normalization and 2 pixels of padding before conv1, as "
        "torchvision has it; the author's cuda-convnet2 definition has the "
        "former and not the latter",
        "Average pooling to 6x6 before the classifier, for images of any "
        "size; at 224x224 there is nothing to pool",
    ),
)
def alexnet_owt(**options):
    """AlexNet of 2014 as torchvision ships it: one tower, no groups."""
    return alexnet_2014(**options)
