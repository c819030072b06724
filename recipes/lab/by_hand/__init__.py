"""Networks of NumPy arrays, whose gradients are written out.

    net = [Dense(weights), Normalize(64), Act("relu"), …]
    logits = forward(net, images, training=True)
    loss, error = cross_entropy(logits, labels)
    backward(net, error)  # fills each layer's gradients
    Momentum(net, 0.1).step()

So small that a chapter can quote them, and quick enough for many seeds. The
experiment `inside_batch_norm` checks them against TensorFlow's gradients.
"""

from zoo.recipes.lab.by_hand.layers import (
    ACTIVATIONS,
    Act,
    Dense,
    Normalize,
    Residual,
    WeightNormDense,
    backward,
    cross_entropy,
    every_layer,
    forward,
)
from zoo.recipes.lab.by_hand.optimizers import Adam, Momentum
from zoo.recipes.lab.by_hand.recurrent import Recurrent
from zoo.recipes.lab.by_hand.training import (
    accuracy,
    averaged,
    drawn,
    fit,
    flat,
)

__all__ = [
    "ACTIVATIONS",
    "Act",
    "Adam",
    "Dense",
    "Momentum",
    "Normalize",
    "Recurrent",
    "Residual",
    "WeightNormDense",
    "accuracy",
    "averaged",
    "backward",
    "cross_entropy",
    "drawn",
    "every_layer",
    "fit",
    "flat",
    "forward",
]
