"""Losses of classifiers, of integer labels or one-hot rows."""

from collections.abc import Callable

import keras

from zoo import layers
from zoo.training.errors import UserError


def make(
    model: keras.Model, loss: str = "auto", label_smoothing: float = 0.0
) -> Callable:
    """The loss that a name means for a model.

    Args:
        model: A classifier with logits.
        loss: "softmax" (cross-entropy), "code" (squared distance to the code
            of the class, for a network that ends in codes), or "auto": the
            one that the network was made for.
        label_smoothing: Share of each target that is spread over all classes;
            above 0, labels are one-hot rows.

    Raises:
        UserError: There are no codes, or smoothing is asked of them.
    """
    has_codes = _has_codes(model)
    code = loss == "code" or (
        loss == "auto" and has_codes and not label_smoothing
    )
    if code and (not has_codes or label_smoothing):
        raise UserError(
            "--loss=code is for a network that ends in codes, such as lenet5, "
            "without --label_smoothing."
        )
    if code:
        return _code_loss(model.layers[-1].codes.shape[1])
    if label_smoothing:
        return keras.losses.CategoricalCrossentropy(
            from_logits=True, label_smoothing=label_smoothing
        )
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def _has_codes(model):
    return isinstance(model.layers[-1], layers.RBFOutput)


def _code_loss(units):
    """Squared distance to the right class's code: LeCun et al. 1998, eq. 8.

    Divided by the length of the code, which keeps the gradients near 1.
    """

    def loss(labels, logits):
        labels = keras.ops.reshape(labels, (-1, 1))
        return -keras.ops.take_along_axis(logits, labels, axis=1)[:, 0] / units

    return loss
