"""Losses of classifiers, of integer labels or one-hot rows."""

from collections.abc import Callable, Sequence

import keras

from zoo import layers
from zoo.training.errors import UserError


def needs_rows(loss: str, label_smoothing: float) -> bool:
    """Whether a loss takes one-hot rows in place of integer labels."""
    return bool(label_smoothing) or loss == "focal"


def make(
    model: keras.Model,
    loss: str = "auto",
    label_smoothing: float = 0.0,
    *,
    rows: bool = False,
    class_weights: Sequence[float] | None = None,
) -> Callable:
    """The loss that a name means for a model.

    Args:
        model: A classifier with logits.
        loss: "softmax" (cross-entropy), "code" (squared distance to the code
            of the class, for a network that ends in codes), "focal" (Lin et
            al. 2017: what is right already counts less), or "auto": the one
            that the network was made for.
        label_smoothing: Share of each target that is spread over all classes.
        rows: Whether labels are one-hot rows, as they are with label
            smoothing and focal loss.
        class_weights: Weight of each class's images. None: all weigh 1.

    Raises:
        UserError: There are no codes, or smoothing is asked of them.
    """
    rows = rows or needs_rows(loss, label_smoothing)
    has_codes = _has_codes(model)
    plain = not rows and class_weights is None
    code = loss == "code" or (loss == "auto" and has_codes and plain)
    if code and not (has_codes and plain):
        raise UserError(
            "--loss=code is for a network that ends in codes, such as lenet5, "
            "with labels as they are: without --label_smoothing, mixing and "
            "--class_weights."
        )
    if code:
        return _code_loss(model.layers[-1].codes.shape[1])
    options = {"from_logits": True}
    if loss == "focal":
        make = keras.losses.CategoricalFocalCrossentropy
        options |= {"alpha": 1.0, "label_smoothing": label_smoothing}
    elif rows:
        make = keras.losses.CategoricalCrossentropy
        options |= {"label_smoothing": label_smoothing}
    else:
        make = keras.losses.SparseCategoricalCrossentropy
    if class_weights is None:
        return make(**options)
    return _weighted(make(**options, reduction="none"), rows, class_weights)


def balanced(counts: Sequence[int]) -> list[float]:
    """A weight for each class, so that all together weigh alike.

    A class without images weighs 0; the mean over the images is 1.

    Example:
        >>> balanced([30, 10])
        [0.6666666666666666, 2.0]
    """
    classes = sum(1 for count in counts if count)
    return [sum(counts) / (classes * n) if n else 0.0 for n in counts]


def _weighted(loss, rows, class_weights):
    """A loss whose mean counts each image as its class, or mixture, weighs."""
    weights = keras.ops.convert_to_tensor(list(class_weights), "float32")

    def weighted(labels, logits):
        each = loss(labels, logits)
        if rows:
            weight = keras.ops.matmul(
                keras.ops.cast(labels, "float32"), weights[:, None]
            )
        else:
            weight = keras.ops.take(weights, keras.ops.cast(labels, "int32"))
        weight = keras.ops.reshape(weight, keras.ops.shape(each))
        return each * keras.ops.cast(weight, each.dtype)

    return weighted


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
