"""The faults that docs/tensorflow.md tells of are there.

Above each reproducer a comment says how its fault shows:

    <!-- shows: prints -->  it prints the text below, which is wrong
    <!-- shows: raises -->  it raises an error with the text below
    <!-- shows: dies -->    a signal ends it

and, with "; needs: oneDNN", that oneDNN's kernels have it. All run under
oneDNN, each in a fork of one process that has imported TensorFlow, where
glibc looks for corrupted memory. What a newer TensorFlow or Keras no longer
shows is an expected failure that says so.
"""

import json
import os
import re
import signal
import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from tests.machines.settings import DEBUG, has_malloc_debug

PAGE = Path(__file__).parents[2] / "docs/tensorflow.md"
REPRODUCER = re.compile(
    r"<!-- shows: (?P<how>prints|raises|dies)(?P<onednn>; needs: oneDNN)? -->\n"
    r"```python\n(?P<code>.*?)```\n(?:```text\n(?P<text>.*?)\n```)?",
    re.DOTALL,
)
MEASURED = re.compile(r"<!-- measured: tensorflow (\S+), keras (\S+) -->")
DEADLY = {signal.SIGABRT, signal.SIGBUS, signal.SIGSEGV}
SECONDS = 120  # that a reproducer may take on a busy machine


def sections():
    """The text of each fault, by its heading."""
    faults = re.split(r"^### ", PAGE.read_text(), flags=re.M)[1:]
    return dict(fault.split("\n", 1) for fault in faults)


def reproducers():
    found = {
        heading: REPRODUCER.search(text) for heading, text in sections().items()
    }
    return {heading: match for heading, match in found.items() if match}


def run_all(directory):
    """Runs each reproducer in a fork, and writes down how it ended."""
    os.chdir(directory)
    import keras
    import tensorflow as tf
    from tensorflow.python.util import _pywrap_util_port

    facts = {
        "onednn": bool(_pywrap_util_port.IsMklEnabled()),
        "tensorflow": tf.__version__,
        "keras": keras.__version__,
    }
    for number, (heading, match) in enumerate(reproducers().items()):
        child = os.fork()
        if not child:
            run(match["code"], f"{number}.out", f"{number}.err")
        _, status = os.waitpid(child, 0)
        facts[heading] = {
            "ended": os.waitstatus_to_exitcode(status),
            "out": Path(f"{number}.out").read_text(errors="replace"),
            "err": Path(f"{number}.err").read_text(errors="replace"),
        }
    Path("facts.json").write_text(json.dumps(facts))


def run(code, *streams):
    """Runs code in place of this process, its output in files."""
    signal.alarm(SECONDS)
    for number, stream in enumerate(streams, 1):
        os.dup2(os.open(stream, os.O_WRONLY | os.O_CREAT), number)
    if "KERAS_BACKEND" in code:  # which cannot be changed any more
        os.execv(sys.executable, [sys.executable, "-c", code])
    try:
        exec(compile(code, str(PAGE), "exec"), {"__name__": "__main__"})
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    sys.stdout.flush()
    os._exit(0)


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    directory = tmp_path_factory.mktemp("faults")
    environment = os.environ | {
        "CUDA_VISIBLE_DEVICES": "",
        "KERAS_BACKEND": "tensorflow",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_ENABLE_ONEDNN_OPTS": "1",
    }
    if has_malloc_debug():
        environment |= {"LD_PRELOAD": DEBUG, "MALLOC_CHECK_": "3"}
    done = subprocess.run(
        [sys.executable, "-m", __name__, directory],
        cwd=Path(__file__).parents[2],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads((directory / "facts.json").read_text())


def has_avx512():
    path = Path("/proc/cpuinfo")
    return path.exists() and "avx512f" in path.read_text()


def is_shown(match, ended, out, err):
    if ended < 0:
        assert match["how"] == "dies", err[-2000:]
        assert -ended in DEADLY, signal.Signals(-ended)
        return True
    if match["how"] == "raises" and ended:
        assert match["text"] in err, err[-2000:]
        return True
    assert ended == 0, err[-2000:]
    return match["how"] == "prints" and out.strip() == match["text"]


def version(text):
    return tuple(map(int, text.split(".")[:2]))


@pytest.mark.skipif(sys.platform != "linux", reason="measured on Linux only")
@pytest.mark.parametrize("heading", reproducers())
def test_fault_is_there(heading, facts):
    match, fact = reproducers()[heading], facts[heading]
    if fact["ended"] > 0 and (
        missing := re.search(r"No module named '(?:jax|PIL)'", fact["err"])
    ):
        pytest.skip(missing[0])
    if is_shown(match, **fact):
        return
    if match["onednn"] and not (facts["onednn"] and has_avx512()):
        pytest.skip("TensorFlow runs other kernels on this processor")
    if match["how"] == "dies" and not has_malloc_debug():
        pytest.skip(f"without {DEBUG} corrupted memory may go unnoticed")
    measured = MEASURED.search(PAGE.read_text()).groups()
    for library, last in zip(("tensorflow", "keras"), measured, strict=True):
        if version(facts[library]) > version(last):
            pytest.xfail(
                f"{library} {facts[library]} no longer needs the work-around "
                f"for: {heading}"
            )
    pytest.fail(f"not shown: {fact}")


@pytest.mark.parametrize("heading", sections())
def test_fault_has_a_short_reproducer(heading):
    (match,) = REPRODUCER.finditer(sections()[heading])
    lines = filter(None, match["code"].splitlines())
    assert len(list(lines)) <= 10
    assert (match["text"] is None) == (match["how"] == "dies")


if __name__ == "__main__":
    run_all(sys.argv[1])
