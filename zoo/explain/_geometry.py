"""Maps from one grid of pixels to another."""

import numpy as np


def resized(chart, height, width):
    """A map (h, w) at another size, bilinear."""
    rows = _weights((np.arange(height) + 0.5) / height, chart.shape[0])
    columns = _weights((np.arange(width) + 0.5) / width, chart.shape[1])
    return (rows @ chart @ columns.T).astype("float32")


def scaled(image, height, width):
    """A channel (h, w) at another size; the mean of many where it shrinks."""
    rows = _weights((np.arange(height) + 0.5) / height, image.shape[0], height)
    columns = _weights((np.arange(width) + 0.5) / width, image.shape[1], width)
    return (rows @ image @ columns.T).astype("float32")


def undone(chart, image, prepare):
    """A map over what was made of an image, as one over the image.

    How `prepare` scales and crops is measured with an image whose values rise
    from left to right and one whose values rise from top to bottom. What it cut
    off gets 0.

    Args:
        chart: The map, (h, w).
        image: The image, (1, H, W, C).
        prepare: Function from such images to (1, h, w, c).
    """
    _, height, width, channels = image.shape
    black, white = (
        prepare(np.full(image.shape, value, "float32")).mean(-1)[0]
        for value in (0, 255)
    )
    seen = np.abs(white - black) > 1e-6  # else it is a frame
    span = np.where(seen, white - black, 1)
    matrices = []
    for axis, size in ((0, height), (1, width)):
        rising = (np.arange(size) + 0.5) / size * 255
        ramp = np.expand_dims(rising, (0, 2, 3) if axis == 0 else (0, 1, 3))
        ramp = np.broadcast_to(ramp, (1, height, width, channels))
        place = (prepare(ramp.astype("float32")).mean(-1)[0] - black) / span
        at = np.indices(place.shape)[axis][seen] + 0.5
        slope, start = np.polyfit(at / chart.shape[axis], place[seen], 1)
        own = (np.arange(size) + 0.5) / size
        matrices.append(_weights((own - start) / slope, chart.shape[axis]))
        matrices[-1] *= ((own >= start) & (own <= start + slope))[:, None]
    return (matrices[0] @ chart @ matrices[1].T).astype("float32")


def blurred(image, deviation):
    """An image (H, W, C) under a Gaussian of that many pixels."""

    def matrix(size):
        distance = np.subtract.outer(np.arange(size), np.arange(size))
        weights = np.exp(-0.5 * (distance / deviation) ** 2)
        return weights / weights.sum(axis=1, keepdims=True)

    height, width, _ = image.shape
    rows = np.einsum("ij,jkc->ikc", matrix(height), image)
    return np.einsum("ij,kjc->kic", matrix(width), rows).astype("float32")


def _weights(places, size, shrunk=None):
    """(places, size): how to mix entries; the places are from 0 to 1.

    Args:
        shrunk: To how many the entries are shrunk; each is then the mean of
            those around, in a triangle.
    """
    if shrunk is not None and shrunk < size:
        distance = places[:, None] * size - 0.5 - np.arange(size)
        matrix = np.maximum(0, 1 - np.abs(distance) * shrunk / size)
        return matrix / matrix.sum(axis=1, keepdims=True)
    at = np.clip(places * size - 0.5, 0, size - 1)
    below = np.clip(np.floor(at).astype(int), 0, max(size - 2, 0))
    matrix = np.zeros((len(places), size))
    lines = np.arange(len(places))
    np.add.at(matrix, (lines, below), 1 - (at - below))
    np.add.at(matrix, (lines, np.minimum(below + 1, size - 1)), at - below)
    return matrix
