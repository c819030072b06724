"""DropBlock."""

import keras

from zoo.layers._random import RandomLayer

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class DropBlock(RandomLayer):
    """Zeroes square blocks of each channel in training.

    A block starts with probability `gamma = rate / b² · H·W / ((H - b + 1)·
    (W - b + 1))` at each place where it fits in, b = block_size; what remains
    is scaled by (elements / remaining elements). Nothing happens at inference.

    Reference: [Ghiasi et al. 2018](https://arxiv.org/abs/1810.12890), with a
    mask of its own for each channel and sample.

    Args:
        rate: Share of elements to drop, about (blocks overlap), in [0, 1). The
            paper's 1 - keep_prob.
        block_size: Side of the blocks in pixels; no more than the image's.
        seed: int for the same draws in each run; None for others.

    Shapes:
        (batch, height, width, channels) -> the same.

    Raises:
        ValueError: If `rate` or `block_size` is out of range.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> images = keras.ops.ones((2, 14, 14, 8))
        >>> layers.DropBlock(0.1)(images, training=True).shape
        TensorShape([2, 14, 14, 8])
    """

    def __init__(self, rate, block_size=7, seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        if not 0 <= rate < 1:
            raise ValueError(f"rate must be in [0, 1); received {rate}.")
        if not isinstance(block_size, int) or block_size < 1:
            raise ValueError(
                f"block_size must be a positive int; received {block_size!r}."
            )
        self.rate = float(rate)
        self.block_size = block_size
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def call(self, inputs, training=False):
        if not training or self.rate == 0:
            return inputs
        kept = 1 - self._blocks(inputs)
        scale = ops.cast(ops.size(kept), kept.dtype) / ops.maximum(
            ops.sum(kept), 1
        )
        return inputs * ops.cast(kept * scale, inputs.dtype)

    def _blocks(self, inputs):
        """1 where a block lies, 0 elsewhere, in float32."""
        batch, height, width, channels = ops.shape(inputs)
        block = [
            self.block_size if size is None else min(self.block_size, size)
            for size in inputs.shape[1:3]
        ]
        starts = (height - block[0] + 1, width - block[1] + 1)
        area, fitting = (
            ops.cast(size[0] * size[1], "float32")
            for size in ((height, width), starts)
        )
        gamma = self.rate / (block[0] * block[1]) * area / fitting
        draws = keras.random.uniform(
            (batch, *starts, channels),
            dtype="float32",
            seed=self.seed_generator,
        )
        blocks = ops.cast(draws < gamma, "float32")
        margin = [(side - 1, side - 1) for side in block]
        blocks = ops.pad(blocks, ((0, 0), *margin, (0, 0)))
        for window in ((block[0], 1), (1, block[1])):
            blocks = ops.max_pool(
                blocks, window, 1, data_format="channels_last"
            )
        return blocks

    def get_config(self):
        return {
            **super().get_config(),
            "rate": self.rate,
            "block_size": self.block_size,
        }
