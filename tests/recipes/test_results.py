"""Rows, tables and claims: checked by hand, and told anew from runs.csv."""

import importlib
import math
import pathlib
import re
import subprocess
import sys

import numpy as np
import pytest

from zoo.recipes.lab import figures, runs, summary
from zoo.recipes.lab.claims import Measured, above, claim, margin, versus
from zoo.recipes.lab.rows import NotMeasured, Rows
from zoo.recipes.lab.tables import Column, pivot, table

ROWS = Rows(
    [
        {"a": "x", "rate": 1, "seed": 0, "n": 1.0, "curve": [1, 2, 3]},
        {"a": "x", "rate": 1, "seed": 1, "n": 3.0, "curve": [3, 4]},
        {"a": "y", "rate": 1, "seed": 0, "n": 9.0, "curve": [None]},
        {"a": "y", "rate": 2, "seed": 1, "n": None},
    ]
)


def test_choosing():
    assert len(ROWS.where(a="x", seed=1)) == 1
    with pytest.raises(NotMeasured, match="no run with a=z"):
        ROWS.where(a="z")
    assert ROWS.values("a") == ["x", "y"]
    assert [len(g) for g in ROWS.groups("a", "rate").values()] == [2, 1, 1]
    assert list(ROWS.groups("a")) == ["x", "y"]
    seconds = ROWS.filter(lambda row: row["seed"] == 1)
    assert [row["a"] for row in seconds.where(n=3.0)] == ["x"]
    assert ROWS.filter(lambda row: False) == Rows()


def test_csv_and_back(tmp_path):
    rows = Rows(
        [
            {"a": "0.5 in all", "n": 1, "x": 1 / 3, "held": True, "c": [1.5]},
            {"a": "b", "n": None, "x": 1e-9, "held": False, "c": [None, 2]},
        ]
    )
    file = tmp_path / "runs.csv"
    file.write_text(rows.csv(), "utf-8")
    lines = file.read_text("utf-8").splitlines()
    assert lines[1] == "0.5 in all,1,0.333333,True,1.5"
    assert lines[2] == "b,,1e-09,False,nan 2"
    rows[0]["x"] = 0.333333
    assert Rows.read(file) == rows


def test_statistics():
    x, y = ROWS.groups("a").values()
    assert (x.mean("n"), y.std("n")) == (2.0, 0.0)
    assert x.std("n") == pytest.approx(math.sqrt(2))
    assert x.text("n", 10, 1) == "20.0 ± 14.1"
    assert y.text("n", digits=0) == "9 (1 of 2)"
    assert Rows(y[1:]).text("n") == "–"
    with pytest.raises(NotMeasured, match="no run has m"):
        x.mean("m")
    curves = x.curves("curve")
    np.testing.assert_array_equal(curves, [[1, 2, 3], [3, 4, np.nan]])
    with pytest.raises(NotMeasured):
        y.curves("curve")
    np.testing.assert_array_equal(
        y.against("rate", "n"), [[9, np.nan], [np.nan, np.nan]]
    )


def test_tables():
    made = table("T", ROWS, {"a": "name"}, [Column("number", "n")])
    assert made.markdown().splitlines() == [
        "| name | number |",
        "| --- | ---: |",
        "| x | 2.00 ± 1.41 |",
        "| y | 9.00 (1 of 2) |",
    ]
    across = pivot("T", ROWS, ("a", "a"), ("rate", "rate"), "n")
    assert across.lines == [["x", "2.00 ± 1.41", "–"], ["y", "9.00", "–"]]


def test_claims():
    x, y = ROWS.where(a="x"), ROWS.where(a="y")
    assert margin(y, x, "n") == pytest.approx(7.0)  # √2 / √2 is the error
    assert above(y, x, "n")
    assert not above(y, x, "n", errors=8)
    assert not above(x, x, "n")
    assert margin(y, y, "n") == 0

    @claim("Y is above x.", "[paper](url)")
    def judge(rows):
        return versus(rows.where(a="y"), rows.where(a="x"), "n", "y", "x", "m")

    assert judge(ROWS).measured == "y 9.00 (1 of 2) m, x 2.00 ± 1.41 m."
    assert judge(ROWS).held is True
    nothing = judge(Rows(ROWS[:2]))
    assert (nothing.held, nothing.verdict) == (None, "not measured")
    assert nothing.measured == "no run with a=y."
    assert nothing.text == "Y is above x."


def test_measured():
    x, y = ROWS.where(a="x"), ROWS.where(a="y")
    more = versus(y, x, "n", "y", "x")
    assert more == Measured("y 9.00 (1 of 2), x 2.00 ± 1.41", True)
    assert more.and_("and so on") == Measured(f"{more.text}; and so on", True)
    assert not more.and_("but", False).held
    both = more.and_(more.not_(), between=". ")
    assert both == Measured(f"{more.text}. {more.text}", False)
    assert not more.not_().and_(more).held


def test_figures(tmp_path):
    figure, axes = figures.new(3)
    series = {f"{i}": [[i, np.nan, 2.0], [i, np.nan, 3.0]] for i in range(9)}
    figures.lines(axes[0, 0], series, xlabel="epoch")
    figures.bars(axes[0, 1], {"a": [1.0, 2.0], "b": [1.0], "c": []})
    grid = [[0.0, 1.0], [np.nan, 2.0]]
    figures.heat(axes[0, 2], grid, "ab", "cd", label="value")
    texts = [text.get_text() for text in axes[0, 2].texts]
    assert texts == ["0.00", "1.00", "–", "2.00"]
    figures.save(figure, tmp_path / "figure.png")
    assert 5_000 < (tmp_path / "figure.png").stat().st_size < 150_000


def test_epochs_to():
    assert runs.epochs_to([0.1, 0.9, 0.8], 0.85) == 2
    assert runs.epochs_to([0.1, math.nan], 0.85) is None


RESULTS = pathlib.Path(__file__).parents[2] / "results"


@pytest.mark.parametrize(
    "file", sorted(RESULTS.glob("*/*/runs.csv")), ids=lambda f: f.parts[-3]
)
def test_recorded_results_are_told_as_they_were(file):
    """From runs.csv, whose six digits may move the last one of a number."""
    name = file.parts[-3]
    experiment = importlib.import_module(f"zoo.recipes.{name}").EXPERIMENT
    rows = Rows.read(file)
    told = summary.sections(
        [judge(rows) for judge in experiment.claims], experiment.tables(rows)
    )
    kept = file.with_name("summary.md").read_text("utf-8")
    kept = kept[kept.index("## Claims") : kept.index("## Figures")]
    number = r"-?\d+(?:\.\d+)?"
    (words, numbers), (before, recorded) = (
        (re.split(number, line), re.findall(number, line))
        for line in (" ".join(t.split()) for t in ("\n".join(told), kept))
    )
    assert words == before
    for new, old in zip(numbers, recorded, strict=True):
        last = 10.0 ** -len(old.partition(".")[2])
        assert float(new) == pytest.approx(float(old), abs=1.01 * last), kept


def test_telling_needs_no_tensorflow_and_defines_no_flags():
    code = """
import pathlib, sys
sys.modules["tensorflow"] = sys.modules["keras"] = None
import importlib
for path in pathlib.Path(sys.argv[1]).iterdir():
    importlib.import_module(f"zoo.recipes.{path.name}")
import zoo.recipes.train
from absl import flags
defined = flags.FLAGS.flags_by_module_dict()
assert not [name for name in defined if not name.startswith("absl.")], defined
"""
    subprocess.run([sys.executable, "-c", code, RESULTS], check=True)
