"""The boxes of a drawing: a layer, with its normalizer and activation."""

import dataclasses
import re

from zoo.models import _graph

JOINS = {
    "Add": "+", "Multiply": "×", "Subtract": "−", "Average": "mean",
    "Maximum": "max", "Concatenate": "concat", "FractalJoin": "join",
}  # fmt: skip
NAMES = {
    "BatchNorm": "batch norm", "BatchNormalization": "batch norm",
    "LayerNorm": "layer norm", "LayerNormalization": "layer norm",
    "GroupNormalization": "group norm", "LocalResponseNorm": "local norm",
    "ReLU": "ReLU", "LeakyReLU": "leaky ReLU", "PReLU": "PReLU", "ELU": "ELU",
    "ScaledTanh": "tanh", "RBFOutput": "distances to codes",
    "GlobalAveragePooling2D": "global average pool",
    "GlobalMaxPooling2D": "global max pool", "CBAM": "CBAM",
    "Subsampling": "subsampling",
}  # fmt: skip
ACTS = {
    "relu": "ReLU", "relu6": "ReLU6", "gelu": "GELU", "silu": "SiLU",
    "hard_silu": "hard swish", "hard_swish": "hard swish", "elu": "ELU",
    "hard_sigmoid": "hard sigmoid", "softmax": "softmax", "selu": "SELU",
}  # fmt: skip
SKIPPED = {"InputLayer", "Flatten", "Reshape", "Activation.linear"}


@dataclasses.dataclass
class Box:
    """A box and what flows into it.

    Attributes:
        name: The layer's name.
        kind: What it is, for its colour: conv, depthwise, pool, dense, join,
            rest, or source for what comes from outside.
        text: What stands in it.
        form: The same without numbers of channels.
        inputs: The boxes before it.
        shape: The shape of its output, without the batch.
        params: Trainable parameters.
        after: What follows in the same box, such as its activation.
    """

    name: str
    kind: str
    text: str
    form: str
    inputs: list["Box"]
    shape: tuple = ()
    params: int = 0
    after: list[str] = dataclasses.field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The lines of its text."""
        joined = self.kind == "join" and self.text in "+×−"
        if joined:
            return [" ".join([self.text, *self.after])]
        return [self.text, *([" · ".join(self.after)] if self.after else [])]

    def key(self, number) -> tuple:
        """What two boxes of blocks of the same form have in common."""
        before = tuple(number.get(id(b), -1) for b in self.inputs)
        return self.form, tuple(self.after), before


def of(calls: list, rows: list) -> list[Box]:
    """The boxes of a model's calls, in their order.

    Args:
        calls: Its `_graph.calls`.
        rows: The `LayerFacts` of each.
    """
    makers, readers, boxes = {}, {}, []
    for call in calls:
        for tensor in call.inputs:
            readers[id(tensor)] = readers.get(id(tensor), 0) + 1
    for call, row in zip(calls, rows, strict=True):
        inputs = list(dict.fromkeys(map(id, call.inputs)))
        before = [makers[key] for key in inputs]
        made = _boxes(call, row, before, readers)
        if made and made[-1] not in before:
            boxes += made
        last = made[-1] if made else (before[0] if before else None)
        if last is None:
            shape = "×".join(map(str, row.output_shape))
            last = Box(row.name, "source", f"{row.name} {shape}", "source", [])
            boxes.append(last)
        last.params += row.params
        if made or not before:
            last.shape = row.output_shape
        for tensor in call.outputs:
            makers[id(tensor)] = last
    return boxes


def _boxes(call, row, before, readers):
    """New boxes for a call, the one before that takes it, or none."""
    layer = _graph.layer_of(call.operation)
    kind = type(layer).__name__
    if kind in SKIPPED or not before:
        return []
    if kind == "SqueezeExcitation":
        return _gate(layer, row, before[0])
    text, name = _text(layer, kind, row)
    if text == "linear":
        return []
    alone = len(before) == 1 and readers[id(call.inputs[0])] == 1
    foldable = name == "rest" and row.output_shape == before[0].shape
    if foldable and alone and before[0].kind != "source" and _small(text):
        before[0].after.append(text)
        return [before[0]]
    return [Box(row.name, name, text, _form(text), before)]


def _small(text):
    return len(text) <= 18


def _form(text):
    """A text without the number of channels at its end."""
    return re.sub(r", [\d,]+( |$)", r"\1", text)


def _text(layer, kind, row):
    """(what stands in the box, what kind of box it is)."""
    channels = row.output_shape[-1]
    if kind in JOINS:
        sign = JOINS[kind]
        return (f"{sign}, {channels}" if sign == "concat" else sign), "join"
    strides = _pair(getattr(layer, "strides", None))
    by = f" /{_sides(strides)}" if strides and set(strides) != {1} else ""
    if "Conv" in kind and hasattr(layer, "kernel_size"):
        size = _sides(_pair(layer.kernel_size), both=True)
        groups = getattr(layer, "groups", 1)
        dilation = _pair(getattr(layer, "dilation_rate", 1))
        more = "" if set(dilation) == {1} else f" dilated {_sides(dilation)}"
        if "Depthwise" in kind:
            return f"depthwise {size}{more}{by}", "depthwise"
        if groups > 1:
            size = f"{size} in {groups} groups"
        return f"conv {size}{more}, {channels}{by}", "conv"
    if kind == "Dense":
        return f"dense, {channels}", "dense"
    if "Pool" in kind and hasattr(layer, "pool_size"):
        how = "max" if "Max" in kind else "average"
        size = _sides(_pair(layer.pool_size), both=True)
        return f"{how} pool {size}{by}", "pool"
    if kind in NAMES:
        return NAMES[kind], "pool" if "pool" in NAMES[kind] else "rest"
    if kind == "Activation":
        function = getattr(layer.activation, "__name__", "activation")
        return ACTS.get(function, function.replace("_", " ")), "rest"
    return _words(kind), "rest"


def _gate(layer, row, before):
    """Squeeze and excitation, as the boxes that it consists of."""
    channels = row.output_shape[-1]
    width = layer.filters or int(channels // layer.ratio)

    def box(kind, text, form, inputs, act=None):
        after = [act] if act else []
        return Box(row.name, kind, text, form, inputs, after=after)

    pool = box("pool", "global average pool", "global pool", [before])
    less = box(
        "dense", f"1×1, {width}", "squeeze", [pool], _act(layer.activation)
    )
    more = box("dense", f"1×1, {channels}", "excite", [less], _act(layer.gate))
    return [pool, less, more, box("join", "×", "×", [before, more])]


def _act(function):
    name = getattr(function, "__name__", type(function).__name__)
    return ACTS.get(name, NAMES.get(name, name.replace("_", " ")))


def _words(kind):
    return re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", kind).lower()


def _pair(value):
    return (value, value) if isinstance(value, int) else value and tuple(value)


def _sides(pair, both=False):
    same = len(set(pair)) == 1
    return str(pair[0]) if same and not both else "×".join(map(str, pair))
