"""What a model looks at in the images that it gets most confidently wrong."""

import numpy as np

from zoo.evaluation import _gallery
from zoo.explain import _explain, _overlay

MOST = 12  # images
METHODS = ("grad_cam", "saliency")  # the first that the model allows


def of(model, batches, answers) -> dict[int, str]:
    """{index: URL of a small picture with the map over the image}.

    Args:
        model: A `keras.Model` with gradients.
        batches: (inputs, labels, uint8 pixels or None), read as far as needed.
        answers: {index of an image: the class that the model answers}.

    Returns:
        {} of a model that cannot be explained, as one without a graph.
    """
    made, first = {}, 0
    for inputs, labels, shown in batches:
        if shown is None or len(made) == len(answers):
            break
        for index in answers.keys() & set(range(first, first + len(labels))):
            image, pixels = inputs[index - first], shown[index - first]
            found = _map(model, np.asarray(image), answers[index])
            if found is None:
                return {}
            method, chart = found
            if chart.shape != pixels.shape[:2]:
                continue
            over = _overlay.overlay(pixels, chart, method)
            made[index] = _gallery.picture(over)
        first += len(labels)
    return made


def _map(model, image, index):
    for method in METHODS:
        try:
            return method, _explain.explain(model, image, method, index)
        except ValueError:
            continue
    return None
