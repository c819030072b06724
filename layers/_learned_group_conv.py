"""Learned group convolution."""

import keras
import numpy as np

from zoo.layers._conv import Conv2D


@keras.saving.register_keras_serializable(package="zoo")
class LearnedGroupConv2D(Conv2D):
    """A 1x1 convolution whose groups of filters each learn what they read.

    Filter f belongs to group f mod `groups`. All groups read all channels at
    first; `condense` then takes from every group the channels to which its
    kernels give the smallest sums of |weight|, until 1 / `condense_factor` of
    them is left: the kernel is multiplied by a mask of zeros and ones.

    Reference: [Huang et al. 2018](https://arxiv.org/abs/1711.09224), section
    3.1.

    Args:
        filters: Number of output channels; `groups` divides it.
        kernel_size: 1.
        condense_factor: Share of the channels that is left is one over it; it
            divides the channels. None: `learned_groups`.
        learned_groups: Groups of filters.
        **kwargs: Further arguments of `layers.Conv2D`.

    Shapes:
        (batch, height, width, channels) -> (batch, height, width, filters).

    Raises:
        ValueError: If the kernel is not 1x1, the groups do not divide the
            filters, or the factor the channels.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layer = layers.LearnedGroupConv2D(8, learned_groups=4)
        >>> layer(keras.ops.ones((1, 7, 7, 16))).shape
        TensorShape([1, 7, 7, 8])
        >>> layer.condense(progress=0.5)  # of a training
        >>> layer.mask.numpy().sum(axis=0)
        array([4., 4., 4., 4., 4., 4., 4., 4.], dtype=float32)
    """

    def __init__(
        self, filters, kernel_size=1, learned_groups=4, condense_factor=None,
        **kwargs,
    ):  # fmt: skip
        super().__init__(filters, kernel_size, **kwargs)
        if self.kernel_size != (1, 1):
            raise ValueError(
                f"The kernel must be 1x1; received {kernel_size!r}."
            )
        if learned_groups < 1 or filters % learned_groups:
            raise ValueError(
                f"learned_groups={learned_groups} must divide "
                f"filters={filters}."
            )
        self.learned_groups = learned_groups
        self.condense_factor = condense_factor or learned_groups

    def build(self, input_shape):
        channels = input_shape[-1]
        if channels % self.condense_factor:
            raise ValueError(
                f"condense_factor={self.condense_factor} must divide the "
                f"number of input channels; received {channels}."
            )
        super().build(input_shape)
        self.mask = self.add_weight(
            name="mask",
            shape=(channels, self.filters),
            initializer="ones",
            trainable=False,
        )

    def convolution_op(self, inputs, kernel):
        mask = keras.ops.cast(self.mask, kernel.dtype)
        return super().convolution_op(inputs, kernel * mask)

    def condense(self, progress):
        """Drops channels as a training of which `progress` is over does.

        Each of `condense_factor` - 1 times in the first half of the training,
        1 / `condense_factor` of all channels are dropped.

        Args:
            progress: Share of the training's epochs that is over, in [0, 1].
        """
        if not 0 <= progress <= 1:
            raise ValueError(
                f"progress must be in [0, 1]; received {progress!r}."
            )
        times = self.condense_factor - 1
        stage = min(times, int(2 * progress * times + 1e-9))
        mask = keras.ops.convert_to_numpy(self.mask).copy()
        share = len(mask) // self.condense_factor
        kernel = np.abs(keras.ops.convert_to_numpy(self.kernel)[0, 0])
        for group in range(self.learned_groups):
            own = slice(group, None, self.learned_groups)
            size = (kernel[:, own] * mask[:, own]).sum(axis=1)
            size[mask[:, group] == 0] = -1  # dropped before
            dropped = np.argsort(size, kind="stable")[: stage * share]
            mask[dropped, own] = 0
        self.mask.assign(mask)

    def save_own_variables(self, store):
        super().save_own_variables(store)
        store["mask"] = self.mask

    def load_own_variables(self, store):
        super().load_own_variables(store)
        self.mask.assign(store["mask"])

    def get_config(self):
        return {
            **super().get_config(),
            "learned_groups": self.learned_groups,
            "condense_factor": self.condense_factor,
        }


def condense(model: keras.Model, progress: float):
    """Condenses every `LearnedGroupConv2D` of a model.

    Args:
        model: The model.
        progress: Share of the training's epochs that is over, in [0, 1].

    Example:
        >>> import keras, zoo
        >>> epochs = 300
        >>> condensing = keras.callbacks.LambdaCallback(
        ...     on_epoch_begin=lambda epoch, logs: zoo.layers.condense(
        ...         condensing.model, epoch / epochs
        ...     )
        ... )
    """
    for layer in model._flatten_layers(include_self=False):
        if isinstance(layer, LearnedGroupConv2D):
            layer.condense(progress)
