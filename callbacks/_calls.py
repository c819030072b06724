"""Which layer makes which operations of a graph.

While a model is traced once, each layer's `call` is watched: that attributes
every operation to the innermost layer, whatever hides it: nested and
subclassed models, shared layers, functions inside a user's own `call`.
"""

import contextlib
import dataclasses

import keras

from zoo.callbacks import _naming
from zoo.callbacks._hooks import Hook
from zoo.callbacks._tf import tf


@dataclasses.dataclass
class Call:
    """One use of a layer.

    Attributes:
        layer: The layer, or the operation of a functional model.
        name: Its path; "path#2" for its second use.
        start: How many operations the graph had before the call.
        end: How many it had after the call.
        inputs: What the layer was called with.
        outputs: What the layer returned.
        inner: How many calls of other layers happened inside.
    """

    layer: object
    name: str
    start: int
    end: int
    inputs: object
    outputs: object
    inner: int


@contextlib.contextmanager
def watched(model, graph):
    """Yields a list that fills with the `Call`s of what runs inside.

    What runs in a graph of its own, as the body of a loop does, is left out:
    its tensors cannot be read from `graph`.
    """
    calls, uses, looping = [], {}, []

    def watch(operation):
        def around(call, *args, **kwargs):
            if looping or tf.compat.v1.get_default_graph() is not graph:
                return call(*args, **kwargs)
            start, before = len(graph.get_operations()), len(calls)
            # Keras calls a loop's cell once outside of it, for shapes.
            if loops(operation):
                looping.append(operation)
            try:
                outputs = call(*args, **kwargs)
            finally:
                looping.clear()
            name = _naming.layer_name(operation)
            use = uses[id(operation)] = uses.get(id(operation), 0) + 1
            calls.append(
                Call(
                    operation,
                    name if use == 1 else f"{name}#{use}",
                    start,
                    len(graph.get_operations()),
                    args,
                    outputs,
                    len(calls) - before,
                )
            )
            return outputs

        return Hook(operation, "call", around)

    hooks = []
    try:
        for operation in operations(model):
            hooks.append(watch(operation))
        yield calls
    finally:
        for hook in hooks:
            hook.remove()


def loops(operation):
    """Whether it is a recurrent layer whose steps are those of a loop."""
    return isinstance(operation, keras.layers.RNN) and not operation.unroll


def owners(calls, count):
    """For each of `count` operations the innermost call, or None."""
    owner = [None] * count
    # Inner calls end before the outer ones.
    for call in calls:
        for i in range(call.start, call.end):
            owner[i] = owner[i] or call
    return owner


def leaves(calls):
    """Calls of layers that hold no other layer, or inside which none was seen.

    An RNN's cell runs in the graph of the loop: there the RNN is the leaf.
    """
    return [
        call
        for call in calls
        if isinstance(call.layer, keras.layers.Layer)
        and not isinstance(call.layer, keras.layers.InputLayer)
        and not (call.inner and call.layer._flatten_layers(include_self=False))
    ]


def operations(model):
    found = {}
    layers = model._flatten_layers()
    for layer in layers:
        for graph in (layer, getattr(layer, "_functional", None)):
            for operation in (layer, *getattr(graph, "_operations", ())):
                found[id(operation)] = operation
    return found.values()
