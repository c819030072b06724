"""Sweeps: what is kept, what is run again, processes, failures, Ray."""

import errno
import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

import pytest

from zoo._progress import duration
from zoo.recipes.lab import early
from zoo.recipes.lab.progress import SweepProgress
from zoo.recipes.lab.sweep import sweep
from zoo.training.errors import UserError

ROOT = pathlib.Path(__file__).parents[2]
SETTINGS = [{"x": x, "seed": 0} for x in (3, 1, 2)]


def square(setting):
    """Leaves a mark, so that a test sees whether it has run."""
    if marks := os.environ.get("MARKS"):
        mark = pathlib.Path(marks) / f"{setting['x']}-{os.getpid()}"
        mark.write_text(mark.read_text() + "." if mark.exists() else ".")
    return {"square": setting["x"] ** 2, "curve": [0.5, float("nan")]}


def square_or_fail(setting):
    if setting["x"] == 1:
        raise ValueError("one is refused")
    return square(setting)


def killed_at_two(setting):
    if setting["x"] == 2:
        raise KeyboardInterrupt
    return square(setting)


@pytest.fixture
def marks(tmp_path, monkeypatch):
    """What has run since the last look: {x: times}."""
    folder = tmp_path / "marks"
    folder.mkdir()
    monkeypatch.setenv("MARKS", str(folder))

    def look():
        found = {}
        for mark in folder.iterdir():
            found[int(mark.name.split("-")[0])] = len(mark.read_text())
            mark.unlink()
        return found

    return look


def squares(records):
    return [record["result"]["square"] for record in records]


def test_runs_each_setting_once(tmp_path, marks, capsys):
    records = sweep(square, SETTINGS, tmp_path)
    assert squares(records) == [9, 1, 4]
    assert marks() == {1: 1, 2: 1, 3: 1}
    assert "run 3/3  x=2  " in capsys.readouterr().out  # the seed is the same
    assert records[0]["setting"] == SETTINGS[0]
    assert records[0]["result"]["curve"] == [0.5, None]
    more = [*SETTINGS, {"x": 4, "seed": 0}]
    assert squares(sweep(square, more, tmp_path)) == [9, 1, 4, 16]
    assert marks() == {4: 1}
    assert "4 runs, 3 of them done before" in capsys.readouterr().out
    sweep(square, SETTINGS, tmp_path, version=2)
    assert marks() == {1: 1, 2: 1, 3: 1}


def test_a_crash_keeps_what_was_done(tmp_path, marks):
    with pytest.raises(KeyboardInterrupt):
        sweep(killed_at_two, SETTINGS, tmp_path)
    assert marks() == {3: 1, 1: 1}
    # Half-written files, as a crash while writing would leave them.
    kept = sorted((tmp_path / "runs").glob("*.json"))
    assert len(kept) == 2
    kept[0].write_text(kept[0].read_text()[:-9])
    (tmp_path / "runs" / f".{kept[0].name}.tmp").write_text('{"sett')
    broken = 1 if '"x": 1' in kept[0].read_text() else 3
    assert squares(sweep(square, SETTINGS, tmp_path)) == [9, 1, 4]
    assert marks() == {2: 1, broken: 1}


def test_a_failing_run_stops_no_other(tmp_path, marks, capsys):
    with pytest.raises(UserError, match="1 of 3 runs failed") as caught:
        sweep(square_or_fail, SETTINGS, tmp_path)
    assert "x=1: ValueError: one is refused" in str(caught.value)
    assert "x=1  failed: ValueError" in capsys.readouterr().out
    (trace,) = (tmp_path / "runs").glob("*.failed.txt")
    assert "in square_or_fail" in trace.read_text()
    assert marks() == {2: 1, 3: 1}
    assert squares(sweep(square, SETTINGS, tmp_path)) == [9, 1, 4]
    assert marks() == {1: 1}
    assert not trace.exists()


