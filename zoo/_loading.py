"""Makes a Keras model of what `_targets` found, with its images and names."""

import dataclasses
import functools
import os
from pathlib import Path
from typing import Any

import keras
import numpy as np

from zoo import _keras_file, _pixel_range, _targets, images
from zoo.checkpoints import _keras_model
from zoo.export import _network
from zoo.images import Preprocessing
from zoo.training import run_directory


@dataclasses.dataclass(frozen=True)
class Loaded:
    """A classifier, ready to be asked about images.

    Attributes:
        name: A name for people.
        model: Makes one row of logits or probabilities of each image, as it
            enters the network.
        preprocessing: Makes the model's input of images of any size,
            (N, H, W, channels) with values from 0 to 255: a `Preprocessing`,
            or a Keras layer. None: not known.
        classes: The names of the classes. None: not known.
        temperature: What logits are divided by before they become
            probabilities.
    """

    name: str
    model: keras.Model
    preprocessing: Preprocessing | keras.layers.Layer | None
    classes: list[str] | None
    temperature: float = 1.0

    @property
    def channels(self) -> int:
        """1 or 3: the channels that image files are decoded to."""
        if isinstance(self.preprocessing, Preprocessing):
            return self.preprocessing.channels
        return channels_of(self.preprocessing) or self.model.inputs[0].shape[-1]

    def read(self, path: str | os.PathLike) -> np.ndarray:
        """The uint8 pixels (H, W, channels) of an image file, upright.

        Raises:
            ValueError: The file cannot be read; which and why.
        """
        return images.read(path, self.channels)

    def inputs(self, pixels: np.ndarray) -> Any:
        """What enters the model for images (N, H, W, channels), 0 to 255."""
        pixels = keras.ops.convert_to_tensor(pixels, "float32")
        return pixels if self._prepare is None else self._prepare(pixels)

    def probabilities(self, pixels: np.ndarray) -> np.ndarray:
        """The probability of each class, (N, classes), for images as above."""
        logits = self._served(self.inputs(pixels), training=False)["logits"]
        scaled = keras.ops.softmax(logits / self.temperature)
        return keras.ops.convert_to_numpy(scaled)

    @functools.cached_property
    def _prepare(self):
        prepare = self.preprocessing
        return (
            prepare.model() if isinstance(prepare, Preprocessing) else prepare
        )

    @functools.cached_property
    def _served(self):
        return _network.served(self.model, features=False)

    def class_names(self) -> list[str]:
        """The names of the classes, or their numbers."""
        count = self.model.outputs[0].shape[-1]
        return self.classes or [str(index) for index in range(count)]


def channels_of(preprocessing):
    """The channels that a layer or model declares that it takes, or None."""
    inputs = getattr(preprocessing, "inputs", None)
    return inputs[0].shape[-1] if inputs else None


def load(
    target: _targets.Target,
    weights: str | None = None,
    scale: str | None = None,
    classes: list[str] | None = None,
    images_known: bool = True,
) -> Loaded:
    """Loads a target.

    Args:
        target: What `_targets.find` returned.
        weights: For a name: the checkpoint. None: the first.
        scale: For a .keras file that does not tell: the range of the pixels
            that it was trained on: "pixels" (0 to 255), "unit" (0 to 1),
            "signed" (-1 to 1) or "imagenet" (ImageNet's mean 0, variance 1).
        classes: The names of the classes. None: those that the target has.
        images_known: Whether it must be known what images the model takes.

    Raises:
        ValueError: It is broken, or it does not tell what images it takes.
    """
    loaded = {
        _targets.RUN: _run,
        _targets.SAVED_MODEL: _saved_model,
        _targets.KERAS: _keras,
        _targets.NAME: _published,
    }[target.kind](target, weights, scale)
    if loaded.preprocessing is None and images_known:
        scales = "|".join(_pixel_range.SCALES)
        raise ValueError(
            f"{target.given} does not tell the range of the pixels that it "
            f"was trained on; give --scale={scales}: 0 to 255, 0 to 1, -1 to "
            "1, or mean 0 and variance 1 over ImageNet."
        )
    if classes is None:
        return loaded
    count = loaded.model.outputs[0].shape[-1]
    if len(classes) != count:
        raise ValueError(
            f"{target.given} has {count} classes; received {len(classes)} "
            "names."
        )
    return dataclasses.replace(loaded, classes=classes)


