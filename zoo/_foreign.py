"""What other packages call it: arguments and weights that people know."""

import functools
import inspect
from collections.abc import Callable
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")

WEIGHTS = (
    "weights='timm', 'torchvision' or 'keras' loads that package's, and "
    "zoo.info(NAME).checkpoints lists what there is"
)
SHAPE = "input_shape=(height, width, channels) says it"
BUILDING = {
    "pretrained": WEIGHTS,
    "pretrained_backbone": WEIGHTS,
    "pretrained_cfg": WEIGHTS,
    "checkpoint_path": "weights= takes a path, too",
    "load_weights": "weights= takes a path, too",
    "progress": "a download shows its progress by itself",
    "classes": "num_classes= is the number of classes",
    "in_chans": SHAPE,
    "in_channels": SHAPE,
    "img_size": SHAPE,
    "image_size": SHAPE,
    "input_size": SHAPE,
    "input_tensor": "call the model on the tensor",
    "global_pool": "pooling='avg' with include_top=False says it",
    "features_only": "zoo.feature_extractor(model) gives the feature maps",
    "out_indices": "zoo.feature_extractor(model) gives the feature maps",
    "act_layer": "activation= says it",
    "norm_layer": "norm= says it",
    "aux_logits": "aux_heads=True says it, where a network has any",
    "include_preprocessing": "zoo.preprocessing(NAME) is a model of its own",
    "scriptable": "zoo.export writes a model for other programs",
}
LISTING = {
    "pretrained": (
        "weights=True lists the models with published weights, weights='timm' "
        "those with timm's"
    ),
    "filter": "the first argument, pattern, says it",
    "name_filter": "the first argument, pattern, says it",
    "exclude_filters": "leave them out of the list",
    "module": "info(name).family tells a model's family",
    "include": "the first argument, pattern, says it",
}


def explains(
    hints: dict[str, str],
) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """A decorator: arguments that `hints` names raise TypeError with the hint.

    Args:
        hints: {argument of other packages: what says it here}.
    """

    def decorate(function: Callable[Given, Result]) -> Callable[Given, Result]:
        own = inspect.signature(function).parameters

        @functools.wraps(function)
        def checked(*args: Given.args, **options: Given.kwargs) -> Result:
            for name in options.keys() & hints.keys() - own.keys():
                raise TypeError(
                    f"{function.__name__}() has no argument {name!r}: "
                    f"{hints[name]}."
                )
            return function(*args, **options)

        return checked

    return decorate
