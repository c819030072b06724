"""cuda-convnet's network for CIFAR-10: Krizhevsky 2012, layers-18pct.cfg.

Three 5x5 convolutions, each pooled by overlapping 3x3 windows, and response
normalization within the channels: (N, 32, 32, 3) -> 16x16x32 -> 8x8x32 ->
4x4x64 -> classes. 18 % of the test images were wrong after 20 minutes on a
GPU, the first network that many people trained on one.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper(
    "cuda-convnet: High-performance C++/CUDA implementation of convolutional "
    "neural networks",
    "https://code.google.com/archive/p/cuda-convnet/",
    2012,
)


def pool(make, x, name):
    return make(3, 2, ceil_mode=True, name=name)(x)


def response_norm(net, x, name):
    """Over 3x3 pixels of a channel, where the paper's norm is in force."""
    return net.response_norm(
        x, size=3, alpha=5e-5, beta=0.75, k=1.0, alpha_convention="mean",
        region="within", name=name,
    )  # fmt: skip


def cuda_convnet(**options):
    """Three convolutions, the first pooled before it is activated."""
    net = Network(
        min_size=12,
        fixed_size=True,
        paper_norm="none",
        kernel_initializer=keras.initializers.RandomNormal(stddev=0.01),
        **options,
    )
    x = net.conv_norm(net.image, 32, 5, name="conv1")
    x = pool(layers.MaxPool2D, x, "pool1")
    x = response_norm(net, net.act(x, name="act1"), "lrn1")
    x = net.conv_norm_act(x, 32, 5, name="conv2")
    x = response_norm(net, pool(layers.AvgPool2D, x, "pool2"), "lrn2")
    x = net.conv_norm_act(x, 64, 5, name="conv3")
    x = pool(layers.AvgPool2D, x, "pool3")

    def head(x):
        return net.logits(keras.layers.Flatten(name="flatten")(x))

    return net.model(x, head)


@register(
    cuda_convnet, PAPER, params=89_578, macs=12_298_240,
    input_shape=(32, 32, 3), num_classes=10,
    departures=(
        "All kernels begin with deviation 0.01; those of conv1 had 0.0001",
    ),
)  # fmt: skip
def cuda_convnet_cifar(**options):
    """cuda-convnet's network of 18 % error on CIFAR-10."""
    return cuda_convnet(**options)
