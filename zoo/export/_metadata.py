"""What a version tells about itself: assets.extra/metadata.json.

TensorFlow Serving copies the directory `assets.extra` and leaves it alone.
"""

import datetime
import hashlib
import json

import keras
import numpy as np

from zoo._version import __version__
from zoo.export import _formats

FILE = "assets.extra/metadata.json"


def describe(
    model,
    *,
    network,
    class_names,
    signatures,
    preprocessing,
    optimized,
    formats,
):
    """Everything but the version, as a dictionary for JSON.

    Args:
        model: As it was given.
        network: As it is served, from `_network.served`.
        class_names, signatures, …: What is told as it is.
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
        "outputs": {name: list(x.shape) for name, x in network.output.items()},
        "parameters": model.count_params(),
        "weights_sha256": weights_sha256(model),
        "optimized": optimized,
        "signatures": signatures,
        "formats": formats,
        "files": {name: _formats.FILES[name] for name in formats},
        "preprocessing": None
        if preprocessing is None
        else keras.saving.serialize_keras_object(preprocessing),
    }


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
    """What `write` wrote; {} of a SavedModel made otherwise."""
    path = directory / FILE
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def _plain(value):
    """NumPy's numbers and arrays, and tuples' like, as JSON has them."""
    return np.asarray(value).tolist()
