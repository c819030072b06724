"""The start that most networks for ImageNet share, and that for 32x32."""

from zoo import layers


def padded_pool(x):
    """PyTorch's max pooling: a pixel of padding on each side."""
    return layers.MaxPool2D(3, 2, padding=1, name="stem_pool")(x)


def stem_layers(net, filters, pool=padded_pool):
    """(N, H, W, C) -> (N, H/4, W/4, filters); a small stem keeps the size."""
    if net.small:
        return net.conv_norm_act(net.image, filters, 3, name="stem_conv")
    return pool(net.conv_norm_act(net.image, filters, 7, 2, name="stem_conv"))


def deep_stem_layers(net, widths, pool=padded_pool):
    """(N, H, W, C) -> (N, H/4, W/4, widths[-1]): 3x3 convolutions, no 7x7.

    Args:
        pool: The pooling. None: the last convolution strides instead.
    """
    striding = (1,) if pool else (1, len(widths))
    x = net.image
    for i, width in enumerate(widths, 1):
        strides = net.stem_strides if i in striding else 1
        x = net.conv_norm_act(x, width, 3, strides, name=f"stem_conv{i}")
    return pool(x) if pool and not net.small else x
