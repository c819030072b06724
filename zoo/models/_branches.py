"""The sum of convolutions of MobileOne and FastViT."""

import keras


def summed(net, x, filters, size, strides, groups, branches, name):
    """A sum of convolutions: (N, H, W, C) -> (N, H/s, W/s, filters).

    Args:
        branches: Number of convolutions of `size`; a narrower one and, where
            the shape stays, the identity are added, each normalized.
    """
    terms = [
        net.conv_norm(
            x, filters, size, strides, groups=groups, name=f"{name}_conv{i}"
        )
        for i in range(1, branches + 1)
    ]
    if size > 1:
        terms.append(
            net.conv_norm(
                x, filters, 1, strides, groups=groups, name=f"{name}_scale_conv"
            )
        )
    if strides == 1 and x.shape[-1] == filters:
        terms.append(net.norm(x, name=f"{name}_identity_norm"))
    if len(terms) == 1:
        return terms[0]
    return keras.layers.Add(name=f"{name}_add")(terms)
