"""Thresholds, rules and quantities of a user; the examples run."""

import doctest
import json
import re
from pathlib import Path

import keras
import numpy as np
import pytest

from tests.callbacks import _reference as reference
from tests.layers.test_examples import LEGACY
from zoo import callbacks
from zoo.callbacks import (
    Finding,
    Quantity,
    Rule,
    Thresholds,
    TrainingDoctor,
    _diagnosis,
    _rules,
    quantity,
    rule,
)


@pytest.mark.parametrize(
    "name", [n for n in callbacks.__all__ if n != "TrainingWarning"]
)
def test_examples(name):
    thing = getattr(callbacks, name)
    if name in ("Finding", "Issue", "Rule"):
        # Results, shown by the example of what makes them.
        assert "Attributes:" in thing.__doc__ or "Args:" in thing.__doc__
        return
    tests = doctest.DocTestFinder(recurse=False).find(thing, name, globs={})
    assert tests[0].examples
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    with np.printoptions(legacy=LEGACY):
        failed, _ = runner.run(tests[0])
    assert not failed


@pytest.mark.filterwarnings("ignore::zoo.callbacks.TrainingWarning")
def test_the_example_of_the_docs(capsys):
    page = (Path(__file__).parents[2] / "docs/callbacks.md").read_text()
    (code,) = re.findall(r"```python\n(import keras\n.*?)```", page, re.S)
    keras.backend.clear_session(free_memory=False)
    exec(code, {})
    printed = capsys.readouterr().out
    assert "Sparse kernel (epoch 1, dense): 100% of it is 0. Try: " in printed


def fit(doctor, epochs=2):
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input((6,)),
            keras.layers.Dense(5, "relu", name="hidden"),
            keras.layers.Dense(3, name="top"),
        ]
    )
    model.compile("sgd", reference.LOSS, jit_compile=False)
    reference.fit(model, [doctor], epochs=epochs)


@rule("high_bias", "High bias", "warning", remedies=["a smaller one"])
def high_bias(history, thresholds):
    """Each layer with a bias above 1, after the last epoch."""
    for name, entry in history[-1]["biases"].items():
        if entry["largest"] > 0:
            yield Finding(
                name,
                history[-1]["epoch"],
                None,
                dict(entry),
                f"its bias is {entry['largest']:.1e}.",
            )


@quantity("biases")
def biases(model):
    return {
        layer.name: {"largest": np.abs(layer.bias.numpy()).max()}
        for layer in model.layers
    }


def test_a_rule_and_its_quantity(tmp_path):
    said = []
    doctor = TrainingDoctor(
        on_issue=said.append,
        rules=[high_bias],
        quantities=[biases],
        path=tmp_path / "a.jsonl",
    )
    fit(doctor)
    issues = [i for i in doctor.diagnosis if i.cause == "high_bias"]
    assert [i.layer for i in issues] == ["hidden", "top"]
    assert issues[1].remedies == ["a smaller one"]
    assert issues[1].text.startswith("High bias (epoch 2, top): its bias is ")
    assert issues[1].text.endswith("Try: a smaller one.")
    assert [i.cause for i in said].count("high_bias") == 1
    line = (tmp_path / "a.jsonl").read_text().splitlines()[-1]
    assert json.loads(line)["biases"] == doctor.history[-1]["biases"]
    json.dumps([issue.as_dict() for issue in doctor.diagnosis])


def finding(cause, **options):
    """A rule that always fires."""

    @rule(cause, cause.title(), **options)
    def find(history, thresholds):
        yield Finding(None, 0, None, {}, "it does.")

    return find


HISTORY = [{"epoch": 0}]


def causes(rules):
    return [i.cause for i in _diagnosis.diagnose(HISTORY, rules)]


def test_a_rule_stands_before_what_it_hides():
    base = [finding("a", hides=("c",)), finding("b"), finding("c")]
    assert causes(base) == ["a", "b"]
    every = _diagnosis.with_rules(base, [finding("new")])
    assert causes(every) == ["a", "b", "new"]
    every = _diagnosis.with_rules(base, [finding("new", hides=("b",))])
    assert causes(every) == ["a", "new"]
    every = _diagnosis.with_rules(base, [finding("new", hides="everything")])
    assert causes(every) == ["new"]
    # One of the same name takes the place of the other.
    every = _diagnosis.with_rules(base, [finding("a", hides=("b",))])
    assert causes(every) == ["a", "c"]


def test_what_is_no_rule_threshold_or_quantity_is_refused():
    with pytest.raises(TypeError, match=r"made with @zoo\.callbacks\.rule"):
        TrainingDoctor(rules=[lambda history, thresholds: ()])
    with pytest.raises(TypeError, match=r"made with @zoo\.callbacks\.quan"):
        TrainingDoctor(quantities=[len])
    with pytest.raises(ValueError, match="another name"):
        TrainingDoctor(quantities=[Quantity("weights", len)])
    with pytest.raises(TypeError, match="must be a zoo"):
        TrainingDoctor(thresholds={"dead_share": 0.5})
    with pytest.raises(TypeError, match="plateau_epochs must be a whole"):
        Thresholds(plateau_epochs=1.5)
    with pytest.raises(TypeError, match="unexpected keyword"):
        Thresholds(dead=0.5)
    with pytest.raises(ValueError, match="severity must be one of"):
        rule("a", "A", "fatal")(len)
    with pytest.raises(ValueError, match="hides must be a tuple"):
        rule("a", "A", hides="plateau")(len)


@pytest.mark.parametrize("value", [None, "high", {"a": {"b": {"c": 1}}}, [1]])
def test_a_quantity_that_is_no_number(value):
    doctor = TrainingDoctor(
        quantities=[Quantity("mine", lambda model: {"a": value})]
    )
    with pytest.raises(TypeError, match="quantity 'mine' must return"):
        fit(doctor, 1)


def test_rules_are_what_they_are_called():
    for each in _rules.RULES:
        assert isinstance(each, Rule)
        assert each.find.__name__ == each.cause
