"""Trainings in processes of their own, begun after TensorFlow's import."""

import json
import os
import pathlib
import signal
import time
import zipfile

import h5py
import numpy as np

COMMON = ("--dataset=digits", "--images_per_class=16", "--onednn=auto")
EPOCHS = 6
CHAINS = {
    "lenet5_relu": ("--model=lenet5_relu",),
    "rrelu, batch_norm, momentum": (
        "--model=lenet5_relu", "--activation=rrelu", "--norm=batch_norm",
        "--optimizer=momentum", "--learning_rate=0.01",
    ),
    "lenet5, augmented": ("--model=lenet5", "--augment=standard"),
}  # fmt: skip
FINE = "epochs, figures and weights as undisturbed"


def prepare():
    """Imports, once, what every training needs."""
    import matplotlib.figure  # noqa: F401
    import sklearn.datasets  # noqa: F401

    import zoo.export  # noqa: F401
    from zoo.recipes import train
    from zoo.training import watched  # noqa: F401

    # Which tries the SavedModel in one more process, and writes nothing.
    train.classify = lambda *_: 0


class Training:
    """A command of `zoo` in a forked process, which writes into `log`."""

    def __init__(self, words, log, before=None, command="train"):
        self.log = pathlib.Path(log)
        self.log.write_text("")
        self.process = os.fork()
        if self.process:
            return
        status = 70
        try:
            os.setsid()
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            file = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(file, 1)
            os.dup2(file, 2)
            if before:
                before()
            from zoo import __main__

            status = __main__.main([command, *map(str, words)])
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(status)

    def wait(self):
        """The exit status; −9 after a kill."""
        _, status = os.waitpid(self.process, 0)
        return os.waitstatus_to_exitcode(status)

    def signal_after(self, seconds, number=signal.SIGKILL):
        """Sends a signal unless the process has ended before; the status."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            done, status = os.waitpid(self.process, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.005)
        os.kill(self.process, number)
        return self.wait()

    def told(self):
        return self.log.read_text(errors="replace")


def train(words, log, before=None):
    """(exit status, what was told) of a training that is left alone."""
    training = Training(words, log, before)
    return training.wait(), training.told()


def fault_of_end(status, told, wanted=(0,)):
    """What is wrong with how a training ended, or None."""
    if "Traceback" in told:
        return "a traceback: " + told.strip().splitlines()[-1][:200]
    if status not in wanted:
        return f"status {status}: {told.strip()[-200:]}"
    told = told.strip()
    if status == 2 and told.count("error: ") + told.startswith("zoo: ") != 1:
        return f"not one line: {told.strip()[-300:]}"
    return None


def difference(one, other, epochs=EPOCHS):
    """How two run directories differ in what was computed, or None."""
    if (one / "metrics.csv").read_bytes() != (
        other / "metrics.csv"
    ).read_bytes():
        return "metrics.csv differs"
    if _records(one) != _records(other):
        return "doctor.jsonl differs"
    for name in ("model.keras", f"checkpoints/epoch_{epochs:05d}.keras"):
        a, b = arrays(one / name), arrays(other / name)
        if a.keys() != b.keys():
            return f"{name} has other arrays"
        for key in a:
            if not np.array_equal(a[key], b[key], equal_nan=True):
                return f"{key} of {name} differs"
    left = [p.name for p in other.rglob(".*.part*")]
    return f"left behind: {left}" if left else None


def _records(run):
    """The doctor's, without what it sees in a process's first images."""
    path = run / "doctor.jsonl"
    lines = path.read_text().splitlines() if path.exists() else []
    own = dict.fromkeys(("facts", "heads", "fit"))
    return [{**json.loads(line), **own} for line in lines]


def arrays(path):
    """All arrays of a .keras file: weights, optimizer, seeds."""
    found = {}

    def add(name, item):
        if isinstance(item, h5py.Dataset):
            found[name] = item[()]

    with (
        zipfile.ZipFile(path) as file,
        file.open("model.weights.h5") as weights,
        h5py.File(weights) as tree,
    ):
        tree.visititems(add)
    return found
