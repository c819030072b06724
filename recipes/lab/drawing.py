"""Training images that the seed draws, and others to choose rates by."""

import dataclasses
import functools

import numpy as np
import tensorflow as tf

from zoo.training.reading import Raw


def drawn(raw: Raw, per_class: int, validation: int, seed: int) -> Raw:
    """The same set with fewer training images, drawn of each class.

    Args:
        raw: A `Raw`.
        per_class: Training images of each class; 0: all that are left.
        validation: Training images of each class that are set apart, to choose
            rates by.
        seed: Decides which images are drawn.

    Returns:
        A `Raw`; its held-out images are those of the given one.
    """
    if not (per_class or validation):
        return raw
    labels = _labels(raw.name, raw.train)
    random = np.random.default_rng([seed, 1])
    train, apart = np.zeros((2, len(labels)), bool)
    for label in np.unique(labels):
        some = random.permutation(np.flatnonzero(labels == label))
        apart[some[:validation]] = True
        some = some[validation:]
        train[some[: per_class or len(some)]] = True
    return dataclasses.replace(
        raw,
        train=_chosen(raw.train, train),
        train_count=int(train.sum()),
        validation=_chosen(raw.train, apart) if validation else raw.validation,
        validation_count=int(apart.sum()) or raw.validation_count,
    )


def _chosen(dataset, mask):
    keep = tf.constant(mask)
    return (
        dataset.enumerate()
        .filter(lambda at, _: keep[at])
        .map(lambda _, example: example)
    )


@functools.lru_cache(maxsize=2)
def _labels(name, dataset):
    return np.fromiter((int(label) for _, label in dataset), int)
