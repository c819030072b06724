"""The functions of models, and a folder of them for another process."""

import json
import pathlib

import numpy as np
import tensorflow as tf
from tensorflow.python.framework import convert_to_constants

import zoo

LIST, ARRAYS = "cases.json", "arrays.npz"


def function(model):
    """The model in inference, as a graph for batches of any size."""
    signature = [tf.TensorSpec((None, *model.input.shape[1:]))]

    @tf.function(input_signature=signature, autograph=False)
    def forward(x):
        return model(x, training=False)

    return forward


def folded(model):
    """As `zoo.export` makes it: folded, its variables frozen."""
    forward = function(zoo.fold_batch_norm(model))
    return convert_to_constants.convert_variables_to_constants_v2(
        forward.get_concrete_function()
    )


class Folder:
    """What becomes one SavedModel.

    Args:
        path: A directory that is not there yet.
        tolerance: The answers' tolerance, as `compare.unlike` takes it.
    """

    def __init__(self, path, tolerance):
        self.path, self.tolerance = pathlib.Path(path), tolerance
        self.module, self.arrays, self.names = tf.Module(), {}, []
        self.module.kept = []

    def add(self, name, model, forward, frozen, x, y):
        """Adds a case: its model, its two functions, images and answers."""
        i = len(self.names)
        self.names.append(name)
        self.module.kept += [w.value for w in model.weights]
        setattr(self.module, f"variables_{i}", forward)
        setattr(self.module, f"constants_{i}", frozen)
        self.arrays |= {f"x{i}": x, f"y{i}": y}

    def write(self):
        options = tf.saved_model.SaveOptions(
            experimental_custom_gradients=False  # a server takes none
        )
        tf.saved_model.save(self.module, str(self.path), options=options)
        np.savez(self.path / ARRAYS, **self.arrays)
        kept = {"names": self.names, "tolerance": self.tolerance}
        (self.path / LIST).write_text(json.dumps(kept))
