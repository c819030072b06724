"""A version of an exported model, ready to answer."""

import math
import time
from functools import partial

import numpy as np

from zoo.export import _metadata
from zoo.images import _decode
from zoo.serve import _memory, _runtimes
from zoo.serve._limits import Limits
from zoo.serve._tensors import RequestError

BYTES = "classify_bytes"  # the signature that takes encoded images
DEFAULT = "serving_default"
OPEN_SIDE = 224  # of the image that is tried where the model leaves it open
NO_MEMORY = "there is not enough memory for this now; send fewer images at once"


class Model:
    """Signatures of a SavedModel, run by one of the runtimes.

    Attributes:
        name, version: The model's name and version in URLs.
        metadata: What `zoo.export` wrote about the model; {} for others.
        signature_defs: {name: SignatureDef} of the SavedModel.
        runtime: The name of what computes `serving_default`.
        pixels: How many pixels the network's input has.
    """

    def __init__(self, path, runtime="auto"):
        path = path.resolve()
        self.version = path.name if path.name.isdecimal() else "1"
        self.metadata = _metadata.read(path)
        self.name = self.metadata.get("name") or path.parent.name
        self.signature_defs = _signature_defs(path)
        self.runtime, self._functions = _runtimes.load(
            path, runtime, self.metadata
        )
        if DEFAULT not in self._functions:
            raise ValueError(f"{path} has no signature {DEFAULT}.")
        self._specs = {
            name: _specs(definition.inputs)
            for name, definition in self.signature_defs.items()
            if name in self._functions
        }
        self.pixels = self._pixels()
        self._needs = 0  # bytes that a row takes
        self._warm_up()

    @property
    def leaves_orientation(self):
        """Whether `classify_bytes` is known not to turn photographs upright."""
        known = BYTES in self.signature_defs and self.metadata
        return bool(known) and self.metadata.get("orientation") != "exif"

    def signatures(self):
        """(name, {name: tf.TensorSpec} of its inputs) of each signature."""
        return self._specs.items()

    def inputs(self, signature=""):
        """{name: tf.TensorSpec} for what a signature takes."""
        specs = self._specs.get(signature or DEFAULT)
        if specs is None:
            raise RequestError(
                f"there is no signature {str(signature)[:100]!r}; there are "
                f"{', '.join(self._specs)}"
            )
        return specs

    def outputs(self, signature=DEFAULT):
        """{name: tf.TensorSpec} for what a signature answers."""
        return _specs(self.signature_defs[signature].outputs)

    def run(self, signature, inputs):
        """Runs a signature.

        Args:
            signature: The signature's name; "" is serving_default.
            inputs: {name: array}, of the names and types that `inputs` gives.

        Returns:
            {name: array} of the answers, and the seconds that they took.
        """
        import tensorflow as tf

        rows = max((len(a) for a in inputs.values() if a.ndim), default=1)
        if not _memory.is_there(rows * self._needs):
            raise RequestError(NO_MEMORY, 503)
        start = time.perf_counter()
        try:
            outputs = self._functions[signature or DEFAULT](inputs)
        except tf.errors.InvalidArgumentError as error:
            raise RequestError(_decode.reason(error)) from error
        except Exception as error:
            if _runtimes.lacks_memory(error):
                raise RequestError(NO_MEMORY, 503) from error
            raise
        return outputs, time.perf_counter() - start

    def takes_slices(self, signature):
        """Whether a row's answer is the same in whatever batch it stands.

        Known of what `zoo.export` wrote; others' models are computed as sent.
        """
        shapes = [spec.shape for spec in self.inputs(signature).values()]
        return bool(self.metadata) and all(
            shape.rank and shape[0] is None for shape in shapes
        )

    def _pixels(self):
        shape = self.metadata.get("input_shape")
        if not shape:
            (spec, *_) = self._specs[DEFAULT].values()
            shape = (spec.shape.as_list() if spec.shape.rank else [1])[1:]
        return math.prod(side or OPEN_SIDE for side in shape[:-1])

    def _warm_up(self):
        """The first call takes long, and shows whether the model runs.

        What a batch takes is measured by a further one.
        """
        rows = Limits().rows(self.pixels)
        for signature in self._specs:
            one = self._example(signature, 1)
            if one is None:
                continue
            self.run(signature, one)
            if self.takes_slices(signature):
                many = self._example(signature, rows)
                took = _memory.growth(partial(self.run, signature, many))
                self._needs = max(self._needs, took / rows)

    def _example(self, signature, rows):
        """So many black images for a signature; None if it takes others."""
        import tensorflow as tf

        side = np.zeros((32, 32, 3), np.uint8)
        image = tf.io.encode_png(side).numpy()
        inputs = {}
        for name, spec in self._specs[signature].items():
            if signature == BYTES:
                inputs[name] = np.array(rows * [image], object)
            elif spec.shape.rank and spec.dtype != tf.string:
                batch, *sides = spec.shape
                shape = (batch or rows, *(n or OPEN_SIDE for n in sides))
                inputs[name] = np.zeros(shape, spec.dtype.as_numpy_dtype)
            else:
                return None
        return inputs


def _signature_defs(path):
    from tensorflow.core.protobuf import saved_model_pb2

    data = (path / "saved_model.pb").read_bytes()
    saved = saved_model_pb2.SavedModel.FromString(data)
    return dict(saved.meta_graphs[0].signature_def)


def _specs(inputs):
    import tensorflow as tf

    return {
        name: tf.TensorSpec(tf.TensorShape(info.tensor_shape), info.dtype, name)
        for name, info in sorted(inputs.items())
    }
