"""Other formats beside the SavedModel, each tried in its own runtime."""

import importlib.util
import warnings

import keras
import numpy as np

from zoo._warnings import warn
from zoo.export import _compare, _erfc, _half, _portable
from zoo.export._files import FILES

CHECKED = 64  # images of the calibration that a quantized model answers
INT8 = 0.5  # of the logits' spread over the classes, root mean square
# tf2onnx copies the weights some fifty times on its way: VGG-16 (138 million
# parameters) takes more than 24 GB of memory.
LARGE_FOR_ONNX = 100e6
ONNX_BYTES = 200  # of memory for a parameter


def write(name, directory, network, samples, calibration):
    """Writes one format and compares its answers with the model's.

    Args:
        name: The format, a key of `FILES`.
        directory: The directory of the version.
        network: The model as `_network.served` returns it.
        samples: The `_compare.Samples` to try it with.
        calibration: Images for "litert_int8".

    Raises:
        RuntimeError: The file answers otherwise than the model, or not at all.
    """
    path = directory / FILES[name]
    path.parent.mkdir(exist_ok=True)
    images = keras.InputSpec(
        dtype="float32", shape=network.input_shape, name="images"
    )
    options = _int8(calibration) if name == "litert_int8" else {}
    if name == "onnx":
        _warn_of_memory(path.name, network.count_params())
        _erfc.teach()
    try:
        network = _half.float32(network)
        if name.startswith("litert"):
            network = _portable.portable(network, pools=True)
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # that exporters give about themselves
            network.export(
                str(path),
                format=name.removesuffix("_int8"),
                verbose=False,
                input_signature=[images],
                **options,
            )
        _try(name, path, samples, calibration)
    except ImportError as error:
        warn(
            f"{path.name} was written but not tried: {error.name} is not "
            "installed.",
        )
    except Exception as error:  # converters and runtimes raise many kinds
        ours = isinstance(error, RuntimeError) and path.name in str(error)
        text = f"{type(error).__name__}: {error!s:.500}"
        raise RuntimeError(
            _of_quantized(network)
            + (
                str(error)
                if ours
                else f"{path.name} cannot be written, or does not run: {text}"
            )
        ) from error


def _of_quantized(network):
    """What to tell of a model with layers in few bits, first; or nothing."""
    modes = {
        str(layer.quantization_mode)
        for layer in network._flatten_layers()
        if getattr(layer, "quantization_mode", None)
    }
    if not modes:
        return ""
    return (
        f"The model has layers quantized to {', '.join(sorted(modes))}, which "
        "this format may lack: export it before quantize(). "
    )


def _warn_of_memory(name, parameters):
    if parameters > LARGE_FOR_ONNX:
        warn(
            f"writing {name} takes tf2onnx some "
            f"{parameters * ONNX_BYTES / 1e9:.0f} GB of memory; where that is "
            "too much, let the runtime read the SavedModel: OpenVINO does.",
        )


def _try(name, path, samples, calibration):
    if name == "litert_int8":
        _check_int8(path, samples, calibration[:CHECKED])
        return
    answers = RUNTIMES[name](path, samples.images)
    samples.check(
        path.name,
        {name: answers[name] for name in samples.expected},
        tolerance=max(samples.tolerance, _compare.FOLDED),
    )


def load_onnx(path):
    """A function from images to {name: array}."""
    import onnxruntime  # pyright: ignore[reportMissingImports]

    session = onnxruntime.InferenceSession(
        str(path), providers=["CPUExecutionProvider"]
    )
    (given,) = session.get_inputs()
    names = [output.name for output in session.get_outputs()]

    def run(images):
        answers = session.run(names, {given.name: images})
        return dict(zip(names, answers, strict=True))

    return run


def load_openvino(path):
    """The same for a model.xml or the directory of a SavedModel."""
    import openvino  # pyright: ignore[reportMissingImports]

    compiled = openvino.Core().compile_model(
        str(path), "CPU", {"INFERENCE_PRECISION_HINT": "f32"}
    )

    def run(images):
        answers = compiled(images)  # in memory that the next call overwrites
        # An output has its operation's name beside ours.
        return {
            name: answers[output].copy()
            for output in compiled.outputs
            for name in output.names
        }

    return run


def _litert(path, images):
    if importlib.util.find_spec("ai_edge_litert"):
        from ai_edge_litert.interpreter import Interpreter  # pyright: ignore[reportMissingImports]
    else:
        import tensorflow as tf

        Interpreter = tf.lite.Interpreter
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tf.lite's is to move
        runner = Interpreter(str(path)).get_signature_runner()
    return runner(images=images)


RUNTIMES = {
    "onnx": lambda path, images: load_onnx(path)(images),
    "openvino": lambda path, images: load_openvino(path)(images),
    "litert": _litert,
    "litert_int8": _litert,
}


def _int8(calibration):
    """What Keras's exporter hands to TensorFlow's converter."""
    from tensorflow import lite

    def images():
        for image in calibration:
            yield [np.asarray(image, np.float32)[None]]

    return {
        "optimizations": [lite.Optimize.DEFAULT],
        "representative_dataset": images,
        "target_spec": {
            "supported_ops": [
                lite.OpsSet.TFLITE_BUILTINS_INT8,
                lite.OpsSet.TFLITE_BUILTINS,  # what has no kernel for bytes
            ]
        },
    }


def _check_int8(path, samples, images):
    ours = samples.answers(images)["logits"]
    theirs = RUNTIMES["litert_int8"](path, np.asarray(images, np.float32))[
        "logits"
    ]
    error = np.std(theirs - ours) / max(np.std(ours), 1e-30)
    if not error < INT8:
        raise RuntimeError(
            f"{path.name}'s logits are {error:.2g} of their spread away from "
            "the model's; give more calibration images, of the kind "
            "that the network was trained on. Nothing was written."
        )
