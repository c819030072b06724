"""The mean of several classifiers' predictions."""

import math

import keras

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class MeanPrediction(keras.layers.Layer):
    """Logits of the mean of several classifiers' probabilities.

    `y = log(mean_k softmax(x_k))`, without the overflow that the formula has:
    softmax(y) is the mean of the classifiers' softmaxes.

    Reference: [Cireşan et al. 2012](https://arxiv.org/abs/1202.2745), section
    2, the average of a multi-column network.

    Shapes:
        A list of (batch, ..., classes) -> the same, once.

    Raises:
        ValueError: If there are no inputs or their shapes differ.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> sure = keras.ops.array([[9.0, 0.0], [0.0, 9.0]])
        >>> y = layers.MeanPrediction()([sure[:1], sure[1:]])
        >>> keras.ops.softmax(y).numpy()
        array([[0.5, 0.5]], dtype=float32)
    """

    def build(self, input_shape):
        if len({tuple(shape) for shape in input_shape or ()}) != 1:
            raise ValueError(
                "MeanPrediction takes a list of logits of one shape; received "
                f"{input_shape}."
            )

    def call(self, inputs):
        logs = ops.stack([ops.log_softmax(x) for x in inputs])
        return ops.logsumexp(logs, axis=0) - math.log(len(inputs))

    def compute_output_shape(self, input_shape):
        return input_shape[0]
