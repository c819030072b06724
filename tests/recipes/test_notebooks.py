"""The notebooks run from top to bottom, in a short form."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

FOLDER = pathlib.Path(__file__).parents[2] / "docs/notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.mark.program
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(path, tmp_path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    codes = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    assert not any(cell.get("outputs") for cell in cells)
    done = subprocess.run(
        [sys.executable, "-c", "\n\n".join(codes)],
        cwd=tmp_path, capture_output=True, text=True, timeout=400,
        env={**os.environ, "SMOKE": "1", "MPLBACKEND": "agg",
             "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "of the held-out images are right" in done.stdout


def test_there_are_some():
    assert "photographs" in {path.stem for path in NOTEBOOKS}
