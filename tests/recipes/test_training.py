"""Training as a library: options, flags made of them, and the two calls."""

import dataclasses
import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
from absl import flags as absl_flags

import zoo._files
import zoo._progress
from zoo import training
from zoo.training import TrainConfig, UserError, config, flags

MODULES = sorted(
    m.name
    for m in pkgutil.iter_modules(training.__path__)
    if not m.name.startswith("_")
)


@pytest.mark.program
def test_trains_and_resumes_from_python(tmp_path, data_dir, capsys):
    policy = keras.config.dtype_policy().name
    workdir = tmp_path / "run"
    options = TrainConfig(
        model="lenet5_relu", dataset="digits", data_dir=data_dir,
        images_per_class=16, epochs=1, export=False, workdir=workdir,
        mixed_precision="on",
    )  # fmt: skip
    trained = training.train(options)
    assert trained.directory == workdir
    assert trained.saved_model is None
    assert 0 <= trained.accuracy <= 1
    assert trained.evaluation.accuracy == trained.accuracy
    assert trained._repr_html_().startswith("<iframe srcdoc=")
    assert trained.classes == [str(digit) for digit in range(10)]
    images = np.full((2, 8, 8, 1), 255, np.uint8)
    logits = trained.model(trained.preprocessing(images))
    assert logits.shape == (2, 10)
    assert trained.model.dtype_policy.name == "mixed_bfloat16"
    assert keras.config.dtype_policy().name == policy
    assert [row["epoch"] for row in trained.history] == [1]
    with pytest.raises(UserError, match="holds a run already"):
        training.train(options)
    with pytest.raises(UserError, match=r"--seed=3: the run in .* with 0"):
        training.resume(workdir, seed=3)
    more = training.resume(workdir, epochs=2)
    assert [row["epoch"] for row in more.history] == [1, 2]
    assert more.history[0] == trained.history[0]
    assert "resumed after epoch 1" in capsys.readouterr().out


@pytest.mark.parametrize("name", MODULES)
def test_import_defines_no_flag(name):
    module = importlib.import_module(f"zoo.training.{name}").__name__
    assert not absl_flags.FLAGS.get_flags_for_module(module)


@pytest.mark.parametrize(
    "module",
    [
        zoo._files,
        zoo._progress,
        config,
        importlib.import_module("zoo.training.layouts"),
        importlib.import_module("zoo.training.optimizers"),
    ],
)
def test_examples_run(module):
    failed, tried = doctest.testmod(module)
    assert tried
    assert not failed


@pytest.mark.parametrize("field", dataclasses.fields(TrainConfig))
def test_help_is_plain(field):
    text = field.metadata["text"]
    assert text[0].isupper()
    assert text.endswith(".")
    assert not text.startswith(("Of ", "As of ", "That of "))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"epochs": 0}, "epochs=0 must be at least 1"),
        ({"epochs": 2.5}, "epochs must be a whole number; received 2.5"),
        ({"epochs": "3"}, "epochs must be a whole number; received '3'"),
        ({"learning_rate": np.nan}, "must be a finite number; received nan"),
        ({"dropout_rate": 2}, r"dropout_rate=2\.0 must be from 0\.0 to 1\.0"),
        ({"jit": "onn"}, "jit='onn' is not one of .* Did you mean 'on'?"),
        ({"model": 3}, "model must be a text; received 3"),
        ({"export": "yes"}, "export must be True or False; received 'yes'"),
        ({"warmup_epochs": 3, "epochs": 3}, "leaves nothing of --epochs=3"),
    ],
)
def test_options_that_cannot_be(options, message):
    with pytest.raises(ValueError, match=message):
        TrainConfig(**options)


def test_options_become_plain_python():
    options = TrainConfig(
        epochs=np.int64(3), label_smoothing=np.float32(0.5), workdir=Path("a"),
        export=np.bool_(False),
    )  # fmt: skip
    values = (options.epochs, options.label_smoothing, options.workdir)
    assert values == (3, 0.5, "a")
    assert [type(v) for v in values] == [int, float, str]
    assert options.export is False


def test_parses_again_and_again():
    one, given = flags.parse(TrainConfig, ["--epochs=3", "--noexport"])
    assert given == {"epochs": 3, "export": False}
    assert (one.epochs, one.export, one.batch_size) == (3, False, 32)
    two, given = flags.parse(TrainConfig, ["--clip_norm=1"])
    assert given == {"clip_norm": 1.0}
    assert (two.epochs, two.export) == (20, True)


def test_help_names_every_option_and_succeeds(capsys):
    status = flags.run(
        TrainConfig, None, ["--help"], command="zoo train", about="Trains."
    )
    shown = capsys.readouterr().out
    assert status == 0
    assert shown.startswith("Trains.\n\nusage: zoo train [--name=value ...]")
    for field in dataclasses.fields(TrainConfig):
        assert field.name in shown
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (UserError("mend it"), 2, "error: mend it\n"),
        (KeyboardInterrupt(), 130, "\nstopped\n"),
        (training.Stopped("continue so"), 130, "\ncontinue so\n"),
    ],
)
def test_ends_of_a_command(capsys, error, status, told):
    def main(options, given):
        raise error

    assert flags.run(TrainConfig, main, [], command="zoo train") == status
    assert capsys.readouterr().err == told


@pytest.mark.program
@pytest.mark.parametrize("level", [None, "1", "0"])
def test_tensorflow_tells_of_itself_only_where_asked(monkeypatch, level):
    monkeypatch.delenv("TF_CPP_MIN_LOG_LEVEL", raising=False)
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "1")
    if level:
        monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", level)
    script = (
        "from zoo import _notices; _notices.import_tensorflow()\n"
        "import tensorflow as tf, sys; tf.constant(1) + 1\n"
        "print('mine', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    if level == "0":
        assert "oneDNN" in done.stderr
    else:
        assert done.stderr == "mine\n"
