"""The order of an explanation: check, ask the network, draw the map."""

from collections.abc import Callable

import keras
import numpy as np

from zoo.explain import _cam, _geometry, _network, _occlusion, _pixels
from zoo.explain._methods import STEPS, check

CAMS = {"grad_cam": _cam.grad_cam, "grad_cam++": _cam.grad_cam_plus_plus}


def explain(
    model: keras.Model | Callable,
    image: np.ndarray,
    method: str = "grad_cam",
    class_index: int | None = None,
    layer: str | keras.Layer | None = None,
    *,
    baseline: np.ndarray | float | None = None,
    steps: int | None = None,
) -> np.ndarray:
    """A map over an image: what in it speaks for a class.

    - "grad_cam": the places of the last feature map that raise the class's
      logit. [Selvaraju et al. 2017](https://arxiv.org/abs/1610.02391)
    - "grad_cam++": the same, for several objects of a class. [Chattopadhay et
      al. 2018](https://arxiv.org/abs/1710.11063)
    - "saliency": how much the logit changes with each pixel. [Simonyan et al.
      2014](https://arxiv.org/abs/1312.6034)
    - "smooth_grad": the same of the mean gradient under noise. [Smilkov et al.
      2017](https://arxiv.org/abs/1706.03825)
    - "integrated_gradients": each pixel's share of the logit; all shares sum to
      the logit less that of the baseline. [Sundararajan et al.
      2017](https://arxiv.org/abs/1703.01365)
    - "occlusion": how far the logit falls when a window there is hidden.
      [Zeiler and Fergus 2014](https://arxiv.org/abs/1311.2901)

    The gradient is that of the logit: a last softmax or sigmoid is left out. It
    is computed here, not by tf-keras-vis, which takes gradients eagerly (RepVGG
    aborts so under oneDNN), looks for the last map by kind of layer (all zero
    for LeNet-5, whose last convolution has one place), does not enter nested
    models, and has neither integrated gradients nor occlusion.

    Args:
        model: A functional or built sequential `keras.Model`, from images to
            logits or probabilities; models in it and layers that preprocess are
            fine. For "occlusion" also a function from images (N, H, W, C), an
            array, to logits or probabilities (N, classes).
        image: (H, W, C), (H, W) if gray, or a batch of one, as it enters the
            model. Where the model takes one size only, it is scaled to that.
        method: One of the above.
        class_index: The class. None: the most probable. Where the model has one
            output, 1 is its class and 0 the opposite.
        layer: For "grad_cam" and "grad_cam++": a layer with maps as output, or
            its name ("inner/name" in a nested model). None: the last map before
            the pooling.
        baseline: What stands for nothing, as an image or a number: for
            "integrated_gradients" the path's start, None: 0; for "occlusion"
            what hides, None: the image's mean colour.
        steps: Points of the path, 32, of "integrated_gradients"; noisy copies,
            25, of "smooth_grad".

    Returns:
        A float32 array (H, W), not normalized. Only "integrated_gradients" and
        "occlusion" are negative where something speaks against the class.

    Raises:
        ValueError: An argument is not of the form above, the method needs
            gradients or feature maps that the model does not have, or the
            model's answer is not finite.

    Example:
        >>> import numpy as np, zoo
        >>> model = zoo.resnet20(input_shape=(32, 32, 3))
        >>> zoo.explain(model, np.ones((32, 32, 3)), "saliency").shape
        (32, 32)
    """
    check(method, layer, steps)
    network = _network.of(model)
    if method != "occlusion" and not isinstance(network, _network.Network):
        raise ValueError(
            f"method={method!r} needs gradients, which a {_kind(model)} does "
            "not give; method='occlusion' needs none."
        )
    image, (height, width) = _batch(image, network.shape)
    seen = network.prepared(image)
    index = _network.chosen(network.logits(seen)[0], class_index)
    if method in CAMS and isinstance(network, _network.Network):
        key, features = network.features(seen, layer)
        gradients = network.feature_gradients(seen, key, features, index)
        chart = CAMS[method](features[0], gradients[0])
        chart = _geometry.resized(chart, *seen.shape[1:3])
    elif method == "saliency":
        chart = _pixels.saliency(network, seen, index)
    elif method == "smooth_grad":
        steps = steps or STEPS[method]
        chart = _pixels.smooth_grad(network, seen, index, steps)
    elif method == "integrated_gradients":
        start = _baseline(0.0 if baseline is None else baseline, seen)
        steps = steps or STEPS[method]
        chart = _pixels.integrated_gradients(network, seen, index, start, steps)
    else:
        mean = seen.mean(axis=(0, 1, 2))
        hidden = _baseline(mean if baseline is None else baseline, seen)
        chart = _occlusion.occlusion(network, seen, index, hidden)
    chart = network.unprepared(chart, image)
    return _geometry.resized(chart, height, width)


def _kind(model):
    return "function" if callable(model) else type(model).__name__


def _batch(image, shape):
    """The image as a batch of the network's shape, and its own size."""
    given = np.asarray(image, "float32")
    image = given[..., None] if given.ndim == 2 else given
    image = image[0] if image.ndim == 4 and len(image) == 1 else image
    channels = shape[-1]
    if image.ndim != 3 or 0 in image.shape:
        raise ValueError(
            "image must be an array (H, W, C), or a batch of one; received the "
            f"shape {given.shape}."
        )
    if image.shape[-1] == 1 and channels is not None:
        image = np.repeat(image, channels, axis=-1)
    if channels not in (None, image.shape[-1]):
        raise ValueError(
            f"image must have {channels} channels, as the model takes them; "
            f"received the shape {given.shape}."
        )
    if not np.isfinite(image).all():
        raise ValueError("image must be finite; it has NaN or infinite pixels.")
    size = image.shape[:2]
    wanted = [side or own for side, own in zip(shape[:2], size, strict=True)]
    if tuple(wanted) != size:
        parts = np.moveaxis(image, -1, 0)
        image = np.stack([_geometry.scaled(x, *wanted) for x in parts], -1)
    return image[None], size


def _baseline(value, image):
    """The baseline as an image of the prepared image's shape."""
    value = np.asarray(value, "float32")
    if value.ndim in (2, 3) and value.shape[:2] != image.shape[1:3]:
        raise ValueError(
            f"baseline must be a number or an image {image.shape[1:]}; "
            f"received the shape {value.shape}."
        )
    return np.broadcast_to(value, image.shape).copy()
