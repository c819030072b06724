"""What all tests share."""

import gc

import keras
import pytest


@pytest.fixture(autouse=True)
def _same_random_numbers():
    """Weights and images are those of the last run, whatever ran before."""
    keras.utils.set_random_seed(0)


def pytest_collection_finish():
    """Looks for garbage less often: 7 % of the time goes into it otherwise."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
