"""The plain form of networks that train in several branches, for inference."""

import dataclasses

import keras

from zoo.export import _pending
from zoo.export._fold import Folding


def reparameterize(model: keras.Model) -> keras.Model:
    """The plain form of a RepVGG, MobileOne or RepViT.

    Each sum of convolutions, normalizers and the identity becomes the one
    convolution that computes the same in inference, up to rounding:
    W x + b = Σ γᵢ / σᵢ · (Wᵢ x − μᵢ) + βᵢ (Ding et al. 2021,
    https://arxiv.org/abs/2101.03697). What `fold_batch_norm` folds is folded,
    too. The result is not for training.

    Args:
        model: Such a network with its own batch normalization.

    Returns:
        A new `keras.Model`; `model` is left as it is.

    Raises:
        ValueError: The model has no such sums, or its normalizer was replaced.

    Example:
        >>> import zoo
        >>> plain = zoo.reparameterize(zoo.repvgg_a0())
        >>> round(plain.count_params() / 1e6, 1)
        8.3
    """
    sums = [
        layer
        for layer in getattr(model, "layers", [])
        if type(layer) is keras.layers.Add and _is_one_convolution(layer)
    ]
    if not sums:
        raise ValueError(
            f"{model.name!r} is not a RepVGG with batch normalization, nor a "
            "MobileOne or RepViT: there is nothing to reparameterize."
        )
    plain = _Merging(model).run()
    left = {layer.name for layer in plain.layers}
    for layer in sums:
        if layer.name in left:
            raise ValueError(
                f"the branches of {layer.name.removesuffix('_add')} cannot be "
                "one convolution: their weights overflow, or are no numbers."
            )
    return plain


class _Merging(Folding):
    """Names the convolution that stands for a sum after the sum."""

    def shortcut(self, node, x):
        found = super().shortcut(node, x)
        is_sum = type(node.operation) is keras.layers.Add
        if is_sum and isinstance(found, _pending.Linear):
            name = f"{node.operation.name.removesuffix('_add')}_conv"
            found = dataclasses.replace(found, own={**found.own, "name": name})
        return found


def _is_one_convolution(layer):
    """Whether it adds up convolutions and normalizers of one tensor."""
    terms = [_origins(x) for x in layer.input]
    return any(
        {"norm", "convolution"} <= set().union(*(t[root] for t in terms))
        for root in set.intersection(*map(set, terms))
    )


def _origins(x):
    """{id of a tensor: the kinds of layers from it to `x`}, two at most."""
    kinds = set()
    found = {id(x): set()}
    for kind, classes in (
        ("norm", (keras.layers.BatchNormalization,)),
        ("convolution", _pending.CONV2D + _pending.DEPTHWISE2D),
    ):
        maker = x._keras_history.operation
        if isinstance(maker, classes):
            kinds = {*kinds, kind}
            x = maker.input
            found[id(x)] = kinds
    return found
