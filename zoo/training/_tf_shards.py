"""Batches divided among devices: each image goes to one of them.

The devices' shares of a batch differ by one image at most. TensorFlow's own
division gives the first devices whole shares of the usual size, so that a short
last batch leaves others without images, which a convolution does not bear.
"""

import tensorflow as tf

from zoo.training.devices import Devices


def distribute(batches: tf.data.Dataset, devices: Devices):
    """The batches as `fit` of a distributed model takes them.

    Args:
        batches: Batches for all devices together, each at least as large as
            there are devices. All processes get the same.
        devices: Devices with a strategy.
    """
    local = devices.replicas // devices.role.workers
    first = devices.role.worker * local

    def divide(*batch):
        return _Parts(batch, devices.replicas).dataset(first, local)

    def pipeline(_):
        return batches.flat_map(divide).prefetch(local)

    return devices.strategy.distribute_datasets_from_function(pipeline)


class _Parts:
    """The parts of one batch."""

    def __init__(self, batch, count):
        self._batch, self._count = batch, count
        self._size = tf.shape(tf.nest.flatten(batch)[0], tf.int64)[0]

    def dataset(self, first, count):
        numbers = tf.data.Dataset.range(first, first + count)
        return numbers.map(self._part)

    def _part(self, number):
        begin = self._begin(number)
        end = self._begin(number + 1)
        return tf.nest.map_structure(lambda x: x[begin:end], self._batch)

    def _begin(self, number):
        """Where a part begins: the first parts have what is over."""
        each, over = self._size // self._count, self._size % self._count
        return number * each + tf.minimum(number, over)


def batch_size(count: int, most: int, replicas: int) -> int:
    """A size of batches that leaves no device without images at the end.

    Args:
        count: Number of images, at least `replicas`.
        most: The size unless that leaves some without; else the next smaller.
        replicas: Number of devices.

    Example:
        >>> batch_size(257, 256, 2)
        255
    """
    smaller, larger = range(most, replicas - 1, -1), range(most + 1, count + 1)
    return next(
        size
        for size in (*smaller, *larger)
        if count % size == 0 or count % size >= replicas
    )
