"""Rows, tables and claims, on numbers that can be checked by hand."""

import math

import numpy as np
import pytest

from zoo.recipes.lab import _figures, _results
from zoo.recipes.lab._claims import above, claim, margin, versus
from zoo.recipes.lab._results import Column, NotMeasured, Rows
from zoo.training import _training

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
    made = _results.table("T", ROWS, {"a": "name"}, [Column("number", "n")])
    assert made.markdown().splitlines() == [
        "| name | number |",
        "| --- | ---: |",
        "| x | 2.00 ± 1.41 |",
        "| y | 9.00 (1 of 2) |",
    ]
    across = _results.pivot("T", ROWS, ("a", "a"), ("rate", "rate"), "n")
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


def test_figures(tmp_path):
    figure, axes = _figures.new(3)
    series = {f"{i}": [[i, np.nan, 2.0], [i, np.nan, 3.0]] for i in range(9)}
    _figures.lines(axes[0, 0], series, xlabel="epoch")
    _figures.bars(axes[0, 1], {"a": [1.0, 2.0], "b": [1.0], "c": []})
    grid = [[0.0, 1.0], [np.nan, 2.0]]
    _figures.heat(axes[0, 2], grid, "ab", "cd", label="value")
    texts = [text.get_text() for text in axes[0, 2].texts]
    assert texts == ["0.00", "1.00", "–", "2.00"]
    _figures.save(figure, tmp_path / "figure.png")
    assert 5_000 < (tmp_path / "figure.png").stat().st_size < 150_000


def test_epochs_to():
    assert _training.epochs_to([0.1, 0.9, 0.8], 0.85) == 2
    assert _training.epochs_to([0.1, math.nan], 0.85) is None
