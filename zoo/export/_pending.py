"""Layers with kernel and bias that may still change before they are built."""

import dataclasses
import functools
import types
import warnings

import keras
import numpy as np

from zoo import layers

CONV2D = (keras.layers.Conv2D, layers.Conv2D, layers.GroupedConv2D)
DEPTHWISE = (
    keras.layers.DepthwiseConv1D,
    keras.layers.DepthwiseConv2D,
    layers.DepthwiseConv2D,
)
DEPTHWISE2D = DEPTHWISE[1:]
SEPARABLE = (keras.layers.SeparableConv1D, keras.layers.SeparableConv2D)
TRANSPOSED = (
    keras.layers.Conv1DTranspose,
    keras.layers.Conv2DTranspose,
    keras.layers.Conv3DTranspose,
)
OTHERS = (
    keras.layers.Conv1D,
    keras.layers.Conv3D,
    keras.layers.Dense,
    layers.TableConv2D,
)
KINDS = CONV2D + DEPTHWISE + SEPARABLE + TRANSPOSED + OTHERS  # no subclasses
WRAPPERS = (
    layers.ScaledWeightStandardization,
    layers.WeightNorm,
    layers.WeightStandardization,
)
BATCH_NORMS = (keras.layers.BatchNormalization, layers.BatchNorm)
FUNCTIONS = (
    types.BuiltinFunctionType,
    types.FunctionType,
    functools.partial,
)
LARGEST = {"float16": 65504.0}


@dataclasses.dataclass
class Norm:
    """A normalizer of the old model, on a tensor of the new one.

    Attributes:
        layer: The normalizer, with moving statistics or none.
        x: The tensor.
        scale: What inference multiplies by, in float64, one a channel.
        shift: What it adds then.
        axis: Axis of the channels.
    """

    layer: keras.layers.Layer
    x: keras.KerasTensor
    scale: np.ndarray
    shift: np.ndarray
    axis: int

    @classmethod
    def of(cls, layer, x):
        """None if `layer` is none that could be folded."""
        kind = type(layer)
        if kind in BATCH_NORMS:
            return cls.batch_norm(layer, x)
        if kind is layers.BatchRenorm:
            return cls._dividing_by(as_array(layer.moving_stddev), layer, x)
        if kind in (layers.MeanOnlyBatchNorm, layers.LayerScale):
            return cls._dividing_by(1.0, layer, x)
        return None

    @classmethod
    def batch_norm(cls, layer, x):
        """A pending batch normalization, of subclasses too."""
        deviation = np.sqrt(as_array(layer.moving_variance) + layer.epsilon)
        return cls._dividing_by(deviation, layer, x)

    @classmethod
    def _dividing_by(cls, deviation, layer, x):
        mean = as_array(getattr(layer, "moving_mean", None), 0.0)
        gamma = as_array(layer.gamma, 1.0)
        beta = as_array(getattr(layer, "beta", None), 0.0)
        scale = gamma / deviation + np.zeros_like(mean)
        axis = getattr(layer, "axis", -1)
        return cls(layer, x, scale, beta - mean * scale, axis)

    def build(self):
        layer = clone(self.layer)
        outputs = layer(self.x)
        copy_weights(self.layer, layer)
        return outputs


@dataclasses.dataclass
class Linear:
    """A convolution or dense layer of the old model, on a tensor of the new.

    Attributes:
        layer: The layer, without its wrapper.
        x: The tensor.
        kernel: The layer's kernel, or a changed one in float64; the pointwise
            kernel of a separable convolution.
        bias: The layer's bias, a changed one, or None.
        own: The new layer's own name and dtype.
    """

    layer: keras.layers.Layer
    x: keras.KerasTensor
    kernel: keras.Variable | np.ndarray
    bias: keras.Variable | np.ndarray | None
    own: dict

    @classmethod
    def of(cls, layer, x):
        """None if `layer`, wrapped or not, is of no kind known here."""
        inner = layer.layer if type(layer) in WRAPPERS else layer
        if (
            type(inner) not in KINDS
            or inner.quantization_mode is not None
            or getattr(inner, "lora_enabled", False)
        ):
            return None
        own = {"name": layer.name, "dtype": layer.dtype_policy}
        kernel = getattr(inner, _kernel(inner))
        if inner is not layer:
            kernel = layer.effective_kernel()
        return cls(inner, x, kernel, inner.bias, own)

    @property
    def is_linear(self):
        return self.layer.activation in (None, keras.activations.linear)

    @property
    def axis(self):
        first = getattr(self.layer, "data_format", None) == "channels_first"
        return 1 if first else -1

    def scaled(self, norm):
        """A copy with the normalizer folded in; None if it would overflow."""
        scale = norm.scale
        bias = as_array(self.bias, 0.0) * scale + norm.shift
        if type(self.layer) is layers.TableConv2D:
            scale = self.layer.filter_of_connection() @ scale
        elif type(self.layer) in DEPTHWISE:
            scale = scale.reshape(self.kernel.shape[-2:])
        elif type(self.layer) in TRANSPOSED:
            scale = scale[:, None]
        return self.changed(as_array(self.kernel) * scale, bias)

    def changed(self, kernel, bias):
        """A copy with this kernel and bias; None if they overflow the dtype."""
        largest = max(np.abs(kernel).max(), np.abs(bias).max())
        limit = LARGEST.get(self.layer.compute_dtype, np.finfo("float32").max)
        if not largest <= limit:  # nor is NaN
            return None
        return dataclasses.replace(self, kernel=kernel, bias=bias)

    def build(self):
        layer = self.new_layer()
        outputs = layer(self.x)
        self.copy_weights(layer)
        return outputs

    def new_layer(self):
        use_bias = self.bias is not None
        config = configuration(self.layer) | self.own | {"use_bias": use_bias}
        return type(self.layer).from_config(config)

    def copy_weights(self, new):
        """Copies kernel and bias into the new layer, once it is built."""
        if type(new) in SEPARABLE:
            new.depthwise_kernel.assign(self.layer.depthwise_kernel)
        getattr(new, _kernel(new)).assign(self.kernel)
        if self.bias is not None:
            new.bias.assign(self.bias)


def clone(layer):
    return type(layer).from_config(configuration(layer))


def configuration(layer):
    """The layer's configuration, with functions that Keras cannot name."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".* includes a `lambda`")
        config = layer.get_config()
    for name in config:
        own = getattr(layer, name, None)
        if isinstance(own, FUNCTIONS):
            config[name] = own
    return config


def copy_weights(old, new):
    """From one layer into another of the same configuration."""
    for a, b in zip(old._flatten_layers(), new._flatten_layers(), strict=True):
        # What set_weights omits: a Normalization's mean is no weight.
        store = {}
        a.save_own_variables(store)
        b.load_own_variables(store)


def _kernel(layer):
    return "pointwise_kernel" if type(layer) in SEPARABLE else "kernel"


def as_array(weight, default=None):
    weight = default if weight is None else weight
    return keras.ops.convert_to_numpy(weight).astype("float64")
