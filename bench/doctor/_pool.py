"""Child processes that train the programs, and are replaced if they die."""

import concurrent.futures
import contextlib
import json
import os
import pathlib
import queue
import subprocess
import sys
import threading

ROOT = pathlib.Path(__file__).parents[2]
# Networks this small are not faster on several threads.
ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


class Child:
    """A process of _worker.py that runs programs one after another."""

    def __init__(self, directory, tool, seed):
        self.directory = directory
        command = [sys.executable, "-m", "bench.doctor._worker"]
        self.process = subprocess.Popen(
            [*command, str(directory), tool, str(seed)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **ENVIRONMENT},
        )

    def run(self, name, limit):
        """Whether the process is still fit for another program."""
        timer = threading.Timer(limit, self.process.kill)
        timer.start()
        try:
            self.process.stdin.write(name + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        timer.cancel()
        if answer:
            return True
        code = self.close()
        died = {"name": name, "said": [], "epochs": [], "score": None}
        died["crash"] = f"The process ended with {code}, {limit} s at most."
        path = self.directory / f"{name}.json"
        path.write_text(json.dumps(died))
        return False

    def close(self):
        """The process's exit status."""
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait()


def run(names, directory, tool, seed=0, jobs=1, limit=300, each=40):
    """Records the programs of these names that `directory` lacks.

    A process is replaced after `each` programs: TensorFlow keeps some memory
    of each.
    """
    directory.mkdir(parents=True, exist_ok=True)
    left = queue.SimpleQueue()
    names = list(dict.fromkeys(names))
    missing = [n for n in names if not (directory / f"{n}.json").exists()]
    for name in missing:
        left.put(name)
    done = []

    def work():
        child, count = None, 0
        while True:
            try:
                name = left.get_nowait()
            except queue.Empty:
                break
            child = child or Child(directory, tool, seed)
            alive = child.run(name, limit)
            done.append(name)
            print(f"{len(done)}/{len(missing)} {name}", flush=True)
            count += 1
            if not alive or count % each == 0:
                if alive:
                    child.close()
                child = None
        if child:
            child.close()

    with concurrent.futures.ThreadPoolExecutor(jobs) as threads:
        for future in [threads.submit(work) for _ in range(jobs)]:
            future.result()
