"""Runs of a sweep as trials of Ray Tune, which stops those that fall behind."""

import functools
import math
import os
import queue
import tempfile
import threading
import traceback
from collections.abc import Generator

from zoo.recipes.lab import early, processes, workers
from zoo.training.errors import require

OFF = (
    "TUNE_DISABLE_AUTO_CALLBACK_LOGGERS",
    "TUNE_DISABLE_STRICT_METRIC_CHECKING",
)  # files, tables and checks of its own


def on_tune(
    asha: early.Asha, address: str, cores: int, function, left, setup
) -> Generator[tuple, None, None]:
    """Like `workers.on_ray`, with runs that are stopped early.

    The record of such a run has `stopped`, its epochs, and as its result the
    row that it reported last.
    """
    require("--ray_address", ("ray", "'ray[tune]'"))
    require("stopping runs early", ("pydantic", "'ray[tune]'"))
    from ray import tune  # pyright: ignore[reportMissingImports]
    from ray.tune.schedulers import (  # pyright: ignore[reportMissingImports]
        ASHAScheduler,
    )

    os.environ |= dict.fromkeys(OFF, "1") | {"RAY_AIR_NEW_OUTPUT": "0"}
    outcomes = queue.Queue()
    trial = functools.partial(_trial, function, left, setup, cores, asha)
    with workers.ray_cluster(address), tempfile.TemporaryDirectory() as folder:
        tuner = tune.Tuner(
            tune.with_resources(trial, {"cpu": cores}),
            param_space={"name": tune.grid_search(list(left))},
            tune_config=tune.TuneConfig(
                metric=asha.metric,
                mode=asha.mode,
                scheduler=ASHAScheduler(
                    time_attr="epoch",
                    max_t=1_000_000,
                    grace_period=asha.grace,
                    reduction_factor=asha.factor,
                    stop_last_trials=False,
                ),
            ),
            run_config=tune.RunConfig(
                storage_path=folder,
                verbose=0,
                callbacks=[_listener(outcomes)],
                failure_config=tune.FailureConfig(workers.RETRIES),
            ),
        )
        fit = threading.Thread(target=_fit, args=(tuner, outcomes), daemon=True)
        fit.start()
        while (outcome := outcomes.get()) is not None:
            if isinstance(outcome, BaseException):
                raise outcome
            yield outcome
        fit.join()


def _fit(tuner, outcomes):
    try:
        tuner.fit()
    except BaseException as error:
        outcomes.put(error)
    outcomes.put(None)


def _trial(function, left, setup, cores, asha, config):
    """One run, in a process of Ray's."""
    from ray import tune  # pyright: ignore[reportMissingImports]

    last = {asha.metric: math.nan, "epoch": 0}

    def tell(epoch, row):
        value = row[asha.metric]
        last.update({asha.metric: float(value), "epoch": epoch})
        tune.report({**last, "row": workers.plain(row)})

    try:
        workers.start(setup, cores)
        with early.told_to(tell):
            record = workers.run(function, left[config["name"]])
    except Exception as error:  # Ray would try it again
        trace = traceback.format_exc()
        tune.report({**last, "failure": processes.pickled((error, trace))})
    else:
        tune.report({**last, "record": record})


def _listener(outcomes):
    """What Ray Tune tells of each trial that ends."""
    from ray import tune  # pyright: ignore[reportMissingImports]

    class Listener(tune.Callback):
        outcomes: queue.Queue

        def __getstate__(self):  # Tune keeps a copy, and queues have none
            return {}

        def on_trial_complete(self, iteration, trials, trial, **info):
            self.outcomes.put(
                (trial.config["name"], _outcome(trial.last_result))
            )

        def on_trial_error(self, iteration, trials, trial, **info):
            error = RuntimeError(
                f"its process or node was lost, {workers.RETRIES + 1} times"
            )
            self.outcomes.put((trial.config["name"], error))

    listener = Listener()
    listener.outcomes = outcomes
    return listener


def _outcome(told):
    """The record or the exception of the last report of a trial."""
    if told.get("failure"):
        return processes.unpickled(told["failure"])
    if told.get("record"):
        return told["record"]
    return {
        "result": told["row"],
        "seconds": round(told["time_total_s"], 3),
        "finished": workers.now(),
        "stopped": told["epoch"],
    }
