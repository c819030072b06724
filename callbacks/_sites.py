"""Activations in a traced graph, found by the operation that computes them.

A ReLU is found whether it is a layer, the `activation=` of another, a node of
a functional model, or a function called in somebody's `call` or `Lambda`.
"""

import dataclasses

import keras

from zoo.callbacks._tf import tf

# Beyond these the slope of tanh and sigmoid is below 0.01.
TANH_LIMIT = 0.995
SIGMOID_LIMIT = 0.99
BOUNDED = ("tanh", "sigmoid")
RECURRENT = (keras.layers.SimpleRNN, keras.layers.LSTM, keras.layers.GRU)


@dataclasses.dataclass
class Site:
    """One activation of the model.

    Attributes:
        name: Path of the layer that computes it.
        kind: "relu" (active means above 0), "leaky" (the same; it passes
            gradient below 0 too), "tanh" or "sigmoid" (active means not
            saturated).
        layer: The layer, or None outside of any.
        output: Its tensor.
        active: Tensor: how often each channel is active, from 0 to 1.
        is_output: Whether the model returns it.
    """

    name: str
    kind: str
    layer: object
    output: object
    active: object
    is_output: bool = False


def find(operations, owners):
    """The `Site`s among `operations`; `owners` are the calls that made them."""
    found = []
    for operation, owner in zip(operations, owners, strict=True):
        kind = _kind(operation)
        if kind is None or isinstance(
            owner and owner.layer, keras.layers.SimpleRNN
        ):
            continue  # its outputs tell more; of gates, the first step does
        y = operation.outputs[0]
        if y.shape.rank is None or y.shape.rank < 2:
            continue
        name = owner.name if owner else operation.name
        layer = owner.layer if owner else None
        active = _ACTIVE[kind](y)
        found.append((name, operation, kind, layer, y, active))
    names = [name for name, *_ in found]
    return [
        Site(
            # Several in one call of one layer: tell them apart.
            name
            if names.count(name) == 1
            else f"{name}/{operation.name.rsplit('/', 1)[-1]}",
            kind,
            layer,
            y,
            _per_channel(active, layer),
        )
        for name, operation, kind, layer, y, active in found
    ]


def recurrent(calls):
    """`Site`s of recurrent layers, whose steps a loop hides, by outputs."""
    return [
        Site(
            call.name,
            kind,
            call.layer,
            y,
            _per_channel(_ACTIVE[kind](y), None),
        )
        for call, kind, y in of_recurrent(calls)
        if isinstance(y, tf.Tensor)
    ]


def of_recurrent(calls):
    """(call, kind, first output) of recurrent layers that can saturate."""
    for call in calls:
        activation = getattr(call.layer, "activation", None)
        kind = getattr(activation, "__name__", "")
        outputs = keras.tree.flatten(call.outputs)
        if isinstance(call.layer, RECURRENT) and kind in BOUNDED and outputs:
            yield call, kind, outputs[0]


def _above_zero(x):
    return x > 0


_ACTIVE = {
    "relu": _above_zero,
    "leaky": _above_zero,
    "tanh": lambda y: tf.abs(y) <= TANH_LIMIT,
    "sigmoid": lambda y: tf.abs(2 * y - 1) <= 2 * SIGMOID_LIMIT - 1,
}


def _kind(operation):
    rule = _KINDS.get(operation.type)
    return rule(operation) if rule else None


def _relu(operation):
    x = operation.inputs[0]
    if x.op.type == "Neg" and _makes_negative_part(x.op):
        return None
    return "leaky" if any(map(_makes_negative_part, x.consumers())) else "relu"


def _makes_negative_part(operation):
    """Whether it starts relu(-x) or min(x, 0), to be added to relu(x)."""
    if operation.type == "Minimum":
        return _other_than(0, operation) is not None
    if operation.type != "Neg":
        return False
    return any(
        user.type in ("Mul", "Sub", "AddV2")
        for relu in operation.outputs[0].consumers()
        if relu.type == "Relu"
        for user in relu.outputs[0].consumers()
    )


def _maximum(operation):
    x = _other_than(0, operation)
    if x is None or x.op.type == "Minimum":
        return None  # clip, as in ReLU(max_value=...) and hard_sigmoid
    cut = any(
        user.type == "Minimum" and _other_than(0, user) is x
        for user in x.consumers()
    )
    return "leaky" if cut else "relu"


def _select(operation):
    """where(x > threshold, x, 0), as keras.layers.ReLU(threshold=...)."""
    condition, _, other = operation.inputs
    above = condition.op.type in ("Greater", "GreaterEqual")
    return "relu" if above and _is(0, other) else None


def _mul(operation):
    """x · (x > threshold), as that layer is before Keras 3.15."""
    a, b = operation.inputs
    return "relu" if _is_above(a, b) or _is_above(b, a) else None


def _is_above(x, mask):
    """Whether `mask` is 1 where `x` exceeds something, else 0."""
    if mask.op.type != "Cast":
        return False
    condition = mask.op.inputs[0].op
    above = condition.type in ("Greater", "GreaterEqual")
    return above and condition.inputs[0] is x


def _tanh(operation):
    if operation.inputs[0].op.type == "Softplus":
        return None  # mish
    users = operation.outputs[0].consumers()
    if any(u.type == "AddV2" and _other_than(1, u) is not None for u in users):
        return None  # gelu
    return "tanh"


def _sigmoid(operation):
    x = operation.inputs[0]
    sources = {id(t) for t in (x, *x.op.inputs)}
    for user in operation.outputs[0].consumers():
        if user.type == "Mul" and any(id(t) in sources for t in user.inputs):
            return None  # silu
    return "sigmoid"


_KINDS = {
    "Relu": _relu,
    "Relu6": _relu,
    "Maximum": _maximum,
    "SelectV2": _select,
    "Mul": _mul,
    "LeakyRelu": lambda operation: "leaky",
    "Elu": lambda operation: "leaky",
    "Selu": lambda operation: "leaky",
    "Tanh": _tanh,
    "Sigmoid": _sigmoid,
}


def _is(value, tensor):
    static = tf.get_static_value(tensor)
    return static is not None and static.size == 1 and static.item() == value


def _other_than(value, operation):
    """Of two inputs the one beside the constant `value`, or None."""
    a, b = operation.inputs
    if _is(value, b):
        return a
    return b if _is(value, a) else None


def _per_channel(active, layer):
    data_format = getattr(layer, "data_format", None)
    rank = active.shape.rank
    channel = 1 if data_format == "channels_first" else rank - 1
    axes = [axis for axis in range(rank) if axis != channel]
    return tf.reduce_mean(tf.cast(active, tf.float32), axes)
