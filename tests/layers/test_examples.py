"""The examples of the docstrings run and print what they say."""

import doctest

import keras
import numpy as np
import pytest

from zoo import layers

pytestmark = pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="they print its shapes"
)
# NumPy 2 prints a scalar with its type, and knows how 1 printed it.
NUMPY_2 = np.lib.NumpyVersion(np.__version__) >= "2.0.0"
LEGACY = "1.25" if NUMPY_2 else False


@pytest.mark.parametrize("name", layers.__all__)
def test_example(name):
    known = {"keras": keras, "layers": layers, **vars(layers)}
    tests = doctest.DocTestFinder(recurse=False).find(
        getattr(layers, name), name, globs=known
    )
    examples = [test for test in tests if test.examples]
    assert examples, f"{name} has no example"
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in examples:
        with np.printoptions(legacy=LEGACY):
            failed, _ = runner.run(test)
        assert not failed
