"""Times layers against one another, turn by turn in one process."""

import dataclasses
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import _table
import keras
import tensorflow as tf

SHAPE = (16, 56, 56, 128)
HEADER = """\
| layer | against | forward, ms | ratio | forward and backward, ms | ratio |
|---|---|---|---|---|---|
"""


@dataclasses.dataclass(frozen=True)
class Case:
    """A layer and what it is measured against.

    Attributes:
        name: Name of the layer and its settings.
        make: Returns the layer.
        other: Name of the rival.
        make_other: Returns it; or a dict of the arguments of PyTorch's
            convolution, for `bench/_torch_conv.py`.
        shape: Shape of the input.
        training: Whether layers are called in training mode.
    """

    name: str
    make: Callable
    other: str
    make_other: Callable | dict
    shape: tuple = SHAPE
    training: bool = True


def measure(case, torch=None, seconds=0.5):
    """Milliseconds of processor time of the best runs, and their ratios.

    Processor time, summed over threads, and the best of many runs: both keep
    other work on the machine out of the figures.

    Returns:
        (forward, ratio, forward and backward, ratio).
    """
    row = []
    for backward in (False, True):
        ours = _runner(case.make(), case, backward)
        if isinstance(case.make_other, dict):
            theirs = torch.runner(case, backward)
        else:
            theirs = _runner(case.make_other(), case, backward)
        for run in (ours, theirs):
            run()
        end = time.process_time() + seconds
        pairs = []
        while len(pairs) < 5 or time.process_time() < end:
            pairs.append((ours(), theirs()))
        a, b = (min(times) for times in zip(*pairs, strict=True))
        row += [1e3 * a, a / b]
    return row


def table(cases, torch=None):
    """The Markdown table of `cases`; PyTorch's are left out without it."""
    lines = []
    for case in cases:
        if isinstance(case.make_other, dict) and torch is None:
            continue
        row = measure(case, torch)
        cells = [
            f"{row[0]:.1f}",
            f"{row[1]:.2f}",
            f"{row[2]:.1f}",
            f"{row[3]:.2f}",
        ]
        lines.append(f"| {' | '.join([case.name, case.other, *cells])} |\n")
        print(lines[-1], end="", flush=True)
    return HEADER + "".join(lines)


def heading(title):
    """Title, command, machine and time."""
    return (
        f"# {title}\n\n"
        f"`{' '.join(['python', *_arguments()])}`, "
        f"{time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC, on "
        f"{_table.machine()}, no GPU, TensorFlow "
        f"{tf.__version__}, Keras {keras.__version__}. float32, "
        f"{' × '.join(map(str, SHAPE))} unless a row says otherwise. Both "
        "sides run turn by turn in a `tf.function`; the best run of "
        "each counts, in processor time summed over threads. A ratio below 1 "
        "means that ours is faster.\n\n"
    )


class Torch:
    """PyTorch in a process of its own."""

    def __init__(self, python):
        script = Path(__file__).with_name("_torch_conv.py")
        self.process = subprocess.Popen(
            [python, script, str(os.cpu_count())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # Threads that spin while they wait would count as work.
            env={**os.environ, "OMP_WAIT_POLICY": "passive"},
        )

    def runner(self, case, backward):
        job = {"shape": case.shape, "backward": backward, **case.make_other}
        line = json.dumps(job) + "\n"

        def run():
            self.process.stdin.write(line)
            self.process.stdin.flush()
            return float(self.process.stdout.readline())

        return run


def _runner(layer, case, backward):
    x = tf.random.stateless_normal(case.shape, (1, 2))
    gradient = tf.random.stateless_normal(layer(x).shape, (3, 4))

    @tf.function(autograph=False)
    def forward(x):
        return layer(x, training=case.training)

    @tf.function(autograph=False)
    def both(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = layer(x, training=case.training)
        variables = [w.value for w in layer.trainable_weights]
        return y, tape.gradient(y, [x, *variables], gradient)

    function = both if backward else forward

    def run():
        start = time.process_time()
        function(x)
        return time.process_time() - start

    return run


def _arguments():
    """The command line, an interpreter's path left out."""
    script = Path(sys.argv[0])
    yield f"{script.parent.name}/{script.name}"
    for argument in sys.argv[1:]:
        yield "PYTHON" if "/" in argument else argument
