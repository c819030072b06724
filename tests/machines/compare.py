"""Whether what was computed is what NumPy computes."""

import numpy as np

TOLERANCE = 1e-5  # of the largest value, or of 1


def unlike(name, how, what, value, expected):
    """A list: one sentence if the two differ, else none.

    Args:
        name: Of the case.
        how: It was run.
        what: Was computed: "y", "dx", "dk".
        value, expected: Arrays.
    """
    value = np.asarray(value)
    if value.shape != expected.shape:
        wrong = f"has the shape {value.shape} in place of {expected.shape}"
    else:
        largest = max(1.0, np.abs(expected).max())
        error = np.abs(value - expected).max()
        if error <= TOLERANCE * largest:
            return []
        wrong = f"is off by {error:.2g} where the largest is {largest:.3g}"
    return [f"{name}: {how}: {what} {wrong}"]
