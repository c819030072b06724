"""The operations of a functional model in order, also within nested models."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import keras


class Call(NamedTuple):
    """One call of a layer or operation.

    Attributes:
        operation: The layer, or operation of `keras.ops`.
        name: Its name, behind those of the models around it: `backbone/conv1`.
        inputs, outputs: `keras.KerasTensor`s with the shapes of this call;
            an output is the very object that is an input of later calls.
    """

    operation: Any
    name: str
    inputs: list
    outputs: list


def calls(model: keras.Model) -> Iterator[Call]:
    """Every call from the image on, those of nested models at their place.

    Args:
        model: A functional model, or a Sequential one that is built.

    Raises:
        ValueError: It is neither.
    """
    graph = functional(model)
    if graph is None:
        raise ValueError(
            "a functional model, or a Sequential one that is built, is needed; "
            f"received {model!r}."
        )
    inputs = list(graph.inputs)
    for tensor in inputs:
        layer = tensor._keras_history.operation
        yield Call(layer, layer.name, [], [tensor])
    yield from _within(graph, inputs, "")


def functional(operation) -> Any:
    """The functional graph of a model, None where there is none."""
    operation = getattr(operation, "_functional", operation)
    return operation if hasattr(operation, "_nodes_by_depth") else None


def layer_of(operation) -> Any:
    """The layer in a wrapper, else the operation itself."""
    inner = getattr(operation, "layer", None)
    return inner if isinstance(inner, keras.layers.Layer) else operation


def _within(graph, inputs, prefix):
    """The calls of a graph on other inputs; returns its outputs."""
    pairs = zip(graph.inputs, inputs, strict=True)
    known = {id(old): new for old, new in pairs}
    for depth in sorted(graph._nodes_by_depth, reverse=True):
        for node in graph._nodes_by_depth[depth]:
            if node.is_input:
                continue
            operation = node.operation
            name = f"{prefix}{operation.name}"
            given = [known[id(t)] for t in node.input_tensors]
            inner = functional(operation)
            if inner is not None:
                made = yield from _within(inner, given, f"{name}/")
            else:
                made = _outputs(node, known, given)
                yield Call(operation, name, given, made)
            old = node.output_tensors
            known.update((id(o), m) for o, m in zip(old, made, strict=True))
    return [known[id(t)] for t in graph.outputs]


def _outputs(node, known, given):
    """The outputs of a node, for inputs that may have other shapes."""
    recorded = [t.shape for t in node.input_tensors]
    if [t.shape for t in given] == recorded:
        # New objects: a nested model may be called more than once.
        return [
            keras.KerasTensor(t.shape, t.dtype) for t in node.output_tensors
        ]
    args, kwargs = node.arguments.fill_in(known)
    made = node.operation.compute_output_spec(*args, **kwargs)
    return keras.tree.flatten(made)
