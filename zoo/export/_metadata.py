"""What a version tells about itself: assets.extra/metadata.json.

TensorFlow Serving copies the directory `assets.extra` and leaves it alone.
"""

import datetime
import hashlib
import json

import keras
import numpy as np

from zoo import _json
from zoo._version import __version__
from zoo.export import _files, _saved_model
from zoo.images import FORMATS, Preprocessing

FILE = "assets.extra/metadata.json"


def describe(
    model,
    *,
    network,
    class_names,
    signatures,
    preprocessing,
    bytes_input,
    optimized,
    formats,
    temperature,
):
    """Everything but the version, as a dictionary for JSON.

    Args:
        model: The model that the user gave.
        network: The model that is served, from `_network.served`.
        preprocessing: What the user gave: a `Preprocessing`, a layer or None.
        bytes_input: What `_saved_model.bytes_input` made of it.
        class_names, signatures, …: Values that are told unchanged.
    """
    import tensorflow as tf

    shape = list(network.input_shape[1:])
    now = datetime.datetime.now(datetime.timezone.utc)
    return {
        "name": model.name,
        "created": now.isoformat(timespec="seconds"),
        "made_with": {
            "cnn_zoo": __version__,
            "keras": keras.__version__,
            "tensorflow": tf.__version__,
        },
        "classes": class_names,
        "input_shape": shape,
        "input": {
            "shape": [None, *shape],
            "dtype": "float32",
            "description": "images in the range that the network was trained "
            "on; `preprocessing`, if any, makes them of pixels from 0 to 255",
        },
        # probabilities = softmax(logits / temperature)
        "temperature": temperature,
        "outputs": {name: list(x.shape) for name, x in network.output.items()},
        "parameters": model.count_params(),
        "weights_sha256": weights_sha256(model),
        "optimized": optimized,
        "signatures": signatures,
        "formats": formats,
        "files": {name: _files.FILES[name] for name in formats},
        "image_formats": list(FORMATS) if bytes_input else None,
        "orientation": bytes_input.orientation if bytes_input else None,
        "preprocessing": _described(preprocessing),
    }


def read_bytes_input(metadata):
    """The `BytesInput` that a version's metadata describes.

    Returns:
        None where there is none, or only the SavedModel knows it, because it
        contains a user's own layers.

    Raises:
        ValueError: It was written by a newer cnn-zoo.
    """
    described = metadata.get("preprocessing")
    if not described:
        return None
    if "schema" in described:
        preprocessing = Preprocessing.from_dict(described)
    else:
        try:
            preprocessing = keras.saving.deserialize_keras_object(described)
        except (TypeError, ValueError):
            return None
        if not isinstance(preprocessing, keras.layers.Layer):
            return None
    # Versions that do not tell an orientation leave images as stored.
    return _saved_model.bytes_input(
        preprocessing,
        metadata["input_shape"],
        metadata.get("orientation", "stored"),
    )


def _described(preprocessing):
    if preprocessing is None:
        return None
    if isinstance(preprocessing, Preprocessing):
        return preprocessing.as_dict()
    return keras.saving.serialize_keras_object(preprocessing)


def weights_sha256(model):
    """The hash of the weights as they were before anything was folded.

    Over each of `model.weights` in order: its path in UTF-8, a zero byte, and
    its values as they lie in memory, the last axis varying fastest.
    """
    digest = hashlib.sha256()
    for weight in model.weights:
        digest.update(weight.path.encode() + b"\0")
        values = keras.ops.convert_to_numpy(weight)
        digest.update(np.ascontiguousarray(values).tobytes())
    return digest.hexdigest()


def write(directory, metadata, version):
    """Writes the file for the version with that number."""
    path = directory / FILE
    path.parent.mkdir(exist_ok=True)
    metadata = {"name": metadata["name"], "version": version} | metadata
    path.write_text(json.dumps(metadata, indent=2, default=_plain) + "\n")


def read(directory):
    """What `write` wrote; {} for a SavedModel that was made otherwise.

    Raises:
        ValueError: The file is damaged.
    """
    path = directory / FILE
    if not path.is_file():
        return {}
    try:
        return dict(_json.parse(path.read_text("utf-8")))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path} is damaged: {error}") from error


def _plain(value):
    """NumPy's numbers and arrays as JSON has them."""
    return np.asarray(value).tolist()
