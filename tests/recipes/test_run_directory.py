"""Run directories: locked, damaged, on full disks, half emptied."""

import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import types
import warnings
import zipfile

import keras
import numpy as np
import pytest
import tensorflow as tf

from zoo import _files, callbacks
from zoo.training import (
    disk,
    doctors,
    evaluation,
    run_checkpoints,
    run_directory,
    run_lock,
    selection,
    stopping,
)
from zoo.training.errors import Terminated, UserError

OPTIONS = {"model": "lenet5_relu", "epochs": 3, "seed": 0}
EPOCHS = 3


@pytest.fixture(scope="module")
def model():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    model.optimizer.build(model.trainable_variables)
    return model


def row(epoch):
    return {"epoch": epoch, "loss": 1 / 3 + epoch, "nan": float("nan")}


@pytest.fixture(scope="module")
def kept(tmp_path_factory, model):
    """A run of three epochs; a weight is the number of the epoch."""
    path = tmp_path_factory.mktemp("kept") / "run"
    with run_directory.open_run(path, False) as run:
        run.save_config(flags=OPTIONS)
        for epoch in range(1, EPOCHS + 1):
            set_weight(model, epoch)
            run.add(row(epoch), {"seconds": epoch / 7})
            run.save_checkpoint(model, epoch, best=epoch)
    lines = [json.dumps({"epoch": epoch}) for epoch in range(EPOCHS)]
    (path / "doctor.jsonl").write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def path(kept, tmp_path):
    return pathlib.Path(shutil.copytree(kept, tmp_path / "run"))


def set_weight(model, value):
    model.layers[0].kernel.assign(np.full((2, 1), value))


def resume(path, model):
    """Resumes; returns the epochs done, as the weights tell."""
    run_directory.resumed(path, {})
    with run_directory.open_run(path, True) as run:
        set_weight(model, -1)
        done = run.restore_checkpoint(model)
        assert run.done == done
        assert float(model.layers[0].kernel[0, 0]) == (done or -1)
        if done:
            assert run.state == {"best": done}
            np.testing.assert_equal(run.rows, [row(n + 1) for n in range(done)])
        return done


def snapshot(path):
    """{name: bytes} of all files but the lock."""
    return {
        str(file.relative_to(path)): file.read_bytes()
        for file in path.rglob("*")
        if file.is_file() and file.name != run_lock.NAME
    }


def newest(path):
    return path / "checkpoints" / f"epoch_{EPOCHS:05d}.keras"


def test_the_last_two_checkpoints_hold_the_run(path, model):
    assert [epoch for epoch, _ in run_checkpoints.listed(path)] == [3, 2]
    before = snapshot(path)
    assert resume(path, model) == 3
    assert snapshot(path) == before


