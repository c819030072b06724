"""Every monitor writes to every sink, and nothing that was there is lost."""

import csv
import json
import os
import re
import shutil
import stat
import warnings

import keras
import pytest
import tensorflow as tf

from tests.callbacks import _reference as reference
from zoo import callbacks
from zoo.callbacks import _sinks

MONITORS = ("GradientMonitor", "DeadReLUMonitor", "ActivationMonitor")
OF_LOGS = {
    "GradientMonitor": "grad_norm",
    "DeadReLUMonitor": "dead_relu",
    "ActivationMonitor": None,
    "TrainingDoctor": "grad_norm",
}


def make(name, **options):
    if name == "TrainingDoctor":
        options["on_issue"] = lambda issue: None
    return getattr(callbacks, name)(**options)


def train(*monitors, epochs=2, **options):
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input((6,)),
            keras.layers.Dense(5, "relu", name="hidden"),
            keras.layers.Dense(3, name="top"),
        ]
    )
    model.compile("adam", reference.LOSS, jit_compile=False)
    reference.fit(model, monitors, epochs=epochs, **options)


def numbers(record):
    """{(kind, name, statistic): number}, as files have it."""
    return {row[:3]: row[3] for row in _sinks.flat(record)}


def from_csv(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    records = {}
    for row in rows:
        key = row["kind"], row["name"], row["statistic"]
        records.setdefault(int(row["epoch"]), {})[key] = row["value"]
    return records


def assert_same(found, record):
    expected = numbers(record)
    assert set(expected) <= set(found)
    for key, value in expected.items():
        if isinstance(value, float):
            assert float(found[key]) == pytest.approx(value, nan_ok=True)
        else:
            assert found[key] == ("" if value is None else str(value))


def check_jsonl(monitor, path, first):
    lines = path.read_text().splitlines()
    found = [json.loads(line) for line in lines]
    assert [r["epoch"] for r in found] == [0, 1, 2]
    for record, line in zip(monitor.history, found, strict=True):
        assert json.loads(json.dumps(_sinks._plain(record))) == line


def check_csv(monitor, path, first):
    records = from_csv(path)
    assert list(records) == [0, 1, 2]
    assert_same(records[0], first.history[0])
    assert_same(records[2], monitor.history[-1])


def check_board(monitor, path, first):
    scalars, histograms = {}, set()
    for file in path.iterdir():
        for event in tf.compat.v1.train.summary_iterator(str(file)):
            for value in event.summary.value:
                if value.metadata.plugin_data.plugin_name == "scalars":
                    number = tf.make_ndarray(value.tensor).item()
                    scalars[event.step, value.tag] = number
                else:
                    histograms.add(value.tag)
    for record in (*first.history, monitor.history[-1]):
        for (kind, name, statistic), value in numbers(record).items():
            if not isinstance(value, (int, float)):
                continue
            tag = "/".join(filter(None, (kind, name, statistic)))
            assert scalars[record["epoch"], tag] == pytest.approx(float(value))
            if name:
                assert f"{kind}/{statistic}" in histograms
    key = OF_LOGS[type(monitor).__name__]
    assert key is None or (2, key) in scalars


def check_report(monitor, path, first):
    data = re.search("const data = (.*);\n", path.read_text())[1]
    curves = {c["title"]: c for c in json.loads(data)["curves"]}
    loss = curves["loss"]["lines"][0]["values"]
    assert loss[-1] == pytest.approx(monitor.history[-1]["logs"]["loss"], 1e-3)
    assert len(loss) == len(monitor.history)


SINKS = {
    "jsonl": ("path", "records.jsonl", check_jsonl),
    "csv": ("path", "records.csv", check_csv),
    "board": ("log_dir", "board", check_board),
    "report": ("report", "report.html", check_report),
}


@pytest.mark.parametrize("name", [*MONITORS, "TrainingDoctor"])
def test_every_monitor_writes_to_every_sink(name, tmp_path):
    sinks = {
        sink: (option, tmp_path / file)
        for sink, (option, file, _) in SINKS.items()
        if option != "report" or name == "TrainingDoctor"
    }

    def monitors():
        return [make(name, **{option: path}) for option, path in sinks.values()]

    # Two epochs, and a third by a run that resumes.
    first, resumed = monitors(), monitors()
    train(*first)
    train(*resumed, epochs=3, initial_epoch=2)
    for sink, before, monitor in zip(sinks, first, resumed, strict=True):
        assert [r["epoch"] for r in before.history] == [0, 1]
        SINKS[sink][2](monitor, sinks[sink][1], before)


@pytest.mark.parametrize("name", MONITORS)
def test_only_the_doctor_reports(name, tmp_path):
    with pytest.raises(TypeError, match="report"):
        make(name, report=tmp_path / "report.html")


@pytest.mark.parametrize("file", ["a.jsonl", "a.csv"])
@pytest.mark.parametrize(
    "content",
    [
        b"epoch,loss\n0,1.5\n",
        b"Dear diary\n",
        b"\xff\xfe\x00",
        b'{"loss": 1}\n',
        b'{"epoch": 0, "layers": {}}\n',
        b"[1, 2]\n3\n",
    ],
)
@pytest.mark.parametrize("initial_epoch", [0, 1])
def test_another_file_is_not_touched(file, content, initial_epoch, tmp_path):
    path = tmp_path / file
    path.write_bytes(content)
    monitor = make("DeadReLUMonitor", path=path)
    with pytest.raises(ValueError, match="holds something else than the rec"):
        monitor.on_epoch_begin(initial_epoch)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("file", "end"),
    [
        ("a.jsonl", b'{"epo'),
        ("a.jsonl", b"\0" * 50),
        ("a.csv", b"0,sites,hidd"),
        ("a.csv", b"\0" * 50),
    ],
)
def test_what_a_crash_left_at_the_end_is_left_out(file, end, tmp_path):
    path = tmp_path / file
    train(make("DeadReLUMonitor", path=path), epochs=1)
    whole = path.read_bytes()
    path.write_bytes(whole + end)
    make("DeadReLUMonitor", path=path).on_epoch_begin(1)
    assert path.read_bytes() == whole


