"""Convolution whose filters see chosen input maps: LeNet-5's C3."""

import keras
import numpy as np

from zoo.layers import _padding
from zoo.layers._conv import Conv2D

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class TableConv2D(Conv2D):
    """Convolution with a connection table.

    Filter `o` sees the input maps `table[o]` and no others. Only the kernels of
    these connections exist as weights, `kernel` being
    (height, width, connections), filter by filter; the call puts them into one
    dense kernel with zeros elsewhere.

    Reference: [LeCun et al. 1998](http://yann.lecun.com/exdb/publis/pdf/lecun-01a.pdf),
    table I.

    Args:
        table: For each filter the indices of the input maps that it sees.
        kernel_size, strides, padding: As `layers.Conv2D` takes them.
        kernel_initializer: Initializer, called with the shape (height, width,
            maps, filters) for the filters that see equally many maps, so that
            it knows their fan-in.
        **kwargs: Further arguments of `keras.layers.Conv2D`.

    Shapes:
        (batch, height, width, channels) ->
        (batch, new_height, new_width, len(table)).

    Raises:
        ValueError: If a row of `table` is empty, repeats an index or has one
            that the input lacks, or if some input map is never seen.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layer = layers.TableConv2D([(0, 1), (1, 2), (0, 2)], 5)
        >>> layer(keras.ops.ones((1, 14, 14, 3))).shape
        TensorShape([1, 10, 10, 3])
        >>> layer.count_params()  # 6 kernels of 5x5 and 3 biases
        153
    """

    def __init__(
        self,
        table,
        kernel_size,
        strides: int | tuple[int, int] = (1, 1),
        padding: _padding.Padding = "valid",
        **kwargs,
    ):
        table = tuple(tuple(int(i) for i in row) for row in table)
        if not table or not all(
            row and min(row) >= 0 and len(set(row)) == len(row) for row in table
        ):
            raise ValueError(
                "table must hold for each filter different indices of input "
                f"maps, at least one; received {table}."
            )
        for name in ("groups", "lora_rank"):
            if kwargs.get(name) not in (None, 1):
                raise ValueError(f"TableConv2D does not take {name}.")
        super().__init__(len(table), kernel_size, strides, padding, **kwargs)
        self.table = table

    def build(self, input_shape):
        axis = -1 if self.data_format == "channels_last" else 1
        channels = input_shape[axis]
        seen = set().union(*self.table)
        if seen != set(range(channels)):
            raise ValueError(
                f"table names the input maps {sorted(seen)}, but the input has "
                f"{channels} channels, each of which must be seen."
            )
        self.input_spec = keras.layers.InputSpec(ndim=4, axes={axis: channels})
        self._kernel = self.add_weight(
            name="kernel",
            shape=(*self.kernel_size, sum(map(len, self.table))),
            initializer=self._initial_kernel,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias",
                shape=(self.filters,),
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )
        # Column by column of the dense kernel: which connection, the last
        # index (a zero) where there is none.
        where = np.full((channels, self.filters), sum(map(len, self.table)))
        inputs = np.concatenate(self.table)
        outputs = np.repeat(range(self.filters), [len(r) for r in self.table])
        where[inputs, outputs] = np.arange(len(inputs))
        self._where = where.astype("int32")

    def filter_of_connection(self):
        """One-hot matrix (connections, filters)."""
        lengths = [len(row) for row in self.table]
        return np.repeat(np.eye(len(lengths)), lengths, axis=0)

    def _initial_kernel(self, shape, dtype=None):
        kernels = [None] * self.filters
        for maps in {len(row) for row in self.table}:
            alike = [o for o, row in enumerate(self.table) if len(row) == maps]
            drawn = self.kernel_initializer.clone()(
                (*self.kernel_size, maps, len(alike)), dtype=dtype
            )
            for i, o in enumerate(alike):
                kernels[o] = drawn[..., i]
        return ops.concatenate(kernels, axis=-1)

    def convolution_op(self, inputs, kernel):
        kernel = ops.pad(kernel, ((0, 0), (0, 0), (0, 1)))
        dense = ops.take(kernel, self._where, axis=-1)
        return super().convolution_op(inputs, dense)

    def get_config(self):
        config = super().get_config()
        del config["filters"], config["groups"]
        return {**config, "table": self.table}
