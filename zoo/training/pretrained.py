"""Pretrained weights in a network of other classes, channels and sizes."""

import dataclasses
import warnings
from pathlib import Path

import keras

from zoo import _keras_file
from zoo.checkpoints import (
    _convert,
    _files,
    _keras_model,
    _known,
    _load,
    _package,
    _preprocessing,
    _weights,
)
from zoo.images import Preprocessing
from zoo.training import run_directory
from zoo.training.config import TrainConfig
from zoo.training.errors import UserError

OWN_FILES = (".keras", _weights.OWN)


def check(config: TrainConfig) -> None:
    """Refuses weights that do not exist, or do not go with other options.

    Raises:
        UserError: Says what there is.
    """
    if config.weights is None:
        return
    path = _file(config.weights)
    if path is not None:
        if not path.is_file():
            raise UserError(f"--weights={config.weights}: there is no {path}.")
        return
    try:
        known = _known.find(config.model or "", config.weights)
        if known.name.startswith("package"):
            _package.find(known)
    except ValueError as error:
        raise UserError(f"--weights: {error}") from error
    for name in ("norm", "activation"):
        if getattr(config, name) is not None:
            raise UserError(
                f"--{name} with --weights={config.weights}: they were trained "
                "with the network's own; leave one of the two out."
            )


def preprocessing(config: TrainConfig) -> Preprocessing | None:
    """What the images went through on which the weights were trained.

    None where there are no weights, or a file does not tell.
    """
    if config.weights is None:
        return None
    path = _file(config.weights)
    if path is None:
        return _preprocessing.describe(config.model or "", config.weights)
    if path.suffix == ".keras":
        facts = _keras_file.read_facts(path)
        if facts is not None:
            return facts["preprocessing"]
        if (path.parent / run_directory.CONFIG).is_file():
            return run_directory.read_data(path.parent)["preprocessing"]
        return None
    known = _known.owner(path.name)
    name = known[1].name if known else None
    try:
        return _preprocessing.describe(config.model or "", name)
    except ValueError:  # nothing is published for this network
        return None


def size(config: TrainConfig) -> tuple[int, int] | None:
    """(height, width) of the images that a .keras file's model takes.

    None where it takes any, or the weights are in another file.
    """
    path = _file(config.weights) if config.weights else None
    if path is None or path.suffix != ".keras":
        return None
    with _keras_file.reading(path):
        _keras_model.check(path)
        shape = keras.models.load_model(path, compile=False).input_shape
    height, width = shape[1:3]
    return (height, width) if height and width else None


def load(model: keras.Model, config: TrainConfig) -> None:
    """Fills a network with the weights, but for another classifier.

    The kernel of the first convolution is fitted to the number of channels.

    Raises:
        UserError: They cannot be had, or are of another network.
    """
    weights = config.weights or ""
    path = _file(weights)
    try:
        if path is not None and path.name.endswith(OWN_FILES):
            _load_own(model, path)
            return
        found = _weights.resolve(config.model, str(path or weights))
        tensors = found.tensors()
        _load_published(model, tensors, found.source(model, tensors))
    except (ValueError, OSError) as error:
        text = " ".join(str(error).split())
        raise UserError(f"--weights={config.weights}: {text}") from error


def _load_published(model, tensors, source):
    """With the classifier where it fits, else without."""
    for skip in (False, True):
        try:
            _load.load_checkpoint(
                model, tensors, source, skip_classifier=skip, adapt_stem=True
            )
            return
        except _load.CheckpointError as error:
            others = {*error.missing, *error.extra}
            if skip or others or not error.misshapen:
                raise


def _load_own(model, path):
    """From a file of Keras; what is new stays as it is."""
    _keras_model.check(path)
    if path.suffix == ".keras":
        theirs = keras.models.load_model(path, compile=False)
        values = {v.path: v.numpy() for v in theirs.weights}
        _assign(model, values)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", message=".*logits.*")
        model.load_weights(path, skip_mismatch=True)


def _assign(model, values):
    """Sets the variables, all of which but the new layers' must be there."""
    new = {id(v) for x in model.layers if is_new(x) for v in x.weights}
    for variable in model.weights:
        value, shape = values.get(variable.path), tuple(variable.shape)
        if value is not None and _is_kernel_of_others(value.shape, shape):
            value = _convert.adapt_kernel(value, shape[2], "keras")
        if value is not None and value.shape == shape:
            variable.assign(value)
        elif id(variable) not in new:
            found = "nothing" if value is None else f"{list(value.shape)}"
            raise ValueError(
                f"{variable.path} needs {list(shape)} and finds {found}: they "
                "are of another network."
            )


def _is_kernel_of_others(theirs, ours):
    """Whether two shapes are of kernels that differ in input channels."""
    if len(theirs) != 4 or len(ours) != 4 or theirs[2] == ours[2]:
        return False
    return theirs[:2] + theirs[3:] == ours[:2] + ours[3:]


def is_new(layer: keras.layers.Layer) -> bool:
    """Whether a layer is of the classifier, which has no pretrained weights."""
    return "logits" in layer.name


def for_channels(given: Preprocessing, channels: int) -> Preprocessing:
    """The same for another number of channels: each gets their mean.

    With a kernel that is the sum of its channels', a gray image is to the
    network what it would be with all three channels alike, where these have
    one scale.
    """
    if given.channels == channels:
        return given
    mean = [sum(v) / len(v) for v in (given.multiplier, given.offset)]
    return dataclasses.replace(
        given, multiplier=(mean[0],) * channels, offset=(mean[1],) * channels
    )


def _file(weights):
    """The path that `weights` names, or None for a published checkpoint."""
    path = Path(weights).expanduser()
    if path.is_dir():
        return path / run_directory.MODEL
    if weights.endswith((*_files.READERS, *OWN_FILES)):
        return path
    return None
