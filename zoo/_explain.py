"""Explains image files: what `zoo explain` does."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from zoo import _figures, _loading, _targets
from zoo._choices import did_you_mean
from zoo.explain import (
    _explain,
    _geometry,
    _network,
    _pictures,
)
from zoo.images import Preprocessing


class Explainer:
    """A model that a command was given, with its images and class names.

    Args:
        target: What `_targets.find` returned.
        method: One of `zoo.explain`'s.
        options: Further arguments of `_loading.load`.

    Raises:
        ValueError: It cannot be loaded.
    """

    def __init__(self, target, method="grad_cam", **options):
        self.loaded = _loading.load(target, **options)
        self.method = method
        self.names = self.loaded.class_names()
        self.model = self.loaded.model
        if target.kind == _targets.SAVED_MODEL:
            self.model = self._answers

    def explain(self, path, class_name=None, layer=None, top=5):
        """The `_pictures.Explained` of an image file."""
        pixels = self.loaded.read(path)
        shown, image = self._seen(pixels)
        probabilities = self.loaded.probabilities(pixels[None])[0]
        index = int(probabilities.argmax())
        if class_name is not None:
            index = self.index(class_name)
        chart = _explain.explain(self.model, image, self.method, index, layer)
        if chart.shape != shown.shape[:2]:
            chart = _geometry.undone(
                chart, pixels[None], lambda x: np.asarray(self.loaded.inputs(x))
            )
        return _pictures.Explained(
            title=os.path.basename(path),
            image=shown,
            chart=chart,
            method=self.method,
            about=self.names[index],
            classes=[
                (self.names[i], float(probabilities[i]))
                for i in np.argsort(-probabilities)[:top]
            ],
        )

    def maps(self, path, layer):
        """The feature maps (H, W, K) that a layer makes of an image file."""
        _, image = self._seen(self.loaded.read(path))
        network = _network.of_model(self.loaded.model)
        seen = network.prepared(image[None].astype("float32"))
        return network.features(seen, layer)[1][0]

    def first_filters(self):
        """(layer's name, its kernel) of the first convolution.

        Raises:
            ValueError: There is none.
        """
        for step in _network.of_model(self.loaded.model).graph.steps:
            layer = getattr(step.operation, "layer", step.operation)
            kernel = getattr(layer, "kernel", None)
            if kernel is not None and len(kernel.shape) == 4:
                return step.name, np.asarray(kernel, "float32")
        raise ValueError(f"{self.loaded.name} has no convolution.")

    def index(self, class_name):
        """The number of a class, by its name or as text."""
        if class_name in self.names:
            return self.names.index(class_name)
        if class_name.isdecimal() and int(class_name) < len(self.names):
            return int(class_name)
        hint = did_you_mean(class_name, self.names, most=3)
        raise ValueError(
            f"--class={class_name!r} is none of the {len(self.names)} classes, "
            f"nor a number below {len(self.names)}.{hint}"
        )

    def _seen(self, pixels):
        """The image as the network sees it: to show, and as it enters."""
        prepare = self.loaded.preprocessing
        if isinstance(prepare, Preprocessing):
            shown = prepare.fit(pixels[None].astype("float32"))
            return np.asarray(shown)[0], np.asarray(prepare.scale(shown))[0]
        return pixels, np.asarray(self.loaded.inputs(pixels[None]))[0]

    def _answers(self, images):
        return np.asarray(self.loaded.model(images, training=False))


def picture(
    target: _targets.Target,
    images: Sequence[str],
    output: str | os.PathLike | None = None,
    *,
    method: str = "grad_cam",
    class_name: str | None = None,
    layer: str | None = None,
    top: int = 5,
    maps: str | None = None,
    filters: bool = False,
    **options,
) -> Path:
    """Writes the picture that `zoo explain` is asked for.

    Args:
        target: What `_targets.find` returned.
        images: Paths of image files.
        output: The picture's path. None: a free name in the working directory.
        method, layer: As in `zoo.explain`.
        class_name: Name or number of the class; None: the most probable.
        top: How many classes are shown.
        maps: A layer, whose feature maps are drawn instead.
        filters: Whether the first layer's filters are drawn instead.
        options: Further arguments of `_loading.load`.

    Returns:
        The path of the picture.
    """
    explainer = Explainer(target, method, **options)
    name = explainer.loaded.name
    if filters:
        layer, kernel = explainer.first_filters()
        figure = _pictures.filters(kernel, f"{name}, {layer}")
        output = output or _free("filters")
    elif maps:
        shown = explainer.maps(images[0], maps)
        title = f"{name}, {maps}, {os.path.basename(images[0])}"
        figure = _pictures.feature_maps(shown, title)
        output = output or _free("maps")
    else:
        rows = [explainer.explain(p, class_name, layer, top) for p in images]
        figure = _pictures.explanations(rows)
        output = output or _free("explanation")
    _figures.save(figure, output)
    return Path(output)


def _free(name):
    """The first of NAME.png, NAME-2.png, … that is not there."""
    path, number = Path(f"{name}.png"), 1
    while path.exists():
        number += 1
        path = Path(f"{name}-{number}.png")
    return path
