"""The models also build and run on Keras's JAX backend, with equal outputs."""

import importlib.util
import os
import subprocess
import sys

import numpy as np
import pytest

import zoo

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("jax") is None, reason="jax is not installed"
)

MODELS = {"lenet5": {}, "resnet20": {}}

SCRIPT = """
import sys, keras, numpy as np, zoo
assert keras.backend.backend() == "jax"
for name, options in {models}.items():
    model = zoo.create(name, weights=f"{folder}/{{name}}.weights.h5", **options)
    x = np.load(f"{folder}/{{name}}.npy")
    np.save(f"{folder}/{{name}}_jax.npy", model(x, training=False))
"""


@pytest.mark.program
def test_equal_outputs_on_jax(tmp_path):
    expected = {}
    for name, options in MODELS.items():
        model = zoo.create(name, **options)
        x = np.random.default_rng(0).normal(size=(2, *model.input_shape[1:]))
        np.save(tmp_path / f"{name}.npy", x.astype("float32"))
        model.save_weights(tmp_path / f"{name}.weights.h5")
        expected[name] = np.array(model(x.astype("float32"), training=False))
    subprocess.run(
        [sys.executable, "-c", SCRIPT.format(models=MODELS, folder=tmp_path)],
        env={**os.environ, "KERAS_BACKEND": "jax", "JAX_PLATFORMS": "cpu"},
        check=True,
    )
    for name, outputs in expected.items():
        jax = np.load(tmp_path / f"{name}_jax.npy")
        atol = 1e-4 * np.max(np.abs(outputs))
        np.testing.assert_allclose(jax, outputs, rtol=0, atol=atol)
