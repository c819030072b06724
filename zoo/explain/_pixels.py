"""Maps of the gradient with respect to the image's own pixels."""

import numpy as np

NOISE = 0.15  # of the image's range


def saliency(network, image, index):
    """Simonyan et al. 2014: the largest |∂y/∂x| of a pixel's channels."""
    _, gradients = network.gradients(image, index)
    return np.abs(gradients[0]).max(axis=-1)


def smooth_grad(network, image, index, steps):
    """Smilkov et al. 2017: the same of the mean gradient under noise.

    The noise's standard deviation is 15 % of the image's range, and the same
    each time.
    """
    random = np.random.default_rng(0)
    noise = random.standard_normal((steps, *image.shape[1:]), np.float32)
    noisy = image + NOISE * np.ptp(image) * noise
    _, gradients = network.gradients(noisy, index)
    return np.abs(gradients.mean(axis=0)).max(axis=-1)


def integrated_gradients(network, image, index, baseline, steps):
    """Sundararajan et al. 2017: Σ over channels of (x − x′) · mean ∂y/∂x.

    The mean is over the straight path from the baseline x′ to the image x, by
    the midpoint rule. The sum over all pixels is y(x) − y(x′), nearly.
    """
    difference = image - baseline
    along = (np.arange(steps, dtype="float32") + 0.5) / steps
    path = baseline + along[:, None, None, None] * difference
    _, gradients = network.gradients(path, index)
    return (difference[0] * gradients.mean(axis=0)).sum(axis=-1)
