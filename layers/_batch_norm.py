"""Batch normalization: Keras's own, faster on the CPU."""

import keras


@keras.saving.register_keras_serializable(package="zoo")
class BatchNorm(keras.layers.BatchNormalization):
    """Batch normalization, Ioffe & Szegedy (2015), arXiv:1502.03167."""
