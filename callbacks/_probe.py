"""One pass of the model over fixed data, and what is read off it."""

from typing import Any

import keras
import numpy as np

from zoo.callbacks import _calls, _sites
from zoo.callbacks._inputs import Inputs
from zoo.callbacks._sample import Sample
from zoo.callbacks._tf import tf

# A batch has so many inputs at least, and more while they are small: a call
# costs small models more than what it computes.
BATCH, BATCH_VALUES = 64, 2**18
VALUES = 32  # values an input and layer, from which quantiles are taken


class Probe:
    """Reads activations in inference mode; leaves the model untouched.

    Args:
        data: What `Inputs` takes, or None for the first inputs that the model
            trains on.
        size: How many inputs of a dataset or of the training data to use.
        wanted: What to read: "sites" (activations that can be dead or
            saturated), "layers" (distributions of outputs) or both.
    """

    def __init__(self, data, size, wanted):
        self.wanted = wanted
        self._sample = Sample(size) if data is None else None
        self._inputs = None if data is None else Inputs(data, size)
        self._function = self._model = None
        self.sites: Any = None
        self.layers: Any = None

    def __getstate__(self):
        live = ("_function", "_model", "sites", "layers")
        return {**self.__dict__, **dict.fromkeys(live)}

    def attach(self, model, fit):
        if self._sample is not None:
            self._sample.attach(model, fit)

    def reset(self):
        """Nothing is carried from epoch to epoch."""

    def detach(self, model):
        if self._sample is not None:
            self._sample.detach(model)

    def run(self, model):
        """What the model makes of the data.

        Returns:
            A dictionary: "finite", whether the data is; "sites", {name:
            (site, how often each channel is active)}; "layers", {name:
            ((mean, mean square), values)}.
        """
        if self._sample is not None:
            x = self._sample.read()
        else:
            x = self._inputs.of(model)
        if x is None:
            return {"sites": {}, "layers": {}, "finite": True}
        if self._function is None or self._model is not model:
            self._trace(model, x)
        weights, actives, layers = [], [], []
        for start in range(0, _length(x), self._batch):
            batch = keras.tree.map_structure(
                lambda a, i=start: a[i : i + self._batch], x
            )
            weights.append(_length(batch))
            active, values = keras.tree.map_structure(
                lambda t: t.numpy(), self._function(batch)
            )
            actives.append(active)
            layers.append(values)

        def mean(arrays):
            return np.average(arrays, axis=0, weights=weights)

        return {
            "finite": _finite(x),
            "sites": {
                site.name: (site, mean([a[i] for a in actives]))
                for i, site in enumerate(self.sites)
            },
            "layers": {
                name: (
                    mean([v[i][0] for v in layers]),
                    np.concatenate([v[i][1] for v in layers]),
                )
                for i, name in enumerate(self.layers)
            },
        }

    def _trace(self, model, x):
        static = _static_batch(model)
        size = sum(a[0].size for a in keras.tree.flatten(x))
        self._batch = static or max(BATCH, BATCH_VALUES // max(size, 1))
        signature = keras.tree.map_structure(
            lambda a: tf.TensorSpec((static, *a.shape[1:]), a.dtype), x
        )

        @tf.function(autograph=False, input_signature=[signature])
        def function(x):
            graph = tf.compat.v1.get_default_graph()
            first = len(graph.get_operations())
            with _calls.watched(model, graph) as calls:
                if model._call_has_training_arg:
                    outputs = model(x, training=False)
                else:
                    outputs = model(x)
            count = VALUES * tf.shape(keras.tree.flatten(x)[0])[0]
            return self._find(graph, first, calls, outputs, count)

        function.get_concrete_function()
        for site in self.sites:
            site.output = site.active = None  # they would keep the graph
        self._function = function
        self._model = model

    def _find(self, graph, first, calls, outputs, count):
        """Tensors of the activity of `sites`, and of the values of `layers`."""
        self.sites, self.layers = [], []
        values = []
        if "sites" in self.wanted:
            ends = {id(tensor) for tensor in keras.tree.flatten(outputs)}
            operations = graph.get_operations()
            owners = _calls.owners(calls, len(operations))
            self.sites = _sites.find(operations[first:], owners[first:])
            for site in self.sites:
                site.is_output = id(site.output) in ends
        if "layers" in self.wanted:
            for call in _calls.leaves(calls):
                outputs = keras.tree.flatten(call.outputs)
                if outputs and _is_floating(outputs[0]):
                    self.layers.append(call.name)
                    values.append(_values(outputs[0], count))
        return [site.active for site in self.sites], values


def _length(x):
    return len(keras.tree.flatten(x)[0])


def _static_batch(model):
    """The batch size that the model is fixed to, or None."""
    if isinstance(model, keras.Sequential):
        # One that is built by an eager batch keeps that batch's size.
        return None
    specs = getattr(model, "inputs", None) or ()
    sizes = [s.shape[0] for s in specs if s.shape and s.shape[0]]
    return sizes[0] if sizes else None


def _is_floating(output):
    return isinstance(output, tf.Tensor) and output.dtype.is_floating


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
