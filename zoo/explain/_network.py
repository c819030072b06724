"""Answers, feature maps and gradients of one model; its graphs are kept."""

import operator
import weakref

import keras
import numpy as np

from zoo.explain import _geometry, _gradients
from zoo.explain._graph import Graph, functional
from zoo.export import _head
from zoo.export._network import TINY

KEPT = weakref.WeakKeyDictionary()  # {model: (its outputs, its Network)}


def of(model):
    """The `Network` of a model, or the `Answers` of a function."""
    is_model = isinstance(model, keras.Model)
    return of_model(model) if is_model else Answers(model)


def of_model(model: keras.Model) -> "Network":
    """The `Network` of a model, made once."""
    if keras.backend.backend() not in ("tensorflow", "jax"):
        raise ValueError(
            "explain needs Keras on TensorFlow or JAX; its backend is "
            f"{keras.backend.backend()!r}."
        )
    mark = tuple(map(id, getattr(functional(model), "outputs", None) or ()))
    kept = KEPT.get(model)
    if kept is None or kept[0] != mark:
        kept = KEPT[model] = mark, Network(model)
    return kept[1]


class Answers:
    """A function from images to logits or probabilities, without gradients.

    Attributes:
        shape: (height, width, channels) of the images, None for any.
        BATCH: How many images it gets at once.
    """

    BATCH = 16
    shape = (None, None, None)

    def __init__(self, function):
        self.function = function
        self.probable = None  # whether it answers with probabilities

    def prepared(self, image):
        return image

    def unprepared(self, chart, image):
        return chart

    def answers(self, images):
        """What the network says, an array (N, classes)."""
        return np.concatenate(
            [
                np.asarray(self.function(images[i : i + self.BATCH]), "float32")
                for i in range(0, len(images), self.BATCH)
            ]
        )

    def logits(self, images):
        """The logits, or the logarithm of probabilities, (N, classes)."""
        answers = self.answers(images)
        if answers.ndim != 2 or not np.isfinite(answers).all():
            raise ValueError(
                "model must answer with a finite number for each class; it "
                f"answered {answers[0]!r:.80}."
            )
        if self.probable is None:
            sums = answers.sum(axis=1)
            self.probable = bool(
                answers.shape[1] > 1
                and answers.min() >= 0
                and np.abs(sums - 1).max() < _head.ROUNDING
            )
        return np.log(np.maximum(answers, TINY)) if self.probable else answers

    def scores(self, images, index):
        """How much each image is of the class, (N,)."""
        return _score(self.logits(images), index)


class Network(Answers):
    """The same of a model, with gradients.

    It keeps no reference to the model, only to its layers.
    """

    def __init__(self, model):
        super().__init__(None)
        self.name = model.name
        target = _target(model)
        self.shape = tuple(functional(model).inputs[0].shape[1:])
        self.graph = Graph(model, target)
        graph = self.graph
        whole, start = (graph.shapes[k] for k in (graph.image, graph.start))
        self._prepare = _gradients.compiled(
            lambda x: graph.run({graph.image: x}, graph.start), whole
        )
        self._answer = _gradients.compiled(
            lambda x: graph.run({graph.start: x}, graph.output), start
        )
        self._pixels = _gradients.with_gradient(
            lambda x, index: self._score(
                graph.run({graph.start: x}, graph.output), index
            ),
            start,
        )
        self._maps, self._tails = {}, {}

    def prepared(self, image):
        """The image as gradients reach it, behind resizing and cropping."""
        if self.graph.start == self.graph.image:
            return image
        return self._prepare(image)[0]

    def unprepared(self, chart, image):
        """A map over the prepared image as one over the image itself."""
        if self.graph.start == self.graph.image:
            return chart
        return _geometry.undone(chart, image, self.prepared)

    def answers(self, images):
        return np.concatenate(
            [
                self._answer(images[i : i + self.BATCH])[0]
                for i in range(0, len(images), self.BATCH)
            ]
        )

    def gradients(self, images, index):
        """Scores (N,), and their gradients in the images' shape."""
        parts = [
            self._pixels(images[i : i + self.BATCH], np.int32(index))
            for i in range(0, len(images), self.BATCH)
        ]
        scores, gradients = map(np.concatenate, zip(*parts, strict=True))
        return scores, gradients

    def features(self, images, layer=None):
        """(key, feature maps): the last before the pooling, or a layer's.

        Args:
            images: Prepared.
            layer: What `Graph.find` takes, or None.
        """
        if layer is None:
            key = self.graph.last_map(self.graph.shapes[self.graph.output][-1])
            if key is None:
                raise ValueError(
                    f"{self.name!r} has no feature map before its classifier; "
                    "method='saliency' and 'occlusion' need none."
                )
        else:
            key = self.graph.find(layer)
        if key not in self._maps:
            self._maps[key] = _gradients.compiled(
                lambda x: self.graph.run({self.graph.start: x}, key),
                self.graph.shapes[self.graph.start],
            )
        return key, self._maps[key](images)[0]

    def feature_gradients(self, images, key, features, index):
        """The gradients of the class's scores to feature maps."""
        if key not in self._tails:
            graph = self.graph

            def tail(maps, images, index):
                values = {graph.start: images, key: maps}
                return self._score(graph.run(values, graph.output), index)

            shapes = graph.shapes[key], graph.shapes[graph.start]
            self._tails[key] = _gradients.with_gradient(tail, *shapes)
        return self._tails[key](features, images, np.int32(index))[1]

    def _score(self, outputs, index):
        logits = keras.ops.cast(outputs[0], "float32")
        if self.probable:
            logits = keras.ops.log(keras.ops.maximum(logits, TINY))
        return _score(logits, index)


def chosen(logits, class_index):
    """The class to explain: the given one, or the most probable.

    Raises:
        ValueError: There is no such class.
    """
    classes = max(2, logits.shape[-1])  # one output tells yes from no
    if class_index is None:
        return int(logits.argmax() if logits.size > 1 else logits[0] > 0)
    try:
        index = operator.index(class_index)
    except TypeError:
        index = -1
    if isinstance(class_index, bool) or not 0 <= index < classes:
        raise ValueError(
            f"class_index must be an int from 0 to {classes - 1}; received "
            f"{class_index!r}."
        )
    return index


def _score(logits, index):
    """The logits of a class; with one output, that of 0 is 1's opposite."""
    if isinstance(logits, np.ndarray):
        single = logits.shape[-1] == 1
        return logits[:, 0] * (2 * index - 1) if single else logits[:, index]
    if logits.shape[-1] == 1:
        return logits[:, 0] * (2 * keras.ops.cast(index, "float32") - 1)
    return keras.ops.take(logits, index, axis=1)


def _target(model):
    """The tensor of the logits or probabilities."""
    graph = functional(model)
    if graph is None:
        raise ValueError(
            "model must be a functional or built sequential keras.Model, or a "
            "function from images to logits, for method='occlusion'; received "
            f"{model!r:.100}."
        )
    shapes = [tuple(x.shape) for x in graph.inputs]
    if len(shapes) != 1 or len(shapes[0]) != 4:
        raise ValueError(
            f"model must take one batch of images (N, H, W, C); it takes "
            f"{shapes}."
        )
    target = graph.output
    if isinstance(target, dict) and "logits" in target:
        target = target["logits"]  # beside auxiliary classifiers
    targets = keras.tree.flatten(target)
    if len(targets) != 1 or len(targets[0].shape) != 2:
        raise ValueError(
            "model must return one row of logits or probabilities for an "
            f"image; it returns {[tuple(x.shape) for x in targets]}."
        )
    return targets[0]
