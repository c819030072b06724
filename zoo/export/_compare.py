"""Whether what was written answers as the model does."""

import keras
import numpy as np

from zoo.export import _half

UNKNOWN_SIDE = 224  # of the sample images where the model leaves H or W open
EXACT = (1e-5, 1e-5)  # absolute, and of the largest value
FOLDED = (1e-5, 1e-3)
HALF = (1e-5, 5e-2)  # bfloat16 has 8 bits, rounded in another order


class Samples:
    """Images, and what the model answers to them.

    Args:
        reference: The model as `_network.served` returns it.
        shape: The shape of an image, None where it is open.
        tolerance: How much answers may differ: (absolute, relative to the
            largest value).
    """

    def __init__(self, reference, shape, tolerance=EXACT):
        self.reference = reference
        self.tolerance = HALF if _half.is_half(reference) else tolerance
        sides = [side or UNKNOWN_SIDE for side in shape]
        random = np.random.default_rng(0)
        self.images = random.standard_normal((2, *sides), np.float32)
        self.expected = self.answers(self.images)

    def answers(self, images):
        """{name: array} of the model's own answers."""
        images = keras.ops.convert_to_tensor(images, "float32")
        answers = self.reference(images, training=False)
        return {k: keras.ops.convert_to_numpy(v) for k, v in answers.items()}

    def check(self, what, answered, expected=None, tolerance=None):
        """Compares what was written with the model.

        Args:
            what: The name of what was asked, such as "the SavedModel".
            answered: {name: array} that it answered.
            expected: {name: array} that it should answer. None: the model's
                answers to the sample images.
            tolerance: How much they may differ. None: as the constructor has
                it.

        Raises:
            RuntimeError: They differ by more.
        """
        absolute, relative = tolerance or self.tolerance
        for name, values in answered.items():
            ours = np.asarray((expected or self.expected)[name])
            theirs = np.asarray(values)
            largest = np.max(np.abs(ours[np.isfinite(ours)]), initial=0)
            if ours.shape != theirs.shape or not np.allclose(
                ours,
                theirs,
                rtol=0,
                atol=absolute + relative * largest,
                equal_nan=True,
            ):
                raise RuntimeError(
                    f"{what}'s {name} {_difference(ours, theirs)}; nothing "
                    "was written."
                )


def _difference(ours, theirs):
    if ours.shape != theirs.shape:
        return f"have the shape {theirs.shape}, the model's {ours.shape}"
    return (
        "differ from the model's by up to "
        f"{np.max(np.abs(ours - theirs)):.3g} where the largest is "
        f"{np.max(np.abs(ours)):.3g}"
    )
