"""The notebooks are those of the pages, and run from top to bottom."""

import ast
import json
import os
import pathlib
import re
import runpy
import subprocess
import sys

import pytest

from zoo.recipes.lab import small

ROOT = pathlib.Path(__file__).parents[2]
FOLDER = ROOT / "docs/notebooks"
MAKE = runpy.run_path(str(ROOT / "docs/make_notebooks.py"))
PHOTOGRAPHS = FOLDER / "photographs.ipynb"
DRAWN = {"dropout", "reinforcement"}  # the figures have tests of their own
SLOW = {"transfer"}  # its lines of code need a network of 224 pixels


def codes(path):
    """The sources of its cells of code."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    assert not any(cell.get("outputs") for cell in cells)
    return ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]


@pytest.mark.program
def test_photographs_run(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", "\n\n".join(codes(PHOTOGRAPHS))],
        cwd=tmp_path, capture_output=True, text=True, timeout=400,
        env={**os.environ, "SMOKE": "1", "MPLBACKEND": "agg",
             "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "of the held-out images are right" in done.stdout


def test_are_fresh():
    assert {path.stem for path in FOLDER.glob("*.ipynb")} == {
        "photographs", *MAKE["CHAPTERS"]
    }  # fmt: skip
    pages = {path.stem for path in (ROOT / "docs/handbook").glob("*.md")}
    assert pages - {*MAKE["CHAPTERS"]} == {
        "explanations", "statements", "verdicts"
    }  # fmt: skip
    for page in MAKE["CHAPTERS"]:
        text = (FOLDER / f"{page}.ipynb").read_text("utf-8")
        assert text == MAKE["notebook"](page), (
            f"{page}: run python docs/make_notebooks.py"
        )


@pytest.mark.parametrize("page", MAKE["CHAPTERS"])
def test_runs(page, monkeypatch, tmp_path):
    """All but the runs that are made anew, which the recipes' tests make."""
    monkeypatch.setenv("SMOKE", "1")
    monkeypatch.chdir(tmp_path)
    names, made = {}, []
    for code in codes(FOLDER / f"{page}.ipynb"):
        if page in SLOW and "imagenet" in code:
            compile(code, page, "exec")
            continue
        *body, last = ast.parse(code).body
        exec(compile(ast.Module(body, []), page, "exec"), names)
        if isinstance(last, ast.Expr):  # what the notebook shows
            shown = compile(ast.Expression(last.value), page, "eval")
            made.append(eval(shown, names))
        else:
            exec(compile(ast.Module([last], []), page, "exec"), names)
    made = [one for one in made if one is not None]
    assert len(names["rows"]) > 10
    assert any("| held |" in text for text in made if isinstance(text, str))
    check_what_is_made_anew(page, names)
    (picture,) = [one for one in made if not isinstance(one, str)]
    if page in DRAWN:
        assert picture._repr_png_().startswith(b"\x89PNG")


def check_what_is_made_anew(page, names):
    """The committed rows of what it runs make the table that it shows."""
    code = "".join(codes(FOLDER / f"{page}.ipynb")[-2])
    where = MAKE["CHAPTERS"][page][4]["where"]
    few = names["rows"].filter(
        lambda row: all(row.get(k) in values for k, values in where.items())
    )
    shown = code[code.index("small.means(") :]
    table = eval(shown, {**names, "fresh": few})
    for name in re.findall(r'"(\w+)"', shown.split("of=")[1]):
        assert name in table
    lines = table.splitlines()[2:]
    assert len(lines) > (page != "transfer")
    assert not any("| – |" in line for line in lines if "ReLU" not in line)
    assert small.verdicts(names["EXPERIMENT"], few)


def test_runs_anew_what_is_asked_for():
    """One run for real, and no more than the time allows."""
    from zoo.recipes import skip

    where = {"activation": ["tanh"], "form": ["scaled", "none"]}
    given = {"dataset": "digits", "images_per_class": 10, "where": where}
    rows = small.conduct(skip.EXPERIMENT, seconds=0.1, **given)
    assert len(rows) == 1
    assert rows[0]["form"] in where["form"]
    assert "tanh" in small.means(rows, ["activation"], ["test_accuracy"])
    assert small.conduct(skip.EXPERIMENT, seconds=0, **given) == []
    with pytest.raises(ValueError, match="No setting of skip"):
        small.conduct(skip.EXPERIMENT, seconds=1, where={"form": ["other"]})
