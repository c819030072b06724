"""How a trained model does on the images that were held out."""

import dataclasses
import os

import keras
import numpy as np

from zoo._files import written_aside
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
    """

    right: int
    accuracy: float
    images: np.ndarray
    labels: np.ndarray
    logits: np.ndarray
    classes: list[str]

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


def classifier(model: keras.Model) -> keras.Model:
    """The model, without auxiliary classifiers."""
    if not isinstance(model.output, dict):
        return model
    return keras.Model(
        model.input, model.output["logits"], name=f"{model.name}_classifier"
    )


def predict(model: keras.Model, data: Data, keep: int) -> HeldOut:
    """Evaluates on the held-out images; keeps the first `keep` of them.

    Args:
        model: A classifier with one output.
        data: A `data.Data`.
        keep: How many images and answers the result has.

    Returns:
        A `HeldOut`.
    """
    right, kept = 0, []
    for images, labels in data.test:
        images, labels = images.numpy(), labels.numpy()
        if labels.ndim == 2:  # one-hot, for label smoothing
            labels = labels.argmax(axis=1)
        logits = model.predict_on_batch(images)
        right += int(np.sum(np.argmax(logits, axis=1) == labels))
        if sum(len(batch[0]) for batch in kept) < keep:
            kept.append((images, labels, logits))
    images, labels, logits = (
        np.concatenate(arrays)[:keep] for arrays in zip(*kept, strict=True)
    )
    return HeldOut(
        right=right,
        accuracy=right / data.test_count,
        images=images,
        labels=labels,
        logits=logits.astype("float32"),
        classes=data.classes,
    )
