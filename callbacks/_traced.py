"""A model traced once over inputs of one kind, and what is read off it."""

import dataclasses
from typing import Any

import keras

from zoo.callbacks import _calls, _sites, _structure
from zoo.callbacks._tf import tf

# A batch has so many inputs at least, and more while they are small: a call
# costs small models more than what it computes.
BATCH, BATCH_VALUES = 64, 2**18
VALUES = 32  # values an input and layer, from which quantiles are taken
OUTPUTS = 2**20  # values of the model's outputs to keep


@dataclasses.dataclass
class Traced:
    """A model, traced for inputs of one kind.

    Attributes:
        made_of: What the model was made of then.
        function: What is run; None where that failed.
        failure: The first line of what the failure said.
        batch: How many inputs it is run on at a time.
        sites: The activations.
        layers: Names of layers whose outputs are read.
        structure: The `_structure.Structure`, if wanted.
    """

    made_of: Any = None
    function: Any = None
    failure: str = ""
    batch: int = 0
    sites: list = dataclasses.field(default_factory=list)
    layers: list = dataclasses.field(default_factory=list)
    structure: Any = None

    def trace(self, model, x, static, wanted):
        """Sets `function`, or else `failure`.

        Args:
            model: The model.
            x: Inputs as it takes them.
            static: The batch size that it is fixed to, or None.
            wanted: What to read, as `Probe` takes it.
        """
        size = sum(a[0].size for a in keras.tree.flatten(x))
        self.batch = static or max(BATCH, BATCH_VALUES // max(size, 1))
        try:
            self.function = self._made(model, x, static, wanted)
        except Exception as error:
            # Its `call` is not what the user's own training step calls.
            self._forget()
            self.failure = f"{type(error).__name__}: {error}".splitlines()[0]

    def _made(self, model, x, static, wanted):
        """The function, which has run or been traced once."""
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
            return self._find(graph, first, calls, x, outputs, wanted)

        function.get_concrete_function()
        self._release()
        return function

    def _forget(self):
        self.sites, self.layers, self.structure = [], [], None

    def _release(self):
        """Lets go of tensors, which would keep a graph or a batch."""
        for site in self.sites:
            site.output = site.active = None
        for entry in self.structure.entries if self.structure else ():
            entry.inputs = None

    def _find(self, graph, first, calls, x, outputs, wanted):
        """Tensors: activity of sites, values of layers, outputs, entries."""
        self._forget()
        values, rows, ranges = [], [], []
        count = VALUES * tf.shape(keras.tree.flatten(x)[0])[0]
        if "structure" in wanted:
            self.structure = _structure.read(graph, first, calls, x, outputs)
            ranges = [_extent(e.inputs) for e in self.structure.entries]
            rows = [_rows(t) for t in keras.tree.flatten(outputs)]
        if "sites" in wanted:
            ends = {id(tensor) for tensor in keras.tree.flatten(outputs)}
            operations = graph.get_operations()
            owners = _calls.owners(calls, len(operations))
            self.sites = _sites.find(operations[first:], owners[first:])
            self.sites += _sites.recurrent(_calls.leaves(calls))
            for site in self.sites:
                site.is_output = id(site.output) in ends
        if "layers" in wanted:
            for call in _calls.leaves(calls):
                made = keras.tree.flatten(call.outputs)
                if made and _is_floating(made[0]):
                    self.layers.append(call.name)
                    values.append(_values(made[0], count))
        return [site.active for site in self.sites], values, rows, ranges


def layers_of(model):
    """What a trace depends on, besides the inputs."""
    return [
        (layer, layer.trainable, getattr(layer.dtype_policy, "name", None))
        for layer in model._flatten_layers()
    ]


def _rows(tensor):
    """The first rows of an output, as many as are not too large."""
    if not isinstance(tensor, tf.Tensor) or not tensor.shape.rank:
        return tf.zeros((0,))
    size = tensor.shape[1:].num_elements() or 2**12
    rows = tensor[: max(1, OUTPUTS // size)]
    return tf.cast(rows, tf.float32) if rows.dtype.is_floating else rows


def _extent(tensor):
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


def _is_floating(output):
    return isinstance(output, tf.Tensor) and output.dtype.is_floating


def _values(tensor, count):
    """Mean and mean square, and an even sample of at most `count` values."""
    flat = tf.reshape(tf.cast(tensor, tf.float32), [-1])
    stride = (tf.size(flat) + count - 1) // count
    moments = tf.stack([tf.reduce_mean(flat), tf.reduce_mean(flat * flat)])
    return moments, flat[:: tf.maximum(stride, 1)]
