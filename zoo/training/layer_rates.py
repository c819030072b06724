"""Optimizers of Keras in which each variable may have a rate of its own."""

import contextlib
import functools
import re
from collections.abc import Iterable, Mapping

import keras


@functools.cache
def with_rates(kind: type) -> type:
    """A class like an optimizer's, with an argument `rates`.

    `rates` is {path of a variable: factor}: the variable is updated, and
    decayed, at that factor of the learning rate; one that is not there, at the
    learning rate. All else is the optimizer's: its state, its averages of the
    weights, accumulation, clipping. A Keras optimizer whose class it is,
    saves and loads it.

    Args:
        kind: A class of `keras.optimizers`.

    Example:
        >>> import keras
        >>> from zoo.training import layer_rates
        >>> slow = layer_rates.with_rates(keras.optimizers.SGD)(
        ...     1.0, rates={"dense/kernel": 0.1}
        ... )
        >>> slow.get_config()["rates"]
        {'dense/kernel': 0.1}
    """

    class Layerwise(kind):
        def __init__(
            self, *args, rates: Mapping[str, float] | None = None, **options
        ):
            super().__init__(*args, **options)
            self._rates = tuple(sorted((rates or {}).items()))
            self._factor = 1.0
            self._factors = ()

        def build(self, variables):
            variables = list(variables)
            super().build(variables)
            rates = dict(self._rates)
            self._factors = tuple(rates.get(v.path, 1.0) for v in variables)

        def update_step(self, gradient, variable, learning_rate):
            factor = self._factors[self._get_variable_index(variable)]
            super().update_step(gradient, variable, learning_rate * factor)

        def _apply_weight_decay(self, variables):
            if not self.weight_decay:
                return
            for variable in variables:
                index = self._get_variable_index(variable)
                with self._at(self._factors[index]):
                    super()._apply_weight_decay([variable])

        def _get_current_learning_rate(self):
            rate = super()._get_current_learning_rate()
            return rate if self._factor == 1.0 else rate * self._factor

        @contextlib.contextmanager
        def _at(self, factor):
            self._factor = factor
            try:
                yield
            finally:
                self._factor = 1.0

        def get_config(self):
            return {**super().get_config(), "rates": dict(self._rates)}

    Layerwise.__name__ = Layerwise.__qualname__ = f"Layerwise{kind.__name__}"
    Layerwise.__doc__ = f"{kind.__name__} with a rate for each variable."
    return keras.saving.register_keras_serializable(package="zoo")(Layerwise)


def decayed(
    model: keras.Model, decay: float, new: Iterable[str] = ("logits",)
) -> dict[str, float]:
    """{path of a variable: factor} that falls from the classifier to the image.

    The layers are taken in blocks as their names tell: `stem_conv`,
    `stage1_block1_conv2`, … The new layers have factor 1, the block before
    them `decay`, the one before that `decay`², and so on (Clark et al. 2020,
    https://arxiv.org/abs/2003.10555).

    Args:
        model: A network of this package.
        decay: Factor from one block to the one before it, above 0, at most 1.
        new: Words in the names of layers that are no pretrained ones.

    Example:
        >>> import zoo
        >>> from zoo.training import layer_rates
        >>> rates = layer_rates.decayed(zoo.lenet5_relu(), 0.5)
        >>> sorted(set(rates.values()))[-2:]
        [0.5, 1.0]
    """
    blocks: dict[str, list] = {}
    for layer in model.layers:
        if layer.weights:
            is_new = any(word in layer.name for word in new)
            name = "" if is_new else block(layer.name)
            blocks.setdefault(name, []).extend(layer.weights)
    fresh = blocks.pop("", [])
    rates = {v.path: 1.0 for v in fresh}
    for depth, variables in enumerate(reversed(blocks.values()), 1):
        rates |= {v.path: round(decay**depth, 12) for v in variables}
    return rates


def block(name: str) -> str:
    """What the layers of one block have in common in their names.

    Example:
        >>> [block(n) for n in ("stem_conv", "stage1_block2_norm1", "conv3")]
        ['stem', 'stage1_block2', '3']
    """
    if found := re.match(r".*?block\d+|stage\d+", name):
        return found[0]
    head = name.partition("_")[0]
    return re.sub(r"^(conv|norm|act|dense)(?=\d)", "", head)
