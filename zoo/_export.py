"""Writes a model as a SavedModel, where TensorFlow Serving looks for it."""

import os
import shutil
import tempfile
from pathlib import Path

import keras
import numpy as np

UNKNOWN_SIDE = 224  # of the sample images where the model leaves H or W open
TOLERANCE = 1e-5


def export(model, directory):
    """Writes `model` as `directory/<version>/`, the next free version number.

    The signature `serving_default` takes `images`, float32 (N, H, W, C) in the
    range the model was trained on, and returns `logits` and `probabilities`,
    float32 (N, classes). The SavedModel is written beside its final place,
    loaded again, compared with the model on sample images and only then
    renamed, so that a server never finds half a model.

    Args:
        model: A built classifier, ending in logits or in a softmax.
        directory: Where the versions are; made if it is missing.

    Returns:
        The path of the new version.

    Raises:
        ValueError: The model is no classifier of images.
        RuntimeError: What was written computes something else than the model.

    Example:
        >>> zoo.export(zoo.lenet5(), "exported/lenet5")
        PosixPath('exported/lenet5/1')
    """
    import tensorflow as tf

    shape = _check_classifier(model)
    softmax = _ends_in_softmax(model)

    def classify(images):
        outputs = keras.ops.cast(model(images, training=False), "float32")
        if softmax:
            return {"logits": tf.math.log(outputs), "probabilities": outputs}
        return {"logits": outputs, "probabilities": tf.nn.softmax(outputs)}

    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    # Not a number, so no server takes it for a version.
    aside = Path(tempfile.mkdtemp(prefix=".export-", dir=directory))
    try:
        archive = keras.export.ExportArchive()
        archive.track(model)
        archive.add_endpoint(
            "serving_default",
            classify,
            [tf.TensorSpec((None, *shape), tf.float32, name="images")],
        )
        archive.write_out(str(aside), verbose=False)
        os.chmod(aside, 0o755)  # mkdtemp's is closed to a server's own user
        _compare(tf.saved_model.load(str(aside)), classify, shape)
        return _rename(aside, directory)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _check_classifier(model):
    if not isinstance(model, keras.Model) or not model.built:
        raise ValueError(
            f"model must be a built keras.Model; received {model!r}."
        )
    inputs, outputs = model.inputs, model.outputs
    if len(inputs) != 1 or len(inputs[0].shape) != 4:
        raise ValueError(
            "model must take one batch of images (N, H, W, C); it takes "
            f"{[tuple(x.shape) for x in inputs]}."
        )
    if len(outputs) != 1 or len(outputs[0].shape) != 2:
        raise ValueError(
            "model must return one row of logits or probabilities for an "
            f"image; it returns {[tuple(x.shape) for x in outputs]}."
        )
    return tuple(inputs[0].shape[1:])


def _ends_in_softmax(model):
    last = model.layers[-1]
    return (
        isinstance(last, keras.layers.Softmax)
        or getattr(last, "activation", None) is keras.activations.softmax
    )


def _compare(restored, classify, shape):
    """Raises RuntimeError unless the SavedModel answers as the model does."""
    sides = [side or UNKNOWN_SIDE for side in shape]
    random = np.random.default_rng(0)
    images = random.standard_normal((2, *sides), np.float32)
    expected = classify(keras.ops.convert_to_tensor(images))
    answered = restored.signatures["serving_default"](images=images)
    for name, values in expected.items():
        ours, theirs = np.asarray(values), np.asarray(answered[name])
        scale = max(1.0, np.nanmax(np.abs(ours[np.isfinite(ours)]), initial=1))
        if not np.allclose(
            ours, theirs, rtol=0, atol=TOLERANCE * scale, equal_nan=True
        ):
            raise RuntimeError(
                f"the SavedModel's {name} differ from the model's by up to "
                f"{np.max(np.abs(ours - theirs)):.3g}; nothing was written."
            )


def _rename(aside, directory):
    """Moves `aside` to the next free version, also beside other writers."""
    while True:
        taken = [int(p.name) for p in directory.iterdir() if p.name.isdigit()]
        version = directory / str(max(taken, default=0) + 1)
        try:
            os.rename(aside, version)
            return version
        except OSError:
            if not version.exists():
                raise
