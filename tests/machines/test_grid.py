"""Convolutions compute the same on any machine, with what follows them.

Kind of convolution × kernel × stride × padding × channels × size × bias × batch
norm × sum × activation × batch × filters × groups (`tests.machines.cases`):
each eagerly and in graphs, with gradients, folded and frozen, and exported from
Keras's own layers, against NumPy under both settings of oneDNN. What one
setting wrote, the other serves. An abort, a hang and spoilt memory are faults.

Here any two factors take all their combinations of levels, and the known faults
are tried; `make grid` does so for any three factors. All combinations:
`python -m tests.machines.grid FOLDER all`, in days.
"""

import os

import pytest

from tests.machines.settings import OTHER, SETTINGS, faults

STRENGTH = "3" if os.environ.get("GRID") == "all" else "2"


@pytest.mark.parametrize("setting", SETTINGS)
def test_convolutions_agree(setting, tmp_path):
    found = faults(setting, "grid", str(tmp_path), STRENGTH, memory=True)
    assert found == []
    assert faults(OTHER[setting], "serve", str(tmp_path)) == []
