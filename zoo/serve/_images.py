"""Refuses encoded images that would take too much to decode."""

import struct

from zoo.serve._tensors import RequestError

MAX_PIXELS = 25_000_000  # of a request
MAX_ASPECT = 20  # a strip's shorter side would be scaled up, and its longer
MAX_SCANS = 100  # of a progressive JPEG; ten are usual


def check(batch):
    """Raises RequestError unless all are JPEG or PNG of a decent size.

    Only headers are read: a PNG of 50 kB can claim, and have, a billion
    pixels.
    """
    pixels = 0
    for number, data in enumerate(batch):
        try:
            height, width = _size(data)
        except ValueError as error:
            raise RequestError(f"image {number}: {error}") from error
        pixels += height * width
        if pixels > MAX_PIXELS:
            raise RequestError(
                f"image {number} of {width}×{height} pixels is too large; a "
                f"request may have {MAX_PIXELS:,} pixels"
            )
        if max(height, width) > MAX_ASPECT * min(height, width):
            raise RequestError(
                f"image {number} of {width}×{height} pixels is too narrow; one "
                f"side may be up to {MAX_ASPECT} times the other"
            )


def _size(data):
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        width, height = struct.unpack(">II", data[16:24].ljust(8, b"\0"))
    elif data.startswith(b"\xff\xd8\xff"):
        height, width = _jpeg_size(data)
    else:
        raise ValueError("neither JPEG nor PNG")
    if not height or not width:
        raise ValueError("it has no pixels")
    return height, width


def _jpeg_size(data):
    import tensorflow as tf

    if data.count(b"\xff\xda") > MAX_SCANS:
        raise ValueError(f"more than {MAX_SCANS} scans")
    try:
        return tf.io.extract_jpeg_shape(data).numpy()[:2].tolist()
    except tf.errors.InvalidArgumentError as error:
        raise ValueError("a broken JPEG") from error
