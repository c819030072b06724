"""Names what is in photographs."""

import pathlib

import numpy as np

from zoo.checkpoints import _known
from zoo.images import _preprocessing
from zoo.models import _registry

CLASSES = pathlib.Path(__file__).parent / "images/imagenet_classes.txt"


def class_names():
    """The names of ImageNet's 1,000 classes, as torchvision spells them."""
    return CLASSES.read_text(encoding="utf-8").splitlines()


def classifier(name, weights=None):
    """A function from an image file to [(class name, probability), …].

    Args:
        name: A builder of ImageNet's classes.
        weights: One of its checkpoints. None: the first.
    """
    import keras

    if weights is None:
        known = _known.of(name)
        weights = known[0].name if known else "none"
    prepare = _preprocessing.preprocessing(name, weights)
    size = prepare.output_shape[1:]
    model = _registry.create(
        name,
        weights=weights,
        input_shape=size,
        classifier_activation="softmax",
    )
    both = keras.Sequential([prepare, model])
    names = class_names()

    def classify(path):
        probabilities = both.predict(read_image(path)[None], verbose=0)[0]
        order = np.argsort(-probabilities)
        return [(names[i], float(probabilities[i])) for i in order]

    return classify


def saved_classifier(directory, top=None):
    """The same with an exported model, its own preprocessing and classes.

    Args:
        directory: Where `zoo.export` wrote versions, or one of them.
        top: How many classes. None: as many as the model names.

    Raises:
        ValueError: There is no such model, or it takes no encoded images.
    """
    import tensorflow as tf

    from zoo.export import _versions

    version = _versions.newest(directory)
    try:
        signatures = tf.saved_model.load(str(version)).signatures
    except Exception as error:  # of a broken file, TensorFlow raises anything
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

    def classify(path):
        try:
            data = pathlib.Path(path).read_bytes()
            answers = signature(image_bytes=tf.constant([data]))
        except (OSError, tf.errors.InvalidArgumentError) as error:
            raise _unreadable(path, error) from error
        names, values = answers["classes"][0], answers["probabilities"][0]
        pairs = zip(names.numpy(), values.numpy(), strict=True)
        return [(name.decode(), float(p)) for name, p in pairs][:top]

    return classify


def read_image(path):
    """The (H, W, 3) bytes of a JPEG, PNG, BMP or GIF file.

    Raises:
        ValueError: It cannot be read, or is none of these.
    """
    import tensorflow as tf

    try:
        data = pathlib.Path(path).read_bytes()
        return decode(data, 3).numpy()
    except (OSError, tf.errors.InvalidArgumentError) as error:
        raise _unreadable(path, error) from error


def decode(data, channels):
    """The (H, W, channels) bytes of an encoded image, in graphs too."""
    import tensorflow as tf

    return tf.cond(  # JPEG as Pillow decodes it
        tf.io.is_jpeg(data),
        lambda: tf.io.decode_jpeg(
            data, channels, dct_method="INTEGER_ACCURATE"
        ),
        lambda: tf.io.decode_image(data, channels, expand_animations=False),
    )


def _unreadable(path, error):
    reason = getattr(error, "strerror", None) or "not JPEG, PNG, GIF or BMP"
    return ValueError(f"cannot read the image {path}: {reason}")
