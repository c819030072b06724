"""Lays a map over an image, in colours."""

import numpy as np

from zoo.explain import _geometry

# From little to much, for the class and against it; readable to colour-blind
# eyes, too.
FOR = ((87, 16, 110), (188, 55, 84), (249, 142, 9), (252, 255, 164))
AGAINST = ((8, 48, 107), (33, 113, 181), (107, 174, 214), (222, 235, 247))
OPAQUE = 0.85  # where a map is strongest
STRONGEST = 99.5  # percentile of a map that counts as such
PIXELWISE = ("saliency", "smooth_grad", "integrated_gradients")
BLUR = 1 / 80  # of the longer side: single pixels are not to be seen


def overlay(image: np.ndarray, chart: np.ndarray, method: str) -> np.ndarray:
    """The image in gray under the map in colours, uint8 (H, W, 3).

    Warm colours speak for the class, blue ones against it; a map of pixels is
    blurred a little.

    Args:
        image: (H, W, 1 or 3), values from 0 to 255.
        chart: The map, (H, W).
        method: What made it.
    """
    chart = np.asarray(chart, "float32")
    if method in PIXELWISE:
        deviation = max(chart.shape) * BLUR
        chart = _geometry.blurred(chart[..., None], deviation)[..., 0]
    strength = scaled(chart)
    gray = np.asarray(image, "float32").mean(axis=-1, keepdims=True)
    share = OPAQUE * np.abs(strength)[..., None] ** 0.7
    colours = np.where(
        strength[..., None] >= 0,
        _colours(strength, FOR),
        _colours(-strength, AGAINST),
    )
    mixed = (1 - share) * gray + share * colours
    return np.clip(mixed, 0, 255).round().astype("uint8")


def scaled(chart: np.ndarray) -> np.ndarray:
    """The map with values from -1 to 1; 0 stays 0."""
    strongest = np.percentile(np.abs(chart), STRONGEST) or np.abs(chart).max()
    return np.clip(chart / (strongest or 1), -1, 1)


def _colours(strength, ramp):
    stops = np.linspace(0, 1, len(ramp))
    channels = [np.interp(strength, stops, c) for c in zip(*ramp, strict=True)]
    return np.stack(channels, axis=-1)
