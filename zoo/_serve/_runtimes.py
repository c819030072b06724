"""What computes the answers: TensorFlow, OpenVINO or ONNX Runtime.

Each loader returns a function from {name: array} to {name: array}.
"""

import importlib.util

from zoo import _names

RUNTIMES = ("auto", "openvino", "onnx", "tensorflow")


def load(path, runtime="auto"):
    """Loads a version's signatures.

    Only `serving_default` is run by OpenVINO and ONNX Runtime; what else there
    is, the decoding of images above all, stays with TensorFlow.

    Args:
        path: The version's directory.
        runtime: One of RUNTIMES; "auto" is the fastest that is installed.

    Returns:
        The runtime's name, and {signature: function}.

    Raises:
        ValueError: It is not installed, or not for this model.
    """
    _names.one_of("runtime", runtime, RUNTIMES)
    if runtime == "auto":
        runtime = _fastest(path)
    functions = _tensorflow(path)
    if runtime == "openvino":
        functions["serving_default"] = _openvino(path)
    elif runtime == "onnx":
        functions["serving_default"] = _onnx(path)
    return runtime, functions


def _fastest(path):
    if importlib.util.find_spec("openvino"):
        return "openvino"
    if importlib.util.find_spec("onnxruntime") and _onnx_file(path).is_file():
        return "onnx"
    return "tensorflow"


def _tensorflow(path):
    import tensorflow as tf

    saved = tf.saved_model.load(str(path))

    def runner(function):
        def run(inputs):
            inputs = {k: tf.constant(v) for k, v in inputs.items()}
            return {k: v.numpy() for k, v in function(**inputs).items()}

        run.saved = saved  # its variables live as long as this does
        return run

    return {name: runner(f) for name, f in saved.signatures.items()}


def _openvino(path):
    openvino = _import("openvino")
    file = path / "openvino" / "model.xml"
    core = openvino.Core()
    model = core.read_model(file if file.is_file() else path)
    compiled = core.compile_model(model, "CPU")

    def run(inputs):
        outputs = compiled(inputs)
        return {
            name: outputs[name].copy() for name in ("logits", "probabilities")
        }

    return run


def _onnx(path):
    onnxruntime = _import("onnxruntime")
    file = _onnx_file(path)
    if not file.is_file():
        raise ValueError(
            f"runtime='onnx' needs {file}: export with formats=('saved_model', "
            "'onnx')."
        )
    session = onnxruntime.InferenceSession(
        file, providers=["CPUExecutionProvider"]
    )
    names = [output.name for output in session.get_outputs()]

    def run(inputs):
        return dict(zip(names, session.run(names, inputs), strict=True))

    return run


def _onnx_file(path):
    return path / "model.onnx"


def _import(package):
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise ValueError(
            f"this runtime needs {package}: pip install {package}"
        ) from error
