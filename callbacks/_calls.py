"""Which layer makes which operations of a graph.

While a model is traced once, each layer's `call` is watched: that attributes
every operation to the innermost layer, whatever hides it: nested and
subclassed models, shared layers, functions inside a user's own `call`.
"""

import contextlib
import dataclasses

import keras


@dataclasses.dataclass
class Call:
    """One use of a layer."""

    layer: object
    name: str
    start: int
    end: int
    outputs: object


@contextlib.contextmanager
def watched(model, graph):
    """Yields a list that fills with the `Call`s of what runs inside."""
    calls = []
    uses = {}
    patched = []

    def watch(operation):
        call = operation.call

        def watcher(*args, **kwargs):
            start = len(graph.get_operations())
            outputs = call(*args, **kwargs)
            path = getattr(operation, "path", None) or operation.name
            uses[id(operation)] = uses.get(id(operation), 0) + 1
            use = uses[id(operation)]
            calls.append(
                Call(
                    operation,
                    path if use == 1 else f"{path}#{use}",
                    start,
                    len(graph.get_operations()),
                    outputs,
                )
            )
            return outputs

        patched.append((operation, operation.__dict__.get("call")))
        object.__setattr__(operation, "call", watcher)

    try:
        for operation in _operations(model):
            watch(operation)
        yield calls
    finally:
        for operation, own in patched:
            operation.__dict__.pop("call")
            if own is not None:
                object.__setattr__(operation, "call", own)


def owners(calls, count):
    """For each of `count` operations the innermost call, or None."""
    owner = [None] * count
    # Inner calls end before the outer ones.
    for call in calls:
        for i in range(call.start, call.end):
            owner[i] = owner[i] or call
    return owner


def leaves(calls):
    """Calls of layers that hold no other layer."""
    return [
        call
        for call in calls
        if isinstance(call.layer, keras.layers.Layer)
        and not call.layer._flatten_layers(include_self=False)
        and not isinstance(call.layer, keras.layers.InputLayer)
    ]


def _operations(model):
    found = {}
    layers = model._flatten_layers()
    for layer in layers:
        for graph in (layer, getattr(layer, "_functional", None)):
            for operation in (layer, *getattr(graph, "_operations", ())):
                found[id(operation)] = operation
    return found.values()
