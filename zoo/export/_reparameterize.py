"""The plain form of a RepVGG, for inference."""

import dataclasses
import re

import keras

from zoo.export import _pending


def reparameterize(model: keras.Model) -> keras.Model:
    """The plain form of a RepVGG: a chain of 3x3 convolutions.

    It computes the same in inference, up to rounding, with one convolution a
    block; it is not for training.

    Args:
        model: A RepVGG with its own batch normalization.

    Returns:
        A new `keras.Model`; `model` is left as it is.

    Raises:
        ValueError: The model is no RepVGG, or its normalizer was replaced.

    Example:
        >>> import zoo
        >>> plain = zoo.reparameterize(zoo.repvgg_a0())
        >>> round(plain.count_params() / 1e6, 1)
        8.3
    """
    named = {layer.name: layer for layer in model.layers}
    blocks = [n[:-4] for n in named if re.fullmatch(r"stage\d_block\d+_act", n)]
    if not blocks or any(
        not isinstance(
            named.get(f"{b}_norm3x3"), keras.layers.BatchNormalization
        )
        for b in blocks
    ):
        raise ValueError(
            f"{model.name!r} is not a RepVGG with batch normalization: there "
            "is nothing to reparameterize."
        )
    x = image = keras.Input(model.input_shape[1:], name="image")
    for name in blocks:
        x = _copy(named[f"{name}_act"], _merged(named, name, x))
    for layer in model.layers[
        model.layers.index(named[f"{blocks[-1]}_act"]) + 1 :
    ]:
        x = _copy(layer, x)
    return keras.Model(image, x, name=model.name)


def _merged(named, name, x):
    """A block's branches as one convolution of `x`."""
    branches: list = [
        _pending.Linear.of(named[f"{name}_conv{size}"], x).scaled(
            _pending.Norm.batch_norm(named[f"{name}_norm{size}"], x)
        )
        for size in ("3x3", "1x1")
    ]
    identity = named.get(f"{name}_identity_norm")
    if identity is not None:  # none where the shape changes
        branches.append(_pending.Norm.batch_norm(identity, x))
    one = _pending.merged(branches)
    if one is None:
        raise ValueError(
            f"the branches of {name} cannot be one convolution: their weights "
            "overflow, or are no numbers."
        )
    own = {**one.own, "name": f"{name}_conv"}
    return dataclasses.replace(one, own=own).build()


def _copy(layer, x):
    copy = _pending.clone(layer)
    x = copy(x)
    _pending.copy_weights(layer, copy)
    return x