def test_several_processes(tmp_path, monkeypatch):
    monkeypatch.setenv("MARKS", str(tmp_path))
    with pytest.raises(UserError, match="x=1: ValueError: one is refused"):
        sweep(square_or_fail, SETTINGS, tmp_path, jobs=2)
    workers = {mark.name.split("-")[1] for mark in tmp_path.glob("*-*")}
    assert str(os.getpid()) not in workers
    assert len(list((tmp_path / "runs").glob("*.json"))) == 2
    (trace,) = (tmp_path / "runs").glob("*.failed.txt")
    assert "in square_or_fail" in trace.read_text()


def test_a_killed_process_costs_one_run(tmp_path, monkeypatch):
    monkeypatch.setenv("MARKS", str(tmp_path))
    told = "1 of 4 runs failed.*\n  x=0: .*ended, 2 times, by SIGKILL"
    with pytest.raises(UserError, match=told):
        sweep(die, [{"x": 0, "seed": 0}, *SETTINGS], tmp_path, jobs=2)
    records = (tmp_path / "runs").glob("*.json")
    found = sorted(json.loads(r.read_text())["setting"]["x"] for r in records)
    assert found == [1, 2, 3]  # 3 in its second process


def die(setting):
    """At 0 always, at 3 the first time, as for want of memory."""
    first = pathlib.Path(os.environ["MARKS"]) / "died"
    if setting["x"] == 0 or (setting["x"] == 3 and not first.exists()):
        if setting["x"] == 3:
            first.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return square(setting)


