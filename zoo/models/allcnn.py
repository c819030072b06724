"""The all convolutional network: Springenberg et al. 2014, Table 2.

3x3 convolutions, of which two with stride 2 stand where poolings stood, then
1x1 ones: (N, 32, 32, 3) -> 16x16x96 -> 8x8x192 -> 6x6x192 -> 6x6x10 -> global
average.
"""

import keras

from zoo.models import Network, Paper, register

PAPER = Paper(
    "Striving for Simplicity: The All Convolutional Net",
    "https://arxiv.org/abs/1412.6806",
    2014,
)

# Filters, size, strides and padding of the convolutions: Tables 1 and 2.
ALL_CNN_C = (
    (96, 3, 1, 1), (96, 3, 1, 1), (96, 3, 2, 1), (192, 3, 1, 1),
    (192, 3, 1, 1), (192, 3, 2, 1), (192, 3, 1, 0), (192, 1, 1, 0),
)  # fmt: skip


def all_cnn(table, *, input_dropout_rate=0.2, dropout_rate=0.5, **options):
    """Nine convolutions, global average pooling.

    Args:
        input_dropout_rate: Rate of the dropout on the image.
        dropout_rate: Rate of the dropout after each convolution of stride 2.
    """
    net = Network(min_size=9, paper_norm="none", **options)
    x = keras.layers.Dropout(input_dropout_rate, name="dropout0")(net.image)
    for i, (filters, size, strides, padding) in enumerate(table, 1):
        x = net.conv_norm_act(
            x, filters, size, strides, padding=padding, name=f"conv{i}"
        )
        if strides > 1:
            x = keras.layers.Dropout(dropout_rate, name=f"dropout{i}")(x)
    return net.model(x, net.conv_logits)


@register(
    all_cnn,
    PAPER,
    params=1_369_738,
    macs=270_798_336,
    input_shape=(32, 32, 3),
    num_classes=10,
)
def all_cnn_c(**options):
    """All-CNN-C, the network without pooling of Table 2."""
    return all_cnn(ALL_CNN_C, **options)
