"""Shake-Shake networks for CIFAR: Gastaldi 2017, section 2.

ResNets of 26 layers with two residual branches in a block, mixed at random in
training. Blocks activate their input first. Where the shape changes, the
shortcut joins two 1x1 convolutions, of every second pixel and of those one
down and right of them: (N, 32, 32, 3) -> 32x32x16 -> for 32 filters,
32x32x32 -> 16x16x64 -> 8x8x128.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models.resnet import residual_stages

PAPER = Paper(
    "Shake-Shake regularization", "https://arxiv.org/abs/1705.07485", 2017
)


def block(net, x, width, strides, name):
    """Twice two 3x3 convolutions: (N, H, W, C) -> (N, H/s, W/s, width)."""
    y = net.act(x, name=f"{name}_act")
    branches = []
    for branch in (1, 2):
        own = f"{name}_branch{branch}"
        z = net.conv_norm_act(y, width, 3, strides, name=f"{own}_conv1")
        branches.append(net.conv_norm(z, width, 3, name=f"{own}_conv2"))
    if x.shape[-1] != width:
        x = shortcut(net, y, width, strides, f"{name}_shortcut")
    y = layers.ShakeShake(name=f"{name}_shake")(branches)
    return keras.layers.Add(name=f"{name}_add")([x, y])


def shortcut(net, x, width, strides, name):
    """Two looks at (N, H, W, C) -> (N, H/s, W/s, width)."""
    shifted = keras.layers.ZeroPadding2D(((1, 0), (1, 0)), name=f"{name}_pad")(
        x
    )
    shifted = keras.layers.Cropping2D(((0, 1), (0, 1)), name=f"{name}_crop")(
        shifted
    )
    halves = [
        net.conv(y, width // 2, 1, strides, name=f"{name}_half{i}_conv")
        for i, y in enumerate((x, shifted), 1)
    ]
    x = keras.layers.Concatenate(name=f"{name}_concat")(halves)
    return net.norm(x, name=f"{name}_norm")


def shake_shake(width, **options):
    """3x3 convolution, three stages of four blocks, pool, linear layer."""
    net = Network(min_size=4, **options)
    x = net.conv_norm(net.image, 16, 3, name="stem_conv")
    widths = (width, 2 * width, 4 * width)
    x = residual_stages(net, x, block, widths, (4, 4, 4))
    return net.model(net.act(x, name="last_act"))


def _register(params, macs):
    return register(
        shake_shake, PAPER, params=params, macs=macs,
        input_shape=(32, 32, 3), num_classes=10,
    )  # fmt: skip


@_register(2_923_162, 426_689_792)
def shake_shake26_2x32d(**options):
    """Shake-Shake-26 2x32d (2.9 M in the paper)."""
    return shake_shake(32, **options)


@_register(11_653_978, 1_685_506_560)
def shake_shake26_2x64d(**options):
    """Shake-Shake-26 2x64d (11.7 M in the paper)."""
    return shake_shake(64, **options)


@_register(26_192_922, 3_776_892_672)
def shake_shake26_2x96d(**options):
    """Shake-Shake-26 2x96d (26.2 M in the paper)."""
    return shake_shake(96, **options)
