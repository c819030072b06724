"""Tells which family's rules name a model's layers as a checkpoint does."""

import importlib
import pkgutil
import re

from zoo.checkpoints import _convert, _names, _told

SOURCES = (
    "torchvision", "timm", "keras", "efficientnet_pytorch", "authors",
    "imgclsmob", "akamaster",
)  # fmt: skip


def guess_source(model, tensors):
    """The source in whose names most of the tensors are found."""
    names = [path for path, _ in walk(model)]
    weighted = weighted_layers(model)
    found = {}
    for source in SOURCES:
        try:
            plain, _ = unwrapped(names, weighted, tensors, source)
            found[source] = find_family(names, weighted, plain, source)[0]
        except ValueError:  # not of a family that the source has
            continue
    if not any(found.values()):
        first = [f"{name:.100}" for name in list(tensors)[:3]]
        raise ValueError(
            f"The checkpoint's names fit {model.name!r} in no source that is "
            f"known; its first are {first}."
        )
    return max(found, key=found.__getitem__)


def walk(model):
    """(name, layer) of all layers in order; sublayers as "layer.sublayer"."""
    for layer in model.layers:
        yield from _walk_layer(layer, layer.name)


def weighted_layers(model):
    return {
        path: layer
        for path, layer in walk(model)
        if _convert.own_variables(layer)
    }


def _walk_layer(layer, path):
    yield path, layer
    for sublayer in layer._layers:
        yield from _walk_layer(sublayer, f"{path}.{sublayer.name}")


def unwrapped(names, weighted, tensors, source):
    """(the tensors under the network's own names, lines for the user).

    Where these stand behind a prefix, and everything but the classifier is
    there, what has another prefix is left out, which a line says.
    """
    plain = _names.plain(tensors, source)
    if source == "keras" or _is_whole(names, weighted, plain, source):
        return plain, []
    for prefix in _names.prefixes(plain):
        inner = _names.within(plain, prefix)
        if _is_whole(names, weighted, inner, source):
            others = [n for n in plain if not n.startswith(prefix)]
            line = (
                f"loads what begins with {prefix!r} and leaves out "
                f"{_told.some(others)}."
            )
            return inner, [line] if others else []
    return plain, []


def _is_whole(names, weighted, tensors, source):
    """Whether all tensors but the classifier's are there."""
    body = {p: x for p, x in weighted.items() if not is_classifier(p)}
    found, family, theirs = find_family(names, weighted, tensors, source)
    wanted = all_tensors(theirs, body, source)
    return bool(found) and wanted <= renamed(tensors, family).keys()


def families():
    """The modules that hold the rules of a family each."""
    package = importlib.import_module("zoo.checkpoints.families")
    for module in pkgutil.iter_modules(package.__path__):
        if not module.name.startswith("_"):
            yield importlib.import_module(f"{package.__name__}.{module.name}")


def find_family(names, weighted, tensors, source):
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
                wanted = all_tensors(theirs, weighted, source)
                there = wanted & renamed(tensors, family).keys()
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


def renamed(tensors, family):
    for old, new in getattr(family, "OLD_NAMES", ()):
        tensors = {re.sub(old, new, n): array for n, array in tensors.items()}
    return tensors


def all_tensors(theirs, weighted, source):
    tensors = set()
    for path, layer in weighted.items():
        for recipe in _convert.tensor_names(
            theirs[path], layer, source
        ).values():
            tensors.update([recipe] if isinstance(recipe, str) else recipe[1:])
    return tensors


def is_classifier(path):
    return "logits" in path
