"""Names what is in photographs."""

import pathlib

import numpy as np

from zoo import _export_target
from zoo._warnings import warn
from zoo.images import _decode


def classifier(target, top=None, **options):
    """A function from an image file to [(class name, probability), …].

    A SavedModel answers where the target is or has one, as it is served.

    Args:
        target: What `_targets.find` returned.
        top: How many classes are named. None: as many as there are.
        options: Further arguments of `_loading.load`.
    """
    path = _export_target.saved_model(target)
    if path is not None and not any(options.values()):
        return saved_classifier(path, top)
    return network_classifier(target, top, **options)


def network_classifier(target, top=None, **options):
    """The same by the network itself, without a SavedModel."""
    from zoo import _loading

    loaded = _loading.load(target, **options)
    names = loaded.class_names()
    if top is not None and top > len(names):
        raise ValueError(
            f"{target.given} names {len(names)} classes, not {top}."
        )

    def classify(path):
        probabilities = loaded.probabilities(loaded.read(path)[None])[0]
        order = np.argsort(-probabilities)[:top]
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
                warn(
                    f"{path} is a photograph stored on its side or head, and "
                    f"{version} leaves it so; export the model again to have "
                    "photographs turned upright.",
                )
            answers = signature(image_bytes=tf.constant([data]))
        except (OSError, tf.errors.OpError) as error:
            raise _decode.unreadable(path, error) from error
        names, values = answers["classes"][0], answers["probabilities"][0]
        pairs = zip(names.numpy(), values.numpy(), strict=True)
        return [(name.decode(), float(p)) for name, p in pairs][:top]

    return classify
