"""Tests with the lowest and the newest TensorFlow and Keras of each Python.

`make test-matrix` runs it. For one environment, or other tests:
`nox -s "tests-3.10(lowest)" table -- tests/layers`.
"""

import os
import pathlib
from xml.etree import ElementTree

import nox

PYTHONS = ("3.10", "3.11", "3.12", "3.13")
RESOLUTIONS = {"lowest": "lowest-direct", "newest": "highest"}
TESTS = ("tests/layers", "tests/callbacks", "tests/zoo/test_contract.py")
VERSIONS = """
import importlib.metadata, sys
print(*map(importlib.metadata.version, sys.argv[1:]))
"""

# Otherwise pyenv shows one Python alone.
os.environ.setdefault("PYENV_VERSION", ":".join(PYTHONS))

nox.needs_version = ">=2024.10.9"
nox.options.default_venv_backend = "uv"
nox.options.error_on_missing_interpreters = True

rows = []


@nox.session(python=PYTHONS)
@nox.parametrize("versions", [*RESOLUTIONS], ids=[*RESOLUTIONS])
def tests(session, versions):
    """Tests layers, callbacks and models with the versions named."""
    session.install(
        # It would compile those that are older than this Python.
        "--only-binary=numpy",
        "--only-binary=scikit-learn",
        "--only-binary=scipy",
        f"--resolution={RESOLUTIONS[versions]}",
        "--editable=.",
    )
    session.install("--editable=.[test]")  # and leaves what is installed
    installed = session.run(
        "python", "-c", VERSIONS, "tensorflow", "keras", "numpy", silent=True
    )
    report = pathlib.Path(session.create_tmp(), "report.xml")
    report.unlink(missing_ok=True)
    session.run(
        "pytest",
        "--quiet",
        "--numprocesses=2",
        "-m=not wide",
        f"--junitxml={report}",
        *(session.posargs or TESTS),
        success_codes=[0, 1],  # 1: a test fails
    )
    if not report.exists():
        return  # nox --install-only
    suite = ElementTree.parse(report).find("testsuite").attrib
    total, skipped, errors, failures = (
        int(suite[k]) for k in ("tests", "skipped", "errors", "failures")
    )
    failed = errors + failures
    passed = total - skipped - failed
    minutes, seconds = divmod(round(float(suite["time"])), 60)
    time = f"{minutes}:{seconds:02}"
    rows.append((session.python, *installed.split(), passed, failed, time))
    if failed:
        session.error(f"{failed} tests failed")


@nox.session(venv_backend="none")
def table(session):
    """Prints what the sessions before it found."""
    head = "Python", "TensorFlow", "Keras", "NumPy", "passed", "failed", "time"
    for row in (head, ["---"] * len(head), *rows):
        print("|", *(f"{cell!s:<10} |" for cell in row))
