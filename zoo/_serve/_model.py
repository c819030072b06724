"""The newest version of an exported model, ready to answer."""

import json
import time
from pathlib import Path

import numpy as np

from zoo._serve import _images, _runtimes
from zoo._serve._tensors import RequestError

BYTES = "classify_bytes"  # the signature that takes encoded images
DEFAULT = "serving_default"
OPEN_SIDE = 224  # of the image that is tried where the model leaves it open


class Model:
    """Signatures of a SavedModel, run by one of the runtimes.

    Attributes:
        name, version: As the URLs have them.
        metadata: What `zoo.export` wrote of the model; {} of others.
        signature_defs: {name: SignatureDef}.
        runtime: The name of what computes `serving_default`.
    """

    def __init__(self, path, runtime="auto"):
        self.version = path.name
        self.metadata = _metadata(path)
        self.name = self.metadata.get("name") or path.resolve().parent.name
        self.signature_defs = _signature_defs(path)
        self.runtime, self._functions = _runtimes.load(
            path, runtime, self.metadata
        )
        self._specs = {
            name: _specs(definition.inputs)
            for name, definition in self.signature_defs.items()
            if name in self._functions
        }
        self._warm_up()

    def inputs(self, signature=""):
        """{name: tf.TensorSpec} of what a signature takes."""
        specs = self._specs.get(signature or DEFAULT)
        if specs is None:
            raise RequestError(
                f"there is no signature {str(signature)[:100]!r}; there are "
                f"{', '.join(self._specs)}"
            )
        return specs

    def run(self, signature, inputs):
        """Runs a signature.

        Args:
            signature: Its name; "" is serving_default.
            inputs: {name: array}, as `inputs` wants them.

        Returns:
            {name: array}, and the seconds it took.
        """
        import tensorflow as tf

        signature = signature or DEFAULT
        if signature == BYTES:
            for batch in inputs.values():
                _images.check(batch)
        start = time.perf_counter()
        try:
            outputs = self._functions[signature](inputs)
        except tf.errors.InvalidArgumentError as error:
            reason = error.message.splitlines()[0].split(" [Op:")[0]
            raise RequestError(reason) from error
        return outputs, time.perf_counter() - start

    def _warm_up(self):
        """The first call takes long, and shows whether the model runs."""
        import tensorflow as tf

        side = np.zeros((32, 32, 3), np.uint8)
        image = np.array([tf.io.encode_png(side).numpy()], object)
        for signature, specs in self._specs.items():
            inputs = {}
            for name, spec in specs.items():
                if signature == BYTES:
                    inputs[name] = image
                elif spec.shape.rank and spec.dtype != tf.string:
                    batch, *sides = spec.shape
                    shape = (batch or 1, *(n or OPEN_SIDE for n in sides))
                    inputs[name] = np.zeros(shape, spec.dtype.as_numpy_dtype)
            if inputs.keys() == specs.keys():
                self.run(signature, inputs)


def newest(directory):
    """The path of the newest version in a directory.

    Raises:
        ValueError: There is none.
    """
    directory = Path(directory)
    if not directory.is_dir():
        raise ValueError(f"{directory} is no directory.")
    versions = [
        path
        for path in directory.iterdir()
        if path.name.isdecimal() and (path / "saved_model.pb").is_file()
    ]
    if versions:
        return max(versions, key=lambda path: int(path.name))
    hint = ""
    if (directory / "saved_model.pb").is_file():
        hint = f" It is a version itself: serve {directory.resolve().parent}."
    elif (directory / "saved_model").is_dir():
        hint = f" Did you mean {directory / 'saved_model'}?"
    raise ValueError(
        f"{directory} holds no version of a model, such as "
        f"{directory / '1' / 'saved_model.pb'}.{hint}"
    )


def _metadata(path):
    file = path / "assets.extra" / "metadata.json"
    return json.loads(file.read_text("utf-8")) if file.is_file() else {}


def _signature_defs(path):
    from google.protobuf.message import DecodeError
    from tensorflow.core.protobuf import saved_model_pb2

    file = path / "saved_model.pb"
    try:
        saved = saved_model_pb2.SavedModel.FromString(file.read_bytes())
    except DecodeError as error:
        raise ValueError(f"{file} is no SavedModel: {error}") from error
    return dict(saved.meta_graphs[0].signature_def)


def _specs(inputs):
    import tensorflow as tf

    return {
        name: tf.TensorSpec(tf.TensorShape(info.tensor_shape), info.dtype, name)
        for name, info in sorted(inputs.items())
    }
