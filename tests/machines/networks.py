"""The networks that are compared: their names, options and random weights."""

import dataclasses
import itertools

import keras
import numpy as np

import zoo
from tests.zoo.test_contract import TINY
from zoo.models._names import ACTIVATIONS, NORMS

IMAGES = 2
SMALL = {"stem": "small", "input_shape": (16, 16, 3)}
# A plain, a residual, a depthwise and a grouped network, with all short names.
SWAPPED = {
    "lenet5": {},
    "resnet20": {"input_shape": (16, 16, 3)},
    "mobilenet_v1_x0_25": SMALL,
    "alexnet": {
        "input_shape": (67, 67, 3),
        "include_top": False,
        "pooling": "avg",
    },
}
MORE_SWAPPED = {"mobilenet_v2_x0_35": SMALL, "shufflenet_v1_g3": SMALL}
# Small files, of many kinds of layers.
SOME = (
    "lenet5", "resnet20", "highway19_cifar", "all_cnn_c", "squeezenet1_0",
    "wide_resnet16_4", "mobilenet_v3_small",
)  # fmt: skip
# Each activation, most with what oneDNN merges: a bias or a batch norm.
SOME_SWAPS = {
    "relu": "layer_norm",
    "relu6": "batch_norm",
    "leaky_relu": "none",
    "prelu": "group_norm",
    "rrelu": "weight_norm",
    "elu": "instance_norm",
    "selu": "batch_norm",
    "gelu": "none",
    "silu": "weight_norm",
    "hard_swish": "batch_norm",
    "tanh": "batch_norm",
    "sigmoid": "none",
}


@dataclasses.dataclass(frozen=True)
class Network:
    """A network with its options, as `zoo.create` takes them."""

    model: str
    options: dict

    @property
    def name(self):
        swaps = [self.options.get(key) for key in ("activation", "norm")]
        return " ".join([self.model, *filter(None, swaps)])

    def build(self):
        """The model, of no two channels alike, and images for it."""
        keras.utils.set_random_seed(0)
        model = zoo.create(self.model, num_classes=10, **self.options)
        random = np.random.default_rng(0)
        for weight in model.weights:
            vary(weight, random)
        shape = (IMAGES, *model.input_shape[1:])
        return model, random.normal(size=shape).astype("float32")


def vary(weight, random):
    """Makes what a layer begins with constant (bias, gain, mean …) random."""
    value = keras.ops.convert_to_numpy(weight)
    if value.dtype != np.float32 or value.min() != value.max():
        return
    if value.max() == 0:
        value = random.normal(scale=0.3, size=value.shape)
    else:  # a layer scale of 1e-6 would hide its branch
        value = max(value.max(), 0.1) * random.uniform(0.5, 1.5, value.shape)
    weight.assign(value)


def select(everything):
    """Every network of the contract, then every swap; or enough of both."""
    names = TINY if everything else SOME
    networks = [Network(name, TINY[name]) for name in names]
    swapped = SWAPPED | (MORE_SWAPPED if everything else {})
    for name, options in swapped.items():
        for activation, norm in swaps(everything):
            swap = {"activation": activation, "norm": norm}
            networks.append(Network(name, options | swap))
    return networks


def swaps(everything):
    """All pairs; or some with each activation and each normalizer."""
    if everything:
        return list(itertools.product(ACTIVATIONS, NORMS))
    return [(activation, SOME_SWAPS[activation]) for activation in ACTIVATIONS]
