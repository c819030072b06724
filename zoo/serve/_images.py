"""Refuses encoded images that would take too much to decode."""

from zoo.images import _formats
from zoo.serve._limits import MAX_ASPECT
from zoo.serve._tensors import RequestError


def pixels(batch, most):
    """The pixels to decode of each encoded image.

    Only headers are read: a PNG of 50 kB can claim, and have, a billion
    pixels.

    Args:
        batch: The images' files.
        most: How many pixels all may have together.

    Raises:
        RequestError: One is broken, or they are too large.
    """
    sizes, total = [], 0
    for number, data in enumerate(batch):
        try:
            height, width, size = _formats.pixels(data)
        except ValueError as error:
            raise RequestError(f"image {number}: {error}") from error
        sizes.append(size)
        total += size
        if total > most:
            raise RequestError(
                f"image {number} of {width}×{height} pixels is too large; a "
                f"request may have {most:,} pixels"
            )
        if max(height, width) > MAX_ASPECT * min(height, width):
            raise RequestError(
                f"image {number} of {width}×{height} pixels is too narrow; one "
                f"side may be up to {MAX_ASPECT} times the other"
            )
    return sizes