@pytest.mark.parametrize(
    ("file", "start"), [("a.jsonl", b'{"epo'), ("a.csv", b"epoch,k")]
)
def test_a_file_that_a_crash_cut_in_its_first_line(file, start, tmp_path):
    for content in (b"", start, b"\0" * 50):
        (tmp_path / file).write_bytes(content)
        monitor = make("DeadReLUMonitor", path=tmp_path / file)
        monitor.on_epoch_begin(1)
        assert monitor.history == []


@pytest.mark.parametrize("file", ["a.jsonl", "a.csv"])
def test_a_crash_while_it_is_rewritten_loses_nothing(
    file, tmp_path, monkeypatch
):
    path = tmp_path / file
    train(make("DeadReLUMonitor", path=path), epochs=2)
    whole = path.read_bytes()

    def crash(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", crash)
    with pytest.raises(KeyboardInterrupt):
        make("DeadReLUMonitor", path=path).on_epoch_begin(1)
    assert path.read_bytes() == whole


@pytest.mark.parametrize("file", ["a.jsonl", "a.csv", "report.html"])
def test_links_stay_links(file, tmp_path):
    (tmp_path / "disk").mkdir()
    target = tmp_path / "disk" / file
    link = tmp_path / file
    link.symlink_to(target)
    option = "report" if file == "report.html" else "path"
    train(make("TrainingDoctor", **{option: link}))
    assert link.is_symlink()
    assert target.stat().st_size > 0


@pytest.mark.parametrize("number", [3, 7], ids=["null", "full"])
@pytest.mark.parametrize("option", ["path", "report"])
def test_devices_stay_devices(number, option, tmp_path):
    device = tmp_path / "device"
    try:
        os.mknod(device, 0o600 | stat.S_IFCHR, os.makedev(1, number))
        device.write_bytes(b"")
    except OSError:
        pytest.skip("no right to make a device")
    monitor = make("TrainingDoctor", **{option: device})
    if number == 7:
        with pytest.warns(RuntimeWarning, match="cannot be written") as told:
            train(monitor)
        places = [w.filename for w in told if "written" in str(w.message)]
        assert places == [reference.__file__]
    else:
        train(monitor)
    assert len(monitor.history) == 2
    assert stat.S_ISCHR(os.stat(device).st_mode)
    assert os.listdir(tmp_path) == ["device"]


class Lose(keras.callbacks.Callback):
    """Takes a folder away after the first epoch, and puts a file there."""

    def __init__(self, folder):
        super().__init__()
        self.folder = folder

    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 1:
            shutil.rmtree(self.folder)
            self.folder.write_text("")


@pytest.mark.parametrize("sink", SINKS)
def test_training_goes_on_where_nothing_can_be_written(sink, tmp_path):
    option, file, _ = SINKS[sink]
    folder = tmp_path / "lost"
    folder.mkdir()
    monitor = make("TrainingDoctor", **{option: folder / file})
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(3)])
    model.compile("adam", reference.LOSS, jit_compile=False)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        reference.fit(model, [Lose(folder), monitor], epochs=4)
    messages = [w for w in caught if "cannot be written" in str(w.message)]
    # TensorBoard's writer goes on in the file that was removed.
    assert len(messages) == (0 if sink == "board" else 1)
    assert [r["epoch"] for r in monitor.history] == [0, 1, 2, 3]
    assert "apply" not in model.optimizer.__dict__


def test_flat():
    record = {
        "epoch": 3,
        "settled": True,
        "logs": {"loss": 0.5},
        "gradients": {
            "grad_norm": 2.0,
            "variables": {"a/kernel": {"norm": None}},
        },
    }
    assert _sinks.flat(record) == [
        ("", "", "settled", True),
        ("logs", "", "loss", 0.5),
        ("gradients", "", "grad_norm", 2.0),
        ("gradients/variables", "a/kernel", "norm", None),
    ]
