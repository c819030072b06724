"""The diagnosis, its report, and what is left of it afterwards."""

import dataclasses
import html
import io
import json
import pickle
import re
import zipfile
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from tests.callbacks import _reference as reference, _trainings
from zoo import callbacks
from zoo.callbacks import (
    Thresholds,
    TrainingDoctor,
    TrainingWarning,
    _quantities,
    _report,
    _rules,
)

dense = keras.layers.Dense


def quiet(issue):
    """For on_issue, where the diagnosis is looked at afterwards."""


def model(*widths, activation="relu"):
    keras.backend.clear_session(free_memory=False)
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((6,)), *(dense(w, activation) for w in widths), dense(3)]
    )
    model.compile("adam", reference.LOSS, metrics=["accuracy"])
    return model


EXAMPLES = {
    "mlp": None,
    "cnn batch norm": None,
    "deep sigmoid": "vanishing",
    "init too large": "bad_initial_loss",
    "a layer dead": "dead_units",
    "NaN in the input": "nonfinite_inputs",
    "unused branch": "not_learning",
    "learning rate too low": "update_too_small",
}


@pytest.mark.program
@pytest.mark.filterwarnings("ignore:Gradients do not exist")
@pytest.mark.parametrize("name", EXAMPLES)
def test_diagnosis_of_real_trainings(name):
    keras.utils.set_random_seed(7)
    make = {**_trainings.HEALTHY, **_trainings.BROKEN}[name]
    training = make(7)
    (x, y), validation = training.data
    training.model.compile(training.optimizer, reference.LOSS, metrics=["acc"])
    issues = []
    doctor = TrainingDoctor(on_issue=issues.append)
    training.model.fit(
        x,
        y,
        batch_size=32,
        epochs=2 if EXAMPLES[name] else 4,
        validation_data=validation,
        verbose=0,
        callbacks=[doctor],
    )
    causes = [issue.cause for issue in doctor.diagnosis]
    if EXAMPLES[name] is None:
        assert causes == issues == []
        assert doctor.text() == "Nothing found."
    else:
        assert causes[0] == EXAMPLES[name]
        assert EXAMPLES[name] in [issue.cause for issue in issues]
        assert doctor.diagnosis[0].remedies
        json.dumps(doctor.diagnosis[0].as_dict())


def broken_fit(doctor):
    x, y = reference.data()
    # oneDNN's ReLU makes 0 of NaN.
    net = model(5, activation="tanh")
    net.layers[0].kernel.assign(net.layers[0].kernel * np.nan)
    net.fit(x, y, epochs=2, verbose=0, callbacks=[doctor])
    return net


def test_warns_once_and_says_where():
    doctor = TrainingDoctor()
    with pytest.warns(TrainingWarning, match="Non-finite") as caught:
        broken_fit(doctor)
    (told,) = [w for w in caught if w.category is TrainingWarning]
    assert told.filename == __file__  # the line that calls `fit`
    (issue,) = doctor.diagnosis
    assert (issue.epoch, issue.step) == (0, 0)
    assert issue.text.startswith("Non-finite values (epoch 1, step 1, ")
    assert issue.layer.endswith("dense")
    assert issue.evidence["input_finite"] is True


def test_stops():
    doctor = TrainingDoctor(on_issue="stop")
    with pytest.warns(TrainingWarning):
        net = broken_fit(doctor)
    assert net.stop_training
    assert len(doctor.history) == 1


def test_speaks_early_in_a_long_epoch():
    said, ended = [], []
    net = model(4)
    net.compile("sgd", "sparse_categorical_crossentropy", jit_compile=False)
    doctor = TrainingDoctor(on_issue=lambda i: said.append((i.cause, *ended)))
    end = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: ended.append(epoch)
    )
    x = np.random.default_rng(0).normal(size=(64 * 81, 6))
    y = np.arange(len(x)) % 3
    net.fit(x, y, 64, 1, verbose=0, callbacks=[end, doctor])
    assert said == [("loss_activation_mismatch",)]
    (record,) = doctor.history
    assert record["facts"]["inputs"]["0"]["rows"] == len(x)
    assert record["facts"]["start"]["steps"] == 81
    (head,) = record["facts"]["heads"].values()
    assert head["rows"] == len(x)
    assert len(doctor._watch.ledger.inputs()) == 256


def test_wrong_on_issue():
    with pytest.raises(ValueError, match="on_issue must be"):
        TrainingDoctor(on_issue="shout")


def test_rules_are_ordered_and_have_remedies():
    causes = [rule.cause for rule in _rules.RULES]
    assert len(set(causes)) == len(causes)
    for i, rule in enumerate(_rules.RULES):
        assert rule.title
        assert rule.remedies
        assert rule.source
        if rule.hides == "everything":
            continue
        assert not set(rule.hides) & set(causes[: i + 1])
        assert set(rule.hides) <= set(causes)


def test_docs_tell_rules_and_thresholds_as_they_are():
    page = (Path(__file__).parents[2] / "docs/callbacks.md").read_text()
    rows = page.split("| cause | fires when |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", rows, re.M) == [
        rule.cause for rule in _rules.RULES
    ]
    told = {}
    for name, number, percent in re.findall(
        r"`(\w+)` = (\d[\d.e-]*\d|\d)( %)?", page
    ):
        value = float(number) / (100 if percent else 1)
        assert told.setdefault(name, value) == value, name
    assert told == dataclasses.asdict(Thresholds())
    assert f"({_quantities.SETTLED_AFTER} time constants)" in page


