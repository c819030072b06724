"""Prepared sets, and recipes run inside the process of the tests."""

import sys

import pytest
from absl import flags
from absl.testing import flagsaver


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory):
    """Where the tests prepare sets: never in the user's own place."""
    return str(tmp_path_factory.mktemp("tensorflow_datasets"))


@pytest.fixture(autouse=True)
def _own_data_dir(monkeypatch, data_dir):
    monkeypatch.setenv("TFDS_DATA_DIR", data_dir)


@pytest.fixture
def train(data_dir, monkeypatch):
    """`train("--model=…", …)` runs the recipe's main in this process."""
    import keras

    from zoo.recipes import train as recipe

    def run(*options):
        argv = ["recipes/train.py", f"--data_dir={data_dir}", *options]
        monkeypatch.setattr(sys, "argv", argv)
        flags.FLAGS(argv)
        return recipe.main()

    saved = flagsaver.save_flag_values()
    policy = keras.mixed_precision.dtype_policy()
    yield run
    flagsaver.restore_flag_values(saved)
    keras.mixed_precision.set_dtype_policy(policy)


@pytest.fixture
def image_folder(tmp_path):
    """`image_folder({"cats/1.png": (8, 8, 3), …})` writes random images."""
    import numpy as np
    import tensorflow as tf

    def write(files, root=tmp_path / "images"):
        random = np.random.default_rng(0)
        root.mkdir(exist_ok=True)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, tuple):
                pixels = random.integers(0, 256, content, np.uint8)
                content = tf.io.encode_png(pixels).numpy()
            path.write_bytes(content)
        return root

    return write
