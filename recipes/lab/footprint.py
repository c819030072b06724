"""Time and memory of a training step, in a new process with one thread.

    python -m zoo.recipes.lab.footprint 32 10 < model.json

Nothing but the network is in that process, so that its peak is the network's.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from zoo.training import speed

STATUS = Path("/proc/self/status")  # of Linux
ALONE = {"CUDA_VISIBLE_DEVICES": "-1", "TF_NUM_INTEROP_THREADS": "1"}


def measure(model, batch_size: int, steps: int = 10) -> dict:
    """What a training step takes on the CPU, on random pixels.

    Args:
        model: A Keras model with logits. A new model of its form is trained,
            with new weights, by Adam.
        batch_size: Images in a step.
        steps: Number of steps that are measured, after one that is not.

    Returns:
        A dict for the run's row. `seconds_step` and `processor_seconds_step`:
        the least of all steps. `peak_megabytes`: the process's highest resident
        memory less what it had before the network was built.
        `batch_megabytes`: what of that the step with all images added to a step
        with one. The latter two are None where the system is not Linux.

    Raises:
        RuntimeError: The process has failed; tells what it said.
    """
    form = json.loads(model.to_json())
    form.pop("compile_config", None)  # its loss may be any function
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(batch_size), str(steps)],
        input=json.dumps(form),
        env={**os.environ, **ALONE},
        capture_output=True,
        check=False,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(
            f"measuring {model.name!r} for {steps} steps of {batch_size} "
            f"images failed: {done.stderr.strip()}"
        )
    return json.loads(done.stdout.splitlines()[-1])


def _train(form, batch_size, steps):
    import keras
    import numpy as np
    import tensorflow as tf

    import zoo  # noqa: F401
    from zoo import layers  # noqa: F401, which registers them

    keras.utils.set_random_seed(0)
    before = _peak()
    model = keras.models.model_from_json(form)
    model.compile(
        "adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    )
    shape, classes = model.input_shape[1:], model.output_shape[-1]
    random = np.random.default_rng(0)
    images = random.standard_normal((batch_size, *shape), "float32")
    labels = random.integers(0, classes, batch_size)

    def batches():
        yield images[:1], labels[:1]  # traces the step, makes the slots
        for _ in range(1 + steps):
            yield images, labels

    watch = _Watch()
    model.fit(
        tf.data.Dataset.from_generator(
            batches,
            output_signature=(
                tf.TensorSpec((None, *shape)),
                tf.TensorSpec((None,), tf.int64),
            ),
        ),
        verbose=0,
        callbacks=[
            keras.callbacks.LambdaCallback(
                on_train_batch_begin=watch.begin, on_train_batch_end=watch.end
            )
        ],
    )
    seconds, processor = np.min(watch.seconds[2:], axis=0)
    row = {"seconds_step": seconds, "processor_seconds_step": processor}
    if before is None:
        return row | {"peak_megabytes": None, "batch_megabytes": None}
    return row | {
        "peak_megabytes": watch.peaks[-1] - before,
        "batch_megabytes": watch.peaks[-1] - watch.peaks[0],
    }


class _Watch:
    """Time and peak of memory by step."""

    def __init__(self):
        self.seconds, self.peaks = [], []

    def begin(self, batch, logs=None):
        self._begun = time.perf_counter(), time.process_time()

    def end(self, batch, logs=None):
        now = time.perf_counter(), time.process_time()
        self.seconds.append(
            [a - b for a, b in zip(now, self._begun, strict=True)]
        )
        self.peaks.append(_peak())


def _peak():
    """Megabytes of this process at its highest; None if it cannot be told.

    Not `resource.getrusage`, which begins with the parent's peak.
    """
    try:
        lines = STATUS.read_text().splitlines()
    except OSError:
        return None
    (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(peak) / 1024


if __name__ == "__main__":
    speed.start(threads=1)  # which imports TensorFlow
    batch_size, steps = map(int, sys.argv[1:])
    print(json.dumps(_train(sys.stdin.read(), batch_size, steps)))
