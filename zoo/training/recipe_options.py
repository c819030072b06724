"""The options that a recipe bundles."""

import dataclasses

from zoo.training import defaults
from zoo.training.options import Options, option


@dataclasses.dataclass(frozen=True, kw_only=True)
class RecipeOptions(Options):
    """What makes a network generalize."""

    recipe: str = option(
        "plain",
        "Options that go together, of which each can be given besides: plain "
        "(Adam under a cosine), classic (SGD as for ResNets in 2015) or "
        "modern (AdamW, EMA, mixup, CutMix, RandAugment, random crops and "
        "erasing, label smoothing; for long trainings).",
        choices=tuple(defaults.RECIPES),
    )
    random_crop: float | None = option(
        None,
        "Smallest share of the image's area that a random crop, resized to "
        "the whole, has; 1: no such crops. Default: 1, modern 0.35.",
        least=0.01,
        most=1.0,
    )
    rand_augment: float | None = option(
        None,
        "Strength of RandAugment (two random changes of place, light or "
        "colour for each image), from 0 (none) to 1. Default: 0, modern 0.5.",
        least=0.0,
        most=1.0,
    )
    trivial_augment: bool = option(
        False,
        "Change each image by TrivialAugment: one of 14 operations (place, "
        "light, colour, …), by chance as its strength.",
    )
    random_erasing: float | None = option(
        None,
        "Probability that a random rectangle of an image is erased. Default: "
        "0, modern 0.25.",
        least=0.0,
        most=1.0,
    )
    mixup: float | None = option(
        None,
        "Parameter alpha of mixup, which blends pairs of images and their "
        "labels; 0: none. Default: 0, modern 0.2.",
        least=0.0,
        most=1.0,
    )
    cutmix: float | None = option(
        None,
        "Parameter alpha of CutMix, which pastes a part of one image into "
        "another and shares out the label; 0: none. Default: 0, modern 1.",
        least=0.0,
        most=1.0,
    )
    label_smoothing: float | None = option(
        None,
        "Share of each target that is spread over all classes, from 0 to 1. "
        "Default: 0, modern 0.1.",
        least=0.0,
        most=1.0,
    )
    ema: float | None = option(
        None,
        "Share of the old value in the moving average of the weights, which "
        "is validated and kept in their place; 0: no average. Default: 0, "
        "modern 0.99.",
        least=0.0,
        most=0.99999,
    )
    class_weights: str = option(
        "none",
        "Weights of the classes in the loss: none, or balanced (rarer classes "
        "weigh more, so that all weigh alike together).",
        choices=("none", "balanced"),
    )
    accumulate: int = option(
        1,
        "Steps whose gradients are averaged for one change of the weights.",
        least=1,
    )
