"""The main recipe, for real, on digits that come inside scikit-learn."""

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from zoo import layers
from zoo.recipes import train as recipe
from zoo.training import UserError, loop, progress, run_directory
from zoo.training.stop_callback import StopBetweenSteps

SMALL = (
    "--model=lenet5_relu", "--dataset=digits", "--images_per_class=16",
    "--epochs=3", "--noexport",
)  # fmt: skip
EXTRAS = (
    "importlib_resources", "matplotlib", "mlxtend", "rich", "sklearn",
    "tensorflow_datasets",
)  # fmt: skip


def rows(workdir):
    with open(workdir / "metrics.csv") as file:
        return list(csv.DictReader(file))


def records(workdir):
    lines = (workdir / "doctor.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def weights(workdir):
    return keras.models.load_model(workdir / "model.keras").get_weights()


@pytest.mark.program
def test_from_the_command_line_to_a_served_model(tmp_path, data_dir):
    workdir = tmp_path / "run"
    done = subprocess.run(
        [
            sys.executable, recipe.__file__, "--dataset=digits", "--epochs=2",
            "--learning_rate=0.004", "--batch_size=16", "--onednn=off",
            f"--workdir={workdir}", f"--data_dir={data_dir}",
        ],
        capture_output=True, text=True, cwd=tmp_path, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""  # not even TensorFlow's notices
    lines = done.stdout.splitlines()
    speed = next(line for line in lines if line.startswith("speed: "))
    assert "oneDNN off" in speed
    assert sum(line.startswith("epoch ") for line in lines) == 2
    assert sum("predicted" in line for line in lines) == 10
    assert "alone:" in done.stdout
    assert " of 355 right" in lines[-1]
    assert float(rows(workdir)[-1]["val_accuracy"]) > 0.5
    assert json.loads((workdir / "config.json").read_text())["speed"] == speed
    written = {path.name for path in workdir.iterdir()}
    assert written >= {
        "config.json", "metrics.csv", "metrics.jsonl", "checkpoints",
        "loss.png", "accuracy.png", "gradient_norm.png", "dead_units.png",
        "report.html", "model.keras", "saved_model", "held_out.npz",
        "evaluation.json", "evaluation.html", "logits.npz",
    }  # fmt: skip
    assert (workdir / "saved_model" / "1" / "saved_model.pb").exists()
    report = (workdir / "report.html").read_text()
    assert "held-out accuracy" in report
    assert report.index('class="ev-data"') < report.index('id="issues"')
    told = json.loads((workdir / "evaluation.json").read_text())
    assert f"held-out accuracy {told['accuracy']:.2%}" in done.stdout
    assert told["images"] == np.sum(told["confusion_matrix"]) == 355
    assert len(np.load(workdir / "logits.npz")["logits"]) == 355
    metadata = workdir / "saved_model/1/assets.extra/metadata.json"
    served = json.loads(metadata.read_text())["temperature"]
    assert served == told["temperature"]
    assert "--learning_rate" not in report  # flags stand there by their names
    assert "<td>0.004" in report
    assert "http-equiv" not in report  # the training is over
    assert report.rstrip().endswith("</html>")


@pytest.mark.program
def test_same_flags_same_numbers_also_when_interrupted(
    tmp_path, train, monkeypatch
):
    flags = (*SMALL, "--activation=rrelu", "--norm=batch_norm")
    first, other = tmp_path / "first", tmp_path / "other"
    assert train(*flags, f"--workdir={first}") == 0

    real = loop.EpochRecorder.on_epoch_end

    def stop(self, epoch, logs=None):
        real(self, epoch, logs)
        if epoch == 1:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(loop.EpochRecorder, "on_epoch_end", stop)
        assert train(*flags, f"--workdir={other}") == 130
    assert len(rows(other)) == 2
    # An epoch without its checkpoint, as a crash between the two leaves it.
    with open(other / "metrics.csv", "a") as file:
        file.write("3" + ",0.5" * (len(rows(other)[0]) - 1) + "\n")

    def terminate(self, batch, logs=None):
        os.kill(os.getpid(), signal.SIGTERM)
        return check(self, batch)

    check = StopBetweenSteps.on_train_batch_end
    with monkeypatch.context() as patch:
        patch.setattr(StopBetweenSteps, "on_train_batch_end", terminate)
        assert train(f"--workdir={other}", "--resume") == 143
    assert train(f"--workdir={other}", "--resume") == 0
    assert len(rows(other)) == 3
    assert_equal_runs(first, other)

    # The same again, over what is there.
    (other / "notes.txt").write_text("mine")
    given = (*flags, f"--workdir={other}")
    with pytest.raises(UserError, match=r"holds a run already\. --resume"):
        train(*given, "--noresume")
    with pytest.raises(UserError, match="exclude each other"):
        train(*given, "--resume", "--overwrite")
    with pytest.raises(UserError, match=r"--seed=5: .* was started with 0"):
        train(f"--workdir={other}", "--resume", "--seed=5", "--nooverwrite")
    assert_equal_runs(first, other)
    assert train(*given, "--overwrite", "--noresume", "--seed=0") == 0
    assert (other / "notes.txt").read_text() == "mine"
    assert_equal_runs(first, other)
    before = (other / "metrics.csv").read_bytes()
    # Nothing is left to do.
    assert train(f"--workdir={other}", "--resume", "--nooverwrite") == 0
    assert (other / "metrics.csv").read_bytes() == before
    assert (other / "report.html").read_text().count("<h2>Results") == 1

    model = keras.models.load_model(first / "model.keras")
    kinds = {type(layer) for layer in model.layers}
    assert layers.RReLU in kinds
    assert keras.layers.ReLU not in kinds


def assert_equal_runs(one, other):
    """The same metrics, weights, gradients and dead units."""
    metrics = (one / "metrics.csv").read_bytes()
    assert (other / "metrics.csv").read_bytes() == metrics
    for a, b in zip(weights(one), weights(other), strict=True):
        np.testing.assert_array_equal(a, b)
    for a, b in zip(records(one), records(other), strict=True):
        assert a["gradients"] == b["gradients"]
        assert a["units"] == b["units"]


@pytest.mark.program
def test_a_longer_run_goes_on(tmp_path):
    """`--resume` may ask for more epochs, and for nothing else."""
    workdir = tmp_path / "run"
    run_directory.open_run(workdir, False).save_config(
        flags={"epochs": 1, "seed": 0}
    )
    kept = run_directory.resumed(workdir, {"epochs": 2, "seed": 0})
    assert (kept.epochs, kept.seed, kept.resume) == (2, 0, True)


def test_foreign_directories_are_left_alone(tmp_path, train):
    (tmp_path / "config.json").write_text('{"name": "a web site"}')
    for option in ("--overwrite", "--nooverwrite"):
        with pytest.raises(UserError, match="holds other files"):
            train(*SMALL, f"--workdir={tmp_path}", option)
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="file is a file"):
        train(*SMALL, f"--workdir={tmp_path / 'file'}")


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--model=lenet6"], "Did you mean 'lenet5'"),
        (["--activation=rerelu"], "activation='rerelu' is not one of .*relu"),
        (["--norm=batchnorm"], "Did you mean 'batch_norm'"),
        (["--optimizer=adamm"], "Did you mean adam"),
        (["--dropout_rate=0.5"], "has no argument 'dropout_rate'"),
        (["--image_size=8"], r"--model=lenet5_relu: .* too small"),
        (["--loss=code"], "ends in codes, such as lenet5"),
        (["--batch_size=500"], "is more than the 160 training images"),
        (["--resize=pad", "--image_size=6"], "--resize=pad"),
    ],
)
def test_flags_that_cannot_be(tmp_path, train, flags, message):
    workdir = tmp_path / "run"
    with pytest.raises(UserError, match=message):
        train(*SMALL, *flags, f"--workdir={workdir}")
    assert not workdir.exists()


