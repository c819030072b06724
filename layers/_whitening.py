"""What the whitening normalizers share."""

from keras import ops

from zoo.layers._channel_norm import MovingNorm


class Whitening(MovingNorm):
    """Decorrelates the channels within groups of `group_size`.

    A subclass gives `whitening_matrix(covariance)`, from and to matrices
    of shape (groups, group_size, group_size). Inference takes the moving
    averages of the mean and, as in the papers, of the whitening matrix.
    """

    def __init__(
        self, group_size, momentum, epsilon, center=True, scale=True, **kwargs
    ):
        super().__init__(momentum, epsilon, center, scale, **kwargs)
        if group_size is not None and group_size < 1:
            raise ValueError(
                "`group_size` must be None or a positive number of channels. "
                f"Received: group_size={group_size!r}"
            )
        self.group_size = group_size

    def build(self, input_shape):
        super().build(input_shape)
        channels = input_shape[-1]
        size = min(self.group_size or channels, channels)
        if channels % size:
            raise ValueError(
                f"`group_size` must divide the number of channels, {channels}. "
                f"Received: group_size={self.group_size!r}"
            )
        shape = (channels // size, size, size)
        self.moving_mean = self.add_average("moving_mean", (channels,), "zeros")
        self.moving_whitening = self.add_average(
            "moving_whitening",
            shape,
            lambda shape, dtype: ops.broadcast_to(
                ops.eye(size, dtype=dtype), shape
            ),
        )

    def normalize(self, x, gamma, beta, training):
        if training:
            mean = self.mean(x)
            x = x - mean
            matrix = self.whitening_matrix(self._covariance(x))
            self.update(self.moving_mean, mean)
            self.update(self.moving_whitening, matrix)
        else:
            x = x - ops.cast(self.moving_mean, x.dtype)
            matrix = ops.cast(self.moving_whitening, x.dtype)
        groups, size, _ = matrix.shape
        blocks = _eye(groups, x.dtype) * ops.expand_dims(matrix, 2)
        dense = ops.reshape(blocks, (groups * size,) * 2)
        return ops.matmul(x, dense * gamma) + beta

    def _covariance(self, x):
        """Of centred `x`: a matrix a group, `epsilon` on the diagonal."""
        groups, size, _ = self.moving_whitening.shape
        rows = ops.reshape(x, (-1, groups * size))
        # One large product beats small ones that need the data transposed.
        products = ops.matmul(ops.transpose(rows), rows)
        everything = self.ratio(products, ops.shape(rows)[0])
        blocks = ops.reshape(everything, (groups, size, groups, size))
        covariance = ops.sum(blocks * _eye(groups, x.dtype), 2)
        return covariance + self.epsilon * ops.eye(size, dtype=x.dtype)

    def get_config(self):
        return {**super().get_config(), "group_size": self.group_size}


def _eye(groups, dtype):
    """Selects the blocks on the diagonal of (groups, size, groups, size)."""
    return ops.reshape(ops.eye(groups, dtype=dtype), (groups, 1, groups, 1))
