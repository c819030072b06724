"""The order of an export: check, fold, write aside, compare, publish."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np

from zoo._files import disk_errors
from zoo._warnings import warn
from zoo.export import (
    _compare,
    _files,
    _fold,
    _formats,
    _head,
    _identities,
    _metadata,
    _network,
    _portable,
    _saved_model,
    _versions,
)
from zoo.images import Preprocessing


@disk_errors()
def export(
    model: keras.Model,
    directory: str | os.PathLike,
    *,
    preprocessing: Preprocessing | keras.layers.Layer | None = None,
    class_names: Sequence[str] | None = None,
    top: int | None = None,
    features: bool = False,
    optimize: bool = True,
    formats: Sequence[str] = ("saved_model",),
    calibration: np.ndarray | None = None,
    temperature: float | None = None,
) -> Path:
    """Writes `model` as `directory/<version>/`, the next free version number.

    Everything is written beside its final place, loaded again, compared with
    the model on sample images and only then renamed: a server never finds half
    a model, nor a wrong one. The SavedModel has the signatures

    - `serving_default`: `images`, float32 (N, H, W, C) in the range the model
      was trained on -> `logits` and `probabilities`, float32 (N, classes);
    - `classify_bytes`, with `preprocessing`: `image_bytes`, strings (N,) of
      JPEG, PNG, GIF or BMP files of any sizes, which it turns upright as
      their EXIF data says -> `classes`, strings, and `probabilities`, float32,
      both (N, top), the most probable first;
    - `features`, if asked for: `images` -> `features`, float32 (N, units),
      what enters the classifying layer, averaged over space.

    Args:
        model: A built classifier of two classes or more, whose output is logits
            or probabilities: which, its last layers tell, or its answers to
            sample images.
        directory: Where the versions are; made if it is missing.
        preprocessing: A `zoo.Preprocessing`; or a layer or model from images
            of any size, float32 (N, H, W, C) with values from 0 to 255, to
            the network's input, as `zoo.preprocessing` returns.
        class_names: A name for each class. None: their numbers.
        top: How many classes `classify_bytes` names. None: 5, or all if fewer.
        features: Whether there is a signature `features`.
        optimize: Fold batch norms into the convolutions and freeze the weights
            into constants, which is faster.
        formats: Any of "saved_model"; "onnx" (model.onnx), "openvino"
            (openvino/model.xml), "litert" (model.tflite) and "litert_int8"
            (model_int8.tflite, weights and activations in 8 bits).
        calibration: For "litert_int8": some hundred images (N, H, W, C) as
            they enter the network.
        temperature: What the logits are divided by before they become
            probabilities, as `zoo.evaluate(…).temperature` has it; the
            signature's `logits` stay as they are. None: 1.

    Returns:
        The path of the new version.

    Raises:
        ValueError: An argument is not of the form above, or a format needs a
            package that is not installed.
        RuntimeError: What was written computes something else than the model:
            it differs by more than 1e-5, or by 1e-3 of the largest value if
            optimized or in another format.
        OSError: The disk is full or read-only; earlier versions are whole.

    Example:
        >>> zoo.export(zoo.lenet5(), "exported/lenet5")
        PosixPath('exported/lenet5/1')
    """
    if keras.backend.backend() != "tensorflow":
        raise ValueError(
            "export needs Keras on TensorFlow; its backend is "
            f"{keras.backend.backend()!r}."
        )
    shape, classes = _network.check(model)
    head = _head.kind(model)
    class_names = _network.check_class_names(class_names, classes)
    top = _network.check_top(top, classes)
    formats = _files.check(formats, calibration, shape)
    bytes_input = _saved_model.bytes_input(preprocessing, shape)
    temperature = _network.check_temperature(temperature)
    directory = _versions.make(directory)

    reference = _network.served(model, features, head, temperature)
    network = reference
    if optimize:
        folded = _folded(model)
        network = _network.served(folded, features, head, temperature)
    network = _identities.in_inference(network)
    network = _portable.portable(network)
    tolerance = _compare.FOLDED if optimize else _compare.EXACT
    samples = _compare.Samples(reference, shape, tolerance)

    # Not a number, so no server takes it for a version.
    aside = Path(tempfile.mkdtemp(prefix=".export-", dir=directory))
    try:
        signatures = []
        for name in formats:
            if name == "saved_model":
                signatures = _saved_model.write(
                    aside, network, optimize, bytes_input, class_names, top
                )
                _saved_model.check(aside, samples, bytes_input, top)
            else:
                _formats.write(name, aside, network, samples, calibration)
        # mkdtemp's is closed to a server's own user.
        os.chmod(aside, 0o755)  # nosec B103
        metadata = _metadata.describe(
            model,
            network=network,
            class_names=class_names,
            signatures=signatures,
            preprocessing=preprocessing,
            bytes_input=bytes_input,
            optimized=optimize,
            formats=formats,
            temperature=temperature,
        )
        return _versions.publish(
            aside, directory, lambda n: _metadata.write(aside, metadata, n)
        )
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _folded(model):
    """The folded model; itself, with a warning, if a layer cannot be copied."""
    try:
        return _fold.fold_batch_norm(model)
    except (
        AttributeError,
        NotImplementedError,
        TypeError,
        ValueError,
    ) as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        warn(
            "no batch norm was folded, for a layer cannot be made again from "
            f"its configuration: {lines[0]:.200}",
        )
        return model
