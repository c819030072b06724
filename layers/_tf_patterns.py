"""Which operations TensorFlow merges into what computes wrong, or ends.

TensorFlow rewrites a graph before it runs it, as the processor, the version
and `TF_ENABLE_ONEDNN_OPTS` have it, and a SavedModel travels. With oneDNN,
which is TensorFlow's choice on processors with AVX-512, these go wrong (seen
alike in TensorFlow 2.18, 2.20 and 2.21):

- `LeakyRelu` behind a sum of a convolution, its bias and another tensor
  computes with the slope 0.2, whatever its own.
- Mish there, and mish and tanh behind a convolution and `FusedBatchNorm`,
  raise `Fusion is not implemented`.
- A depthwise convolution with explicit padding and a bias ends the process.
- `maximum(x, a · x)` with a > 1 becomes `LeakyRelu`, which is the minimum.
- A pad that a convolution and something else take: the pad may vanish. Pads of
  one tensor become one.

A fence between (`_tf_onednn.fence`) keeps them apart.
"""

from collections import Counter, defaultdict

FENCE = ("ExpandDims", "Squeeze")
VANISHING = ("Identity", "IdentityN")

# What an operation may take its input from without a fence between: what
# TensorFlow merges it with, and computes right.
_CONVOLUTIONS = {"BiasAdd", "Conv2D", "Conv3D", "MatMul", FENCE[1]}
_NORMS = {"FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"}
_SOURCES = {
    "LeakyRelu": _CONVOLUTIONS | _NORMS,
    "Softplus": _CONVOLUTIONS,  # mish is x · tanh(softplus(x))
    "Tanh": _CONVOLUTIONS | {"Softplus"},
}
_FLOAT = 1  # types_pb2.DT_FLOAT
_PADS = {"Pad", "PadV2"}
_PRODUCTS = {"Add", "AddN", "AddV2", "Div", "Mul", "RealDiv"}  # or become one


def may_follow(operation, source):
    """Whether an operation may take its first input right from another.

    Args:
        operation: Its type.
        source: The other's type; None if it is not known.
    """
    return operation not in _SOURCES or source in _SOURCES[operation]


def to_fence(nodes, returned=()):
    """The tensors of a graph behind which a fence must stand.

    Args:
        nodes: The NodeDefs of a graph or of a function.
        returned: Names of the tensors that a function returns.

    Returns:
        {name as inputs have it: number of its data type}.
    """
    graph = _Graph(nodes, returned)
    found = {}
    for node in nodes:
        if node.op in _SOURCES:
            if not may_follow(node.op, graph.operation(node.input[0])):
                found[node.input[0]] = _dtype(node)
        elif node.op == "Maximum":
            a, b = node.input[:2]
            for slope, x in ((a, b), (b, a)):
                if graph.is_slope(slope, x):
                    found[slope] = _dtype(node)
        elif node.op == "DepthwiseConv2dNative":
            if node.attr["padding"].s == b"EXPLICIT":
                found |= dict.fromkeys(graph.taken(node), _dtype(node))
        elif node.op in _PADS and not graph.is_own(node):
            found |= dict.fromkeys(graph.taken(node), _dtype(node))
    return found


class _Graph:
    def __init__(self, nodes, returned):
        self.nodes = {node.name: node for node in nodes}
        self.takers = defaultdict(set)  # of a node: those behind it
        self.names = defaultdict(set)  # of its outputs, as these have them
        uses = [(name, node) for node in nodes for name in node.input]
        uses += [(name, None) for name in returned]
        for name, taker in uses:
            if not name.startswith("^"):
                self.takers[_node(name)].add(taker and taker.name)
                if taker is None or taker.op != FENCE[0]:
                    self.names[_node(name)].add(name)
        self.padded = Counter(  # how many pads a tensor has
            self.origin(node.input[0]) for node in nodes if node.op in _PADS
        )

    def operation(self, tensor):
        """Type of what makes a tensor; None of a function's argument."""
        node = self.nodes.get(_node(self.origin(tensor)))
        return node and node.op

    def origin(self, tensor):
        """The tensor that it is once all has vanished that will."""
        node = self.nodes.get(_node(tensor))
        while node is not None and node.op in VANISHING:
            _, *index = tensor.split(":")
            tensor = node.input[int(index[-1]) if index else 0]
            node = self.nodes.get(_node(tensor))
        return tensor

    def taken(self, node):
        """Names of its outputs that others than a fence take."""
        return self.names[node.name]

    def is_own(self, pad):
        """Whether it is of one operation alone, which calls no function.

        TensorFlow computes equals once: pads of a tensor have each other's.
        """
        if self.padded[self.origin(pad.input[0])] > 1:
            return False
        (taker, *more) = self.takers[pad.name] or (None,)
        if more or taker is None:
            return False
        taker = self.nodes[taker]
        return taker.op not in VANISHING and not any(
            value.HasField("func") for value in taker.attr.values()
        )

    def is_slope(self, tensor, x):
        """Whether it is `x` times what is not known to be from 0 to 1."""
        if self.operation(tensor) not in _PRODUCTS:
            return False
        product = self.nodes[_node(self.origin(tensor))]
        factors = [self.origin(name) for name in product.input]
        if self.origin(x) not in factors:
            return False
        factors.remove(self.origin(x))
        return product.op != "Mul" or not self._is_small(factors[0])

    def _is_small(self, tensor):
        if self.operation(tensor) != "Const":
            return False
        from tensorflow import make_ndarray

        value = make_ndarray(self.nodes[_node(tensor)].attr["value"].tensor)
        return value.size == 1 and 0 <= value.item() <= 1


def _dtype(node):
    # A SavedModel leaves out what is an operation's default.
    return node.attr["T"].type if "T" in node.attr else _FLOAT


def _node(tensor):
    return tensor.split(":")[0]
