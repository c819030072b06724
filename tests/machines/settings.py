"""Programs under a setting of oneDNN."""

import os
import pathlib
import subprocess
import sys

SETTINGS = ("0", "1")  # of TF_ENABLE_ONEDNN_OPTS
OTHER = {"0": "1", "1": "0"}
DEBUG = "libc_malloc_debug.so.0"  # glibc's, that looks after MALLOC_CHECK_


def faults(setting, module, *arguments, memory=False):
    """The lines that tell a fault, of `python -m tests.machines.MODULE`.

    Should it end badly without telling one, the last that it printed. With
    `memory`, which takes longer, spoilt memory ends it.
    """
    environment = os.environ | {
        "TF_ENABLE_ONEDNN_OPTS": setting,
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    if memory:
        environment |= {"MALLOC_CHECK_": "3", "MALLOC_PERTURB_": "165"}
    if memory and has_malloc_debug():
        environment["LD_PRELOAD"] = DEBUG
    done = subprocess.run(
        [sys.executable, "-m", f"tests.machines.{module}", *arguments],
        cwd=pathlib.Path(__file__).parents[2],
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    lines = done.stdout.splitlines()
    found = [line for line in lines if line.startswith("fault: ")]
    if done.returncode and not found:
        found = [f"exit status {done.returncode}", *lines[-20:]]
    return [f"TF_ENABLE_ONEDNN_OPTS={setting}: {line}" for line in found]


def has_malloc_debug():
    done = subprocess.run(
        ["true"],
        env=os.environ | {"LD_PRELOAD": DEBUG},
        capture_output=True,
        text=True,
    )
    return not done.stderr  # the loader's complaint
