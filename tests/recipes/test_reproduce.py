"""Reproductions: verdicts by hand, rows that stay, runs that go on."""

import json

import numpy as np
import pytest
from scipy import stats

from zoo.recipes import configs, reproduce
from zoo.recipes.configs import Claim
from zoo.recipes.lab.rows import Rows
from zoo.recipes.reproduce import table, verdict
from zoo.training import loop

CLAIM = Claim(0.9125, "8.75 % error", "Table 6", "https://arxiv.org")


def test_interval_by_hand():
    values = [0.91, 0.914, 0.911, 0.913]
    found = verdict.judge(values, CLAIM)
    # A fifth run of the same spread would be the paper's.
    error = np.std(values, ddof=1) * np.sqrt(1 / 4 + 1)
    low, high = stats.t.interval(0.95, 3, np.mean(values) - 0.9125, error)
    np.testing.assert_allclose(found.interval, (low, high))
    assert found.difference == pytest.approx(-0.0005)


def test_welch_where_the_paper_tells_its_spread():
    claim = Claim(0.9339, "6.61 % error", "Table 6", "", runs=5, std=0.0016)
    values = [0.932, 0.935, 0.9345]
    interval = verdict.judge(values, claim).interval
    of_paper = stats.norm.ppf([0.1, 0.3, 0.5, 0.7, 0.9])
    of_paper = of_paper / of_paper.std(ddof=1) * 0.0016 + 0.9339
    test = stats.ttest_ind(values, of_paper, equal_var=False)
    np.testing.assert_allclose(interval, test.confidence_interval(0.95))


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ([0.913, 0.9135, 0.9125], "held"),
        ([0.95, 0.951], "held"),
        ([0.911, 0.9115, 0.9112], "held"),  # short by less than is worth it
        ([0.90, 0.9005, 0.8995], "contradicted"),
        ([0.93, 0.88], "undecided"),
        ([0.80], "undecided"),
        ([0.99], "undecided"),
    ],
)
def test_words(values, word):
    assert verdict.judge(values, CLAIM).word == word
    other = verdict.judge(values, CLAIM, as_published=False).word
    assert other == ("undecided" if word == "contradicted" else word)


def test_rows_are_kept_and_replaced(tmp_path):
    path = tmp_path / "results.csv"
    row = {"network": "a", "options": "#1", "seed": 0, "accuracy": 0.5}
    table.add(path, row | {"curve": [0.25, 0.5]})
    table.add(path, row | {"seed": 1, "curve": [0.5]})
    table.add(path, row | {"accuracy": 0.75, "curve": [0.75, 0.75]})
    rows = table.read(path)
    assert [(r["seed"], r["accuracy"]) for r in rows] == [(1, 0.5), (0, 0.75)]
    assert rows[0]["curve"] == [0.5]
    path.write_text("something,else\n1,2\n")
    with pytest.raises(table.UserError, match="no table of reproductions"):
        table.read(path)


def test_telling():
    recipe = configs.find("resnet20")
    rows = Rows({"accuracy": a} for a in (0.90, 0.901, 0.899))
    text = reproduce.telling(recipe, rows, "epochs=30")
    assert "90.00 ± 0.10 % accuracy in 3 runs with epochs=30" in text
    assert "8.75 % error (91.25 % accuracy), Table 6" in text
    assert "undecided (these are not the paper's options)" in text
    assert "contradicted" in reproduce.telling(recipe, rows, "")
    assert "one run decides" in reproduce.telling(recipe, Rows(rows[:1]), "")


def test_listing_and_mistakes(capsys):
    assert reproduce.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + len(configs.names())
    for words, message in (
        (["resnet21"], "Did you mean"),
        (["--epochs=3"], "name a network first"),
        (["resnet20", "--seed=1"], "--seeds"),
        (["resnet20", "--epoch=1"], "epoch"),
    ):
        assert reproduce.main(words) == 2
        assert message in capsys.readouterr().err


def test_a_file_of_options_has_no_claim(tmp_path, capsys):
    path = tmp_path / "options.json"
    path.write_text('{"model": "lenet5", "dataset": "digits"}')
    assert reproduce.main([str(path)]) == 2
    told = capsys.readouterr().err
    assert told.startswith("error: there is no paper's recipe for")
    assert told.count("\n") == 1


@pytest.mark.program
def test_a_reproduction_goes_on(tmp_path, monkeypatch, capsys, data_dir):
    """Two seeds, stopped in the second, continued, and then only told."""
    content = {
        "recipe": {"title": "T", "url": "https://arxiv.org", "where": "here"},
        "options": {
            "dataset": "digits", "epochs": 2, "batch_size": 32,
            "images_per_class": 16, "scale": "unit",
        },
        "networks": {
            "lenet5_relu": {"claim": {"accuracy": 10.5, "where": "Table 1"}}
        },
    }  # fmt: skip
    (tmp_path / "tiny.json").write_text(json.dumps(content))
    monkeypatch.setattr(configs, "FOLDER", tmp_path)
    configs._networks.cache_clear()
    words = [
        "lenet5_relu", "--seeds=2", f"--directory={tmp_path / 'out'}",
        f"--data_dir={data_dir}",
    ]  # fmt: skip
    real = loop.EpochRecorder.on_epoch_end
    epochs = []

    def stop(self, epoch, logs=None):
        real(self, epoch, logs)
        epochs.append(epoch)
        if len(epochs) == 3:
            raise KeyboardInterrupt

    try:
        with monkeypatch.context() as patch:
            patch.setattr(loop.EpochRecorder, "on_epoch_end", stop)
            assert reproduce.main(words) == 130
        assert "the same command goes on there" in capsys.readouterr().err
        path = tmp_path / "out" / table.NAME
        assert [row["seed"] for row in table.read(path)] == [0]
        assert reproduce.main(words) == 0
        assert "resumed after epoch 1" in capsys.readouterr().out
        before = path.read_bytes()
        assert reproduce.main(words) == 0
    finally:
        configs._networks.cache_clear()
    assert path.read_bytes() == before
    out = capsys.readouterr().out
    assert "seed 1" in out
    assert "in 2 runs" in out
    assert "95 % interval" in out
    rows = table.read(path)
    assert [len(row["curve"]) for row in rows] == [2, 2]
    assert rows[0]["weights"] != rows[1]["weights"]
    assert rows[0]["keras_version"]
