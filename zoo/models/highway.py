"""Highway network: Srivastava et al. 2015, fully convolutional, for CIFAR.

Each layer of a highway mixes its input with what it makes of it, by a gate of
its own: y = T(x) H(x) + (1 - T(x)) x, T = sigmoid of a convolution whose bias
starts at -2. (N, 32, 32, 3) -> 32x32x32 -> 16x16x80 -> 8x8x128 -> 8x8x100 ->
global average pooling, one linear layer.
"""

import keras

from zoo.models import Network, Paper, register

PAPER = Paper(
    "Training Very Deep Networks", "https://arxiv.org/abs/1507.06228", 2015
)

# Maps of each stage, and its layers: one plain, the others with gates.
STAGES = ((32, 5), (80, 6), (128, 6))


def highway_layer(net, x, name):
    """T(x) H(x) + (1 - T(x)) x, computed as x + T(x) (H(x) - x)."""
    filters = x.shape[-1]
    gate = net.conv(
        x, filters, 3, use_bias=True,
        bias_initializer=keras.initializers.Constant(-2.0),
        name=f"{name}_gate_conv",
    )  # fmt: skip
    gate = keras.layers.Activation("sigmoid", name=f"{name}_gate")(gate)
    y = net.conv_norm_act(x, filters, 3, name=f"{name}_conv")
    y = keras.layers.Subtract(name=f"{name}_change")([y, x])
    y = keras.layers.Multiply(name=f"{name}_gated")([gate, y])
    return keras.layers.Add(name=f"{name}_add")([x, y])


def highway(stages, *, dropout_rate=0.2, **options):
    """Three stages, max pooling between; 19 layers with the 1x1 and linear.

    Args:
        dropout_rate: Rate of the dropout on the image, after each pooling and
            before the classifier.
    """
    net = Network(
        min_size=4,
        paper_norm="none",
        kernel_initializer="lecun_uniform",  # Caffe's "xavier"
        **options,
    )
    x = net.image
    for stage, (filters, depth) in enumerate(stages, 1):
        if stage > 1:
            x = keras.layers.MaxPooling2D(2, name=f"pool{stage - 1}")(x)
        x = keras.layers.Dropout(dropout_rate, name=f"dropout{stage}")(x)
        x = net.conv_norm_act(x, filters, 3, name=f"stage{stage}_conv")
        for i in range(1, depth):
            x = highway_layer(net, x, f"stage{stage}_highway{i}")
    x = net.conv_norm_act(x, 100, 1, name="last_conv")

    return net.model(x, dropout_rate=dropout_rate)


@register(
    highway,
    PAPER,
    params=2_256_838,
    macs=330_826_728,
    input_shape=(32, 32, 3),
    num_classes=10,
)
def highway19_cifar(**options):
    """The 19-layer highway network of the authors' CIFAR-10 definition."""
    return highway(STAGES, **options)
