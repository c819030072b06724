"""Rows, tables and claims: checked by hand, and told anew from runs.csv."""

import math
import pathlib
import subprocess
import sys

import numpy as np
import pytest
from scipy import stats

from zoo.recipes import judge as rejudge
from zoo.recipes.lab import evidence, figures, power, runs, verdicts
from zoo.recipes.lab.claims import Measured, claim, same, versus
from zoo.recipes.lab.evidence import CONTRADICTED, HELD, UNDECIDED
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
    one = Rows([{"curve": 2.0}, {"curve": [1]}, {}])
    np.testing.assert_array_equal(one.curves("curve"), [[2], [1], [np.nan]])
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


def runs_of(name, *values):
    return Rows(
        {"a": name, "seed": seed, "n": value}
        for seed, value in enumerate(values)
    )


ONE, TWO = (1.0, 2.0, 4.0), (7.0, 9.0, 8.5)


def test_interval_is_welchs():
    found = evidence.difference(runs_of("y", *TWO), runs_of("x", *ONE), "n")
    expected = stats.ttest_ind(TWO, ONE, equal_var=False)
    bounds = expected.confidence_interval()
    assert (found.low, found.high) == pytest.approx((bounds.low, bounds.high))
    assert found.p == pytest.approx(expected.pvalue)
    assert (found.verdict, found.runs) == (HELD, 494)  # 0.23 at 1.3


def test_pairs_go_by_seed():
    one, two = runs_of("x", *ONE), runs_of("y", *TWO)
    found = evidence.difference(Rows(two[::-1]), one, "n", paired=True)
    expected = stats.ttest_rel(TWO, ONE)
    bounds = expected.confidence_interval()
    assert (found.low, found.high) == pytest.approx((bounds.low, bounds.high))
    assert found.test == "paired t, 3 seeds"


def test_three_outcomes_and_one_run():
    low, high = runs_of("x", *ONE), runs_of("y", *TWO)

    def verdict(more, less, **options):
        return evidence.difference(more, less, "n", **options).verdict

    assert verdict(high, low) == HELD
    assert verdict(low, high) == CONTRADICTED
    assert verdict(low, runs_of("z", 1.5, 3.0, 2.0)) == UNDECIDED
    assert verdict(high, low, limits=(8, math.inf)) == UNDECIDED
    assert verdict(high, low, limits=(20, math.inf)) == CONTRADICTED
    assert verdict(high, low, limits=(-1, 1)) == CONTRADICTED
    assert verdict(low, runs_of("x", *ONE), limits=(-9, 9)) == HELD
    alone = evidence.difference(runs_of("y", 9.0), runs_of("x", 1.0), "n")
    assert (alone.verdict, alone.p, alone.interval) == (
        UNDECIDED, None, "one run each",
    )  # fmt: skip
    exact = runs_of("x", 3.0, 3.0, 3.0), runs_of("y", 4.0, 4.0, 4.0)
    assert verdict(exact[1], exact[0]) == HELD
    assert verdict(exact[0], exact[0]) == UNDECIDED
    assert verdict(exact[1], exact[0], resolution=3) == UNDECIDED


def test_levels_and_every():
    rows = runs_of("x", 1.0, 1.1, 1.2)
    limits = {"inside": (0.5, 1.5), "above": (2, 3), "cut": (1.1, 3)}
    found = {
        name: evidence.level(rows, "n", limits=pair).verdict
        for name, pair in limits.items()
    }
    assert found == {"inside": HELD, "above": CONTRADICTED, "cut": UNDECIDED}
    assert evidence.every([True, True], "so").verdict == HELD
    assert evidence.every([True, False], "so").verdict == CONTRADICTED
    assert evidence.every([True], "so").verdict == UNDECIDED
    with pytest.raises(NotMeasured):
        evidence.every([], "so")


