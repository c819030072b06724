"""Batch renormalization: batch normalization that trains as it infers."""

import keras
from keras import ops

from zoo.layers._channel_norm import MovingNorm


@keras.saving.register_keras_serializable(package="zoo")
class BatchRenorm(MovingNorm):
    """Batch normalization, corrected towards its moving averages.

    y = gamma · ((x − mean) / stddev · r + d) + beta with
    r = stddev / moving stddev within [1 / r_max, r_max] and
    d = (mean − moving mean) / moving stddev within [−d_max, d_max], both
    constants to the gradient (Ioffe 2017, https://arxiv.org/abs/1702.03275).
    Small batches then train the function that inference uses.

    The bounds rise linearly, as in the paper: from r = 1 and d = 0, which is
    plain batch normalization, until the step `ramp_start` to `r_max` at
    `r_ramp_end` and `d_max` at `d_ramp_end`.

    Args:
        momentum: Share of the moving averages that a step keeps, in [0, 1].
        epsilon: Number added to the variance; positive.
        r_max: Last bound of r, at least 1.
        d_max: Last bound of d, at least 0.
        ramp_start: Training step at which the bounds begin to rise.
        r_ramp_end: Step at which r may reach `r_max`.
        d_ramp_end: Step at which d may reach `d_max`.
        center: Whether to add `beta`.
        scale: Whether to multiply by `gamma`.
        synchronized: Whether a batch is the images of all devices.

    Shapes:
        (batch, ..., channels), two dimensions or more, in and out.

    Raises:
        ValueError: If an argument is not as above.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> x = keras.ops.ones((2, 8, 8, 3))
        >>> layers.BatchRenorm()(x, training=True).shape
        TensorShape([2, 8, 8, 3])
    """

    def __init__(
        self,
        momentum=0.99,
        epsilon=1e-3,
        r_max=3.0,
        d_max=5.0,
        ramp_start=5_000,
        r_ramp_end=40_000,
        d_ramp_end=25_000,
        center=True,
        scale=True,
        **kwargs,
    ):
        super().__init__(momentum, epsilon, center, scale, **kwargs)
        if r_max < 1 or d_max < 0:
            raise ValueError(
                "`r_max` must be at least 1 and `d_max` at least 0. "
                f"Received: r_max={r_max!r}, d_max={d_max!r}"
            )
        if not 0 <= ramp_start <= min(r_ramp_end, d_ramp_end):
            raise ValueError(
                "`ramp_start` must lie between 0 and both ends of the ramps. "
                f"Received: ramp_start={ramp_start!r}, "
                f"r_ramp_end={r_ramp_end!r}, d_ramp_end={d_ramp_end!r}"
            )
        self.r_max = float(r_max)
        self.d_max = float(d_max)
        self.ramp_start = int(ramp_start)
        self.r_ramp_end = int(r_ramp_end)
        self.d_ramp_end = int(d_ramp_end)

    def build(self, input_shape):
        super().build(input_shape)
        shape = (input_shape[-1],)
        self.moving_mean = self.add_average("moving_mean", shape, "zeros")
        self.moving_stddev = self.add_average("moving_stddev", shape, "ones")
        self.step = self.add_weight(
            shape=(),
            name="step",
            dtype="int32",
            initializer="zeros",
            trainable=False,
            aggregation="only_first_replica",
        )

    def normalize(self, x, gamma, beta, training):
        moving_mean = ops.cast(self.moving_mean, x.dtype)
        moving_stddev = ops.cast(self.moving_stddev, x.dtype)
        if not training:
            return (x - moving_mean) * (gamma / moving_stddev) + beta
        mean = self.mean(x)
        x = x - mean
        stddev = ops.sqrt(self.mean(ops.square(x)) + self.epsilon)
        r_bound = 1.0 + (self.r_max - 1.0) * self._ramp(
            self.r_ramp_end, x.dtype
        )
        d_bound = self.d_max * self._ramp(self.d_ramp_end, x.dtype)
        r = ops.clip(
            ops.stop_gradient(stddev / moving_stddev), 1.0 / r_bound, r_bound
        )
        d = ops.clip(
            ops.stop_gradient((mean - moving_mean) / moving_stddev),
            -d_bound,
            d_bound,
        )
        self.update(self.moving_mean, mean)
        self.update(self.moving_stddev, stddev)
        self.step.assign(self.step + 1)
        return x * (gamma * r / stddev) + (gamma * d + beta)

    def _ramp(self, end, dtype):
        """0 until the ramp's start, 1 from its end on."""
        length = max(end - self.ramp_start, 1)
        passed = ops.cast(self.step - self.ramp_start, dtype)
        return ops.clip(passed / length, 0.0, 1.0)

    def get_config(self):
        return {
            **super().get_config(),
            "r_max": self.r_max,
            "d_max": self.d_max,
            "ramp_start": self.ramp_start,
            "r_ramp_end": self.r_ramp_end,
            "d_ramp_end": self.d_ramp_end,
        }
