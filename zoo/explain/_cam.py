"""Grad-CAM and Grad-CAM++: which places of a feature map speak for a class."""

import numpy as np

SIGNED = -1e-6


def grad_cam(features, gradients):
    """Selvaraju et al. 2017: ReLU(Σₖ αₖ Aₖ), αₖ the mean of ∂y/∂Aₖ.

    Args:
        features: Feature maps A, (h, w, k).
        gradients: Gradients of the class's logit y to A, (h, w, k).
    """
    return _positive(features, features @ gradients.mean(axis=(0, 1)))


def grad_cam_plus_plus(features, gradients):
    """Chattopadhay et al. 2018: the same, αₖ = Σ a · ReLU(∂y/∂Aₖ).

    a = g² / (2 g² + g³ Σ Aₖ) with g = ∂y/∂Aₖ, all over the places of a map.
    """
    square, cube = gradients**2, gradients**3
    below = 2 * square + cube * features.sum(axis=(0, 1))
    shares = square / np.where(below == 0, 1, below)
    weights = (shares * np.maximum(gradients, 0)).sum(axis=(0, 1))
    return _positive(features, features @ weights)


def _positive(features, chart):
    """What speaks for the class.

    The zero of maps that may be negative, as behind a tanh, means nothing:
    where such a sum is positive nowhere, it is counted from its least.
    """
    if chart.max() <= 0 and features.min() < SIGNED:
        chart = chart - chart.min()
    return np.maximum(chart, 0)
