"""A classifier as it is served: logits, probabilities, features in float32."""

import numbers

import keras
import numpy as np

from zoo.export import _head

# The logarithm of a probability that underflowed stays finite, as JSON wants.
TINY = float(np.finfo(np.float32).tiny)


def classifier(model, what="model"):
    """The model without auxiliary classifiers.

    Args:
        model: A Keras model.
        what: What errors call it.

    Raises:
        ValueError: It has several outputs, and none is called "logits".
    """
    outputs = getattr(model, "output", None)
    if not isinstance(outputs, dict):
        return model
    if "logits" not in outputs:
        raise ValueError(
            f"{what} answers {', '.join(outputs)}; expected one row of logits "
            "or probabilities for an image."
        )
    name = f"{model.name}_classifier"
    return keras.Model(model.input, outputs["logits"], name=name)


def check(model):
    """(shape of an image, number of classes) of a classifier of images.

    Raises:
        ValueError: The model is no such classifier.
    """
    if not isinstance(model, keras.Model) or not model.built:
        raise ValueError(
            f"model must be a built keras.Model; received {model!r}."
        )
    if not getattr(model, "inputs", None) or not hasattr(model, "outputs"):
        raise ValueError(
            "model must be a functional or sequential keras.Model; received "
            f"{model!r}."
        )
    inputs, outputs = model.inputs, model.outputs
    if len(inputs) != 1 or len(inputs[0].shape) != 4:
        raise ValueError(
            "model must take one batch of images (N, H, W, C); it takes "
            f"{[tuple(x.shape) for x in inputs]}."
        )
    if inputs[0].shape[0] is not None:
        raise ValueError(
            "model must take any number of images; its batch size is fixed to "
            f"{inputs[0].shape[0]}. Build it from keras.Input("
            f"{tuple(inputs[0].shape[1:])}) and set_weights."
        )
    if len(outputs) != 1 or len(outputs[0].shape) != 2:
        raise ValueError(
            "model must return one row of logits or probabilities for an "
            f"image; it returns {[tuple(x.shape) for x in outputs]}."
        )
    if outputs[0].shape[1] == 1:
        raise ValueError(
            "model must return a number for each of at least two classes; it "
            "returns one for an image. Give it two units and a softmax."
        )
    return tuple(inputs[0].shape[1:]), outputs[0].shape[1]


def check_class_names(names, classes):
    """The names as a list of strings, or None."""
    if names is None:
        return None
    if isinstance(names, str) or len(names) != classes:
        raise ValueError(
            f"class_names must be a list of {classes} names, one for each "
            f"class of the model; received {len(names)}: {names!r:.60}."
        )
    return [str(name) for name in names]


def check_top(top, classes):
    """How many classes are named; None means 5, or all if fewer."""
    if top is None:
        return min(5, classes)
    if type(top) is not int or not 1 <= top <= classes:
        raise ValueError(
            f"top must be an int from 1 to the model's {classes} classes; "
            f"received {top!r}."
        )
    return top


def check_temperature(temperature):
    """The temperature as a float; 1 for None.

    Raises:
        ValueError: It is no positive number.
    """
    if temperature is None:
        return 1.0
    if isinstance(temperature, numbers.Real):
        number = float(temperature)
        if 0 < number < float("inf"):
            return number
    raise ValueError(
        f"temperature must be a positive number; received {temperature!r}."
    )


def served(model, features, head=None, temperature=1.0):
    """A model of the same weights, from images to a dictionary of outputs.

    Args:
        model: A classifier.
        features: Whether what enters the classifying layer is an output.
        head: What the model's output is, as `_head.kind` tells. None: asked.
        temperature: What the logits are divided by before they become
            probabilities.
    """
    outputs = keras.ops.cast(model.outputs[0], "float32")
    probabilities = None
    if (head or _head.kind(model)) == _head.PROBABILITIES:
        probabilities = outputs
        outputs = keras.ops.log(keras.ops.maximum(outputs, TINY))
    if probabilities is None or temperature != 1:
        probabilities = keras.ops.softmax(outputs / temperature)
    answers = {"logits": outputs, "probabilities": probabilities}
    if features:
        x = keras.ops.cast(_classifiers_input(model), "float32")
        if len(x.shape) == 4:
            x = keras.ops.mean(x, axis=(1, 2))
        answers["features"] = x
    return keras.Model(model.inputs[0], answers, name=model.name)


def _classifiers_input(model):
    """What enters the last dense layer or convolution."""
    tensor = model.outputs[0]
    while True:
        operation, node, _ = tensor._keras_history
        inputs = operation._inbound_nodes[node].input_tensors
        if isinstance(operation, keras.Model) or len(inputs) != 1:
            raise ValueError(
                "features=True needs a model that ends in a classifying layer; "
                f"{model.name!r} ends in {operation.name!r}."
            )
        (tensor,) = inputs
        layer = getattr(operation, "layer", operation)  # in a wrapper
        if hasattr(layer, "kernel") or hasattr(layer, "codes"):
            return tensor
