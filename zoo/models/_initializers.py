"""Initializers that Keras lacks."""

import keras
import numpy as np


@keras.saving.register_keras_serializable(package="zoo")
class FanInUniform(keras.initializers.Initializer):
    """Uniform in ±2.4 / fan-in, as appendix A of LeNet-5's paper has it."""

    def __init__(self, seed=None):
        self.seed = seed
        self._random = keras.initializers.VarianceScaling(
            1.0, "fan_in", "uniform", seed=seed
        )

    def __call__(self, shape, dtype=None):
        fan_in = np.prod(
            shape[:-1]
        )  # VarianceScaling's limit is sqrt(3 / fan_in)
        scale = 2.4 / np.sqrt(3.0 * fan_in)
        return self._random(shape, dtype) * keras.ops.cast(scale, dtype)

    def get_config(self):
        return {"seed": self.seed}
