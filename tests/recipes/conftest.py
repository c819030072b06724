"""Prepared sets, and recipes run inside the process of the tests."""

import pytest


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory):
    """Where the tests prepare sets: never in the user's own place."""
    return str(tmp_path_factory.mktemp("tensorflow_datasets"))


@pytest.fixture(autouse=True)
def _own_data_dir(monkeypatch, data_dir):
    monkeypatch.setenv("TFDS_DATA_DIR", data_dir)


@pytest.fixture
def train(data_dir):
    """`train("--model=…", …)` runs the recipe in this process.

    It returns the exit status; a `UserError` reaches the test.
    """
    from zoo.recipes import train as recipe
    from zoo.training import TrainConfig, flags

    def run(*options):
        argv = [f"--data_dir={data_dir}", *options]
        return recipe.start(*flags.parse(TrainConfig, argv))

    return run


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
