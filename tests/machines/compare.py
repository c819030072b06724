"""Whether what was computed is what it should be."""

import numpy as np


def unlike(name, how, what, value, expected, tolerance):
    """A list: one sentence if the two differ, else none.

    Args:
        name: The case's.
        how: How it was run.
        what: What was computed: "y", "dx", "dk".
        value, expected: Arrays.
        tolerance: Largest difference, as a part of the largest expected
            value, or of 1 if all are smaller.
    """
    value, expected = np.asarray(value), np.asarray(expected)
    if value.shape != expected.shape:
        wrong = f"has the shape {value.shape} in place of {expected.shape}"
    else:
        largest = max(1.0, np.abs(expected).max())
        error = np.abs(value - expected).max()
        if error <= tolerance * largest:
            return []
        wrong = f"is off by {error:.2g} where the largest is {largest:.3g}"
    return [f"{name}: {how}: {what} {wrong}"]