def cut(data):
    return data[: len(data) // 2]


def flip(data):
    """One bit of the weights; all else is as before."""
    at = data.index(b"\x89HDF") + 2000
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


DAMAGES = {
    "cut": cut,
    "empty": lambda data: b"",
    "flipped": flip,
    "garbage": lambda data: os.urandom(len(data)),
    "zeros": lambda data: bytes(len(data)),
    "another zip": lambda data: b"PK\x05\x06" + bytes(18),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_checkpoint_is_passed_over(path, model, capsys, damage):
    file = newest(path)
    file.write_bytes(damage(file.read_bytes()))
    assert resume(path, model) == 2
    told = capsys.readouterr().out
    assert f"{file} is damaged" in told
    assert "going on from epoch 2 instead of 3" in told
    assert told.count("\n") == 1
    other = run_checkpoints.listed(path)[1][1]
    other.write_bytes(damage(other.read_bytes()))
    before = snapshot(path)
    with pytest.raises(UserError, match=r"no checkpoint .* is whole: .*--over"):
        resume(path, model)
    assert snapshot(path) == before


@pytest.mark.parametrize("name", ["metrics.csv", "metrics.jsonl"])
@pytest.mark.parametrize(
    "damage",
    [
        None, b"", b"\xff\xfe\x00", b"[1]\n", b"epoch,loss,nan\n1,0.5\n",
        b"epoch,loss,nan\n1,1.3333333333333333,n",
    ],
    ids=str,
)  # fmt: skip
def test_damaged_tables_are_written_again(path, model, capsys, name, damage):
    before = snapshot(path)
    (path / name).unlink()
    if damage is not None:
        (path / name).write_bytes(damage)
    assert resume(path, model) == 3
    told = capsys.readouterr().out
    assert told.startswith(f"note: {path / name} was ")
    assert told.count("\n") == 1
    assert snapshot(path) == before


def test_what_a_kill_leaves_is_no_damage(path, model, capsys):
    """A row without its checkpoint, half a row, unfinished files."""
    before = snapshot(path)
    for name in ("metrics.csv", "metrics.jsonl"):
        with open(path / name, "a") as file:
            file.write("4,0.5")
    part = newest(path).with_name(".epoch_00004.keras.71.part.keras")
    for file in (part, path / ".config.json.71.part", path / ".a.71.part.png"):
        file.write_bytes(b"half")
    assert resume(path, model) == 3
    assert snapshot(path) == before
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "damage", [None, b"", b'{"flags": ["a"', b"[]", b"{}", b'{"flags": [1]}',
               b"\xff"],
    ids=str,
)  # fmt: skip
def test_a_damaged_configuration(path, model, capsys, damage):
    (path / "config.json").unlink()
    if damage is not None:
        (path / "config.json").write_bytes(damage)
    config = run_directory.resumed(path, {"epochs": 9})
    assert (config.model, config.epochs) == ("lenet5_relu", 9)
    assert "its options are in a checkpoint" in capsys.readouterr().out
    assert resume(path, model) == 3
    shutil.rmtree(path / "checkpoints")
    with pytest.raises(UserError, match=r"config\.json is .*--overwrite"):
        run_directory.resumed(path, {})
    run_directory.check(path, False, True)  # --overwrite may


def test_a_changed_configuration(path):
    changed = {"flags": OPTIONS | {"model": "resnet20"}}
    (path / "config.json").write_text(json.dumps(changed))
    with pytest.raises(UserError, match=r"--model=resnet20, but .*lenet5_relu"):
        run_directory.resumed(path, {})
    (path / "config.json").write_text('{"flags": {"epochs": "many"}}')
    shutil.rmtree(path / "checkpoints")
    with pytest.raises(UserError, match=r"config\.json: .*epochs"):
        run_directory.resumed(path, {})


def test_a_checkpoint_of_another_model(path):
    other = keras.Sequential([keras.Input((2,)), keras.layers.Dense(7)])
    other.compile("adam", "mse")
    with (
        run_directory.open_run(path, True) as run,
        pytest.raises(UserError, match="does not fit the model"),
    ):
        run.restore_checkpoint(other)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: shutil.rmtree(path), "of 3 epochs, but .* no checkpoint"),
        (
            lambda path: (shutil.rmtree(path), path.write_text("")),
            "checkpoints is a file",
        ),
    ],
)
def test_no_run_starts_again_by_itself(path, model, spoil, message):
    spoil(path / "checkpoints")
    before = snapshot(path)
    with pytest.raises(UserError, match=message):
        resume(path, model)
    assert snapshot(path) == before


def test_killed_in_the_first_epoch(tmp_path, model, capsys):
    with run_directory.open_run(tmp_path, False) as run:
        run.save_config(flags=OPTIONS)
        run.add(row(1), {})
    assert resume(tmp_path, model) == 0
    assert "no epoch was finished before" in capsys.readouterr().out
    assert (tmp_path / "metrics.csv").read_text() == ""


def test_other_files_beside_checkpoints_stay(path, model):
    for name in ("epoch_final.keras", "best.keras", "notes.txt"):
        (path / "checkpoints" / name).write_text("mine")
    assert resume(path, model) == 3
    with run_directory.open_run(path, True) as run:
        run.save_checkpoint(model, 4)
    names = {file.name for file in (path / "checkpoints").iterdir()}
    assert names == {
        "epoch_00003.keras", "epoch_00004.keras", "epoch_final.keras",
        "best.keras", "notes.txt",
    }  # fmt: skip


