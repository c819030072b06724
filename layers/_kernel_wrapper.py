"""What the kernel-reparametrizing wrappers share."""

import keras

from zoo.layers._table_conv import TableConv2D

# The axes of a kernel over which one filter's elements lie.
_FILTER_AXES = (
    (keras.layers.Dense, (0,)),
    (keras.layers.DepthwiseConv1D, (0,)),
    (keras.layers.DepthwiseConv2D, (0, 1)),
    (keras.layers.Conv1DTranspose, (0, 2)),
    (keras.layers.Conv2DTranspose, (0, 1, 3)),
    (keras.layers.Conv3DTranspose, (0, 1, 2, 4)),
    (TableConv2D, (0, 1)),  # of each connection
    (keras.layers.Conv1D, (0, 1)),
    (keras.layers.Conv2D, (0, 1, 2)),
    (keras.layers.Conv3D, (0, 1, 2, 3)),
)


class KernelWrapper(keras.layers.Wrapper):
    """Runs a layer with a kernel computed from its own: `effective_kernel`.

    The wrapped layer's `kernel` stays the trained variable. Each call runs
    a passing view of that layer, whose kernel is the computed tensor, so no
    variable is written and calls do not disturb one another.
    """

    def __init__(self, layer, **kwargs):
        axes = [a for kind, a in _FILTER_AXES if isinstance(layer, kind)]
        if not axes:
            raise ValueError(
                "`layer` must be a Dense, Conv, DepthwiseConv or "
                f"ConvTranspose layer, instance not class. Received: {layer!r}"
            )
        kwargs.setdefault("dtype", layer.dtype_policy)
        kwargs.setdefault("activity_regularizer", layer.activity_regularizer)
        super().__init__(layer, **kwargs)
        self.filter_axes = axes[0]
        self.supports_masking = layer.supports_masking

    def build(self, input_shape):
        super().build(input_shape)
        # Read in full precision under a mixed policy; cast once, at the end.
        stored = getattr(self.layer, "_kernel", None)
        stored = self.layer.kernel if stored is None else stored
        stored._autocast = False
        self.layer.__dict__["quantize"] = _refuse_quantization
        self.input_spec = self.layer.input_spec

    def effective_kernel(self):
        """The kernel that the wrapped layer is run with."""
        raise NotImplementedError

    def call(self, inputs):
        return self._run(inputs, self.effective_kernel())

    def compute_output_shape(self, input_shape):
        return tuple(self.layer.compute_output_shape(input_shape))

    def get_config(self):
        config = super().get_config()
        config["layer"].pop("build_config", None)  # it is built with this one
        return config

    @classmethod
    def from_config(cls, config, custom_objects=None):
        # Keras's takes the layer out of the dictionary it is given.
        return super().from_config(dict(config), custom_objects)

    def remove(self):
        """The plain layer, built, with the same output."""
        if not self.built:
            raise ValueError(f"{self.name} has no weights yet: build it first.")
        config = self.layer.get_config()
        for adapted in ("lora_rank", "lora_alpha"):  # it is in the kernel
            config.pop(adapted, None)
        plain = type(self.layer).from_config(config)
        plain.build_from_config(self.layer.get_build_config())
        plain.kernel.assign(self.effective_kernel())
        if plain.bias is not None:
            plain.bias.assign(self.layer.bias)
        return plain

    def _run(self, inputs, kernel, **attributes):
        view = object.__new__(type(self.layer))
        # LoRA's matrices are in the kernel that the layer gave.
        adapted = {"lora_enabled": False}
        view.__dict__.update(self.layer.__dict__, **adapted | attributes)
        name = "_kernel" if "_kernel" in view.__dict__ else "kernel"
        view.__dict__[name] = keras.ops.cast(kernel, self.compute_dtype)
        return type(view).call(view, inputs)


def _refuse_quantization(mode=None, **options):
    """What a wrapped layer answers to `quantize`, which a model calls.

    Its kernel is computed anew in each call: there is nothing to store in few
    bits. `keras.Model.quantize` warns and goes on to the next layer.
    """
    raise NotImplementedError(
        "a layer in WeightNorm or WeightStandardization is not quantized; "
        "remove() gives a plain one, which is."
    )
