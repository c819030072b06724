"""Processes that take turns, so that a slow minute hits all of them."""

import json
import os
import subprocess
import sys
import time


class Worker:
    """A side's process; it was started when its first line is read.

    Args:
        command: Arguments, the interpreter first; the script calls `work`.
        **environment: Variables beside this process's own.
    """

    def __init__(self, command, **environment):
        self.process = subprocess.Popen(
            list(map(str, command)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **environment},
        )
        self._answer()  # it is ready

    def time(self, task):
        """Seconds that the task took."""
        self.process.stdin.write(f"{task}\n")
        self.process.stdin.flush()
        return self._answer()

    def close(self):
        self.process.stdin.close()
        self.process.wait()

    def _answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.process.args} stopped.")
        return json.loads(line)


def work(make):
    """The process's side: makes its tasks, then times those asked for.

    Args:
        make: Returns {task: function}; how long it took is told first.
    """
    start = time.perf_counter()
    tasks = make()
    print(json.dumps(time.perf_counter() - start), flush=True)
    for task in sys.stdin:
        start = time.perf_counter()
        tasks[task.strip()]()
        print(json.dumps(time.perf_counter() - start), flush=True)
