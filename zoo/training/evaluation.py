"""How a trained model does on the images that were held out."""

import dataclasses
import os

import keras
import numpy as np

from zoo._files import written_aside
from zoo.evaluation import Evaluation, _asking, _metrics, measure
from zoo.export._metadata import weights_sha256
from zoo.training.data import Data


@dataclasses.dataclass
class HeldOut:
    """Held-out images that are kept, and how the model did on all.

    Attributes:
        right: How many of all held-out images are classified right.
        accuracy: Their share.
        images, labels, logits: The kept images as they enter the model, their
            labels, and the model's answers.
        classes: Names of the classes.
        evaluation: All that is told of the answers; None: not asked for.
    """

    right: int
    accuracy: float
    images: np.ndarray
    labels: np.ndarray
    logits: np.ndarray
    classes: list[str]
    evaluation: Evaluation | None = None

    def save(self, path: str | os.PathLike) -> None:
        """Writes what recipes/classify_saved_model.py reads."""
        with written_aside(path, ".npz", durable=True) as aside:
            np.savez_compressed(
                aside,
                images=self.images,
                labels=self.labels,
                logits=self.logits,
                classes=self.classes,
            )


def predict(model: keras.Model, data: Data, keep: int) -> HeldOut:
    """Asks about the held-out images; keeps the first `keep` of them.

    Args:
        model: A classifier with one output.
        data: A `data.Data`.
        keep: How many images and answers the result has.

    Returns:
        A `HeldOut`.
    """
    kept = Kept(keep)
    network = _asking.network(model)
    logits, labels, _ = _asking.ask(network, _batches(data.test, kept=kept))
    return _held_out(kept, logits, labels, data.classes)


def evaluate(model: keras.Model, data: Data, keep: int, name: str) -> HeldOut:
    """The same, and all that can be told of the answers.

    The temperature is fitted on the validation images where there are any.

    Args:
        model, data, keep: The arguments of `predict`.
        name: The model's name, for people.
    """
    kept = Kept(keep)
    network = _asking.network(model)
    to_pixels = _to_pixels(data.preprocessing)
    logits, labels, pictures = _asking.ask(
        network, _batches(data.test, to_pixels, kept)
    )
    validation = None
    if data.validation is not None:
        validation = _asking.ask(network, _batches(data.validation))[:2]
    found = measure(
        logits,
        labels,
        data.classes,
        validation=validation,
        model=name,
        dataset=data.name,
        split="held-out images of the run",
        pictures=pictures,
        weights_sha256=weights_sha256(model),
    )
    held_out = _held_out(kept, logits, labels, data.classes)
    return dataclasses.replace(held_out, evaluation=found)


class Kept:
    """The first images that go by."""

    def __init__(self, most):
        self._most, self._batches = most, []

    def add(self, images):
        """Keeps of a batch what there is still room for."""
        room = self._most - sum(map(len, self._batches))
        if room > 0:
            self._batches.append(images[:room])

    def images(self):
        """All that is kept, as one array."""
        return np.concatenate(self._batches)


def _batches(dataset, to_pixels=None, kept=None):
    """What `_asking.ask` takes, of a `data.Data`'s batches."""
    for images, labels in dataset:
        images, labels = images.numpy(), labels.numpy()
        if labels.ndim == 2:  # one-hot, for label smoothing
            labels = labels.argmax(axis=1)
        if kept is not None:
            kept.add(images)
        yield images, labels, None if to_pixels is None else to_pixels(images)


def _to_pixels(preprocessing):
    """Makes pixels again of what enters the network."""
    multiplier = np.array(preprocessing.multiplier, np.float32)
    offset = np.array(preprocessing.offset, np.float32)

    def to_pixels(images):
        pixels = (images - offset) / np.where(multiplier, multiplier, 1)
        return np.clip(np.rint(pixels), 0, 255).astype(np.uint8)

    return to_pixels


def _held_out(kept, logits, labels, classes):
    images = kept.images()
    right = int(np.sum(_metrics.answers(logits) == labels))
    return HeldOut(
        right=right,
        accuracy=right / len(labels),
        images=images,
        labels=labels[: len(images)],
        logits=logits[: len(images)],
        classes=classes,
    )
