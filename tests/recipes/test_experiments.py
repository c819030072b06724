"""Every experiment, run for real on a few images."""

import ast
import csv
import dataclasses
import functools
import importlib
import os
import pathlib
import re
import subprocess
import sys
import types

import keras
import pytest

from zoo.recipes import dropout
from zoo.recipes.lab import evidence, experiment, runs, verdicts
from zoo.recipes.lab.claims import Measured, claim
from zoo.recipes.lab.config import SweepConfig
from zoo.training import loop
from zoo.training.options import option

RECIPES = pathlib.Path(__file__).parents[2] / "recipes"
EXPERIMENTS = sorted(
    path
    for path in RECIPES.glob("[a-z]*.py")
    if "experiment.start(" in path.read_text()
)
BY_COMMAND = RECIPES / "gradient_flow.py"  # in a process of its own
VERDICTS = ("Held.", "Contradicted.", "Undecided.", "Not measured.")


@pytest.mark.program
@pytest.mark.parametrize("path", EXPERIMENTS, ids=lambda p: p.stem)
def test_experiment(path, tmp_path, data_dir, capsys):
    words = [
        "--smoke", "--dataset=digits", f"--data_dir={data_dir}",
        f"--results={tmp_path}",
    ]  # fmt: skip
    if path == BY_COMMAND:
        done = subprocess.run(
            [sys.executable, path, *words],
            capture_output=True, text=True, cwd=tmp_path, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        printed = done.stdout
    else:
        recipe = importlib.import_module(f"zoo.recipes.{path.stem}")
        with pytest.raises(SystemExit, match=r"^0$"):
            experiment.start(recipe.EXPERIMENT, words)
        printed = capsys.readouterr().out
    check(tmp_path / path.stem / "digits_smoke", printed)


def check(directory, printed):
    """Whether the files of the results and what was printed fit together."""
    with open(directory / "runs.csv") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(list((directory / "runs").glob("*.json"))) > 0
    assert {"dataset", "epochs", "seed", "seconds"} <= set(rows[0])

    summary = (directory / "summary.md").read_text()
    assert f"python recipes/{directory.parent.name}.py " in summary
    sections = dict(
        re.findall(r"^## (.*)\n\n((?:(?!## ).*\n?)*)", summary, re.M)
    )
    claims = re.split(r"^\d+\. ", sections.pop("Claims"), flags=re.M)[1:]
    assert claims
    for text in (" ".join(c.split()) for c in claims):
        assert re.search(r"\(\[.+\]\(https?://\S+\)\) Measured: .+", text), text
        text = text.removesuffix(f" {verdicts.WEAK}")
        assert text.endswith(tuple(f"**{verdict}**" for verdict in VERDICTS))
    measured = [
        c for c in claims if "**Not measured.**" not in " ".join(c.split())
    ]
    assert measured, "a smoke run should show at least one claim"
    assert len(claims) == printed.count("\nclaimed: ")
    assert len(measured) == len(
        re.findall("^(?:HELD|CONTRADICTED|UNDECIDED)$", printed, re.M)
    )

    figures = re.findall(r"!\[.+\]\((.+)\)", sections.pop("Figures"))
    assert set(figures) == {p.name for p in directory.glob("*.png")} != set()
    assert all(p.stat().st_size < 150_000 for p in directory.glob("*.png"))
    assert "Verdicts" in sections
    assert sections.keys() - {"Verdicts"}, "no table"
    for title, body in sections.items():
        table = [line for line in body.splitlines() if line.startswith("|")]
        assert len(table) >= 3, title
        assert len({line.count("|") for line in table}) == 1, title


MEASURED = [
    path
    for path in EXPERIMENTS
    if any((RECIPES.parent / "results" / path.stem).glob("*/summary.md"))
]


@pytest.mark.parametrize("path", MEASURED, ids=lambda p: p.stem)
def test_docstring_tells_what_to_expect(path):
    text = ast.get_docstring(ast.parse(path.read_text()))
    assert f"python recipes/{path.name}" in text
    assert re.search(r"minute|hour", text), "tell how long it takes"
    assert re.search(r"±", text), "tell the figures to expect"


@pytest.mark.program
def test_run_from_python():
    """Nothing has to be started before."""
    setting = {"images_per_class": 10, "dataset": "digits", "seed": 0}
    rows = [
        dropout.run({"method": "none", "epochs": 1, **setting})
        for _ in range(2)
    ]
    assert 0 <= rows[0]["test_accuracy"] <= 1
    assert rows[0]["test_loss"] == rows[1]["test_loss"]
    with pytest.raises(ValueError, match="A setting needs 'seed'; received"):
        dropout.run({"method": "none", "epochs": 1, "dataset": "digits"})


def test_conduct_from_python(tmp_path, capsys):
    """Options are an object, and the sweep leaves no trace in the process."""

    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Own(SweepConfig):
        width: int = option(8, "Units of a layer.", least=1)

    @claim("It runs.", "[Nobody](https://example.org)")
    def runs(rows):
        seeds = ", ".join(str(seed) for seed in rows.values("seed"))
        both = evidence.every([len(rows) == 2] * 2, "two")
        return Measured(f"seeds {seeds}", (both,))

    tiny = experiment.Experiment(
        name="tiny",
        title="Tiny",
        settings=lambda options: [{"width": options.width}],
        run=lambda setting: {"policy": keras.config.dtype_policy().name},
        tables=lambda rows: [],
        figures={},
        claims=[runs],
        epochs=3,
        options=Own,
    )
    before = dict(os.environ), keras.config.dtype_policy()
    options = Own(
        dataset="digits",
        seeds=2,
        results=tmp_path,
        data_dir=tmp_path,
        mixed_precision="on",
    )
    (found,) = experiment.conduct(tiny, options)
    assert (dict(os.environ), keras.config.dtype_policy()) == before
    assert (found.measured, found.verdict) == ("seeds 0, 1.", "held")
    assert "mixed_bfloat16" in (tmp_path / "tiny/digits/runs.csv").read_text()
    summary = (tmp_path / "tiny/digits/summary.md").read_text("utf-8")
    assert "python recipes/tiny.py --dataset=digits " in summary
    assert "epochs: 3" in summary
    with pytest.raises(ValueError, match="seeds=0 must be at least 1"):
        Own(seeds=0)
    with pytest.raises(SystemExit, match="2"):
        experiment.start(tiny, ["--width=0"])
    assert "width" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("jit", "compiled"), [("on", True), ("off", False), ("auto", "auto")]
)
def test_jit_reaches_the_compilation(monkeypatch, jit, compiled):
    class Stop(Exception):
        pass

    def compile_model(*_, jit_compile, **options):
        assert jit_compile == compiled
        raise Stop

    monkeypatch.setattr(loop, "compile_model", compile_model)
    data = types.SimpleNamespace(steps=1)
    run = functools.partial(runs.train, None, data, epochs=1)
    with pytest.raises(Stop):
        experiment.seeded(lambda setting: run(), jit, {"seed": 0})
