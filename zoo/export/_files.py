"""The formats that an export can have, and the packages that write them."""

import importlib.util
from collections.abc import Sequence

import numpy as np

FILES = {
    "saved_model": "saved_model.pb",
    "onnx": "model.onnx",
    "openvino": "openvino/model.xml",
    "litert": "model.tflite",
    "litert_int8": "model_int8.tflite",
}
EXPORTERS = {"onnx": ("tf2onnx", "onnx"), "openvino": ("openvino",)}


def check_names(formats: Sequence[str]) -> list[str]:
    """The formats as a list, each once.

    Raises:
        ValueError: One does not exist, or needs a package that is missing.
    """
    if isinstance(formats, str) or not formats or set(formats) - set(FILES):
        raise ValueError(
            f"formats must be a list of some of {', '.join(FILES)}; received "
            f"{formats!r}."
        )
    for name in formats:
        missing = [
            package
            for package in EXPORTERS.get(name, ())
            if importlib.util.find_spec(package) is None
        ]
        if missing:
            raise ValueError(
                f"the format {name!r} needs: pip install {' '.join(missing)}"
            )
    return list(dict.fromkeys(formats))


def check(formats, calibration, shape):
    """The formats as a list.

    Args:
        formats: Names of formats.
        calibration: Images for "litert_int8", or None.
        shape: (height, width, channels) that the network takes.

    Raises:
        ValueError: One does not exist, or cannot be written here.
    """
    formats = check_names(formats)
    if "litert_int8" in formats:
        received = np.shape(calibration)
        pairs = list(zip(received[1:], shape, strict=False))
        if len(received) != 4 or any(b and a != b for a, b in pairs):
            raise ValueError(
                "the format 'litert_int8' needs calibration, images of the "
                f"shape (N, {', '.join(map(str, shape))}) as they enter the "
                f"network; received "
                f"{None if calibration is None else received}."
            )
    return formats
