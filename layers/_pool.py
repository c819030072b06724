"""What the pools share: explicit padding and ceil rounding."""

from typing import TYPE_CHECKING

import keras

from zoo.layers import _padding

ops = keras.ops


# What it is mixed into, so that a type checker knows `pool_size`.
Pooling = keras.layers.MaxPooling2D if TYPE_CHECKING else object


class Pool2D(Pooling):
    """Mixed in before a pooling layer of Keras.

    A subclass gives `_pool(inputs, padding)` for "valid" and "same", and
    `_padded_pool(inputs, padding)` for explicit padding.
    """

    def __init__(
        self,
        pool_size: int | tuple[int, int] = 2,
        strides=None,
        padding: _padding.Padding = "valid",
        ceil_mode=False,
        **kwargs,
    ):
        padding = _padding.standardize(padding)
        super().__init__(pool_size, strides, "valid", **kwargs)
        if isinstance(padding, str):
            if ceil_mode and padding == "same":
                raise ValueError(
                    'ceil_mode goes with padding="valid" or explicit padding; '
                    f"received padding={padding!r}."
                )
        else:
            for k, sides in zip(self.pool_size, padding, strict=True):
                if max(sides) >= k:
                    raise ValueError(
                        "padding must be smaller than pool_size="
                        f"{self.pool_size}; received {padding}."
                    )
        if ceil_mode and padding == "valid":
            padding = ((0, 0), (0, 0))
        self.padding = padding
        self.ceil_mode = bool(ceil_mode)

    def call(self, inputs):
        padding = self.padding
        if not self.ceil_mode and self._pads_as_same():
            padding = _padding.simplify(padding, self.pool_size, self.strides)
        if isinstance(padding, str):
            return self._pool(inputs, padding)
        if self.ceil_mode:
            # With s - 1 more pixels behind, floor counts what ceil would.
            padding = tuple(
                (before, after + s - 1)
                for (before, after), s in zip(
                    padding, self.strides, strict=True
                )
            )
        outputs = self._padded_pool(inputs, padding)
        if self.ceil_mode:
            outputs = self._drop_windows_outside(inputs, outputs)
        return outputs

    def _pads_as_same(self):
        """Whether "same" treats its padding as explicit padding is treated."""
        return True

    def _drop_windows_outside(self, inputs, outputs):
        """Without the last window where it starts behind the input."""
        first = 1 if self.data_format == "channels_last" else 2
        for axis, (k, s, (before, after)) in enumerate(
            zip(self.pool_size, self.strides, self.padding, strict=True), first
        ):
            if k < s + after:
                size = ops.shape(inputs)[axis] + before
                keep = [slice(None)] * 4
                keep[axis] = slice(0, (size + s - 1) // s)
                outputs = outputs[tuple(keep)]
        return outputs

    def compute_output_shape(self, input_shape):
        if isinstance(self.padding, str):
            return super().compute_output_shape(input_shape)
        axis = -1 if self.data_format == "channels_last" else 1
        return _padding.output_shape(
            self,
            input_shape,
            self.pool_size,
            input_shape[axis],
            ceil=self.ceil_mode,
        )

    def get_config(self):
        return {**super().get_config(), "ceil_mode": self.ceil_mode}
