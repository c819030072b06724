"""Loads another package's checkpoint into a model, by name."""

import importlib
import os
import pkgutil
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from zoo._choices import one_of
from zoo.checkpoints import _convert, _files, _names

if TYPE_CHECKING:
    import keras

SOURCES = ("torchvision", "timm", "keras", "efficientnet_pytorch", "authors")
BOOKKEEPING = re.compile(r".*\.num_batches_tracked")


class CheckpointError(ValueError):
    """A checkpoint that does not fit; the model has not been changed.

    Attributes:
        missing: Names of tensors that the model needs and the checkpoint lacks.
        extra: Names of tensors that no variable of the model takes.
        misshapen: Names of tensors of another shape or kind.
    """

    def __init__(self, model, source, missing, extra, misshapen, options=()):
        self.missing = sorted(missing)
        self.extra = sorted(extra)
        self.misshapen = sorted(misshapen)
        text = (
            f"The {source} checkpoint does not fit the model {model!r}, which "
            "is unchanged."
        )
        for kind, lines in (
            ("missing", self.missing),
            ("extra", self.extra),
            ("misshapen", [misshapen[name] for name in self.misshapen]),
        ):
            if lines:
                text += f"\n{len(lines)} {kind}:\n  " + "\n  ".join(lines)
        if options:
            text += (
                "\nzoo.load_checkpoint(model, checkpoint, "
                f"{', '.join(sorted(options))}) loads the rest."
            )
        super().__init__(text)


def load_checkpoint(
    model: "keras.Model",
    checkpoint: str | os.PathLike | Mapping[str, np.ndarray],
    source: str = "torchvision",
    skip_classifier: bool = False,
    adapt_stem: bool = False,
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
            "timm", "keras" (keras.applications), "efficientnet_pytorch" or
            "authors": the names in the code that the paper's authors publish.
        skip_classifier: Leave the model's classifier as it is, for another
            number of classes or a model without it.
        adapt_stem: Fit the first convolution's kernel to another number of
            input channels, as timm does: their sum for one channel, else the
            channels repeated and scaled by 3 / channels.

    Returns:
        The model.

    Raises:
        CheckpointError: Tensors are missing, left over or of another shape.
            A ValueError; it lists them, and the model is unchanged.
        ValueError: The file cannot be read, or the model is of no family that
            the source has.

    Example:
        >>> import zoo
        >>> model = zoo.resnet18(num_classes=10)
        >>> zoo.load_checkpoint(
        ...     model, "resnet18-f37072fd.pth", skip_classifier=True
        ... )  # doctest: +SKIP
    """
    one_of("source", source, SOURCES)
    if isinstance(checkpoint, (str, os.PathLike)):
        tensors = _files.read(checkpoint)
    elif isinstance(checkpoint, Mapping):
        tensors = dict(checkpoint)
    else:
        raise ValueError(
            "checkpoint must be a path or a mapping from tensor name to array; "
            f"received {type(checkpoint).__name__}."
        )
    tensors = _names.plain(tensors, source)
    weighted = _weighted(model)
    names = [path for path, _ in walk(model)]
    _, family, theirs = _find_family(names, weighted, tensors, source)
    if hasattr(family, "check"):
        family.check(model, source)
    tensors = _renamed(tensors, family)
    epsilon = getattr(family, "epsilon", lambda *_: None)(model, source)
    values, missing, misshapen, used = [], set(), {}, set()
    options = set()  # with which what does not fit would
    for path, layer in weighted.items():
        wanted = _convert.tensor_names(theirs[path], layer, source)
        for variable in _convert.own_variables(layer):
            recipe = wanted[variable.name]
            make, *sources = (
                (None, recipe) if isinstance(recipe, str) else recipe
            )
            used.update(sources)
            if skip_classifier and _is_classifier(path):
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
        )
    for variable, value in values:
        variable.assign(value)
    return model


def guess_source(model, tensors):
    """The source in whose names most of the tensors are found."""
    names = [path for path, _ in walk(model)]
    found = {}
    for source in SOURCES:
        try:
            plain = _names.plain(tensors, source)
            family = _find_family(names, _weighted(model), plain, source)
            found[source] = family[0]
        except ValueError:  # not of a family that the source has
            continue
    if not any(found.values()):
        raise ValueError(
            f"The checkpoint's names fit {model.name!r} in no source that is "
            f"known; its first are {list(tensors)[:3]}."
        )
    return max(found, key=found.__getitem__)


def walk(model):
    """(name, layer) of all layers in order; sublayers as "layer.sublayer"."""
    for layer in model.layers:
        yield from _walk_layer(layer, layer.name)


def _weighted(model):
    return {
        path: layer
        for path, layer in walk(model)
        if _convert.own_variables(layer)
    }


def _walk_layer(layer, path):
    yield path, layer
    for sublayer in layer._layers:
        yield from _walk_layer(sublayer, f"{path}.{sublayer.name}")


def families():
    """The modules that hold the rules of a family each."""
    package = importlib.import_module("zoo.checkpoints.families")
    for module in pkgutil.iter_modules(package.__path__):
        if not module.name.startswith("_"):
            yield importlib.import_module(f"{package.__name__}.{module.name}")


def _find_family(names, weighted, tensors, source):
    """(tensors found, the family whose rules name the layers, the names).

    Where several do, the checkpoint decides: its tensors are the one's.
    """
    found = []
    for family in families():
        if hasattr(family, source):
            theirs = getattr(family, source)(names)
            if all(
                path in theirs and _convert.covers(theirs[path], layer)
                for path, layer in weighted.items()
            ):
                wanted = _all_tensors(theirs, weighted, source)
                there = wanted & _renamed(tensors, family).keys()
                found.append((len(there), family, theirs, wanted))
    if not found:
        raise ValueError(
            f"The model is of no family with {source} checkpoints, or its "
            "layers were renamed."
        )
    best = max(found, key=lambda f: f[0])
    rivals = [f for f in found if f[0] == best[0] and f[2] != best[2]]
    if rivals and best[0]:
        both = (best[1].__name__, rivals[0][1].__name__)
        raise ValueError(f"The rules of {both} fit this checkpoint alike.")
    return best[:3]


def _renamed(tensors, family):
    for old, new in getattr(family, "OLD_NAMES", ()):
        tensors = {re.sub(old, new, n): array for n, array in tensors.items()}
    return tensors


def _all_tensors(theirs, weighted, source):
    tensors = set()
    for path, layer in weighted.items():
        for recipe in _convert.tensor_names(
            theirs[path], layer, source
        ).values():
            tensors.update([recipe] if isinstance(recipe, str) else recipe[1:])
    return tensors


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
    if _is_classifier(path):
        return "skip_classifier=True"
    return "adapt_stem=True" if is_stem else None


def _is_classifier(path):
    return "logits" in path


def _reads_image(model, layer, variable):
    return variable.name == "kernel" and any(
        tensor is model.inputs[0]
        for node in layer._inbound_nodes
        for tensor in node.input_tensors
    )