def test_resampled_correlation():
    x = np.arange(12.0)
    wave = np.tile([0.0, 1.0], 6)

    def correlation(y, limits):
        return evidence.resampled(
            lambda a, b: stats.spearmanr(a, b).statistic,
            [x, y], what="rank", limits=limits, of="nets", times=200,
        )  # fmt: skip

    assert correlation(x + wave, (0.5, 1.1)).verdict == HELD
    assert correlation(-x - wave, (0.5, 1.1)).verdict == CONTRADICTED
    assert correlation(wave, (0.5, 1.1)).estimate < 0.5
    with pytest.raises(NotMeasured, match="fewer than five nets"):
        evidence.resampled(np.mean, [x[:4]], what="", limits=(0, 1), of="nets")


def test_holm_and_power():
    assert power.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    # Cohen 1988, table 2.4.1: 64 a side for half a deviation, 17 for one.
    assert power.runs_needed(0.5, 1.0, 2) == 64
    assert power.runs_needed(1.0, 1.0, 2) == 17
    assert power.runs_needed(0.5, 1.0, 1) == 34
    assert power.runs_needed(0.0, 1.0, 2) is None


def test_claims():
    rows = Rows(runs_of("x", *ONE) + runs_of("y", *TWO))

    @claim("Y is above x.", "[paper](url)")
    def judge(rows):
        return versus(rows.where(a="y"), rows.where(a="x"), "n", "y", "x", "m")

    found = judge(rows)
    assert found.measured == (
        "y 8.17 ± 1.04 m, x 2.33 ± 1.53 m: +5.83 [2.71, 8.96] m."
    )
    assert (found.text, found.verdict) == ("Y is above x.", HELD)
    nothing = judge(Rows(rows[:3]))
    assert nothing.verdict == "not measured"
    assert nothing.measured == "no run with a=y."
    assert verdicts.surviving([found]) == [True]
    weak = [found] * 20  # each p is 0.008
    assert verdicts.surviving(weak) == [False] * 20
    made = verdicts.table([found, nothing])
    assert made.note.startswith("2 claims: 1 held, 1 not measured. 1 compar")
    assert made.lines[0][:4] == [1, "y − x", "5.83 m", "[2.71, 8.96]"]


def test_measured():
    x, y = runs_of("x", *ONE), runs_of("y", *TWO)
    more = versus(y, x, "n", "y", "x")
    assert more.verdict == HELD
    assert more.and_("and so on") == Measured(
        f"{more.text}; and so on", more.evidence
    )
    less = versus(x, y, "n", "x", "y")
    assert more.and_(less).verdict == CONTRADICTED
    close = same(x, y, "n", "x", "y", 5.0)
    assert close.verdict == UNDECIDED
    assert more.and_(close, ". ").text == f"{more.text}. {close.text}"
    assert more.and_(close).verdict == UNDECIDED


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
    "directory", rejudge.kept(RESULTS), ids=lambda d: "-".join(d.parts[-2:])
)
def test_every_verdict_recomputes_from_the_committed_rows(directory):
    kept = (directory / "summary.md").read_text("utf-8")
    assert rejudge.retold(directory) == kept, "Run: python recipes/judge.py"


def test_judge_tells_what_differs(tmp_path, monkeypatch, capsys):
    name = pathlib.Path("results/lenet/mnist")
    copy = tmp_path / name
    copy.mkdir(parents=True)
    for file in ("runs.csv", "summary.md"):
        text = (RESULTS / "lenet/mnist" / file).read_text("utf-8")
        (copy / file).write_text(text, "utf-8")
    for picture in (RESULTS / "lenet/mnist").glob("*.png"):
        (copy / picture.name).touch()
    monkeypatch.chdir(tmp_path)
    assert rejudge.main(["--check"]) == 0
    whole = (copy / "summary.md").read_text("utf-8")
    (copy / "summary.md").write_text(whole.replace("Held", "Denied"), "utf-8")
    assert rejudge.main(["--check"]) == 1
    assert f"{name}/summary.md differs" in capsys.readouterr().out
    assert rejudge.main([str(name)]) == 0
    assert (copy / "summary.md").read_text("utf-8") == whole
    with pytest.raises(SystemExit, match="2"):
        rejudge.main([str(tmp_path)])


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
