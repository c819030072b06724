"""Refuses encoded images that would take too much to decode."""

from zoo.images import _formats
from zoo.serve._tensors import RequestError

MAX_PIXELS = 25_000_000  # in a request
MAX_ASPECT = 20  # a strip's shorter side would be scaled up, and its longer


def check(batch):
    """Raises RequestError unless all are images of a decent size.

    Only headers are read: a PNG of 50 kB can claim, and have, a billion
    pixels.
    """
    total = 0
    for number, data in enumerate(batch):
        try:
            height, width, pixels = _formats.pixels(data)
        except ValueError as error:
            raise RequestError(f"image {number}: {error}") from error
        total += pixels
        if total > MAX_PIXELS:
            raise RequestError(
                f"image {number} of {width}×{height} pixels is too large; a "
                f"request may have {MAX_PIXELS:,} pixels"
            )
        if max(height, width) > MAX_ASPECT * min(height, width):
            raise RequestError(
                f"image {number} of {width}×{height} pixels is too narrow; one "
                f"side may be up to {MAX_ASPECT} times the other"
            )