def test_report_is_rewritten_while_it_runs(tmp_path):
    path = tmp_path / "new" / "report.html"
    pages = []

    class Read(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            pages.append(path.read_text())

    doctor = TrainingDoctor(
        report=path, path=tmp_path / "doctor.jsonl", on_issue=quiet
    )
    reference.fit(model(5), [doctor, Read()], epochs=2)
    pages.append(path.read_text())
    assert ["http-equiv" in page for page in pages] == [True, True, False]
    data = [
        json.loads(re.search("const data = (.*);\n", page)[1]) for page in pages
    ]
    assert [d["epochs"] for d in data] == [[1], [1, 2], [1, 2]]
    # Nothing is loaded from anywhere but the page itself.
    assert not re.findall(r"(?:src|href)=|url\(|import |fetch\(", pages[-1])
    lines = (tmp_path / "doctor.jsonl").read_text().splitlines()
    assert [json.loads(line)["epoch"] for line in lines] == [0, 1]
    for what in ("gradients", "units", "activations"):
        figure = doctor.plot(tmp_path / f"{what}.png", what)
        assert type(figure) is type(doctor.plot(what=what))
        assert (tmp_path / f"{what}.png").exists()
    shown = re.search('srcdoc="(.*?)"', doctor._repr_html_(), re.S)
    assert html.unescape(shown[1]) == pages[-1]
    assert doctor.report == path
    with pytest.raises(ValueError, match="what must be one of"):
        doctor.plot(tmp_path / "weights.png", "weights")
    # What is written by now is known to the run that resumes it.
    doctor = TrainingDoctor(path=tmp_path / "doctor.jsonl", on_issue=quiet)
    reference.fit(model(5), [doctor], epochs=3, initial_epoch=2)
    assert [record["epoch"] for record in doctor.history] == [0, 1, 2]


def long_history(layers, epochs):
    rng = np.random.default_rng(0)
    names = [f"stage{i // 50}_block{i // 3}_conv{i % 3}" for i in range(layers)]

    def entries(*statistics, suffix=""):
        return {
            name + suffix: {s: float(rng.lognormal()) for s in statistics}
            for name in names
        }

    return [
        {
            "epoch": epoch,
            "logs": {"loss": 1.0, "val_loss": 1.0},
            "gradients": {
                "grad_norm": 1.0,
                "grad_norm_max": 2.0,
                "layers": entries("norm"),
                "variables": entries("update_ratio", suffix="/kernel"),
            },
            "units": {"sites": entries("dead")},
            "activations": {"layers": entries("std")},
        }
        for epoch in range(epochs)
    ]


def test_report_of_200_layers_and_100_epochs_is_below_2_mb(tmp_path):
    path = tmp_path / "report.html"
    _report.write(path, long_history(200, 100), [], [], "</script>", False)
    assert path.stat().st_size < 2e6
    assert path.read_text().count("</script>") == 1


def residue(net, folder):
    """Bytes of the model however it is written, without dates."""
    net.save(folder / "model.keras")
    net.export(folder / "exported", verbose=False)
    saved = {}
    for name, raw in (
        ("saved", (folder / "model.keras").read_bytes()),
        ("pickled", _pickled_archive(net)),
    ):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for file in archive.namelist():
                content = archive.read(file)
                if file == "metadata.json":
                    content = json.loads(content)
                    content.pop("date_saved")
                else:
                    content = _without_addresses(content)
                saved[name, file] = content
    clone = keras.models.clone_model(net)
    saved["cloned"] = _without_addresses(clone.to_json().encode())
    # The order of what an export lists differs from run to run.
    variables = tf.train.load_checkpoint(
        folder / "exported/variables/variables"
    )
    saved["exported variables"] = sorted(
        variables.get_tensor(name).tobytes()
        for name in variables.get_variable_to_shape_map()
        if name != "_CHECKPOINTABLE_OBJECT_GRAPH"
    )
    serving = tf.saved_model.load(folder / "exported").signatures["serve"]
    saved["exported"] = [
        (operation.type, len(operation.inputs))
        for operation in serving.graph.get_operations()
    ]
    return saved


def _without_addresses(content):
    return re.sub(rb'"shared_object_id": \d+', b"", content)


def _pickled_archive(net):
    _, arguments = net.__reduce__()[:2]
    (stream,) = arguments
    pickle.dumps(net)
    return stream.getvalue()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_no_residue(tmp_path):
    results = []
    for name in ("watched", "unwatched"):
        net = model(5)
        watchers = [
            TrainingDoctor(on_issue=quiet),
            callbacks.GradientMonitor(update_ratio=True, after_clipping=True),
            callbacks.DeadReLUMonitor(),
            callbacks.ActivationMonitor(),
        ]
        reference.fit(net, watchers if name == "watched" else [])
        (tmp_path / name).mkdir()
        results.append(residue(net, tmp_path / name))
    watched, unwatched = results
    assert watched.keys() == unwatched.keys()
    for key, value in watched.items():
        assert value == unwatched[key], key