def in_memory(model: keras.Model, preprocessing=None) -> Loaded:
    """A model that the user has, as a `Loaded`.

    Raises:
        ValueError: It is no built Keras model.
    """
    if not isinstance(model, keras.Model) or not model.built:
        raise ValueError(
            "model must be a built keras.Model, or the path or name of one; "
            f"received {model!r}."
        )
    return Loaded(model.name, _network.classifier(model), preprocessing, None)


def _run(target, weights, scale):
    path = _targets.trained_model(target.path)
    file = _targets.Target(target.given, _targets.KERAS, path)
    return _keras(file, weights, scale)


def _keras(target, weights, scale):
    model = load_keras(target.path)
    facts = _keras_file.read_facts(target.path) or {}
    if not facts and target.run and target.path.name == run_directory.MODEL:
        facts = run_directory.read_data(target.run)
    prepare = facts.get("preprocessing")
    if prepare is None or scale is not None:
        prepare = _pixel_range.guess(model, target.given, scale)
    temperature = facts.get("temperature") or 1.0
    return Loaded(
        target.name, model, prepare, facts.get("classes"), temperature
    )


def _published(target, weights, scale):
    from zoo.checkpoints import _known, _preprocessing
    from zoo.models import _registry

    checkpoint = _known.find(target.given, weights)
    preprocessing = _preprocessing.describe(target.given, checkpoint.name)
    model = _registry.create(
        target.given,
        weights=checkpoint.name,
        input_shape=(*preprocessing.size, preprocessing.channels),
    )
    names = images.class_names(checkpoint.classes) if checkpoint.classes else []
    known = len(names) == model.outputs[0].shape[-1]
    return Loaded(target.given, model, preprocessing, names if known else None)


def _saved_model(target, weights, scale):
    from zoo.export import _metadata

    metadata = _metadata.read(target.path)
    try:
        saved = keras.layers.TFSMLayer(
            str(target.path), call_endpoint="serving_default"
        )
        model = _around(saved)
    except Exception as error:  # TensorFlow raises anything for a broken file
        raise ValueError(
            f"{target.path} cannot be loaded: {str(error)[:200]}"
        ) from error
    described = metadata.get("preprocessing") or {}
    preprocessing = None
    if "schema" in described:
        preprocessing = Preprocessing.from_dict(described)
    elif made := _metadata.read_bytes_input(metadata):
        preprocessing = made.preprocessing
    if preprocessing is None:
        preprocessing = _pixel_range.guess(model, target.given, scale)
    return Loaded(
        metadata.get("name") or target.name,
        model,
        preprocessing,
        metadata.get("classes"),
        metadata.get("temperature") or 1.0,
    )


def _around(saved):
    """A functional model around a SavedModel's logits or probabilities."""
    signature = saved._reloaded_obj.signatures["serving_default"]
    _, specs = signature.structured_input_signature
    if len(specs) != 1:
        raise ValueError(f"it takes {', '.join(specs)}, not only images")
    (spec,) = specs.values()
    inputs = keras.Input(spec.shape[1:], dtype="float32", name="images")
    answers = saved(inputs)
    if isinstance(answers, dict):
        names = ("logits", "probabilities", *answers)
        answers = next(answers[name] for name in names if name in answers)
    return keras.Model(inputs, answers, name="saved_model")


def load_keras(path: Path) -> keras.Model:
    """The classifier of a file that Keras saved, without auxiliary heads.

    Raises:
        ValueError: It cannot be read, or is no classifier of images.
    """
    from zoo import layers  # noqa: F401  so that its classes are known

    with _keras_file.reading(path):
        _keras_model.check(path)
        model = keras.models.load_model(path, compile=False)
    return _network.classifier(model, str(path))
