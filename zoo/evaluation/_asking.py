"""Asks a classifier about batches of images."""

from collections.abc import Iterable, Iterator
from typing import Any

import keras
import numpy as np

from zoo.evaluation import _calibration, _corruptions, _metrics
from zoo.evaluation._gallery import Gallery
from zoo.export import _head, _network

# (what enters the model, labels, uint8 pixels to show or None)
Batch = tuple[Any, np.ndarray, np.ndarray | None]


def network(model: keras.Model) -> keras.Model:
    """A model from images to {"logits": float32 (N, classes)}.

    A single output, as of a sigmoid, counts for the second of two classes.

    Raises:
        ValueError: The model is no classifier of images.
    """
    outputs = getattr(model, "outputs", None) or []
    if len(outputs) == 1 and outputs[0].shape[1:] == (1,):
        ops, x = keras.ops, keras.ops.cast(outputs[0], "float32")
        activation = getattr(_head.last(outputs[0]), "activation", None)
        if activation is keras.activations.sigmoid:
            both = ops.concatenate([1 - x, x], axis=1)
            logits = ops.log(ops.maximum(both, _network.TINY))
        else:
            logits = ops.concatenate([ops.zeros_like(x), x], axis=1)
        return keras.Model(model.inputs[0], {"logits": logits})
    _network.check(model)
    served = _network.served(model, features=False)
    return keras.Model(served.inputs[0], {"logits": served.output["logits"]})


def ask(
    network: keras.Model,
    batches: Iterable[Batch],
    temperature: float = 1.0,
) -> tuple[np.ndarray, np.ndarray, dict[int, str]]:
    """(logits, labels, {index: picture}) of all images.

    Args:
        network: What `network` returned.
        batches: See `Batch`.
        temperature: What the logits are divided by.

    Raises:
        ValueError: There are no images.
    """
    all_logits, all_labels, gallery, first = [], [], Gallery(), 0
    for inputs, labels, shown in batches:
        logits = network.predict_on_batch(inputs)["logits"] / temperature
        if shown is not None:
            finite = np.nan_to_num(logits)
            sure = _calibration.probabilities(finite).max(axis=1)
            answers = _metrics.answers(logits)
            gallery.add(first, shown, labels, answers, sure)
        all_logits.append(logits)
        all_labels.append(labels)
        first += len(labels)
    if not first:
        raise ValueError("there are no images to evaluate on.")
    logits = np.concatenate(all_logits).astype(np.float32)
    return logits, np.concatenate(all_labels), gallery.pictures


def corrupted(
    network: keras.Model,
    batches: Iterable[tuple[np.ndarray, np.ndarray]],
    prepare,
    progress=None,
) -> dict[str, Any]:
    """`Evaluation.corruptions`.

    Args:
        network: What `network` returned.
        batches: (pixels from 0 to 255 at the network's size, labels), which
            are gone through once.
        prepare: Function from such pixels to what enters the model.
        progress: Function that is told (done, number of images) at times.
    """
    right = {
        name: np.zeros(_corruptions.STRENGTHS, int) for name in _corruptions.ALL
    }
    plain = total = 0
    for pixels, labels in batches:

        def count(images, labels=labels):
            logits = network.predict_on_batch(prepare(images))["logits"]
            return int(np.sum(_metrics.answers(logits) == labels))

        plain += count(np.asarray(pixels, np.float32))
        for name, counts in right.items():
            for strength in range(1, _corruptions.STRENGTHS + 1):
                images = _corruptions.corrupt(pixels, name, strength, total)
                counts[strength - 1] += count(images)
        total += len(labels)
        if progress:
            progress(total)
    return {
        "images": total,
        "accuracy": plain / total,
        "strengths": {k: (v / total).tolist() for k, v in right.items()},
    }


def first_of(batches: Iterable, most: int) -> Iterator:
    """The first `most` images of batches of tuples of arrays."""
    left = most
    for batch in batches:
        if left <= 0:
            return
        yield tuple(None if x is None else x[:left] for x in batch)
        left -= len(batch[0])
