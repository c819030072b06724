"""A version of an exported model, ready to answer."""

import math
import time

import numpy as np

from zoo.export import _metadata
from zoo.images import _decode
from zoo.serve import _runtimes
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

    def run(self, signature, inputs):
        """Runs a signature.

        Args:
            signature: The signature's name; "" is serving_default.
            inputs: {name: array}, of the names and types that `inputs` gives.

        Returns:
            {name: array} of the answers, and the seconds that they took.
        """
        import tensorflow as tf

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
