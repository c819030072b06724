"""SqueezeNet: Iandola et al. 2016, Table 1, and the authors' version 1.1.

Fire modules squeeze by a 1x1 convolution and expand by 1x1 and 3x3 ones.
1.0: (N, 224, 224, 3) -> 109x109x96 -> 54x54 -> 27x27 -> 13x13x512 -> one map a
class -> global average pooling. 1.1 pools earlier: 2.4 times less to compute.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper(
    "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB "
    "model size",
    "https://arxiv.org/abs/1602.07360",
    2016,
)

# Filters and size of conv1; the numbers of the fire modules before a pooling
# (conv1 is the first of the ten layers and always is).
V1_0 = (96, 7, (4, 8))
V1_1 = (64, 3, (3, 5))

# Filters of the squeeze, and of each of the two expand convolutions.
FIRES = {
    2: (16, 64), 3: (16, 64), 4: (32, 128), 5: (32, 128), 6: (48, 192),
    7: (48, 192), 8: (64, 256), 9: (64, 256),
}  # fmt: skip


def fire(net, x, squeeze, expand, name):
    """(N, H, W, C) -> (N, H, W, 2 expand)."""
    x = net.conv_norm_act(x, squeeze, 1, name=f"{name}_squeeze_conv")
    outputs = [
        net.conv_norm_act(
            x, expand, size, name=f"{name}_expand{size}x{size}_conv"
        )
        for size in (1, 3)
    ]
    return keras.layers.Concatenate(name=f"{name}_concat")(outputs)


def squeezenet(table, *, stem="imagenet", dropout_rate=0.5, **options):
    """One convolution, eight fire modules, one convolution to the classes.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    filters, size, pools = table
    net = Network(
        stem=stem,
        min_size=(22 + size, 6),
        paper_norm="none",
        kernel_initializer="lecun_uniform",  # Caffe's "xavier"
        **options,
    )
    if net.small:
        x = net.conv_norm_act(net.image, filters, 3, name="conv1")
    else:
        x = net.conv_norm_act(
            net.image, filters, size, 2, padding=0, name="conv1"
        )
        x = layers.MaxPool2D(3, 2, ceil_mode=True, name="pool1")(x)
    for number, (squeeze, expand) in FIRES.items():
        x = fire(net, x, squeeze, expand, f"fire{number}")
        if number in pools:
            x = layers.MaxPool2D(3, 2, ceil_mode=True, name=f"pool{number}")(x)

    def head(x):
        x = keras.layers.Dropout(dropout_rate, name="dropout")(x)
        return net.conv_logits(x)

    return net.model(x, head)


@register(
    squeezenet,
    PAPER,
    params=1_248_424,
    macs=818_924_576,
    departures=(
        "Images of 224x224, for maps of 109x109 after conv1, as torchvision "
        "has it; Table 1's 111x111 needs 227x227",
        "The last convolution is not padded, as in version 1.1 and in "
        "torchvision; the authors' prototxt of 1.0 pads it by one pixel",
    ),
)
def squeezenet1_0(**options):
    """SqueezeNet 1.0 of Table 1."""
    return squeezenet(V1_0, **options)


@register(
    squeezenet,
    PAPER,
    params=1_235_496,
    macs=349_151_936,
    departures=(
        "Images of 224x224, as torchvision has it; the authors' prototxt has "
        "227x227",
    ),
)
def squeezenet1_1(**options):
    """SqueezeNet 1.1 of the authors' repository: conv1 3x3, earlier pools."""
    return squeezenet(V1_1, **options)