def test_runs_of_earlier_versions(path, model, capsys):
    """Their checkpoints hold nothing but the model."""
    for _, file in run_checkpoints.listed(path):
        with (
            zipfile.ZipFile(file) as old,
            zipfile.ZipFile(f"{file}2", "w") as new,
        ):
            for name in old.namelist():
                if name != run_checkpoints.RECORD:
                    new.writestr(name, old.read(name))
        os.replace(f"{file}2", file)
    (path / run_lock.NAME).unlink()
    before = snapshot(path)
    with run_directory.open_run(path, True) as run:
        assert run.restore_checkpoint(model) == 3
        np.testing.assert_equal(run.rows, [row(1), row(2), row(3)])
        assert run.state == {}
    assert snapshot(path) == before
    (path / "metrics.csv").write_text("epoch,loss,nan\n1,0.5,nan\n2,0.")
    with run_directory.open_run(path, True) as run:
        assert [r["epoch"] for r in run.rows] == [1]
    assert (
        "of epochs 2 to 3 are lost, the weights are not"
        in capsys.readouterr().out
    )


def test_one_writer(path):
    with run_directory.open_run(path, True):
        told = rf"{path} is being written by process {os.getpid()} on .* since"
        for act in (
            lambda: run_directory.open_run(path, True),
            lambda: run_directory.open_run(path, False, True),
            lambda: run_directory.check(path, False, True),
            lambda: run_directory.resumed(path, {}),
        ):
            with pytest.raises(UserError, match=told):
                act()
    run_directory.resumed(path, {})
    (path / run_lock.NAME).write_bytes(b"\xff{")
    with run_directory.open_run(path, True):
        pass


def test_a_folder_in_place_of_the_lock(tmp_path):
    (tmp_path / run_lock.NAME).mkdir()
    with pytest.raises(OSError, match="Is a directory"):
        run_lock.RunLock(tmp_path)  # and nothing is told when it is deleted


def test_a_folder_in_place_of_a_file_is_named(tmp_path):
    (tmp_path / "metrics.csv").mkdir()
    told = "metrics.csv cannot be written: Is a directory; no epoch was"
    with (
        pytest.raises(UserError, match=told),
        disk.explained(tmp_path, "zoo train"),
    ):
        _files.write_whole(tmp_path / "metrics.csv", "epoch\n")


@pytest.mark.parametrize("removed", [".", run_lock.NAME])
def test_a_directory_that_is_removed(path, removed):
    """A training that goes on would make half a run anew."""
    with run_directory.open_run(path, True) as run:
        (path / removed).unlink() if removed != "." else shutil.rmtree(path)
        with pytest.raises(UserError, match=r"run\.lock was removed"):
            run.add(row(4), {})
        assert len(run.rows) == 3
    assert removed == run_lock.NAME or not path.exists()


HOLDER = """
import sys, time
from zoo.training import run_directory
run = run_directory.open_run(__import__("pathlib").Path(sys.argv[1]), True)
print("held", flush=True)
time.sleep(60)
"""


def test_a_killed_writer_holds_nothing(path, model):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(UserError, match=f"by process {holder.pid} on"):
        run_directory.check(path, True, False)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert resume(path, model) == 3


def test_replacing_can_be_interrupted_anywhere(path, model, monkeypatch):
    """Killed before each removal in turn, then asked for again."""
    (path / "notes.txt").write_text("mine")
    for name in ("report.html", "model.keras", "held_out.npz", "loss.png"):
        (path / name).write_text("old")
    count = 0
    while True:
        copy = path.parent / f"copy{count}"
        shutil.copytree(path, copy)
        with monkeypatch.context() as patch:
            for owner, name in ((shutil, "rmtree"), (pathlib.Path, "unlink")):
                patch.setattr(owner, name, dying(getattr(owner, name), count))
            try:
                with run_directory.open_run(copy, False, True):
                    break
            except SystemError:
                pass
        with pytest.raises(UserError, match="--overwrite"):
            run_directory.check(copy, True, False)
        with pytest.raises(UserError, match="--overwrite"):
            run_directory.check(copy, False, False)
        run_directory.check(copy, False, True)
        with run_directory.open_run(copy, False, True):
            assert {f.name for f in copy.iterdir()} == {"notes.txt", "run.lock"}
        count += 1
    assert count > 5
    run_directory.check(copy, False, False)  # it is empty again
    with pytest.raises(UserError, match=r"no run to resume|is missing"):
        run_directory.resumed(copy, {})


