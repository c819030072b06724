"""The monitors record the same on each backend, and refuse what is hidden."""

import importlib.util
import json
import math
import os
import pathlib
import subprocess
import sys

import keras
import pytest

from tests.callbacks import _backends
from zoo.callbacks import GradientMonitor, TrainingDoctor

ROOT = pathlib.Path(__file__).parents[2]
OTHERS = [
    pytest.param(
        name,
        marks=pytest.mark.skipif(
            importlib.util.find_spec(name) is None, reason=f"needs {name}"
        ),
    )
    for name in ("jax", "torch")
]


def differences(a, b, path=""):
    if isinstance(a, dict):
        assert a.keys() == b.keys(), path
        for key in a:
            yield from differences(a[key], b[key], f"{path}/{key}")
    elif isinstance(a, list):
        assert len(a) == len(b), path
        for i, (x, y) in enumerate(zip(a, b, strict=True)):
            yield from differences(x, y, f"{path}/{i}")
    elif isinstance(a, float):
        if not math.isclose(a, b, rel_tol=5e-5, abs_tol=1e-6) and not (
            math.isnan(a) and math.isnan(b)
        ):
            yield path, a, b
    elif a != b:
        yield path, a, b


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    found = _backends.main(tmp_path_factory.mktemp("tensorflow"))
    return json.loads(json.dumps(found, default=float))


@pytest.mark.program
@pytest.mark.parametrize("backend", OTHERS)
def test_records_are_those_of_tensorflow(backend, expected, tmp_path):
    child = subprocess.run(
        [sys.executable, "-m", "tests.callbacks._backends", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "KERAS_BACKEND": backend},
        capture_output=True,
        text=True,
    )
    assert child.returncode == 0, child.stderr[-3000:]
    (line,) = [x for x in child.stdout.splitlines() if x.startswith("FOUND")]
    found = json.loads(line.removeprefix("FOUND"))
    assert list(differences(expected, found)) == []


def test_other_backends_are_refused(monkeypatch):
    monkeypatch.setattr(keras.backend, "backend", lambda: "numpy")
    with pytest.raises(RuntimeError, match="KERAS_BACKEND") as error:
        TrainingDoctor()
    assert "\n" not in str(error.value)


def test_what_a_backend_hides_is_refused(monkeypatch):
    from zoo.callbacks import _host_step

    recorder = GradientMonitor(after_clipping=True)._recorder
    model = _backends.sequence()
    model.compile(keras.optimizers.SGD(gradient_accumulation_steps=2))
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    with pytest.raises(ValueError, match="cannot be seen on jax"):
        _host_step.step_of(model, recorder)
    monkeypatch.setattr(keras.backend, "backend", lambda: "torch")
    model.jit_compile = True
    with pytest.raises(ValueError, match=r"torch\.compile hides"):
        _host_step.step_of(model, recorder)
