"""FastViT: Vasu et al. 2023, Table 2 (the members without attention).

Stem (N, 256, 256, 3) -> (N, 64, 64, 48), four stages to (N, 8, 8, 384), of
blocks that mix space by depthwise convolutions and channels by two 1x1
convolutions, a depthwise convolution that doubles the channels, global average
pooling, one linear layer. SA12 and larger have attention and stay out. In
training a convolution is a sum, which `zoo.reparameterize` makes one.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._branches import summed
from zoo.models._inverted_residual import add_input

PAPER = Paper(
    "FastViT: A Fast Hybrid Vision Transformer using Structural "
    "Reparameterization",
    "https://arxiv.org/abs/2303.14189",
    2023,
)


def rep_mixer(net, x, name):
    """x + gamma * (sum of convolutions - norm(x)): (N, H, W, C) -> same."""
    channels = x.shape[-1]
    y = summed(net, x, channels, 3, 1, channels, 1, f"{name}_mixer")
    own = net.norm(x, name=f"{name}_mixer_norm")
    y = keras.layers.Subtract(name=f"{name}_mixer_difference")([y, own])
    y = layers.LayerScale(1e-5, name=f"{name}_mixer_layer_scale")(y)
    return keras.layers.Add(name=f"{name}_mixer_shortcut")([x, y])


def block(net, x, expansion, drop_rate, name):
    """Mixer and two 1x1 convolutions: (N, H, W, C) -> (N, H, W, C)."""
    x = rep_mixer(net, x, name)
    channels = x.shape[-1]
    y = net.conv_norm(
        x, channels, 7, groups=channels, name=f"{name}_depthwise_conv"
    )
    y = net.conv(
        y, expansion * channels, 1, use_bias=True, name=f"{name}_expand_conv"
    )
    y = net.act(y, name=f"{name}_act")
    y = net.conv(y, channels, 1, use_bias=True, name=f"{name}_project_conv")
    y = layers.LayerScale(1e-5, name=f"{name}_layer_scale")(y)
    return add_input(x, y, 1, drop_rate, name)


def downsampling(net, x, filters, name):
    """7x7 and 3x3 in groups, then 1x1: -> (N, H/2, W/2, filters)."""
    channels = x.shape[-1]
    terms = [
        net.conv_norm(
            x, filters, size, 2, groups=channels, name=f"{name}_{part}_conv"
        )
        for part, size in (("large", 7), ("small", 3))
    ]
    x = keras.layers.Add(name=f"{name}_add")(terms)
    x = summed(net, x, filters, 1, 1, 1, 1, f"{name}_pointwise")
    return net.act(x, name=f"{name}_act")


def fastvit(
    width, depths, expansion, /, *, stem="imagenet", drop_path_rate=0.0,
    **options,
):  # fmt: skip
    """Stem, four stages, a convolution, global average pool, classifier.

    Args:
        drop_path_rate: Probability that the last block is dropped; it rises
            linearly from 0 in the first block.
    """
    net = Network(stem=stem, paper_activation="gelu", **options)
    x = net.image
    for i, (size, strides, groups) in enumerate(
        ((3, net.stem_strides, 1), (3, net.stem_strides, width), (1, 1, 1)), 1
    ):
        x = summed(net, x, width, size, strides, groups, 1, f"stem{i}")
        x = net.act(x, name=f"stem{i}_act")
    done = 0
    for stage, depth in enumerate(depths, 1):
        if stage > 1:
            x = downsampling(net, x, 2 * x.shape[-1], f"stage{stage}_down")
        for i in range(1, depth + 1):
            drop_rate = drop_path_rate * done / (sum(depths) - 1)
            x = block(net, x, expansion, drop_rate, f"stage{stage}_block{i}")
            done += 1
    channels = x.shape[-1]
    x = summed(net, x, 2 * channels, 3, 1, channels, 1, "last")
    x = net.squeeze_excite(x, channels // 8, paper_act="relu", name="last_se")
    return net.model(net.act(x, name="last_act"))


def _register(params, macs):
    return register(
        fastvit, PAPER, params=params, macs=macs, input_shape=(256, 256, 3)
    )


@_register(4_026_232, 690_149_376)
def fastvit_t8(**options):
    """FastViT-T8."""
    return fastvit(48, (2, 2, 4, 2), 3, **options)


@_register(7_553_704, 1_397_727_232)
def fastvit_t12(**options):
    """FastViT-T12."""
    return fastvit(64, (2, 2, 6, 2), 3, **options)


@_register(9_473_576, 1_800_380_416)
def fastvit_s12(**options):
    """FastViT-S12."""
    return fastvit(64, (2, 2, 6, 2), 4, **options)
