"""What a traced graph tells of a model: how it begins, ends and hangs together.

Read off the operations, so that it does not matter how the model was made.
"""

import dataclasses

import keras

from zoo.callbacks import _calls, _naming
from zoo.callbacks._tf import tf

LINEAR = {
    *("Identity", "Reshape", "Transpose", "Squeeze", "ExpandDims", "Cast"),
    *("BiasAdd", "Add", "AddV2", "Sub", "Mul", "RealDiv", "Pad", "PadV2"),
    *("Mean", "Sum", "AvgPool", "AvgPool3D", "StridedSlice", "ConcatV2"),
    *("FusedBatchNormV3", "SpaceToBatchND", "BatchToSpaceND"),
}
PRODUCTS = {"MatMul", "BatchMatMulV2", "Einsum", "Conv2D", "Conv3D"}
SHAPES = {"Identity", "Reshape", "Squeeze", "ExpandDims", "Cast", "Transpose"}
ENDS = {
    "Softmax": "softmax",
    "LogSoftmax": "log_softmax",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "Relu": "relu",
    "Relu6": "relu",
}
ENTRIES = 4


@dataclasses.dataclass
class Entry:
    """A layer with a kernel that no other stands before.

    Attributes:
        name: Path of the layer.
        inputs: The tensor that it takes.
        normalized: Whether a normalizer takes what it makes.
    """

    name: str
    inputs: object
    normalized: bool


@dataclasses.dataclass
class Structure:
    """What `read` finds.

    Attributes:
        activations: The last one of each output: softmax, sigmoid, tanh,
            relu, log_softmax, linear, or other.
        entries: The first layers.
        chains: Pairs of layers without anything nonlinear between them.
        inner: What each last activation takes: another one, linear, or other.
    """

    activations: list[str]
    entries: list[Entry]
    chains: list[tuple[str, str]]
    inner: list[str] = dataclasses.field(default_factory=list)


def read(graph, first, calls, inputs, outputs):
    """The `Structure` of what was traced from operation `first` on."""
    operations = graph.get_operations()
    walk = _Walk(operations, first, calls, keras.tree.flatten(inputs))
    weighted = [
        c for c in _calls.leaves(calls) if kernel_of(c.layer) is not None
    ]
    entries = [
        Entry(call.name, tensor, walk.is_normalized(call, calls))
        for call in weighted
        if (tensor := _first_tensor(call)) is not None
        and tensor.dtype.is_floating
        and not isinstance(call.layer, keras.layers.Embedding)
        and walk.is_entry(tensor)
    ]
    return Structure(
        [walk.activation(t) for t in keras.tree.flatten(outputs)],
        entries[:ENTRIES],
        [pair for call in weighted if (pair := walk.chain(call)) is not None],
        [walk.inner(t) for t in keras.tree.flatten(outputs)],
    )


class _Walk:
    """Walks from a tensor back to where it comes from."""

    def __init__(self, operations, first, calls, inputs):
        self.owners = _calls.owners(calls, len(operations))
        self.index = {id(op): i for i, op in enumerate(operations)}
        data = {id(t.op) for t in inputs if isinstance(t, tf.Tensor)}
        for operation in operations[first:]:
            if any(id(t.op) in data for t in operation.inputs):
                data.add(id(operation))
        self.data = data

    def before(self, operation):
        """The operation's inputs that depend on the model's."""
        return [t for t in operation.inputs if id(t.op) in self.data]

    def owner(self, operation):
        index = self.index.get(id(operation))
        return None if index is None else self.owners[index]

    def end(self, tensor):
        """The operation that computes it, its shape apart."""
        operation = tensor.op
        while operation.type in SHAPES and len(self.before(operation)) == 1:
            operation = self.before(operation)[0].op
        return operation

    def inner(self, tensor):
        """The activation that the last one takes."""
        if not isinstance(tensor, tf.Tensor):
            return "other"
        operation = self.end(tensor)
        return (
            self.activation(operation.inputs[0])
            if operation.type in ENDS
            else "other"
        )

    def activation(self, tensor):
        if not isinstance(tensor, tf.Tensor):
            return "other"
        operation = self.end(tensor)
        if operation.type in ENDS:
            return ENDS[operation.type]
        added = operation.type in ("AddV2", "Add", "BiasAdd")
        if operation.type in PRODUCTS or (
            added and len(self.before(operation)) == 1
        ):
            return "linear"
        return "other"

    def is_entry(self, tensor):
        """Whether no layer with weights stands between it and the inputs."""
        seen, todo = set(), [tensor.op]
        while todo:
            operation = todo.pop()
            if id(operation) in seen:
                continue
            seen.add(id(operation))
            owner = self.owner(operation)
            if owner is not None and getattr(
                owner.layer, "_trainable_variables", ()
            ):
                return False
            todo += [t.op for t in self.before(operation)]
        return id(tensor.op) in self.data

    def is_normalized(self, call, calls):
        made = {id(t) for t in keras.tree.flatten(call.outputs)}
        return any(
            "Norm" in type(other.layer).__name__
            and any(id(t) in made for t in keras.tree.flatten(other.inputs))
            for other in calls
        )

    def chain(self, call):
        """(first, second) if `call` takes a linear function of a kernel's."""
        tensor = _first_tensor(call)
        if not _mixes(call.layer) or tensor is None:
            return None
        operation = tensor.op
        while True:
            if _uses(operation) > 1:
                return None  # a shortcut takes it, too
            owner = self.owner(operation)
            if operation.type in PRODUCTS:
                break
            before = self.before(operation)
            if operation.type not in LINEAR or len(before) != 1:
                return None
            if (
                operation.type == "RealDiv"
                and before[0] is not (operation.inputs[0])
            ):
                return None
            operation = before[0].op
        if owner is None or not _mixes(owner.layer) or owner is call:
            return None
        width, before = _widths(owner.layer)
        after, _ = _widths(call.layer)
        if width < min(before, after):
            return None  # a bottleneck on purpose
        return owner.name, call.name


def _uses(operation):
    """How many operations take what it makes, not its shape alone."""
    users = operation.outputs[0].consumers()
    return sum(user.type != "Shape" for user in users)


def _first_tensor(call):
    tensors = [
        t for t in keras.tree.flatten(call.inputs) if isinstance(t, tf.Tensor)
    ]
    return tensors[0] if tensors else None


def kernel_of(layer):
    """A kernel of the layer, or None."""
    return next(
        (
            v
            for each in layer._flatten_layers()
            for v in each._trainable_variables
            if _naming.is_kernel(each, v)
        ),
        None,
    )


def _mixes(layer):
    """Whether it is a dense layer or convolution that trains."""
    depthwise = (keras.layers.DepthwiseConv1D, keras.layers.DepthwiseConv2D)
    dense = (
        keras.layers.Dense,
        keras.layers.Conv1D,
        keras.layers.Conv2D,
        keras.layers.Conv3D,
    )
    return (
        isinstance(layer, dense)
        and not isinstance(layer, depthwise)
        and layer.trainable
        and layer.built
    )


def _widths(layer):
    """(units, inputs of each)"""
    *inputs, units = tuple(layer.kernel.shape)
    number = 1
    for size in inputs:
        number *= size
    return units, number
