"""The blocks of MobileNetV2 to V4, MnasNet, EfficientNet and their like."""

import keras

from zoo import layers


def inverted_residual(
    net, x, filters, hidden, size, strides, name, *, squeeze=None,
    gate="sigmoid", paper_act=None, squeeze_act=None, drop_rate=0.0,
    padding=None, always_expand=False,
):  # fmt: skip
    """1x1 expansion, depthwise, 1x1: (N, H, W, C) -> (N, H/s, W/s, filters).

    Args:
        hidden: Width of the depthwise convolution. Nothing expands where the
            input is as wide.
        size: Height and width of the depthwise kernel.
        squeeze: Width of the squeeze-and-excitation's bottleneck; None: none.
        gate: The squeeze-and-excitation's.
        paper_act: The paper's activation, where it has several.
        squeeze_act: Activation inside the squeeze-and-excitation.
        drop_rate: Probability that the block is dropped, in [0, 1).
        padding: Padding of the depthwise convolution.
        always_expand: Whether a 1x1 convolution comes first even so.
    """
    y = x
    if always_expand or hidden != x.shape[-1]:
        y = net.conv_norm_act(
            y, hidden, 1, paper_act=paper_act, name=f"{name}_expand_conv"
        )
    y = net.conv_norm_act(
        y, hidden, size, strides, groups=hidden, padding=padding,
        paper_act=paper_act, name=f"{name}_depthwise_conv",
    )  # fmt: skip
    if squeeze is not None:
        y = net.squeeze_excite(
            y, squeeze, gate=gate, paper_act=squeeze_act, name=f"{name}_se"
        )
    y = net.conv_norm(y, filters, 1, name=f"{name}_project_conv")
    return add_input(x, y, strides, drop_rate, name)


def fused_inverted_residual(
    net, x, filters, hidden, strides, name, drop_rate, pool=None, padding=None
):
    """3x3 expansion and 1x1, or one 3x3 where nothing expands.

    Args:
        pool: Constructor of the pooling that takes the convolution's stride
            over. None: the convolution strides.
        padding: Padding of the 3x3 convolution.
    """
    own = 1 if pool else strides
    if hidden == x.shape[-1]:
        y = net.conv_norm_act(
            x, filters, 3, strides, padding=padding, name=f"{name}_conv"
        )
    else:
        y = net.conv_norm_act(
            x, hidden, 3, own, padding=padding, name=f"{name}_expand_conv"
        )
        if pool and strides > 1:
            y = pool(strides, name=f"{name}_pool")(y)
        y = net.conv_norm(y, filters, 1, name=f"{name}_project_conv")
    return add_input(x, y, strides, drop_rate, name)


def inverted_residual_stages(net, x, table, width, squeezing=(), padding=None):
    """Stages of inverted residuals, all widths times `width`.

    Args:
        table: Kernel size, expansion, filters, blocks, and stride of the first,
            a row a stage.
        squeezing: Numbers of the stages with squeeze-and-excitation, a quarter
            as wide as a block's input.
        padding: Padding of the depthwise convolutions.
    """
    for stage, (size, expansion, filters, blocks, first) in enumerate(table, 1):
        if stage == 2:  # the first stride of 2 after the stem's
            first = net.stem_strides
        for i in range(1, blocks + 1):
            channels = x.shape[-1]
            x = inverted_residual(
                net,
                x,
                round_channels(filters * width),
                channels * expansion,
                size,
                first if i == 1 else 1,
                f"stage{stage}_block{i}",
                squeeze=channels // 4 if stage in squeezing else None,
                padding=padding,
            )
    return x


def add_input(x, y, strides, drop_rate, name):
    """x + y where they have one shape, else y."""
    if strides > 1 or x.shape[-1] != y.shape[-1]:
        return y
    if drop_rate > 0:
        y = layers.StochasticDepth(drop_rate, name=f"{name}_drop")(y)
    return keras.layers.Add(name=f"{name}_add")([x, y])


def round_channels(channels, divisor=8):
    """The multiple of `divisor` nearest to it, but not 10 % below it."""
    rounded = max(divisor, int(channels + divisor / 2) // divisor * divisor)
    return rounded + divisor if rounded < 0.9 * channels else rounded
