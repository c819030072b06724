"""Leaky rectifier with learned slopes."""

import keras

from zoo.layers import _initializers

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class PReLU(keras.layers.Layer):
    """Leaky ReLU that learns its slopes: one a channel, or one in all.

    `y = max(x, 0) + alpha * min(x, 0)`

    Keras's own learns a slope for each pixel unless `shared_axes=[1, 2]` is
    given; with that its weights are those of this layer, and `set_weights`
    takes them.

    The paper has no weight decay on the slopes (it would push them towards
    ReLU's 0). This layer never regularizes them; keep the optimizer from it
    with `optimizer.exclude_from_weight_decay(var_names=["alpha"])`.

    Reference: [He et al. 2015](https://arxiv.org/abs/1502.01852).

    Args:
        shared: "space": one slope a channel; "all": a single one.
        alpha_initializer: Initial slope, or an initializer.

    Shapes:
        (batch, ..., channels) -> the same; sizes in between may be None.

    Raises:
        ValueError: If `shared` is neither.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.PReLU()(keras.ops.array([[-1.0, 1.0]])).numpy()
        array([[-0.25,  1.  ]], dtype=float32)
    """

    def __init__(
        self,
        shared="space",
        alpha_initializer: float | str | keras.initializers.Initializer = 0.25,
        **kwargs,
    ):
        super().__init__(**kwargs)
        if shared not in ("space", "all"):
            raise ValueError(
                f'shared must be "space" or "all"; received {shared!r}.'
            )
        self.shared = shared
        self.alpha_initializer = _initializers.get(alpha_initializer)
        self.supports_masking = True

    def build(self, input_shape):
        channels = input_shape[-1] if self.shared == "space" else 1
        self.alpha = self.add_weight(
            name="alpha",
            shape=(1,) * (len(input_shape) - 2) + (channels,),
            initializer=self.alpha_initializer,
        )

    def call(self, inputs):
        # relu, not maximum: two ties at 0 would give the slope 1 + alpha.
        return ops.relu(inputs) + self.alpha * ops.minimum(inputs, 0)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "shared": self.shared,
            "alpha_initializer": keras.initializers.serialize(
                self.alpha_initializer
            ),
        }
