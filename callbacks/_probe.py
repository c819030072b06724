"""One pass of the model over fixed data, and what is read off it."""

import keras
import numpy as np

from zoo.callbacks import _calls, _sites
from zoo.callbacks._sample import Sample
from zoo.callbacks._tf import tf

# A batch has so many inputs at least, and more while they are small: a call
# costs small models more than what it computes.
BATCH, BATCH_VALUES = 64, 2**18
VALUES = 32  # of each layer and input, from which quantiles are taken


class Probe:
    """Reads activations in inference mode; leaves the model untouched.

    Args:
        data: Array or structure of them, tf.data.Dataset of batches, or None
            for the first inputs that the model trains on.
        size: How many inputs of a dataset or of the training data to use.
        wanted: What to read: "sites", "layers" or both.
    """

    def __init__(self, data, size, wanted):
        self.size = size
        self._sample = Sample(size) if data is None else None
        self._x = None if data is None else _inputs(data, size)
        self._function = None
        self._model = None
        self.wanted = wanted

    def attach(self, model, fit):
        if self._sample is not None:
            self._sample.attach(model, fit)

    def detach(self, model):
        if self._sample is not None:
            self._sample.detach(model)

    def run(self, model):
        """Results by name: (site, active), and (moments, values) of layers."""
        x = self._x if self._sample is None else self._sample.read()
        if x is None:
            return {"sites": {}, "layers": {}, "finite": True}
        if self._function is None or self._model is not model:
            self._trace(model, x)
        total = len(keras.tree.flatten(x)[0])
        weights, results = [], []
        for start in range(0, total, self._batch):
            batch = keras.tree.map_structure(
                lambda a, i=start: a[i : i + self._batch], x
            )
            weights.append(len(keras.tree.flatten(batch)[0]))
            results.append(
                keras.tree.map_structure(
                    lambda t: t.numpy(), self._function(batch)
                )
            )
        actives = [active for active, _ in results]
        layers = [values for _, values in results]
        return {
            "finite": _finite(x),
            "sites": {
                site.name: (
                    site,
                    np.average(
                        [a[i] for a in actives], axis=0, weights=weights
                    ),
                )
                for i, site in enumerate(self.sites)
            },
            "layers": {
                name: (
                    np.average(
                        [v[i][0] for v in layers], axis=0, weights=weights
                    ),
                    np.concatenate([v[i][1] for v in layers]),
                )
                for i, name in enumerate(self.layers)
            },
        }

    def _trace(self, model, x):
        static = [
            spec.shape[0]
            for spec in getattr(model, "inputs", None) or ()
            if spec.shape
            and spec.shape[0]
            # One that is built by an eager batch keeps that batch's size.
            and not isinstance(model, keras.Sequential)
        ]
        size = sum(a[0].size for a in keras.tree.flatten(x))
        self._batch = static[0] if static else max(BATCH, BATCH_VALUES // size)

        @tf.function(
            autograph=False,
            input_signature=[
                keras.tree.map_structure(
                    lambda a: tf.TensorSpec(
                        (static[0] if static else None, *a.shape[1:]), a.dtype
                    ),
                    x,
                )
            ],
        )
        def function(x):
            graph = tf.compat.v1.get_default_graph()
            first = len(graph.get_operations())
            with _calls.watched(model, graph) as calls:
                if model._call_has_training_arg:
                    outputs = model(x, training=False)
                else:
                    outputs = model(x)
            ends = {id(tensor) for tensor in keras.tree.flatten(outputs)}
            operations = graph.get_operations()
            owners = _calls.owners(calls, len(operations))
            self.sites = []
            self.layers = []
            actives = []
            values = []
            count = VALUES * tf.shape(keras.tree.flatten(x)[0])[0]
            if "sites" in self.wanted:
                self.sites = _sites.find(operations[first:], owners[first:])
                actives = [site.active for site in self.sites]
                for site in self.sites:
                    site.is_output = id(site.output) in ends
            if "layers" in self.wanted:
                for call in _calls.leaves(calls):
                    outputs = keras.tree.flatten(call.outputs)
                    if outputs and outputs[0].dtype.is_floating:
                        self.layers.append(call.name)
                        values.append(_values(outputs[0], count))
            return actives, values

        function.get_concrete_function()
        self._function = function
        self._model = model


def _values(tensor, count):
    """Mean and mean square, and an even sample of at most `count` values."""
    flat = tf.reshape(tf.cast(tensor, tf.float32), [-1])
    stride = (tf.size(flat) + count - 1) // count
    moments = tf.stack([tf.reduce_mean(flat), tf.reduce_mean(flat * flat)])
    return moments, flat[:: tf.maximum(stride, 1)]


def _finite(x):
    return all(
        bool(np.isfinite(a).all())
        for a in keras.tree.flatten(x)
        if a.dtype.kind == "f"
    )


def _inputs(data, size):
    if not isinstance(data, tf.data.Dataset):
        x, _, _ = keras.utils.unpack_x_y_sample_weight(data)
        return keras.tree.map_structure(np.asarray, x)
    batches, count = [], 0
    for batch in data:
        x, _, _ = keras.utils.unpack_x_y_sample_weight(batch)
        batches.append(keras.tree.map_structure(np.asarray, x))
        count += len(keras.tree.flatten(batches[-1])[0])
        if count >= size:
            break
    if not batches:
        raise ValueError("probe is a dataset without a single batch.")
    return keras.tree.map_structure(
        lambda *arrays: np.concatenate(arrays)[:size], *batches
    )