left = {}


def dying(real, count):
    left["calls"] = count

    def call(*args, **kwargs):
        if left["calls"] == 0:
            raise SystemError("killed")
        left["calls"] -= 1
        return real(*args, **kwargs)

    return call


@pytest.mark.parametrize(
    "name", [".config.json.tmp", ".config.json.71.part", "run.lock"]
)
def test_killed_before_its_first_file(tmp_path, name):
    (tmp_path / name).write_text("")
    for overwrite in (True, False):
        run_directory.check(tmp_path, False, overwrite)
    with run_directory.open_run(tmp_path, False):
        assert [file.name for file in tmp_path.iterdir()] == ["run.lock"]


@pytest.mark.parametrize("limit", [0, 120, 9000])
def test_a_full_disk(path, model, limit):
    """No file may be longer, as where the disk is full."""
    before = snapshot(path)
    told = (
        r"cannot be written: File too large; everything up to epoch 3 is kept"
        rf".* zoo train --workdir={path} --resume$"
    )
    former = resource.getrlimit(resource.RLIMIT_FSIZE)

    def train(run):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, former[1]))
        try:
            with disk.explained(path, "zoo train"):
                run.add(row(4), {})
                run.save_checkpoint(model, 4)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, former)

    with run_directory.open_run(path, True) as run:
        run.restore_checkpoint(model)
        with pytest.raises(UserError, match=told):
            train(run)
    after = snapshot(path)
    assert after.keys() == before.keys()
    assert all(after[name].startswith(data) for name, data in before.items())
    assert resume(path, model) == 3
    assert snapshot(path) == before


def test_a_log_that_cannot_be_written_is_told_in_a_line(tmp_path, capsys):
    with disk.explained(tmp_path, "zoo train"):
        warnings.simplefilter("always")
        warnings.warn("a.jsonl cannot be written", RuntimeWarning, stacklevel=1)
    assert capsys.readouterr().out == "note: a.jsonl cannot be written\n"


def test_an_export_is_remembered(path, model):
    version = path / "saved_model" / "1"
    version.mkdir(parents=True)
    (version / "saved_model.pb").write_text("")
    with run_directory.open_run(path, True) as run:
        assert run.exported() is None
        run.note_export(version)
    with run_directory.open_run(path, True) as run:
        run.save_config(flags=OPTIONS)
        assert run.exported() == version
        run.save_checkpoint(model, 4)
        assert run.exported() is None  # it is of fewer epochs
        run.done = 3
        shutil.rmtree(version)
        assert run.exported() is None


def test_held_out_images_are_written_whole(tmp_path, monkeypatch):
    def half(path, **arrays):
        pathlib.Path(path).write_bytes(b"half")
        raise OSError("killed")

    path = tmp_path / "held_out.npz"
    path.write_text("old")
    monkeypatch.setattr(np, "savez_compressed", half)
    images = np.zeros((1, 2, 2, 1))
    held_out = evaluation.HeldOut(1, 1.0, images, [0], images, ["a", "b"])
    with pytest.raises(OSError, match="killed"):
        held_out.save(path)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert path.read_text() == "old"


@pytest.mark.parametrize("damage", [None, *DAMAGES.values()])
def test_the_best_weights(tmp_path, model, capsys, damage):
    run = run_directory.RunDirectory(tmp_path)
    best = selection.BestWeights(run)
    for epoch, accuracy in enumerate((0.5, 0.9, 0.7), 1):
        run.rows.append(row(epoch) | {"val_accuracy": accuracy, "val_loss": 1})
        set_weight(model, epoch)
        best.keep(model)
    run.done = 3
    (file,) = (tmp_path / "checkpoints").glob("best_00002.npz")
    if damage is None:
        assert best.restore(model) == 2
    elif damage is not flip:
        file.write_bytes(damage(file.read_bytes()))
        assert best.restore(model) == 3
        told = capsys.readouterr().out
        assert told.startswith(f"note: {file}, the best epoch's weights, is da")
        assert told.count("\n") == 1
    assert model.layers[0].kernel[0, 0] == (2 if damage is None else 3)


