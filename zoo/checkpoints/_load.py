"""Loads another package's checkpoint into a model, by name."""

import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from zoo._choices import one_of
from zoo.checkpoints import _convert, _files, _networks, _told
from zoo.checkpoints._error import CheckpointError
from zoo.checkpoints._fit import (
    SOURCES,
    families,
    find_family,
    guess_source,
    is_classifier,
    renamed,
    unwrapped,
    walk,
    weighted_layers,
)

if TYPE_CHECKING:
    import keras

__all__ = ["CheckpointError", "families", "guess_source", "load_checkpoint"]
BOOKKEEPING = re.compile(r".*\.num_batches_tracked")


def load_checkpoint(
    model: "keras.Model",
    checkpoint: str | os.PathLike | Mapping[str, np.ndarray],
    source: str = "torchvision",
    skip_classifier: bool = False,
    adapt_stem: bool = False,
    network: str | None = None,
) -> "keras.Model":
    """Fills a model with the weights of another package's same network.

    Tensors are found by name, and each is used exactly once; counters such as
    `num_batches_tracked`, and auxiliary heads that the model was built
    without, are left out.

    Args:
        model: A model of this package, from a builder or loaded from a file.
        checkpoint: Path of a `.safetensors`, `.pth` or `.h5` file, or a
            mapping from tensor name to array.
        source: The package whose names the tensors have: "torchvision",
            "timm", "keras" (keras.applications), "efficientnet_pytorch",
            "imgclsmob" (pytorchcv), "akamaster" (pytorch_resnet_cifar10) or
            "authors": the names in the code that the paper's authors publish.
        skip_classifier: Leave the model's classifier as it is, for another
            number of classes or a model without it.
        adapt_stem: Fit the first convolution's kernel to another number of
            input channels, as timm does: their sum for one channel, else the
            channels repeated and scaled by 3 / channels.
        network: The network's name in timm, where its tensors may be those of
            two that pad unlike: "tf_efficientnet_b0". None: what the file's
            name, its folder or a config.json beside it tells, if anything
            does; a line on stderr says for which they are taken else.

    Returns:
        The model.

    Raises:
        CheckpointError: Tensors are missing, left over or of another shape.
            A ValueError; it lists them, and the model is unchanged.
        ValueError: The file cannot be read, the model is of no family that the
            source has, or the file is of another network.

    Example:
        >>> import zoo
        >>> model = zoo.resnet18(num_classes=10)
        >>> zoo.load_checkpoint(
        ...     model, "resnet18-f37072fd.pth", skip_classifier=True
        ... )  # doctest: +SKIP
    """
    one_of("source", source, SOURCES)
    if isinstance(checkpoint, (str, os.PathLike)):
        if source == "timm" and network is None:
            network = _networks.network(checkpoint)
            _networks.check(model.name, checkpoint)
        tensors = _files.read(checkpoint)
    elif isinstance(checkpoint, Mapping):
        tensors = dict(checkpoint)
    else:
        raise ValueError(
            "checkpoint must be a path or a mapping from tensor name to array; "
            f"received {type(checkpoint).__name__}."
        )
    if source == "timm" and network is not None:
        _networks.refuse_another(model.name, network, "The checkpoint")
    if source == "timm":
        _networks.check_timm_has(model.name)
    weighted = weighted_layers(model)
    names = [path for path, _ in walk(model)]
    tensors, told = unwrapped(names, weighted, tensors, source)
    _told.tell(model.name, told)
    _, family, theirs = find_family(names, weighted, tensors, source)
    if hasattr(family, "check"):
        family.check(model, source)
    if source == "timm" and network is None:
        _told.tell(model.name, filter(None, [_networks.doubt(model.name)]))
    tensors = renamed(tensors, family)
    epsilon = getattr(family, "epsilon", lambda *_: None)(model, source)
    values, missing, misshapen, used = [], set(), {}, set()
    options = set()  # with which what does not fit would
    classes = 0  # of a classifier that does not fit
    for path, layer in weighted.items():
        wanted = _convert.tensor_names(theirs[path], layer, source)
        for variable in _convert.own_variables(layer):
            recipe = wanted[variable.name]
            make, *sources = (
                (None, recipe) if isinstance(recipe, str) else recipe
            )
            used.update(sources)
            if skip_classifier and is_classifier(path):
                continue
            absent = [name for name in sources if name not in tensors]
            if absent:
                missing.update(absent)
                continue
            arrays = [np.asarray(tensors[name]) for name in sources]
            try:
                array = _convert.one_array(make, arrays)
                if adapt_stem and _reads_image(model, layer, variable):
                    array = _convert.adapt_kernel(
                        array, model.input_shape[-1], source
                    )
                array = _convert.to_ours(array, layer, variable, source)
                if epsilon is not None and variable.name == "moving_variance":
                    array = array + np.float32(epsilon - layer.epsilon)
                values.append((variable, array))
            except (ValueError, IndexError):
                options.add(_option(path, _reads_image(model, layer, variable)))
                if path == "logits" and variable.name == "bias":
                    classes = arrays[0].size
                shape = _convert.their_shape(layer, variable, source)
                misshapen[sources[0]] = (
                    f"{sources[0]} is {arrays[0].dtype}"
                    f"{list(arrays[0].shape)}; {path} needs {list(shape)}"
                )
    extra = tensors.keys() - used
    extra -= _ignored(extra, family, names, source, skip_classifier)
    if missing or extra or misshapen:
        if extra and not extra - _ignored(extra, family, names, source, True):
            options.add(_option("logits"))
        elif extra or missing:
            options.add(None)
        raise CheckpointError(
            model.name,
            source,
            missing,
            extra,
            misshapen,
            () if None in options else options,
            classes,
        )
    for variable, value in values:
        variable.assign(value)
    return model


def _ignored(extra, family, names, source, skip_classifier):
    """Those of the left-over tensors that may be left over."""
    pattern = getattr(family, "IGNORED", "(?!)")
    head = ()
    if skip_classifier:
        absent = [
            n for n in getattr(family, "HEAD", ("logits",)) if n not in names
        ]
        theirs = getattr(family, source)([*names, *absent])
        dot = "/" if source == "keras" else "."
        head = tuple(theirs[name] + dot for name in absent if name in theirs)
    return {
        name
        for name in extra
        if BOOKKEEPING.fullmatch(name)
        or re.fullmatch(pattern, name)
        or name.startswith(head)
    }


def _option(path, is_stem=False):
    """The argument that lets a layer's tensors differ, or None."""
    if is_classifier(path):
        return "skip_classifier=True"
    return "adapt_stem=True" if is_stem else None


def _reads_image(model, layer, variable):
    return variable.name == "kernel" and any(
        tensor is model.inputs[0]
        for node in layer._inbound_nodes
        for tensor in node.input_tensors
    )
