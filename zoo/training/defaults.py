"""What the options that nobody gave are, without TensorFlow.

A training that starts from pretrained weights is short and looks for its best
epoch; one from scratch is as it always was.
"""

import itertools
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoo import _json
from zoo.checkpoints import _known, _package
from zoo.images import _formats
from zoo.training.errors import UserError
from zoo.training.sources import Source

if TYPE_CHECKING:
    from zoo.training.config import TrainConfig

DIGIT_SETS = ("digits", "mnist_5k", "mnist", "emnist", "kmnist", "svhn_cropped")
SMALL = 64  # pixels; the longer side of images that are no photographs
LOOKED_AT = 16  # images of a folder
SMALL_NETWORK = "lenet5"
PHOTOGRAPHS = "efficientnet_lite0", "package"  # model and weights
NONE = "none"
EPOCHS, PRETRAINED_EPOCHS = 20, 8
BATCH_SIZE = 32
VALIDATION_SHARE = 0.2
PLAIN = {
    "optimizer": "adam",
    "schedule": "cosine",
    "step_factor": 0.1,
    "l2": 0.0,
    "warmup_epochs": 0.0,
    "label_smoothing": 0.0,
    "random_crop": 1.0,
    "rand_augment": 0.0,
    "random_erasing": 0.0,
    "mixup": 0.0,
    "cutmix": 0.0,
    "ema": 0.0,
}
# What is another default under a recipe.
RECIPES: dict[str, dict[str, Any]] = {
    "plain": {},
    # He et al. 2015, section 4.2, without their 164 epochs.
    "classic": {
        "optimizer": "nesterov",
        "learning_rate": 0.05,
        "schedule": "step",
        "l2": 0.0001,
    },
    # Wightman et al. 2021 and torchvision's of 2021, for shorter trainings.
    "modern": {
        "optimizer": "adamw",
        "learning_rate": 0.002,
        "weight_decay": 0.05,
        "label_smoothing": 0.1,
        "random_crop": 0.35,
        "rand_augment": 0.5,
        "random_erasing": 0.25,
        "mixup": 0.2,
        "cutmix": 1.0,
        "ema": 0.99,
    },
}


def certain(config: "TrainConfig") -> dict[str, Any]:
    """{name: value} of what follows from the other options alone."""
    model, weights = config.model, config.weights
    if weights == NONE:
        model, weights = model or SMALL_NETWORK, None
    elif model is None and weights is None and is_digits(config.dataset):
        model = SMALL_NETWORK
    values: dict[str, Any] = {"model": model, "weights": weights}
    if model is None:
        return values
    epochs = config.epochs or (PRETRAINED_EPOCHS if weights else EPOCHS)
    frozen = config.freeze_epochs
    if frozen is None:
        frozen = epochs // 2 if weights else 0
    given = PLAIN | RECIPES[config.recipe]
    if config.recipe == "modern" and config.schedule != "restarts":
        given["warmup_epochs"] = 0.1 * (epochs - frozen)
    given |= {
        "epochs": epochs,
        "freeze_epochs": frozen,
        "batch_size": None if weights else BATCH_SIZE,
        "keep": "best" if weights else "last",
    }
    values |= {n: v for n, v in given.items() if getattr(config, n) is None}
    if config.validation_share is None:
        keep = values.get("keep", config.keep)
        auto = config.learning_rate == "auto"
        decides = keep == "best" or config.early_stopping or auto
        values["validation_share"] = VALIDATION_SHARE if decides else 0.0
    return values


def chosen(config: "TrainConfig", source: Source) -> dict[str, Any]:
    """{name: value} of `model` and `weights`, where the data set decides.

    Raises:
        UserError: The weights are of several networks, or the package that
            holds them is not installed.
    """
    model, weights = config.model, config.weights
    if model is None and weights is not None:
        model = owner(weights)
    elif model is None:
        photographs = is_photographs(source)
        model, weights = PHOTOGRAPHS if photographs else (SMALL_NETWORK, NONE)
        if photographs:
            try:
                _package.find(_known.find(model, weights))
            except ValueError as error:
                raise UserError(
                    f"photographs are learnt from pretrained weights: "
                    f"{str(error).removeprefix('weights=').strip()}; or name "
                    "another network with --model."
                ) from error
    return {"model": model, "weights": weights}


def owner(weights: str) -> str:
    """The network that weights are of, by name, file or run.

    Raises:
        UserError: They are of several networks, or it cannot be told.
    """
    path = Path(weights).expanduser()
    if path.is_dir():
        return _model_of_run(path)
    if path.suffix and (known := _known.owner(path.name)):
        return known[0]
    if path.suffix == ".keras" and (path.parent / "config.json").is_file():
        return _model_of_run(path.parent)
    found = [
        builder
        for builder, entries in _known._table().items()
        for entry in entries
        if weights in (entry.name, entry.name.partition("/")[0])
    ]
    if weights == PHOTOGRAPHS[1]:
        return PHOTOGRAPHS[0]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(
            f"--weights={weights}: of which network they are cannot be told; "
            "name it with --model."
        )
    shown = ", ".join(found[:3])
    raise UserError(
        f"--weights={weights} are published for {len(found)} networks "
        f"({shown}, …): name one with --model."
    )


def _model_of_run(path):
    try:
        return _json.parse((path / "config.json").read_text())["flags"]["model"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"--weights={path}: it is no directory of a training; name the "
            "network with --model."
        ) from error


def is_digits(name: str) -> bool:
    """Whether a data set is one of figures or letters, by its name."""
    return name.partition(":")[0].split("/")[0] in DIGIT_SETS


def is_photographs(source: Source) -> bool:
    """Whether the images of a set have sides of more than 64 pixels.

    Read from the headers of a folder's first images, or from what TFDS keeps
    about a prepared set. What is not known is taken for photographs.
    """
    if source.kind == "packaged":
        return False
    if source.raw is not None:
        return not source.raw.size or max(source.raw.size) > SMALL
    if source.kind == "folder" and source.path:
        root = source.path if source.path.is_dir() else source.path.parent
        sides = list(itertools.islice(_sides(root), LOOKED_AT))
    elif is_digits(source.name):
        return False
    else:
        sides = _prepared_sides(source.path)
    return not sides or max(sides) > SMALL


def _sides(root):
    """The longer side of each image below a folder that can be read."""
    suffixes = sum(_formats.SUFFIXES.values(), ())
    for folder, folders, files in os.walk(root):
        folders.sort()
        for file in sorted(files):
            if not file.lower().endswith(suffixes):
                continue
            try:
                data = (Path(folder) / file).read_bytes()
                yield max(_formats.pixels(data)[:2])
            except (OSError, ValueError):  # what is broken is named later
                continue


def _prepared_sides(path):
    """The sides that TFDS's features.json has, if all images have them."""
    try:
        text = (Path(path) / "features.json").read_text()
        shape = _find(_json.parse(text), "shape")["dimensions"]
        sides = [int(side) for side in shape[:2]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return sides if all(side > 0 for side in sides) else []


def _find(tree: Any, name: str) -> Any:
    """The value of the first key `name` in nested dictionaries."""
    if isinstance(tree, Mapping):
        if name in tree:
            return tree[name]
        for value in tree.values():
            if (found := _find(value, name)) is not None:
                return found
    return None