def test_processes_end_with_their_parent(tmp_path, monkeypatch):
    monkeypatch.setenv("MARKS", str(tmp_path))
    script = (
        "from tests.recipes.test_sweep import *\n"
        "if __name__ == '__main__':\n"
        f"    sweep(sleep, SETTINGS, {str(tmp_path)!r}, jobs=2)\n"
    )
    (tmp_path / "main.py").write_text(script)
    parent = subprocess.Popen(
        [sys.executable, tmp_path / "main.py"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )
    until(lambda: len(list(tmp_path.glob("*-*"))) == 2)
    workers = [int(m.name.split("-")[1]) for m in tmp_path.glob("*-*")]
    parent.kill()
    parent.wait()
    until(lambda: not any(map(lives, workers)))


def sleep(setting):
    square(setting)
    time.sleep(60)


def lives(process):
    status = pathlib.Path(f"/proc/{process}/status")
    return status.exists() and "\nState:\tZ" not in status.read_text()


def until(happened):
    end = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize(
    "damage",
    [
        b"", b"[]", b"{}", b"7", b"null", b"\xff\xfe", b"\0" * 100, b"{" * 99,
        b"[" * 100_000, b'{"setting": {"x": 3, "seed": 0}, "result": 4}',
    ],
    ids=lambda damage: repr(damage[:9]),
)  # fmt: skip
def test_damaged_records_are_run_again(tmp_path, marks, damage):
    sweep(square, SETTINGS, tmp_path)
    marks()
    for file in (tmp_path / "runs").glob("*.json"):
        if json.loads(file.read_text())["setting"]["x"] == 3:
            file.write_bytes(damage)
    assert squares(sweep(square, SETTINGS, tmp_path)) == [9, 1, 4]
    assert marks() == {3: 1}


def test_another_settings_record_does_not_count(tmp_path, marks):
    sweep(square, SETTINGS, tmp_path)
    marks()
    one, other, *_ = (tmp_path / "runs").glob("*.json")
    one.write_bytes(other.read_bytes())
    sweep(square, SETTINGS, tmp_path)
    assert len(marks()) == 1


def test_a_full_disk_keeps_what_was_done(tmp_path, marks, monkeypatch):
    def full(path, *_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    sweep(square, SETTINGS[:2], tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("zoo.recipes.lab.sweep.write_whole", full)
        with pytest.raises(UserError, match=r"No space left.*start the same"):
            sweep(square, SETTINGS, tmp_path)
    marks()
    sweep(square, SETTINGS, tmp_path)
    assert marks() == {2: 1}


class Awkward(Exception):
    def __init__(self, one, two):
        super().__init__("cannot be pickled back")


def raise_awkward(setting):
    raise Awkward(1, 2)


def test_exceptions_that_cannot_be_sent(tmp_path):
    with pytest.raises(UserError, match="Awkward: cannot be pickled back"):
        sweep(raise_awkward, SETTINGS[:1], tmp_path, jobs=2)


@pytest.mark.program
def test_ray(tmp_path, marks):
    pytest.importorskip("ray")
    with pytest.raises(UserError, match=r"x=1: .*one is refused"):
        sweep(square_or_fail, SETTINGS, tmp_path, ray_address="local")
    assert len(list((tmp_path / "runs").glob("*.json"))) == 2
    records = [
        json.loads(file.read_text())
        for file in (tmp_path / "runs").glob("*.json")
    ]
    assert sorted(r["result"]["square"] for r in records) == [4, 9]


def learn(setting):
    """The larger x, the more it learns; 0 fails."""
    if setting["x"] == 0:
        raise ValueError("nothing is learned")
    for epoch in (1, 2, 3):
        row = {"square": setting["x"] ** 2, "accuracy": setting["x"] * epoch}
        early.report(epoch, row)
    return square(setting)


@pytest.mark.program
def test_asha_ends_runs_that_fall_behind(tmp_path, marks):
    pytest.importorskip("ray")
    pytest.importorskip("pydantic")
    asha = early.Asha("accuracy", factor=2)
    settings = [{"x": x, "seed": 0} for x in (4, 3, 0, 2, 1)]
    options = {"asha": asha, "ray_address": "local"}
    with pytest.raises(UserError, match=r"1 of 5.*\n  x=0: .*is learned"):
        sweep(learn, settings, tmp_path, **options)
    (trace,) = (tmp_path / "runs").glob("*.failed.txt")
    assert "in learn" in trace.read_text()
    del settings[2]
    records = sweep(learn, settings, tmp_path, **options)
    assert squares(records) == [16, 9, 4, 1]
    assert "stopped" not in records[0]
    assert records[3]["stopped"] == 1
    assert records[3]["result"] == {"square": 1, "accuracy": 1}
    marks()
    # A sweep that ends none early runs the stopped ones to their end.
    records = sweep(learn, settings, tmp_path)
    assert not any("stopped" in record for record in records)
    run = marks()
    assert 1 in run
    assert 4 not in run


def slow_square(setting):
    time.sleep(3)
    return square(setting)


@pytest.mark.program
def test_ray_runs_again_what_a_lost_node_was_at(tmp_path, marks):
    pytest.importorskip("ray")
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    try:
        _, lost = (cluster.add_node(num_cpus=1) for _ in range(2))
        cluster.wait_for_nodes()
        timer = threading.Timer(6, cluster.remove_node, [lost, False])
        timer.start()
        settings = [{"x": x, "seed": 0} for x in range(6)]
        records = sweep(
            slow_square, settings, tmp_path, ray_address=cluster.address
        )
        timer.join()
        assert squares(records) == [x**2 for x in range(6)]
        assert len(cluster.list_all_nodes()) == 2
    finally:
        cluster.shutdown()


def test_bar_on_a_terminal(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    record = {"result": {"test_accuracy": 0.5}, "seconds": 1.0}
    with SweepProgress(SETTINGS) as progress:
        for setting in SETTINGS:
            progress.done(setting, record)
    assert "run 3/3  x=2  accuracy 0.5000  1.0 s" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (99, "99 s"), (720, "12 min"), (7200, "2.0 h")],
)
def test_durations(seconds, text):
    assert duration(seconds) == text
