"""What the builders share: a network's input, layer constructors and head."""

import sys
from collections.abc import Callable
from typing import Any

import keras

from zoo import layers
from zoo._choices import one_of
from zoo.models import _names
from zoo.models._arguments import (
    check_activation,
    check_input_shape,
    check_num_classes,
)

# Keras walks a functional model recursively, some frames a layer: networks of a
# thousand layers need more than Python's thousand frames.
sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))


class Network:
    """A network under construction.

    It holds the arguments that every builder takes, makes the layers that
    blocks are composed of, and is the one place where normalizer and activation
    are chosen: the family sets the paper's choices, the caller's override them.

    Args:
        stem: The builder's argument, "imagenet" or "small"; None if it has no
            such argument. `net.small` and `net.stem_strides` follow from it.
        min_size: Smallest height and width that the network can take; with a
            `stem`, a pair: with "imagenet" and with "small".
        paper_activation: Short name or constructor of the paper's activation.
        paper_norm: Short name, `Norm` or constructor of the paper's normalizer.
        fixed_size: True where a flattened classifier needs a known H and W.
        kernel_initializer: Initializer of every kernel.
        num_classes, input_shape, …: The arguments of `zoo.create`.
    """

    def __init__(
        self,
        *,
        stem=None,
        min_size=None,
        paper_activation: str | Callable = "relu",
        paper_norm: str | Callable | _names.Norm = "batch_norm",
        fixed_size=False,
        kernel_initializer: str | keras.initializers.Initializer = "he_normal",
        num_classes=1000,
        input_shape=None,
        include_top=True,
        pooling=None,
        classifier_activation=None,
        activation=None,
        norm=None,
        name=None,
    ):
        self.small = stem == "small"
        if stem is not None:
            one_of("stem", stem, ("imagenet", "small"))
            min_size = (min_size or (32, 8))[self.small]
        self.stem_strides = 1 if self.small else 2
        self.keeps_paper_norm = norm is None
        self._norm = _names.chosen_norm(norm, paper_norm)
        self._keeps_paper_activation = activation is None
        self._activation = _names.activation(
            paper_activation if activation is None else activation
        )
        self._initializer: Any = kernel_initializer
        self.include_top = include_top
        self.num_classes = check_num_classes(num_classes)
        self.pooling = one_of("pooling", pooling, (None, "avg", "max"))
        self._classifier_activation = check_activation(classifier_activation)
        self.name = name
        known = fixed_size and include_top
        shape = check_input_shape(input_shape, min_size or 1, known)
        self.image = keras.Input(shape, name="image")

    def conv(
        self, x, filters, size, strides=1, *, name, padding=None, groups=1,
        make=layers.Conv2D, use_bias=None, **options,
    ):  # fmt: skip
        """A convolution; `padding=None` keeps H and W at stride 1.

        Without `use_bias` it has a bias where the normalizer shifts nothing.
        As many groups as channels make it depthwise. `make` and `options` are
        the layer's class and further arguments.
        """
        if use_bias is None:
            use_bias = not self._norm.shifts
        options |= {
            "strides": strides,
            "padding": _symmetric(size) if padding is None else padding,
            "use_bias": use_bias,
            "name": name,
        }
        if 1 < groups == filters == x.shape[-1]:
            initializer = _depthwise(self._new_initializer(), filters)
            layer = layers.DepthwiseConv2D(
                size, depthwise_initializer=initializer, **options
            )
        else:
            if groups > 1:
                make, options["groups"] = layers.GroupedConv2D, groups
            options["kernel_initializer"] = self._new_initializer()
            layer = make(filters, size, **options)
        return self._wrapped(layer)(x)

    def norm(self, x, *, name):
        """The normalizer; nothing where it sits on the kernels, or is none."""
        layer = self.new_norm(x.shape[-1], name)
        return x if layer is None else layer(x)

    def act(self, x, *, name, paper_act=None):
        """The activation; `paper_act` is the paper's where it has several."""
        return self.new_act(name, paper_act)(x)

    def conv_norm(self, x, *args, name, **options):
        """Convolution `…conv…` and normalizer `…norm…`."""
        x = self.conv(x, *args, name=name, **options)
        return self.norm(x, name=_sibling(name, "norm"))

    def conv_norm_act(self, x, *args, name, paper_act=None, **options):
        """Convolution `…conv…`, normalizer `…norm…`, activation `…act…`."""
        x = self.conv_norm(x, *args, name=name, **options)
        return self.act(x, name=_sibling(name, "act"), paper_act=paper_act)

    def norm_act_conv(self, x, *args, name, **options):
        """Pre-activation: `…norm…`, `…act…`, and then convolution `…conv…`."""
        x = self.norm(x, name=_sibling(name, "norm"))
        x = self.act(x, name=_sibling(name, "act"))
        return self.conv(x, *args, name=name, **options)

    def response_norm(self, x, *, name, **options):
        """Local response normalization, where the paper's norm is in force."""
        if not self.keeps_paper_norm:
            return x
        return layers.LocalResponseNorm(**options, name=name)(x)

    def squeeze_excite(
        self, x, filters, *, name, gate="sigmoid", paper_act=None
    ):
        """Scales the channels: `filters` wide, its activation `…_act`."""
        return layers.SqueezeExcitation(
            filters,
            activation=self.new_act(f"{name}_act", paper_act),
            gate=gate,
            name=name,
        )(x)

    def dense_act(self, x, units, *, name, bias_initializer="zeros"):
        """A fully connected layer and its activation, `…_act`."""
        x = keras.layers.Dense(
            units,
            kernel_initializer=self._new_initializer(),
            bias_initializer=bias_initializer,
            name=name,
        )(x)
        return self.act(x, name=f"{name}_act")

    def pool_to(self, x, size, *, name="pool"):
        """Average pooling to (size, size), where the map has another size."""
        if x.shape[1:3] == (size, size):
            return x
        return layers.AdaptiveAvgPool2D(size, name=name)(x)

    def global_pool(self, x):
        """Average over space: (N, H, W, C) -> (N, C)."""
        return keras.layers.GlobalAveragePooling2D(name="pool")(x)

    def logits(self, x, *, name="logits"):
        """The last fully connected layer, in float32 under mixed precision."""
        return keras.layers.Dense(
            self.num_classes, name=name, dtype=output_dtype()
        )(x)

    def conv_logits(self, x, activated=True):
        """A map a class, activated or not, averaged over space: the logits.

        The 1x1 convolution is a classifier: no normalizer follows it.
        """
        x = self.conv(x, self.num_classes, 1, use_bias=True, name="logits_conv")
        x = self.act(x, name="logits_act") if activated else x
        return keras.layers.GlobalAveragePooling2D(
            name="logits", dtype=output_dtype()
        )(x)

    def model(
        self,
        features,
        head: Callable | None = None,
        aux=None,
        *,
        dropout_rate=0.0,
    ):
        """Ends the network.

        Args:
            features: The last feature map.
            head: Function from `features` to logits. Default: global average
                pooling and a linear layer.
            aux: Name and function to logits of each auxiliary classifier. With
                any, the model returns a dictionary: "logits", and theirs.
            dropout_rate: Rate of the dropout before the default head's linear
                layer.
        """
        if self.include_top:
            if head is None:
                outputs = self.global_pool(features)
                if dropout_rate:
                    outputs = keras.layers.Dropout(
                        dropout_rate, name="dropout"
                    )(outputs)
                outputs = self.logits(outputs)
            else:
                outputs = head(features)
            outputs = self._predictions(outputs, "predictions")
            if aux:
                outputs = {"logits": outputs} | {
                    name: self._predictions(make(), f"{name}_predictions")
                    for name, make in aux.items()
                }
        elif self.pooling == "max":
            outputs = keras.layers.GlobalMaxPooling2D(name="pool")(features)
        elif self.pooling == "avg":
            outputs = self.global_pool(features)
        else:
            outputs = features
        return keras.Model(self.image, outputs, name=self.name)

    def _predictions(self, logits, name):
        if self._classifier_activation is None:
            return logits
        return keras.layers.Activation(
            self._classifier_activation, name=name, dtype=output_dtype()
        )(logits)

    def new_act(self, name, paper_act=None):
        """A new layer: see `act`."""
        make = self._activation
        if paper_act is not None and self._keeps_paper_activation:
            make = _names.activation(paper_act)
        return _named(make(), name)

    def new_norm(self, channels, name="norm"):
        """A new layer, or None: see `norm`."""
        make = self._norm.layer
        return None if make is None else _named(make(channels), name)

    def _new_initializer(self):
        """One a layer: shared, it would give equal shapes equal values."""
        if isinstance(self._initializer, keras.initializers.Initializer):
            return self._initializer.clone()
        return self._initializer

    def _wrapped(self, layer):
        if self._norm.wrap is None:
            return layer
        return self._norm.wrap(layer, name=layer.name)


def output_dtype():
    """float32 where the policy in force computes in half precision."""
    compute = keras.config.dtype_policy().compute_dtype
    return "float32" if compute in ("float16", "bfloat16") else None


def _symmetric(size):
    if isinstance(size, int):
        return size // 2
    return tuple(s // 2 for s in size)


def _depthwise(initializer, channels):
    """He initialization of a depthwise kernel.

    Its fan-in is that of one channel; Keras counts all of them.
    """
    if initializer != "he_normal":
        return initializer
    return keras.initializers.VarianceScaling(2.0 * channels)


def _sibling(conv_name, kind):
    """`stage1_block1_conv2`, "norm" -> `stage1_block1_norm2`."""
    head, conv, tail = conv_name.rpartition("conv")
    if not conv:
        raise ValueError(f"The layer name {conv_name!r} must contain 'conv'.")
    return f"{head}{kind}{tail}"


def _named(layer, name):
    """Renames a new, unbuilt layer: constructors take no arguments."""
    layer.name = name
    return layer
