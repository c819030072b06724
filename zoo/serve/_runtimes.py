"""What computes the answers: TensorFlow, OpenVINO or ONNX Runtime.

A signature is loaded as a function from {name: array} to {name: array}.
"""

import importlib
import importlib.util
import re

import numpy as np

from zoo._choices import one_of
from zoo.export import _files

RUNTIMES = ("auto", "openvino", "onnx", "tensorflow")
OUTPUTS = ("logits", "probabilities")
# What runtimes say, each in its own words, where an allocation fails.
NO_MEMORY = re.compile(
    r"OOM when|bad_alloc|out of memory|fail\w* to alloc|"
    r"(cannot|could not|unable to) alloc",
    re.IGNORECASE,
)


def load(path, runtime, metadata):
    """Loads a version's signatures.

    OpenVINO and ONNX Runtime run the network; TensorFlow decodes the images
    and runs every other signature.

    Args:
        path: The version's directory.
        runtime: One of RUNTIMES; "auto" is the fastest that is installed.
        metadata: What `zoo.export` wrote about the model.

    Returns:
        The runtime's name, and {signature: function}.

    Raises:
        ValueError: It is not installed, or not for this model.
    """
    one_of("runtime", runtime, RUNTIMES)
    if runtime == "auto":
        runtime = _fastest(path)
    functions, outputs = _tensorflow(path)
    if runtime != "tensorflow":
        network = {"openvino": _openvino, "onnx": _onnx}[runtime](path)
        functions["serving_default"] = network
        read = _reader(metadata)
        if read and "classify_bytes" in functions:
            top = outputs["classify_bytes"]["classes"].shape[-1]
            functions["classify_bytes"] = _classify_bytes(
                read, network, metadata["classes"], top
            )
    return runtime, functions


def lacks_memory(error):
    """Whether an exception of a runtime says that an allocation failed."""
    import tensorflow as tf

    kinds = (MemoryError, tf.errors.ResourceExhaustedError)
    return isinstance(error, kinds) or bool(NO_MEMORY.search(str(error)))


def _fastest(path):
    if importlib.util.find_spec("openvino"):
        return "openvino"
    written = (path / _files.FILES["onnx"]).is_file()
    if written and importlib.util.find_spec("onnxruntime"):
        return "onnx"
    return "tensorflow"


def _tensorflow(path):
    """{signature: function}, and {signature: specification of its outputs}."""
    import tensorflow as tf

    if (path / "fingerprint.pb").exists():  # loading passes over a damaged one
        tf.saved_model.experimental.read_fingerprint(str(path))
    saved = tf.saved_model.load(str(path))

    def runner(function):
        def run(inputs):
            inputs = {k: tf.constant(v) for k, v in inputs.items()}
            return {k: v.numpy() for k, v in function(**inputs).items()}

        run.saved = saved  # its variables live as long as this does
        return run

    signatures = saved.signatures.items()
    return (
        {name: runner(f) for name, f in signatures},
        {name: f.structured_outputs for name, f in signatures},
    )


def _openvino(path):
    from zoo.export import _formats

    _import("openvino", "openvino")
    file = path / _files.FILES["openvino"]
    return _network(_formats.load_openvino(file if file.is_file() else path))


def _onnx(path):
    from zoo.export import _formats

    _import("onnxruntime", "onnx")
    file = path / _files.FILES["onnx"]
    if not file.is_file():
        raise ValueError(f"runtime='onnx' needs {file}, which is not there.")
    return _network(_formats.load_onnx(file))


def _network(answer):
    def run(inputs):
        answers = answer(inputs["images"])
        return {name: answers[name] for name in OUTPUTS}

    return run


def _import(package, extra):
    try:
        importlib.import_module(package)
    except ImportError as error:
        raise ValueError(
            f"runtime={extra!r} needs: pip install {package}"
        ) from error


def _reader(metadata):
    """A function from encoded images to what the network takes, or None."""
    import tensorflow as tf

    from zoo import layers  # noqa: F401  so that its classes are known
    from zoo.export import _metadata

    made = _metadata.read_bytes_input(metadata)
    if made is None:
        return None
    spec = tf.TensorSpec(made.shape, tf.float32)

    @tf.function(input_signature=[tf.TensorSpec((None,), tf.string)])
    def read(image_bytes):
        return tf.map_fn(made.read, image_bytes, fn_output_signature=spec)

    return read


def _classify_bytes(read, network, names, top):
    def run(inputs):
        images = read(inputs["image_bytes"]).numpy()
        probabilities = network({"images": images})["probabilities"]
        best = np.argsort(-probabilities, kind="stable")[:, :top]
        return {
            "classes": np.array(
                [[names[i] if names else str(i) for i in row] for row in best],
                object,
            ),
            "probabilities": np.take_along_axis(probabilities, best, axis=1),
        }

    return run
