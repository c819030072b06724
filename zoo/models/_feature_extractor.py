"""The feature maps within a network, for detection, segmentation, style."""

import re

import keras

from zoo.models._graph import layer_of

SKIPPED = (keras.layers.InputLayer, keras.layers.Dropout)


def feature_extractor(model: keras.Model) -> keras.Model:
    """The last feature map at each stride.

    A stride's map is the last one that ends a block and through which
    everything passes that reaches the classifier: the output of a stage, not
    the inside of the block that comes after it.

    Args:
        model: A model of this package, with or without its classifier.

    Returns:
        A `keras.Model` with the same input and weights, from images to a
        dictionary {"stride4": map, "stride8": map, …}.

    Raises:
        ValueError: The model is not functional, or has no feature maps.

    Example:
        >>> import zoo
        >>> model = zoo.resnet18(input_shape=(64, 96, 3))
        >>> maps = zoo.feature_extractor(model).output
        >>> {name: map.shape[1:] for name, map in maps.items()}
        {'stride2': (32, 48, 64), 'stride4': (16, 24, 64), 'stride8': \
(8, 12, 128), 'stride16': (4, 6, 256), 'stride32': (2, 3, 512)}
    """
    if not hasattr(model, "_nodes_by_depth"):
        raise ValueError(
            f"feature_extractor takes a functional model; received {model!r}."
        )
    maps = [m for m in _walk(model) if not isinstance(m.layer, SKIPPED)]
    inside = [m for m in maps if not m.in_head]
    passed = [m for m in inside if maps[-1].dominators >> m.number & 1]
    found = {}
    # Cells that read the last two cells (NASNet) and parallel branches (HRNet)
    # leave no map that all passes.
    for candidates in (
        [m for m in inside if isinstance(m.layer, keras.layers.Add)],
        [m for m in inside if isinstance(m.layer, keras.layers.Concatenate)],
        passed,
        [m for m in passed if _ends_block(m)],
    ):
        found.update({m.stride: m.tensor for m in candidates})
    if not found:
        raise ValueError(f"{model.name!r} has no feature maps.")
    return keras.Model(
        model.input,
        {f"stride{stride}": found[stride] for stride in sorted(found)},
        name=f"{model.name}_features",
    )


class _Map:
    """A tensor of the graph, and what leads to it."""

    def __init__(self, number, tensor, layer, parents):
        self.number = number
        self.tensor = tensor
        self.layer = layer
        self.consumers = []
        alike = [p for p in parents if _size(p.tensor) == _size(tensor)]
        # What is stretched over a map, as a gate of one pixel, has no say.
        self.stride = max((p.stride for p in alike or parents), default=1)
        self.stride *= _stride(layer, parents, tensor)
        if isinstance(layer, keras.layers.UpSampling2D):
            self.stride //= layer.size[0]
        # The head begins at the pooling before the classifier or at a
        # classifying convolution; what gates a map does not end it.
        self.in_head = _begins_head(layer.name, tensor) or (
            bool(parents) and all(p.in_head for p in parents)
        )
        self.dominators = -1 if parents else 0  # a bit each
        maps = [p for p in parents if not p.in_head]
        for parent in maps or parents:
            self.dominators &= parent.dominators
            parent.consumers.append(layer.name)
        self.dominators |= 1 << number


def _walk(model):
    """The `_Map`s on the way to the model's main output, in order."""
    target = model.output
    if isinstance(target, dict):  # with auxiliary heads
        target = target["logits"]
    needed, stack = set(), [target]
    while stack:
        tensor = stack.pop()
        if id(tensor) not in needed:
            needed.add(id(tensor))
            layer, node, _ = tensor._keras_history
            stack += layer._inbound_nodes[node].input_tensors
    maps = {}
    for depth in sorted(model._nodes_by_depth, reverse=True):
        for node in model._nodes_by_depth[depth]:
            parents = [maps[id(t)] for t in node.input_tensors if id(t) in maps]
            for tensor in node.output_tensors:
                if id(tensor) in needed:
                    maps[id(tensor)] = _Map(
                        len(maps), tensor, node.operation, parents
                    )
    return list(maps.values())


def _stride(layer, parents, tensor):
    """What the layer divides height and width by."""
    layer = layer_of(layer)
    strides = getattr(layer, "strides", None)
    if strides is not None:
        return strides if isinstance(strides, int) else strides[0]
    sizes = [p.tensor.shape[1] for p in parents if len(p.tensor.shape) == 4]
    if len(tensor.shape) == 4 and sizes and sizes[0] and tensor.shape[1]:
        return max(1, round(sizes[0] / tensor.shape[1]))
    return 1


def _size(tensor):
    return tuple(tensor.shape[1:-1])


def _begins_head(name, tensor):
    return len(tensor.shape) != 4 or name == "pool" or "logits" in name


def _ends_block(m):
    """Whether the maps that follow belong to another block, or to none."""
    block = re.match(r".*(block\d+|down|transition\d+)_", m.layer.name)
    return not (
        block
        and m.consumers
        and all(name.startswith(block[0]) for name in m.consumers)
    )
