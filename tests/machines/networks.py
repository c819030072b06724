"""The networks that are compared: their names, options and random weights."""

import dataclasses
import functools
import itertools

import keras
import numpy as np

import zoo
from tests.zoo.test_contract import TINY
from zoo.models import Network as Maker, mobilenet_v1, resnet_cifar
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
    "mobilenet_v2_x0_35": SMALL,
    "shufflenet_v1_g3": SMALL,
}
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


def plain(**options):
    """Two convolutions, one with stride 2."""
    net = Maker(name="plain", **options)
    x = net.conv_norm_act(net.image, 8, 3, name="conv1")
    return net.model(net.conv_norm_act(x, 8, 3, 2, name="conv2"))


def residual(**options):
    """ResNet-8: a basic block in each of three stages."""
    return resnet_cifar.resnet_cifar(8, name="residual", **options)


def depthwise(**options):
    """Two blocks of MobileNet, one with stride 2."""
    net = Maker(name="depthwise", **options)
    x = net.conv_norm_act(net.image, 8, 3, name="conv")
    for strides in (1, 2):
        x = mobilenet_v1.separable_block(
            net, x, 8, strides, f"block{strides}", "same"
        )
    return net.model(x)


def grouped(**options):
    """Two grouped convolutions, one with stride 2."""
    net = Maker(name="grouped", **options)
    x = net.conv_norm_act(net.image, 8, 3, name="conv")
    for strides in (1, 2):
        x = net.conv_norm_act(
            x, 8, 3, strides, groups=4, name=f"conv_stride{strides}"
        )
    return net.model(x)


SHORT = {make.__name__: make for make in (plain, residual, depthwise, grouped)}
SHORT_INPUT = {"input_shape": (8, 8, 3)}


@dataclasses.dataclass(frozen=True)
class Network:
    """A network of the zoo or of `SHORT`, with its options."""

    model: str
    options: dict

    @property
    def name(self):
        swaps = [self.options.get(key) for key in ("activation", "norm")]
        return " ".join([self.model, *filter(None, swaps)])

    def build(self):
        """The model, of no two channels alike, and images for it."""
        keras.utils.set_random_seed(0)
        make = SHORT.get(self.model, functools.partial(zoo.create, self.model))
        model = make(num_classes=10, **self.options)
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
    swapped = SWAPPED if everything else dict.fromkeys(SHORT, SHORT_INPUT)
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
