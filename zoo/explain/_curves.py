"""Whether a map names what matters: deletion and insertion.

Petsiuk et al. 2018 (https://arxiv.org/abs/1806.07421): parts of the image are
deleted, the strongest of the map first, or inserted; a good map makes the
class's probability fall, or rise, soon. No label and no taste is needed.

The parts are cells of a grid, as in Samek et al. 2017
(https://arxiv.org/abs/1509.06321). With single pixels, maps that are scattered
would win: any noise destroys a photograph for a network.
"""

import dataclasses
from collections.abc import Callable

import numpy as np

from zoo.explain import _geometry

CELLS = 14  # along the longer side
BLUR = 1 / 16  # of the longer side: what an image is before the insertion


@dataclasses.dataclass(frozen=True)
class Curve:
    """The class's probability as more and more of the image changes.

    Attributes:
        probabilities: (steps + 1,), from nothing changed to all.
    """

    probabilities: np.ndarray

    @property
    def area(self) -> float:
        """The area under the curve, from 0 to 1, by the trapezoid rule."""
        p = self.probabilities
        return float((p[1:] + p[:-1]).mean() / 2)


def deletion(
    probabilities: Callable,
    image: np.ndarray,
    chart: np.ndarray,
    index: int,
    steps: int = 16,
) -> Curve:
    """The curve as cells become the image's mean colour; a small area is good.

    Args:
        probabilities: Function from images (N, H, W, C) to (N, classes).
        image: (H, W, C).
        chart: The map, (H, W).
        index: The class.
        steps: In how many steps.
    """
    mean = np.broadcast_to(image.mean(axis=(0, 1)), image.shape)
    return _curve(probabilities, image, mean, chart, index, steps)


def insertion(
    probabilities: Callable,
    image: np.ndarray,
    chart: np.ndarray,
    index: int,
    steps: int = 16,
) -> Curve:
    """The curve as cells come back into a blurred image; a large area is good.

    The arguments are those of `deletion`.
    """
    blurred = _geometry.blurred(image, max(image.shape[:2]) * BLUR)
    return _curve(probabilities, blurred, image, chart, index, steps)


def _curve(probabilities, before, after, chart, index, steps):
    rank = _rank(chart)[..., None]
    images = [
        np.where(rank < step / steps, after, before)
        for step in range(steps + 1)
    ]
    answers = probabilities(np.stack(images).astype("float32"))
    return Curve(np.asarray(answers, float)[:, index])


def _rank(chart):
    """The share of the cells, (H, W), that come before each pixel's."""
    cell = max(1, round(max(chart.shape) / CELLS))
    rows, columns = (np.arange(0, side, cell) for side in chart.shape)
    sums = np.add.reduceat(np.add.reduceat(chart, rows), columns, axis=1)
    heights = np.diff(rows, append=chart.shape[0])
    widths = np.diff(columns, append=chart.shape[1])
    means = sums / np.outer(heights, widths)
    order = np.argsort(-means.ravel(), kind="stable")
    rank = np.empty(order.size)
    rank[order] = np.arange(order.size) / order.size
    rank = rank.reshape(means.shape)
    return rank.repeat(heights, axis=0).repeat(widths, axis=1)
