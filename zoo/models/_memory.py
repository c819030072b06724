"""How much memory a model takes, at a size and a batch."""

import dataclasses
import math
from collections.abc import Mapping

import keras

from zoo.models import _graph
from zoo.models._layer_table import memory, size

# Layers whose gradient needs no value, or that of their output alone; that of
# any other needs its inputs.
PASSING = {
    "Add", "AvgPool2D", "AveragePooling2D", "AdaptiveAvgPool2D", "Average",
    "ChannelShuffle", "ChannelSlice", "Concatenate", "Cropping2D", "Flatten",
    "GlobalAveragePooling2D", "InputLayer", "Permute", "Reshape", "Subtract",
    "UpSampling2D", "ZeroPadShortcut", "ZeroPadding2D",
}  # fmt: skip
BY_OUTPUT = {
    "Dropout", "ELU", "ReLU", "LeakyReLU", "ScaledTanh", "SpatialDropout2D",
    "StochasticDepth",
}  # fmt: skip
ACTIVATIONS_BY_OUTPUT = {"relu", "sigmoid", "tanh", "softmax", "elu"}
MAX_POOLS = {"MaxPool2D", "MaxPooling2D"}  # need both
VIEWS = {"Flatten", "Reshape"}  # share the memory of their input


@dataclasses.dataclass(frozen=True)
class Memory:
    """Bytes that a model takes, for images in batches.

    Attributes:
        weights: All weights.
        trained: The trainable ones, which are also the bytes of a gradient
            for each and of each state of an optimizer.
        forward: The most that the feature maps in use at one time take, when
            images are classified.
        backward: The feature maps that are kept until the gradient has passed.
    """

    weights: int
    trained: int
    forward: int
    backward: int

    @property
    def inference(self) -> int:
        """Weights and feature maps."""
        return self.weights + self.forward

    def training(self, states: int = 2) -> int:
        """Weights, gradients, states and the feature maps that are kept.

        Args:
            states: What the optimizer keeps for each weight: Adam 2, momentum
                1, plain SGD 0.
        """
        return self.weights + self.trained * (1 + states) + self.backward


def estimate(model: keras.Model, batch: int = 1) -> Mapping[str, Memory]:
    """What a model takes in float32 and in half precision.

    It counts values, not what a library adds (workspaces of convolutions,
    fragments, copies): a lower bound. In half precision (mixed_float16,
    mixed_bfloat16) feature maps and the weights that classify have 16 bits, the
    weights that are trained, their gradients and the optimizer's states 32.

    Args:
        model: A functional model, or a Sequential one that is built, with a
            fixed height and width, that computes in float32.
        batch: Images at a time.

    Returns:
        {"float32": `Memory`, "half": `Memory`}.

    Example:
        >>> import zoo
        >>> from zoo.models import _memory
        >>> found = _memory.estimate(zoo.lenet5_relu(), batch=32)
        >>> found["float32"].weights == 4 * zoo.info("lenet5_relu").params
        True
    """
    calls = list(_graph.calls(model))
    weights = 4 * _count(model.weights)
    trained = 4 * _count(model.trainable_weights)
    forward = batch * _most_at_once(calls)
    backward = batch * _kept(calls)
    full = Memory(weights, trained, forward, backward)
    half = Memory(weights // 2, trained, forward // 2, backward // 2)
    return {"float32": full, "half": half}


def text(model: keras.Model, batch: int) -> str:
    """What `zoo show NAME --memory` prints."""
    found = estimate(model, batch)
    full, half = found["float32"], found["half"]
    # Mixed precision trains weights of 32 bits.
    rows = [
        ("", "float32", "half"),
        ("weights", full.weights, half.weights),
        ("inference: feature maps, at most", full.forward, half.forward),
        ("inference in all", full.inference, half.inference),
        ("training: weights", full.weights, full.weights),
        ("training: gradients", full.trained, full.trained),
        ("training: optimizer (Adam; momentum half)", *[2 * full.trained] * 2),
        ("training: feature maps kept", full.backward, half.backward),
        ("training in all", full.training(), trained_in_half(found)),
    ]
    shape = "x".join(map(str, model.input_shape[1:]))
    lines = [f"{model.name}, images of {shape}, batch {batch}"]
    for name, *values in rows:
        cells = [v if isinstance(v, str) else memory(v) for v in values]
        lines.append(f"{name:43}" + "".join(f"{c:>13}" for c in cells))
    return "\n".join(lines)


def trained_in_half(found: Mapping[str, Memory], states: int = 2) -> int:
    """Bytes of a training in mixed precision."""
    full, half = found["float32"], found["half"]
    return full.training(states) - full.backward + half.backward


def as_dict(model: keras.Model, batch: int) -> dict:
    """The same as JSON values, in bytes."""
    found = estimate(model, batch)
    training = {
        "float32": found["float32"].training(),
        "half": trained_in_half(found),
    }
    return {
        "name": model.name,
        "input_shape": list(model.input_shape[1:]),
        "batch_size": batch,
    } | {
        kind: {
            **dataclasses.asdict(each),
            "inference": each.inference,
            "training_with_adam": training[kind],
        }
        for kind, each in found.items()
    }


def _count(weights):
    return sum(math.prod(w.shape) for w in weights)


def _most_at_once(calls):
    """Bytes of the tensors that are in use together, in the calls' order."""
    owner = _owners(calls)
    last = {}
    for at, call in enumerate(calls):
        for tensor in (*call.inputs, *call.outputs):
            last[id(owner[id(tensor)])] = at
    used, most = {}, 0
    for at, call in enumerate(calls):
        for tensor in call.outputs:
            root = owner[id(tensor)]
            used[id(root)] = size(root)
        most = max(most, sum(used.values()))
        used = {key: value for key, value in used.items() if last[key] > at}
    return most


def _kept(calls):
    """Bytes of the tensors that the gradient needs."""
    owner, kept = _owners(calls), {}
    for call in calls:
        if not call.inputs or _kind(call) in PASSING:
            continue
        needs = call.inputs
        if _by_output(call):
            needs = call.outputs
        elif _kind(call) in MAX_POOLS:
            needs = [*call.inputs, *call.outputs]
        for tensor in needs:
            root = owner[id(tensor)]
            kept[id(root)] = size(root)
    return sum(kept.values())


def _owners(calls):
    """{id of a tensor: the tensor whose memory it lies in, often itself}."""
    owner = {}
    for call in calls:
        is_view = _kind(call) in VIEWS
        for tensor in call.outputs:
            owner[id(tensor)] = owner[id(call.inputs[0])] if is_view else tensor
    return owner


def _kind(call):
    return type(_graph.layer_of(call.operation)).__name__


def _by_output(call):
    layer = call.operation
    if type(layer).__name__ in BY_OUTPUT:
        return True
    function = getattr(layer, "activation", None)
    return (
        type(layer).__name__ == "Activation"
        and getattr(function, "__name__", "") in ACTIVATIONS_BY_OUTPUT
    )
