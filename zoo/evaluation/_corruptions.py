"""Images that are noisy, blurred, compressed, …, in five strengths.

After Hendrycks and Dietterich 2019, "Benchmarking neural network robustness to
common corruptions and perturbations". They are for images as they enter the
network, with the strengths of the paper's CIFAR-10-C up to a side of 64 pixels
and of its ImageNet-C above; blur is in proportion to the side.
"""

from collections.abc import Callable

import numpy as np
from scipy import ndimage

STRENGTHS = 5
SMALL = 64  # pixels of the shorter side of what counts as a small image
SIDES = (32, 224)  # of CIFAR-10-C's and ImageNet-C's images


def gaussian_noise(image, strength, random):
    """Normal noise, as of a sensor in little light."""
    deviation = _of(
        image, strength, (0.04, 0.06, 0.08, 0.09, 0.1),
        (0.08, 0.12, 0.18, 0.26, 0.38),
    )  # fmt: skip
    return image + random.normal(size=image.shape, scale=deviation)


def shot_noise(image, strength, random):
    """Poisson noise, as of few photons."""
    photons = _of(image, strength, (500, 250, 100, 75, 50), (60, 25, 12, 5, 3))
    return random.poisson(image * photons) / photons


def impulse_noise(image, strength, random):
    """Pixels that are black or white, as of broken bits."""
    share = _of(
        image, strength, (0.01, 0.02, 0.03, 0.05, 0.07),
        (0.03, 0.06, 0.09, 0.17, 0.27),
    )  # fmt: skip
    chances = random.uniform(size=image.shape)
    image = np.where(chances < share / 2, 0.0, image)
    return np.where(chances > 1 - share / 2, 1.0, image)


def gaussian_blur(image, strength, random):
    """A blur, as of a lens out of focus."""
    side = min(image.shape[:2])
    pixels = _of(image, strength, (0.4, 0.6, 0.7, 0.8, 1), (1, 2, 3, 4, 6))
    deviation = pixels * side / SIDES[side > SMALL]
    return ndimage.gaussian_filter(image, (deviation, deviation, 0))


def pixelate(image, strength, random):
    """Coarser pixels, as of a small image made larger."""
    import tensorflow as tf

    share = _of(
        image, strength, (0.95, 0.9, 0.85, 0.75, 0.65),
        (0.6, 0.5, 0.4, 0.3, 0.25),
    )  # fmt: skip
    height, width = image.shape[:2]
    size = max(1, int(height * share)), max(1, int(width * share))
    small = tf.image.resize(image, size, "area")
    return tf.image.resize(small, (height, width), "nearest").numpy()


def jpeg(image, strength, random):
    """What a JPEG of low quality loses."""
    import tensorflow as tf

    quality = _of(image, strength, (80, 65, 58, 50, 40), (25, 18, 15, 10, 7))
    pixels = np.rint(255 * image).astype(np.uint8)
    file = tf.io.encode_jpeg(pixels, quality=quality)
    return tf.io.decode_jpeg(file, image.shape[-1]).numpy() / 255


def contrast(image, strength, random):
    """Less contrast, as in fog."""
    share = _of(
        image, strength, (0.75, 0.5, 0.4, 0.3, 0.15), (0.4, 0.3, 0.2, 0.1, 0.05)
    )
    mean = image.mean(axis=(0, 1))
    return (image - mean) * share + mean


def brightness(image, strength, random):
    """More light."""
    return image + _of(
        image, strength, (0.05, 0.1, 0.15, 0.2, 0.3), (0.1, 0.2, 0.3, 0.4, 0.5)
    )


def _of(image, strength, small, large):
    """The number for the strength, in the table for the image's size."""
    return (large if min(image.shape[:2]) > SMALL else small)[strength]


ALL: dict[str, Callable] = {
    function.__name__: function
    for function in (
        gaussian_noise, shot_noise, impulse_noise, gaussian_blur, pixelate,
        jpeg, contrast, brightness,
    )
}  # fmt: skip


def corrupt(
    images: np.ndarray, name: str, strength: int, first: int = 0
) -> np.ndarray:
    """Corrupts images; the same images in the same way each time.

    Args:
        images: Pixels from 0 to 255, (N, H, W, 1 or 3).
        name: One of `ALL`.
        strength: From 1 to 5.
        first: The number of the first image, for the random numbers.

    Returns:
        float32 whole numbers from 0 to 255.

    Raises:
        ValueError: There is no such corruption or strength.
    """
    if name not in ALL or not 1 <= strength <= STRENGTHS:
        raise ValueError(
            f"corruptions are {', '.join(ALL)}, of strength 1 to {STRENGTHS}; "
            f"received {name!r}, {strength}."
        )
    kind = list(ALL).index(name)
    made = [
        ALL[name](
            np.asarray(image, np.float64) / 255,
            strength - 1,
            np.random.default_rng([kind, strength, number]),
        )
        for number, image in enumerate(images, first)
    ]
    return np.rint(np.clip(np.stack(made), 0, 1) * 255).astype(np.float32)
