"""One pass of the model over fixed data, and what is read off it."""

from typing import Any

import keras
import numpy as np

from zoo._warnings import warn
from zoo.callbacks import _calls, _sites, _structure
from zoo.callbacks._inputs import Inputs
from zoo.callbacks._sample import Sample
from zoo.callbacks._tf import tf

# A batch has so many inputs at least, and more while they are small: a call
# costs small models more than what it computes.
BATCH, BATCH_VALUES = 64, 2**18
VALUES = 32  # values an input and layer, from which quantiles are taken
OUTPUTS = 2**20  # values of the model's outputs to keep


class Probe:
    """Reads activations in inference mode; leaves the model untouched.

    Args:
        data: What `Inputs` takes, or None for the first inputs that the model
            trains on.
        size: How many inputs of a dataset or of the training data to use.
        wanted: What to read: "sites" (activations that can be dead or
            saturated), "layers" (distributions of outputs), "structure"
            (what the model returns, and how it hangs together).
        sample: The `Sample` to take inputs from, kept by somebody else; not
            where there is `data`.
    """

    def __init__(self, data, size, wanted, sample=None):
        self.wanted = wanted
        self._lent = sample is not None and data is None
        self._sample = None
        if data is None:
            self._sample = sample or Sample(size)
        self._inputs = None if data is None else Inputs(data, size)
        self._function = self._model = self._signature = None
        self.sites: Any = None
        self.layers: Any = None
        self.structure: Any = None

    def __getstate__(self):
        live = ("_function", "_model", "_signature")
        found = ("sites", "layers", "structure")
        return {**self.__dict__, **dict.fromkeys((*live, *found))}

    def attach(self, model, fit):
        if self._sample is not None and not self._lent:
            self._sample.attach(model, fit)

    def reset(self):
        """Nothing is carried from epoch to epoch."""

    def detach(self, model):
        if self._sample is not None and not self._lent:
            self._sample.detach(model)

    def run(self, model):
        """What the model makes of the data.

        Returns:
            A dictionary: "finite", whether the data is; "sites", {name:
            (site, how often each channel is active)}; "layers", {name:
            ((mean, mean square), values)}; "outputs", an array of the first
            rows of each output; "entries", {name: (least, largest, root
            mean square, that of the largest column, normalized)} of the
            first layers' inputs.
        """
        if self._sample is not None:
            x = self._sample.inputs()
        else:
            x = self._inputs.of(model)
        if x is None or not self._traced(model, x):
            return {
                **{"sites": {}, "layers": {}, "outputs": [], "entries": {}},
                "finite": x is None or _finite(x),
            }
        weights, found = [], []
        for start in range(0, _length(x), self._batch):
            batch = keras.tree.map_structure(
                lambda a, i=start: a[i : i + self._batch], x
            )
            weights.append(_length(batch))
            found.append(
                keras.tree.map_structure(
                    lambda t: t.numpy(), self._function(batch)
                )
            )
        actives, layers, outputs, entries = zip(*found, strict=True)

        def mean(arrays):
            if len(arrays) == 1:
                return arrays[0].astype(float)
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
            "outputs": _first_rows(outputs),
            "entries": {
                entry.name: _range([e[i] for e in entries], entry.normalized)
                for i, entry in enumerate(
                    self.structure.entries if self.structure else ()
                )
            },
        }

    def _traced(self, model, x):
        """Whether the model can be run on `x`; traces it where it is new."""
        static = _static_batch(model)
        signature = keras.tree.map_structure(
            lambda a: ((static, *a.shape[1:]), a.dtype.name), x
        )
        if self._model is not model or self._signature != signature:
            self._function = None
            self._model, self._signature = model, signature
            try:
                self._trace(model, x, static)
            except Exception as error:
                # Its `call` is not what the user's own training step calls.
                self.sites, self.layers, self.structure = [], [], None
                warn(
                    f"{model.name} cannot be run on its training inputs "
                    f"alone ({_line(error)}): its units, activations and "
                    "outputs are not watched.",
                    RuntimeWarning,
                )
        return self._function is not None

    def _trace(self, model, x, static):
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
            return self._find(graph, first, calls, x, outputs)

        function.get_concrete_function()
        for site in self.sites:
            site.output = site.active = None  # they would keep the graph
        for entry in self.structure.entries if self.structure else ():
            entry.inputs = None
        self._function = function

    def _find(self, graph, first, calls, x, outputs):
        """Tensors: activity of sites, values of layers, outputs, entries."""
        self.sites, self.layers, self.structure = [], [], None
        values, rows, ranges = [], [], []
        count = VALUES * tf.shape(keras.tree.flatten(x)[0])[0]
        if "structure" in self.wanted:
            self.structure = _structure.read(graph, first, calls, x, outputs)
            ranges = [_moments(e.inputs) for e in self.structure.entries]
            rows = [_rows(t) for t in keras.tree.flatten(outputs)]
        if "sites" in self.wanted:
            ends = {id(tensor) for tensor in keras.tree.flatten(outputs)}
            operations = graph.get_operations()
            owners = _calls.owners(calls, len(operations))
            self.sites = _sites.find(operations[first:], owners[first:])
            for site in self.sites:
                site.is_output = id(site.output) in ends
        if "layers" in self.wanted:
            for call in _calls.leaves(calls):
                made = keras.tree.flatten(call.outputs)
                if made and _is_floating(made[0]):
                    self.layers.append(call.name)
                    values.append(_values(made[0], count))
        return [site.active for site in self.sites], values, rows, ranges


def _line(error):
    """The first line of what an error says."""
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]


def _rows(tensor):
    """The first rows of an output, as many as are not too large."""
    if not isinstance(tensor, tf.Tensor) or not tensor.shape.rank:
        return tf.zeros((0,))
    size = tensor.shape[1:].num_elements() or 2**12
    rows = tensor[: max(1, OUTPUTS // size)]
    return tf.cast(rows, tf.float32) if rows.dtype.is_floating else rows


def _first_rows(batches):
    """Each output's first rows: more batches only while all rows are kept."""
    joined = []
    for parts in zip(*batches, strict=True):
        size = max(parts[0][:1].size, 1)
        room = max(OUTPUTS // size, len(parts[0]))
        whole = parts if room >= sum(map(len, parts)) else parts[:1]
        joined.append(np.concatenate(whole))
    return joined


def _moments(tensor):
    """Least, largest, mean square, and that of the column where it is most."""
    values = tf.cast(tensor, tf.float32)
    last = values.shape[-1]
    columns = tf.reshape(values, [-1, last if last else 1])
    squares = tf.reduce_mean(columns * columns, 0)
    return tf.stack(
        [
            tf.reduce_min(values),
            tf.reduce_max(values),
            tf.reduce_mean(squares),
            tf.reduce_max(squares),
        ]
    )


def _range(parts, normalized):
    low, high, square, column = np.stack(parts).T
    return (
        float(low.min()),
        float(high.max()),
        float(np.sqrt(square.mean())),
        float(np.sqrt(column.max())),
        normalized,
    )


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
