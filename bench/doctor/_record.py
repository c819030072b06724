"""Trains one program under a tool, and tells what the tool said."""

import importlib
import os
import time
import traceback

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras

import bench.doctor.programs  # noqa: F401
from bench.doctor._program import CATALOGUE
from bench.doctor._published import Published


class Doctor:
    """TrainingDoctor as a tool of this bench.

    A tool is a class of a `Training`: its `callback` joins `fit`, its `said`
    are [cause, severity] of all that it reported, during training or at its
    end.
    """

    treat = False

    def __init__(self, training):
        from zoo.callbacks import TrainingDoctor

        self.issues = []
        self.callback = TrainingDoctor(
            on_issue=self.issues.append, treat=self.treat
        )

    @property
    def said(self):
        issues = [*self.issues, *self.callback.diagnosis]
        return sorted({(issue.cause, issue.severity) for issue in issues})


class Treated(Doctor):
    """TrainingDoctor(treat=True)."""

    treat = True

    @property
    def tried(self):
        return [
            [each.cause, each.remedy, each.kept]
            for each in self.callback.treatments
        ]


def tool_of(name):
    """The class that "package.module:Class" names."""
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)


def record(name, tool=Doctor, seed=0):
    """A dict that JSON can hold: what was said of the program, and so on."""
    start = time.process_time()
    training = _new(name, seed)
    published = Published(training.sample)
    result = {"name": name, "said": [], "crash": None}
    try:
        watching = tool(training)
        _fit(training, [watching.callback, published])
        result["said"] = watching.said
        result["tried"] = getattr(watching, "tried", [])
    except Exception:
        result["crash"] = traceback.format_exc(limit=-3)
        # Is the tool at fault? Then the program trains without it.
        training = _new(name, seed)
        published = Published(training.sample)
        _fit(training, [published])
    result["score"] = training.score(training.model)
    result["epochs"] = published.records
    result["seconds"] = round(time.process_time() - start, 1)
    return result


def _new(name, seed):
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    return CATALOGUE[name].build()


def _fit(training, callbacks):
    own = training.fit.get("callbacks", [])
    training.model.fit(**training.fit | {"callbacks": [*callbacks, *own]})
