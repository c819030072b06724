"""Optimizers of Keras with the weight decay that papers with SGD mean."""

import functools

import keras


@functools.cache
def with_l2(kind: type) -> type:
    """A class like an optimizer's, with an argument `l2`.

    The gradient of each weight w becomes g + l2 · w, that of the penalty
    l2/2 · ‖w‖², before momentum sees it: the weight decay of Caffe and of
    PyTorch's SGD. Keras's own `weight_decay` takes lr · λ · w from the weight
    beside the step (Loshchilov & Hutter 2019,
    https://arxiv.org/abs/1711.05101), which under momentum 0.9 is a tenth of
    the same λ here. Gradients are clipped before it is added, and variables
    that `exclude_from_weight_decay` names go without it.

    Args:
        kind: A class of `keras.optimizers`, or one that is derived from it.

    Example:
        >>> import keras
        >>> from zoo.training import l2
        >>> sgd = l2.with_l2(keras.optimizers.SGD)(0.1, momentum=0.9, l2=0.0001)
        >>> sgd.get_config()["l2"]
        0.0001
    """

    class Penalized(kind):
        def __init__(self, *args, l2: float = 0.0, **options):
            super().__init__(*args, **options)
            self.l2 = l2

        def update_step(self, gradient, variable, learning_rate):
            if self._use_weight_decay(variable):
                gradient = keras.ops.cast(gradient, variable.dtype)
                gradient = gradient + self.l2 * variable
            super().update_step(gradient, variable, learning_rate)

        def get_config(self):
            return {**super().get_config(), "l2": self.l2}

    Penalized.__name__ = Penalized.__qualname__ = f"Penalized{kind.__name__}"
    Penalized.__doc__ = f"{kind.__name__} with an L2 penalty of the weights."
    return keras.saving.register_keras_serializable(package="zoo")(Penalized)
