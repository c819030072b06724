"""Where the runs of a sweep run: in this process, in others, or on Ray.

`here`, `in_pool` and `on_ray` take what is run, the settings as
`{name: setting}` and, for new processes, the arguments of `speed.start`, or
None where they need no TensorFlow. They yield (name, outcome) as runs end: an
outcome is what `run` returns, or the exception.
"""

import contextlib
import datetime
import functools
import logging
import math
import os
import time

from zoo.recipes.lab import processes
from zoo.training import speed
from zoo.training.errors import require

RETRIES = 3  # of a run whose node of a Ray cluster is lost


def start(setup, threads):
    """Sets TensorFlow up in a new process."""
    if setup is not None:
        speed.start(**{**setup, "threads": setup.get("threads") or threads})


def run(function, setting):
    """A record without its setting: result, seconds, when it was finished."""
    begun = time.perf_counter()
    result = function(dict(setting))
    return {
        "result": plain(result),
        "seconds": round(time.perf_counter() - begun, 3),
        "finished": now(),
    }


def now() -> str:
    """The date and time, as records have it."""
    return datetime.datetime.now().isoformat(timespec="seconds")


def plain(value):
    """Python's own types, and None for what is no finite number."""
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def here(function, left, setup):
    """Runs one after the other in this process."""
    for name, setting in left.items():
        try:
            outcome = run(function, setting)
        except Exception as error:
            outcome = error
        yield name, outcome


def in_pool(jobs, function, left, setup):
    """Runs in `jobs` new processes, which share the cores."""
    threads = max(1, speed.cores() // jobs)
    return processes.in_processes(
        min(jobs, len(left)),
        functools.partial(start, setup, threads),
        functools.partial(run, function),
        left,
    )


def on_ray(address, cores, function, left, setup):
    """Runs on a Ray cluster, with so many cores for each run.

    What a node that is lost was at runs again, on others.
    """
    require("--ray_address", ("ray", "ray"))
    import ray  # pyright: ignore[reportMissingImports]
    from ray import exceptions  # pyright: ignore[reportMissingImports]

    # Ray runs a task again where its node or process is lost, not where it
    # raises.
    @ray.remote(num_cpus=cores, max_retries=RETRIES)
    def task(setting):
        start(setup, cores)
        return run(function, setting)

    with ray_cluster(address):
        tasks = {task.remote(setting): name for name, setting in left.items()}
        while tasks:
            (ready,), _ = ray.wait(list(tasks))
            try:
                outcome = ray.get(ready)
            except exceptions.RayTaskError as error:
                outcome = error.cause
                outcome.__cause__ = error  # which has the traceback
            except exceptions.RayError as error:
                outcome = error
            yield tasks.pop(ready), outcome


@contextlib.contextmanager
def ray_cluster(address):
    """Connects to a Ray cluster, with what its processes have to know."""
    import ray  # pyright: ignore[reportMissingImports]

    kept = {
        name: os.environ[name]
        for name in ("TFDS_DATA_DIR",)
        if name in os.environ
    }
    ray.init(
        address,
        runtime_env={"env_vars": kept},
        log_to_driver=False,
        logging_level=logging.ERROR,
    )
    try:
        yield
    finally:
        ray.shutdown()
