"""What each layer of a model makes, holds and costs."""

import dataclasses
import math
from collections.abc import Iterator
from typing import Any

import keras

from zoo.models import _graph, _macs, _receptive_field

COLUMNS = (
    "layer", "kind", "output", "parameters", "multiply-adds",
    "receptive field", "stride", "memory",
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class LayerFacts:
    """One call of a layer.

    Attributes:
        name: Its name; in a nested model `model/layer`.
        kind: Its class; of a wrapped layer `Wrapper(Class)`.
        inputs: Names of the layers whose outputs it takes.
        output_shape: Without the batch.
        params: Trainable parameters; 0 where they were counted before.
        non_trainable_params: The others, such as moving averages.
        macs: Multiply-adds for one image, as `count_macs` counts.
        receptive_field: (height, width) of what one pixel of the output sees
            of the image, and may reach beyond it; None: all of it. Gates and
            normalizers over space are left out.
        stride: (height, width) in pixels of the image from one pixel of the
            output to the next; None: the output has no places.
        activation_bytes: Memory of the output for one image.
    """

    name: str
    kind: str
    inputs: tuple[str, ...]
    output_shape: tuple[int, ...]
    params: int
    non_trainable_params: int
    macs: int
    receptive_field: tuple[int, ...] | None
    stride: tuple[float, ...] | None
    activation_bytes: int


@dataclasses.dataclass(frozen=True)
class LayerTable:
    """The layers of a model in order; prints itself as a table.

    Attributes:
        name: The model's name.
        layers: A `LayerFacts` for each call of a layer.
    """

    name: str
    layers: tuple[LayerFacts, ...]

    @property
    def params(self) -> int:
        """Trainable parameters of all layers."""
        return sum(layer.params for layer in self.layers)

    @property
    def macs(self) -> int:
        """Multiply-adds of all layers for one image."""
        return sum(layer.macs for layer in self.layers)

    @property
    def activation_bytes(self) -> int:
        """Memory of all outputs for one image."""
        return sum(layer.activation_bytes for layer in self.layers)

    def __iter__(self) -> Iterator[LayerFacts]:
        return iter(self.layers)

    def __len__(self) -> int:
        return len(self.layers)

    def as_dict(self) -> dict[str, Any]:
        """JSON values: the sums, and the layers."""
        return {
            "name": self.name,
            "params": self.params,
            "macs": self.macs,
            "activation_bytes": self.activation_bytes,
            "layers": [dataclasses.asdict(layer) for layer in self.layers],
        }

    def __str__(self) -> str:
        rows = [COLUMNS, *map(_cells, self.layers)]
        rows.append(
            (
                "sum", "", "", f"{self.params:,}", f"{self.macs:,}", "", "",
                memory(self.activation_bytes),
            )
        )  # fmt: skip
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return "\n".join(
            "  ".join(
                cell.ljust(width) if at < 3 else cell.rjust(width)
                for at, (cell, width) in enumerate(
                    zip(row, widths, strict=True)
                )
            ).rstrip()
            for row in rows
        )


def layer_table(model: keras.Model) -> LayerTable:
    """The layers of a model: shape, parameters, cost, view, memory of each.

    Args:
        model: A functional model, or a Sequential one that is built, with a
            fixed height and width. Models in it are told layer by layer.

    Returns:
        A `LayerTable`: iterate over its `LayerFacts`, print it, or take
        `as_dict()` for JSON.

    Raises:
        ValueError: The model is subclassed or not built, or its height and
            width are not fixed.

    Example:
        >>> import zoo
        >>> table = zoo.layer_table(zoo.lenet5_relu())
        >>> [(layer.name, layer.receptive_field) for layer in table][1:4]
        [('conv1', (5, 5)), ('act1', (5, 5)), ('pool2', (6, 6))]
        >>> table.params == zoo.info("lenet5_relu").params
        True
    """
    views, makers, counted, rows = {}, {}, set(), []
    for call in _graph.calls(model):
        shape = _fixed(call, model)
        if call.inputs:
            seen = [views[id(t)] for t in call.inputs]
            view = _receptive_field.after(call, seen)
        else:
            view = _receptive_field.first(call.outputs[0].shape)
        for tensor in call.outputs:
            views[id(tensor)] = view
            # The tensor is kept with it, so that no other gets its id.
            makers[id(tensor)] = call.name, tensor
        params = [
            _new(call.operation, counted, which) for which in (True, False)
        ]
        rows.append(
            LayerFacts(
                name=call.name,
                kind=_kind(call.operation),
                inputs=tuple(makers[id(t)][0] for t in call.inputs),
                output_shape=shape,
                params=params[0],
                non_trainable_params=params[1],
                macs=_macs.of_call(call),
                receptive_field=view.field,
                stride=view.stride,
                activation_bytes=sum(map(size, call.outputs)),
            )
        )
    return LayerTable(model.name, tuple(rows))


def size(tensor: keras.KerasTensor) -> int:
    """Bytes of a tensor for one image."""
    kind = keras.backend.standardize_dtype(tensor.dtype)
    item = 1 if kind == "bool" else int("".join(filter(str.isdigit, kind))) // 8
    return math.prod(tensor.shape[1:]) * item


def memory(count: float) -> str:
    """Bytes as a text with a unit.

    Example:
        >>> memory(3 * 2**20), memory(100)
        ('3.0 MiB', '0.1 KiB')
    """
    unit, power = "KiB", 10
    if count >= 2**30:
        unit, power = "GiB", 30
    elif count >= 2**20:
        unit, power = "MiB", 20
    return f"{count / 2**power:,.1f} {unit}"


def _fixed(call, model):
    shape = tuple(call.outputs[0].shape[1:])
    if None in shape:
        raise ValueError(
            f"{call.name!r} of {model.name!r} makes {shape}: build the model "
            "with a fixed height and width, such as input_shape=(224, 224, 3)."
        )
    return shape


def _new(operation, counted, trainable):
    """The parameters of a layer that were not counted before."""
    name = "trainable_weights" if trainable else "non_trainable_weights"
    found = 0
    for weight in getattr(operation, name, ()):
        if id(weight) not in counted:
            counted.add(id(weight))
            found += math.prod(weight.shape)
    return found


def _kind(operation):
    inner = _graph.layer_of(operation)
    kind = type(operation).__name__
    return kind if inner is operation else f"{kind}({type(inner).__name__})"


def _cells(layer):
    def by(values):
        return "x".join(f"{v:g}" for v in values)

    field, stride = layer.receptive_field, layer.stride
    return (
        layer.name,
        layer.kind,
        by(layer.output_shape),
        f"{layer.params:,}" if layer.params else "",
        f"{layer.macs:,}" if layer.macs else "",
        "image" if field is None else by(field),
        "" if stride is None else by(stride),
        memory(layer.activation_bytes),
    )