@pytest.mark.program
def test_says_when_the_loss_is_lost(tmp_path, train):
    with pytest.raises(UserError, match="no finite number in epoch 1; try"):
        train(
            *SMALL, "--optimizer=sgd", "--learning_rate=1e20",
            f"--workdir={tmp_path / 'run'}",
        )  # fmt: skip
    assert (tmp_path / "run" / "report.html").exists()
    assert len(rows(tmp_path / "run")) == 1


@pytest.mark.program
def test_published_lenet_learns_its_codes(tmp_path, train):
    workdir = tmp_path / "run"
    assert (
        train(
            *SMALL, "--model=lenet5", "--epochs=1", "--scale=unit",
            f"--workdir={workdir}",
        )
        == 0
    )  # fmt: skip
    # Squared distance to ±1, from outputs near 0.
    assert 0.4 < float(rows(workdir)[0]["loss"]) < 1.05


@pytest.mark.program
def test_trains_on_a_folder_without_extras(
    tmp_path, train, image_folder, monkeypatch
):
    for extra in EXTRAS:
        monkeypatch.setitem(sys.modules, extra, None)
    files = {f"{n}/{i}.png": (40, 30, 3) for n in "ab" for i in range(10)}
    root = image_folder(files)
    workdir = tmp_path / "run"
    assert (
        train(
            "--model=lenet5_relu", f"--dataset={root}", "--epochs=1",
            "--batch_size=4", "--noexport", f"--workdir={workdir}",
            "--label_smoothing=0.1", "--optimizer=adamw", "--clip_norm=1",
            "--weight_decay=0.05", "--warmup_epochs=0.5",
        )
        == 0
    )  # fmt: skip
    config = json.loads((workdir / "config.json").read_text())
    assert config["data"]["classes"] == ["a", "b"]
    assert config["data"]["input_shape"] == [40, 32, 3]
    assert (workdir / "report.html").exists()
    assert not list(workdir.glob("*.png"))
    assert np.isfinite(float(rows(workdir)[0]["loss"]))


def test_bar_on_a_terminal(monkeypatch, capsys):
    bar = progress.ProgressBar(epochs=2, steps=3)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    logs = dict.fromkeys(["loss", "accuracy", "val_loss", "val_accuracy"], 0.5)
    bar.on_train_begin()
    bar.on_epoch_begin(0)
    bar.on_train_batch_end(0)
    bar.on_epoch_end(0, logs)
    bar.on_train_end()
    assert "epoch 1/2  loss 0.5000" in capsys.readouterr().out


def test_default_workdir():
    directory = run_directory.directory("resnet18", "some/where/")
    assert directory == Path("runs/resnet18_where")
