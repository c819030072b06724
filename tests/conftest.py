"""What all tests share."""

import gc

import hypothesis
import keras
import pytest

# Hypothesis, too, tries the same examples in each run.
hypothesis.settings.register_profile("same", derandomize=True)
hypothesis.settings.load_profile("same")


@pytest.fixture(autouse=True)
def _same_random_numbers():
    """Weights and images are those of the last run, whatever ran before."""
    keras.utils.set_random_seed(0)


def pytest_collection_finish():
    """Looks for garbage less often: 7 % of the time goes into it otherwise."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
