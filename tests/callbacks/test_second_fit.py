"""A second fit: what was traced for the first is used again, or rightly not."""

import gc

import keras
import numpy as np
import pytest
import tensorflow as tf

from tests.callbacks import _reference as reference
from zoo.callbacks import (
    ActivationMonitor,
    DeadReLUMonitor,
    GradientMonitor,
    TrainingDoctor,
)

dense = keras.layers.Dense


class Counting(keras.Sequential):
    """Counts how often the training step and the forward pass are traced."""

    steps = passes = 0

    def train_step(self, data):
        self.steps += 1
        return super().train_step(data)

    def call(self, *args, **kwargs):
        self.passes += 1
        return super().call(*args, **kwargs)


def counting(size=6, **settings):
    keras.utils.set_random_seed(0)
    model = Counting([keras.Input((size,)), dense(4, "relu"), dense(3)])
    settings = {"optimizer": keras.optimizers.SGD(0.0), **settings}
    model.compile(loss=reference.LOSS, jit_compile=False, **settings)
    return model


def monitors():
    return [
        TrainingDoctor(on_issue=lambda issue: None),
        GradientMonitor(update_ratio=True),
        DeadReLUMonitor(),
        ActivationMonitor(),
    ]


def counts(model):
    return model.steps, model.passes


@pytest.mark.parametrize("new", [True, False])
def test_three_fits_trace_as_one_does(new):
    model, watchers, records, traced = counting(), monitors(), [], []
    for _ in range(3):
        watchers = monitors() if new else watchers
        reference.fit(model, watchers)
        records.append([watcher.history for watcher in watchers])
        traced.append(counts(model))
        assert not {"apply", "train_step"} & {
            *model.__dict__,
            *model.optimizer.__dict__,
        }
    assert traced[0] == traced[1] == traced[2]
    assert len(records[0][0]) == 1
    # The weights stand still.
    assert repr(records[1]) == repr(records[2]) == repr(records[0])


def test_a_fit_without_monitors_has_its_own_function():
    model = counting()
    reference.fit(model)
    traced = model.steps
    plain = model.train_function
    reference.fit(model, [GradientMonitor()])
    assert model.train_function is plain
    watched = model.steps
    assert watched > traced
    for watchers in ([], [GradientMonitor()]):
        reference.fit(model, watchers)
        assert model.steps == watched


def test_other_data_are_traced_and_recorded_as_such():
    model = counting()
    x, y = reference.data()
    seen = []
    for rows, targets in (
        (32, y),
        (16, y.astype("float32")[:, None]),
        (24, y),
    ):
        watcher = TrainingDoctor(on_issue=lambda issue: None)
        model.fit(x[:rows], targets[:rows], 8, verbose=0, callbacks=[watcher])
        facts = watcher.history[0]["facts"]
        seen.append(
            (
                facts["inputs"]["0"]["rows"],
                facts["targets"]["0"]["rank"],
                facts["start"]["steps"],
            )
        )
    assert seen == [(32, 1, 4), (16, 2, 2), (24, 1, 3)]


def _frozen(model):
    model.layers[0].trainable = False
    model.compile(keras.optimizers.Adam(), reference.LOSS, jit_compile=False)


def _several_steps(model):
    model.steps_per_execution = 2


def _other_step(model):
    step = model.train_step
    object.__setattr__(model, "train_step", lambda data: step(data))


@pytest.mark.parametrize("change", [_frozen, _several_steps, _other_step])
def test_another_training_is_traced_anew(change):
    model = counting(optimizer=keras.optimizers.SGD(0.1))
    reference.fit(model, [GradientMonitor()])
    traced = model.steps
    change(model)
    watcher = GradientMonitor()
    reference.fit(model, [watcher])
    assert model.steps > traced
    assert list(watcher.history[0]["variables"]) == [
        v.path for v in model.trainable_variables
    ]
    assert watcher.history[0]["grad_norm"] > 0


def test_other_monitors_are_traced_anew():
    model, histories = counting(), []
    for watcher in (
        GradientMonitor(),
        GradientMonitor(every=2),
        GradientMonitor(after_clipping=True),
        DeadReLUMonitor(),
    ):
        reference.fit(model, [watcher])
        histories.append(watcher.history)
    assert all(map(len, histories))


@pytest.mark.program
def test_what_is_kept_of_a_fit_does_not_grow():
    model = counting()
    reference.fit(model, monitors())
    gc.collect()

    def number():
        gc.collect()
        return sum(
            isinstance(each, (tf.Variable, TrainingDoctor))
            for each in gc.get_objects()
        )

    before = number()
    for _ in range(3):
        reference.fit(model, monitors())
    assert number() <= before + 1  # the doctor of the last one


def test_a_copy_of_a_watched_model_has_its_own():
    model = counting(2)
    x = np.ones((8, 2), "float32")
    model.fit(x, np.ones(8), verbose=0, callbacks=[GradientMonitor()])
    copy = keras.models.clone_model(model)
    assert "_zoo_watched" not in copy.__dict__
