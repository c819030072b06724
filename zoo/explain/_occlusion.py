"""What hiding a part of the image costs a class; needs no gradients."""

import numpy as np

WINDOWS = 7  # along the longer side


def occlusion(network, image, index, baseline):
    """Zeiler and Fergus 2014: how far y falls when a window is hidden.

    The window is a seventh of the longer side wide and moves by half of that;
    a pixel gets the mean of all windows that cover it.

    Args:
        network: Has `scores(images, index)`.
        image: (1, H, W, C), prepared.
        index: The class.
        baseline: What the window shows, as the image.
    """
    _, height, width, _ = image.shape
    whole = network.scores(image, index)[0]
    window = max(1, -(-max(height, width) // WINDOWS))
    places = [
        (slice(top, top + window), slice(left, left + window))
        for top in _starts(height, window)
        for left in _starts(width, window)
    ]
    total, covered = np.zeros((2, height, width), "float32")
    for first in range(0, len(places), network.BATCH):
        some = places[first : first + network.BATCH]
        hidden = np.repeat(image, len(some), axis=0)
        for copy, place in zip(hidden, some, strict=True):
            copy[place] = baseline[0][place]
        falls = whole - network.scores(hidden, index)
        for place, fall in zip(some, falls, strict=True):
            total[place] += fall
            covered[place] += 1
    return total / covered


def _starts(size, window):
    """Where windows begin: half a window apart, the last at the edge."""
    last = max(0, size - window)
    step = max(1, window // 2)
    return sorted({*range(0, last, step), last})
