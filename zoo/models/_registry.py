"""Names every public builder, with the facts that tests check about it."""

import functools
import importlib
import inspect
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from zoo import _foreign
from zoo._choices import did_you_mean
from zoo.checkpoints import _known, _weights
from zoo.models import _index
from zoo.models._index import ModelInfo

if TYPE_CHECKING:
    import keras

COMMON = """
Args:
    num_classes: Number of classes, at least 1. Left out, it is that of the
        published checkpoint of `weights`, or the paper's.
    input_shape: (height, width, channels) of the images. None: what
        `zoo.preprocessing` makes for the checkpoint of `weights`, or the
        paper's.
        Height and width may be None where no flattened classifier forbids it.
    include_top: Whether to end in the classifier. False: the last feature map.
    pooling: Without the classifier, None (the map itself), "avg" or "max"
        pooling over space.
    classifier_activation: Activation of the classifier, such as "softmax".
        None: logits.
    activation: Replaces the paper's activation everywhere: relu, relu6,
        leaky_relu, prelu, rrelu, elu, selu, gelu, silu, hard_swish, tanh,
        sigmoid, or a callable without arguments that returns a new layer.
    norm: Replaces the paper's normalizer everywhere: batch_norm, layer_norm,
        group_norm, instance_norm, weight_norm, none, or a callable without
        arguments that returns a new layer.
    weights: None (random); a published checkpoint, "torchvision" or "timm"
        or with a tag as `info` lists them, which is downloaded once, and of
        which the classifier is left out for another number of classes; or the
        path of a file: `.weights.h5`, `.safetensors`, `.pth` or `.h5`; or a
        file of the Hugging Face hub, "hf://USER/MODEL" or with "/FILE" behind
        it, or of Kaggle, "kaggle://USER/MODEL/FRAMEWORK/VARIATION/FILE".
    name: Name of the model. None: the builder's.

Returns:
    A functional `keras.Model` from images (N, H, W, C) to (N, num_classes).

Raises:
    ValueError: An argument is out of range; nothing has been built then.
"""


STEM = """
    stem: "imagenet" (the paper's first layers) or "small" (the same without
        their strides and pooling), for images of about 32x32."""


class Paper(NamedTuple):
    """Where an architecture was published."""

    title: str
    url: str
    year: int


class Entry(NamedTuple):
    build: Callable
    info: ModelInfo


MODELS: dict[str, Entry] = {}


def register(
    family, paper, *, params, macs, input_shape=(224, 224, 3),
    num_classes=1000, departures=(), aux_weight=None,
):  # fmt: skip
    """Makes a thin constructor a public builder and lists it in `MODELS`.

    Args:
        family: The builder that the constructor calls; its keyword-only
            arguments become the public builder's, after the common ones.
        paper: The `Paper`.
        params: Trainable parameters with the default arguments.
        macs: Multiply-adds with the default arguments.
        input_shape: (height, width, channels) of the paper's images.
        num_classes: Number of the paper's classes.
        departures: Where the model differs from the paper, and why.
        aux_weight: Weight of each auxiliary classifier's loss, if it has any.
    """

    def add(build):
        name = build.__name__
        ours = build.__module__.startswith("zoo.models.")
        if name in MODELS or (not ours and name in _index.facts()):
            raise ValueError(f"Two builders are named {name!r}.")
        signature = _signature(family, num_classes)

        @functools.wraps(build)
        def builder(**options):
            _check_keywords(name, options, signature)
            weights = _weights.resolve(name, options.pop("weights", None))
            if options.get("input_shape") is None:
                published = getattr(weights, "checkpoint", None)
                side = published and published.crop
                options["input_shape"] = (
                    (side, side, 3) if side else input_shape
                )
            if options.get("name") is None:
                options["name"] = name
            options.setdefault(
                "num_classes", getattr(weights, "num_classes", 0) or num_classes
            )
            model = build(**options)
            if weights is not None:
                weights.load(
                    model,
                    options.get("include_top", True),
                    options["num_classes"],
                )
            return model

        # The documented way to tell a decorated function's arguments.
        builder.__signature__ = signature  # pyright: ignore[reportAttributeAccessIssue]
        builder.__doc__ = _document(builder, family, paper, params)
        info = ModelInfo(
            name=name,
            family=family.__module__.rpartition(".")[2],
            year=paper.year,
            paper=paper.title,
            url=paper.url,
            params=params,
            macs=macs,
            input_shape=input_shape,
            num_classes=num_classes,
            departures=tuple(departures),
            aux_weight=aux_weight,
            checkpoints=_known.of(name),
        )
        MODELS[name] = Entry(builder, info)
        _index.add(info)
        return builder

    return add


def create(name: str, /, **options: Any) -> "keras.Model":
    """Builds the model of that name: `create("resnet18", num_classes=10)`.

    Args:
        name: One of `list_models()`.
        **options: The arguments of the builder of that name.

    Raises:
        ValueError: There is no such model; the nearest names are given.
    """
    return _entry(name).build(**options)


def _entry(name):
    """The entry of a model; imports its family, and no other."""
    family = _index.info(name).family
    if name not in MODELS:
        importlib.import_module(f"zoo.models.{family}")
    return MODELS[name]


def _signature(family, num_classes):
    """The common arguments, then those that the family adds."""
    defaults = {
        "num_classes": num_classes,
        "input_shape": None,
        "include_top": True,
        "pooling": None,
        "classifier_activation": None,
        "activation": None,
        "norm": None,
        "weights": None,
        "name": None,
    }
    own = {
        p.name: p.default
        for p in inspect.signature(family).parameters.values()
        if p.kind is p.KEYWORD_ONLY
    }
    return inspect.Signature(
        [
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=default
            )
            for name, default in {**defaults, **own}.items()
        ]
    )


def _document(build, family, paper, params):
    arguments = (inspect.getdoc(family) or "").partition("Args:")[2].rstrip()
    taken = inspect.signature(build).parameters
    own = "".join(
        entry[0]
        for entry in re.finditer(r"\n {4}(\w+):.*(?:\n {5,}.*)*", arguments)
        if entry[1] in taken
    )
    if "stem" in taken and "stem:" not in own:
        own = STEM + own
    common = COMMON.replace("\n\nReturns:", f"{own}\n\nReturns:", 1)
    return (
        f"{inspect.getdoc(build)}\n\n{paper.title} ({paper.year}), {paper.url}"
        f"\n{params:,} parameters.\n{common}"
    )


def _check_keywords(name, options, signature):
    for option in options:
        if option not in signature.parameters:
            if option in _foreign.BUILDING:
                raise TypeError(
                    f"{name}() has no argument {option!r}: "
                    f"{_foreign.BUILDING[option].replace('NAME', repr(name))}."
                )
            hint = did_you_mean(option, signature.parameters)
            raise TypeError(
                f"{name}() has no argument {option!r}.{hint} It takes "
                f"{', '.join(signature.parameters)}."
            )
