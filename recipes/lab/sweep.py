"""Runs a function over many settings, each once, and keeps what came out.

    records = sweep(run, settings, "results/activations/mnist_5k", jobs=2)

A setting is a flat dict of JSON values, `run(setting)` a function of a module
(so that another process finds it) that returns a dict of numbers, texts and
lists of numbers. Each finished run is a file `runs/<hash of the setting>.json`,
from which a sweep that is started again takes it. A file is written aside and
renamed, so that half of one never counts.
"""

import contextlib
import functools
import hashlib
import json
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

from zoo._files import write_whole
from zoo.recipes.lab import early, workers
from zoo.recipes.lab.progress import SweepProgress
from zoo.training.errors import UserError


def sweep(
    function: Callable[[dict], dict],
    settings: Iterable[dict],
    directory: str | Path,
    *,
    version: int = 1,
    jobs: int = 1,
    ray_address: str | None = None,
    setup: dict | None = None,
    asha: early.Asha | None = None,
) -> list[dict]:
    """Runs what has not been run yet.

    Args:
        function: setting -> dict. A loss that is no finite number is a result
            like others (None in the record); an exception is a failed run.
        settings: Flat dicts of JSON values.
        directory: Directory that keeps `runs/`.
        version: Part of the hash: raise it when `function` changes.
        jobs: Number of processes. 1: this one; more: new ones, which share the
            cores.
        ray_address: Address of a Ray cluster ("auto", "ray://host:port"), or
            "local"; its workers then run the same function, with `jobs` cores
            for each run.
        setup: Arguments of `zoo.training.speed.start` in those processes.
            None: they do not start TensorFlow.
        asha: Which runs end early on Ray. None, and elsewhere: none do.

    Returns:
        A dict for each setting, in their order: `setting`, `result`, `seconds`
        and `finished`, the date; `stopped`, its epochs, of a run that was
        ended early.

    Raises:
        UserError: Runs have failed; names them. All others are done and kept.
    """
    folder = Path(directory) / "runs"
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    settings, stops = list(settings), bool(asha and ray_address)
    names = [_name(setting, version) for setting in settings]
    every = dict(zip(names, settings, strict=True))
    records: dict = {
        name: _read(folder / f"{name}.json", every[name], stops)
        for name in every
    }
    left = {name: every[name] for name in every if records[name] is None}
    if asha and ray_address:
        from zoo.recipes.lab import tuning

        backend = functools.partial(tuning.on_tune, asha, ray_address, jobs)
    elif ray_address:
        backend = functools.partial(workers.on_ray, ray_address, jobs)
    elif jobs == 1:
        backend = workers.here
    else:
        backend = functools.partial(workers.in_pool, jobs)
    failed = {}
    with (
        SweepProgress(every.values(), len(every) - len(left)) as progress,
        contextlib.closing(backend(function, left, setup)) as outcomes,
    ):
        for name, outcome in outcomes if left else ():
            if isinstance(outcome, BaseException):
                failed[name] = outcome
            else:
                records[name] = {"setting": every[name], **outcome}
            with _writing(folder):
                _keep(folder, name, outcome, records[name])
            progress.done(every[name], outcome)
    if failed:
        lines = [
            f"  {progress.describe(every[name])}: "
            + traceback.format_exception_only(error)[-1].strip()
            for name, error in failed.items()
        ]
        raise UserError(
            f"{len(failed)} of {len(every)} runs failed; the others are kept. "
            f"Tracebacks are in {folder}/*.failed.txt.\n" + "\n".join(lines)
        )
    return [records[name] for name in names]


def _name(setting, version):
    text = json.dumps([version, setting], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _keep(folder, name, outcome, record):
    trace = folder / f"{name}.failed.txt"
    if isinstance(outcome, BaseException):
        text = "".join(traceback.format_exception(outcome))
        write_whole(trace, text)
        return
    trace.unlink(missing_ok=True)
    text = json.dumps(record, allow_nan=False)
    write_whole(folder / f"{name}.json", text + "\n", durable=True)


@contextlib.contextmanager
def _writing(folder):
    try:
        yield
    except OSError as error:
        raise UserError(
            f"{folder} cannot be written: {error.strerror or error}; the runs "
            "that are done are kept. When it can, start the same again."
        ) from error


def _read(path, setting, stops):
    """The record of a setting; None where there is no whole one.

    That of a run that was ended early counts only in a sweep that does so.
    """
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    kinds = {"result": dict, "seconds": (int, float), "finished": str}
    whole = (
        isinstance(record, dict)
        and record.get("setting") == json.loads(json.dumps(setting))
        and (stops or "stopped" not in record)
        and all(isinstance(record.get(k), kind) for k, kind in kinds.items())
    )
    return record if whole else None
