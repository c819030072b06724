"""Writes before_move.keras and .npz, a model of every layer and its answers.

They are made by the package as it was when `layers` and `zoo` were installed
side by side, so run this in a checkout of that time:

    git worktree add before 64dbf08
    cd before
    PYTHONPATH=. python ~-/tests/data/saved/make.py ~-/tests/data/saved
"""

import pathlib
import sys
import zipfile

import keras
import numpy as np

from tests.layers.cases import EACH_LAYER
from zoo._fit_images import FitImages
from zoo._preprocessing import ResizeAndCrop
from zoo.lenet import FanInUniform


def main(directory):
    """Every layer has an output of its own."""
    directory = pathlib.Path(directory)
    layers = {case.id: (case.shape, case.make()) for case in EACH_LAYER}
    layers["FitImages"] = (9, 7, 3), FitImages((10, 8), "pad", (9, 7))
    layers["ResizeAndCrop"] = (9, 7, 3), ResizeAndCrop(8, 6)
    layers["FanInUniform"] = (
        (8,),
        keras.layers.Dense(3, kernel_initializer=FanInUniform(seed=1)),
    )
    keras.utils.set_random_seed(0)
    inputs, outputs = {}, {}
    for name, (shape, layer) in layers.items():
        if shape not in inputs:
            inputs[shape] = keras.Input(shape, name="x".join(map(str, shape)))
        outputs[name] = layer(inputs[shape])
    model = keras.Model(list(inputs.values()), list(outputs.values()))
    rng = np.random.default_rng(0)
    images = [
        rng.normal(128, 50, (1, *shape)) if shape[-1] == 3
        else rng.normal(size=(1, *shape))
        for shape in inputs
    ]  # fmt: skip
    images = [image.astype("float32") for image in images]
    answers = model.predict(images, verbose=0)
    np.savez_compressed(
        directory / "before_move.npz",
        **{f"in_{i}": image for i, image in enumerate(images)},
        **dict(zip(outputs, answers, strict=True)),
    )
    save(model, directory / "before_move.keras")


def save(model, path):
    """Saves a model compressed: Keras stores many small tensors loosely."""
    model.save(path)
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)


if __name__ == "__main__":
    main(sys.argv[1])