@pytest.fixture(scope="module")
def doctored(tmp_path_factory):
    """(model, images, text of doctor.jsonl) of two epochs."""
    path = tmp_path_factory.mktemp("doctored") / "doctor.jsonl"
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, "relu")])
    model.compile("adam", "mse")
    x, y = np.ones((8, 2), "float32"), np.ones((8, 3), "float32")
    doctor = callbacks.TrainingDoctor(probe=x, path=path, on_issue=repr)
    model.fit(x, y, epochs=2, verbose=0, callbacks=[doctor])
    batches = tf.data.Dataset.from_tensors((x, y))
    return model, types.SimpleNamespace(test=batches), path.read_text()


def broken(text):
    """doctor.jsonl as it was written, and damaged in all ways."""
    first, second = text.splitlines(keepends=True)
    return {
        "whole": text,
        "with half a line more": text + first[:20],
        "beginning later": text.replace(first, "", 1),
        "missing": None,
        "empty": "",
        "a list": "[1]\n",
        "cut": first + second[:50],
        "without its first part": first[200:] + second,
        "of other keys": first.replace('"units"', '"unit"') + second,
        "of other types": first.replace('{"norm"', '[{"norm"', 1) + second,
        "twice": text + text,
        "zeros": "\0" * 50,
    }


WHOLE = ("whole", "with half a line more")
KINDS = list(broken("a\nb\n"))


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_records_of_the_doctor(tmp_path, doctored, capsys, kind):
    model, images, text = doctored
    file = tmp_path / "doctor.jsonl"
    damaged = broken(text)[kind]
    if damaged is not None:
        file.write_text(damaged)
    run = run_directory.RunDirectory(tmp_path, True)
    run.done = 2
    doctor = doctors.make(model, images, run, print)
    doctor.write_report()
    told = capsys.readouterr().out
    if kind in WHOLE:
        assert told == ""
        assert file.read_text() == text
        return
    if not told:  # the records that are left do
        assert [record["epoch"] for record in doctor.history] == [1]
        return
    assert told.startswith(f"note: {file} is ")
    assert told.count("\n") == 1
    assert doctor.history == []
    if damaged is not None:
        kept = tmp_path / "doctor.jsonl.damaged"
        assert kept.read_text() == damaged


def test_a_read_only_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(UserError, match=r"cannot be written to.*--workdir="):
        disk.check(tmp_path / "a" / "b")


def test_disk_errors_of_tensorflow():
    full = tf.errors.ResourceExhaustedError(
        None, None, "saved_model.pb; No space left on device"
    )
    with pytest.raises(OSError, match="No space left"), _files.disk_errors():
        raise full
    memory = tf.errors.ResourceExhaustedError(None, None, "OOM")
    with pytest.raises(tf.errors.OpError, match="OOM"), _files.disk_errors():
        raise memory


def test_sigterm_waits_for_the_end_of_a_step():
    with stopping.between_steps() as guard:
        guard.busy = True
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(Terminated):
            guard.check()
        guard.check()  # once
        guard.busy = False
        with pytest.raises(Terminated):
            os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_sigterm_of_a_program_of_its_own_is_left(monkeypatch):
    heard = []
    former = signal.signal(signal.SIGTERM, lambda *_: heard.append(1))
    try:
        with stopping.between_steps():
            os.kill(os.getpid(), signal.SIGTERM)
        assert heard == [1]
    finally:
        signal.signal(signal.SIGTERM, former)


def test_sigterm_before_a_training_ends_the_process_with_a_line():
    script = (
        "import os, signal; from zoo.training import stopping\n"
        "with stopping.at_once('stopped before'):\n"
        "    os.kill(os.getpid(), signal.SIGTERM)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (143, "\nstopped before\n")
