"""Networks answer the same on any machine: eagerly, as graphs, and exported.

Under both settings of oneDNN, with random statistics and biases, a network is
run eagerly, in a `tf.function`, and folded and frozen as by `zoo.export`; what
one setting wrote, the other serves.

Here: seven small networks, and each activation and each normalizer in a plain,
a residual, a depthwise and a grouped network of a few layers. `make grid`:
every small network of `tests/zoo/test_contract.py`, and every activation with
every normalizer in published networks of these four kinds.
"""

import os

import pytest

from tests.machines.settings import OTHER, SETTINGS, faults

PART = os.environ.get("GRID", "some")


@pytest.mark.parametrize("setting", SETTINGS)
def test_networks_agree(setting, tmp_path):
    assert faults(setting, "models", str(tmp_path), PART) == []
    assert faults(OTHER[setting], "serve", str(tmp_path)) == []
