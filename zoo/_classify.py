"""Names what is in photographs."""

import pathlib
import warnings

import numpy as np

from zoo import images
from zoo.checkpoints import _known, _preprocessing
from zoo.images import _decode
from zoo.models import _registry


def classifier(name, weights=None):
    """A function from an image file to [(class name, probability), …].

    Args:
        name: A builder with a checkpoint for ImageNet's classes.
        weights: The name of the checkpoint. None: the first.
    """
    import keras

    weights = _known.find(name, weights).name
    preprocessing = _preprocessing.describe(name, weights)
    prepare = preprocessing.model()
    model = _registry.create(
        name,
        weights=weights,
        input_shape=prepare.output_shape[1:],
        classifier_activation="softmax",
    )
    both = keras.Sequential([prepare, model])
    names = images.class_names()

    def classify(path):
        image = images.read(path, preprocessing.channels)
        probabilities = both.predict(image[None], verbose=0)[0]
        order = np.argsort(-probabilities)
        return [(names[i], float(probabilities[i])) for i in order]

    return classify


def saved_classifier(directory, top=None):
    """The same with an exported model, its own preprocessing and classes.

    Args:
        directory: The directory that `zoo.export` wrote, or a version in it.
        top: How many classes are named. None: as many as the model names.

    Raises:
        ValueError: There is no such model, or it takes no encoded images.
    """
    import tensorflow as tf

    from zoo.export import _metadata, _versions

    version = _versions.newest(directory)
    try:
        signatures = tf.saved_model.load(str(version)).signatures
    except Exception as error:  # TensorFlow raises anything for a broken file
        raise ValueError(
            f"{version} cannot be loaded: {str(error)[:200]}"
        ) from error
    if "classify_bytes" not in signatures:
        raise ValueError(
            f"{version} has no signature classify_bytes; export it with "
            "preprocessing."
        )
    signature = signatures["classify_bytes"]
    named = signature.structured_outputs["classes"].shape[1]
    if top is not None and named is not None and top > named:
        raise ValueError(f"{version} names {named} classes, not {top}.")

    turns = _metadata.read(version).get("orientation") == "exif"

    def classify(path):
        try:
            data = pathlib.Path(path).read_bytes()
            if not turns and _decode.orientation_of(data) > 1:
                warnings.warn(
                    f"{path} is a photograph stored on its side or head, and "
                    f"{version} leaves it so; export the model again to have "
                    "photographs turned upright.",
                    stacklevel=2,
                )
            answers = signature(image_bytes=tf.constant([data]))
        except (OSError, tf.errors.OpError) as error:
            raise _decode.unreadable(path, error) from error
        names, values = answers["classes"][0], answers["probabilities"][0]
        pairs = zip(names.numpy(), values.numpy(), strict=True)
        return [(name.decode(), float(p)) for name, p in pairs][:top]

    return classify
