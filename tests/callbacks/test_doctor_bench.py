"""The suite of faulty and healthy programs: bench/doctor."""

import collections
import json
import shutil

import pytest

from bench.doctor import _pool, _record, _report, _rules, _score, programs
from bench.doctor._program import CATALOGUE, CAUSES, PARTS, Program, add
from zoo.callbacks import _rules as rules

assert programs
HURT = "cancer_flipped_loss"


def faulty():
    return [p for p in CATALOGUE.values() if p.causes]


def test_the_catalogue_is_whole():
    healthy = [p for p in CATALOGUE.values() if not p.causes]
    assert len(faulty()) >= 150
    assert len(healthy) >= 80
    for part in PARTS:
        assert sum(p.part == part for p in faulty()) >= 65
        assert sum(p.part == part for p in healthy) >= 35
    for program in healthy:
        assert program.quality > 0, program.name
        assert program.twin is None, program.name
    for program in faulty():
        assert CATALOGUE[program.twin].quality, program.name
        assert program.margin > 0, program.name


def test_each_program_has_a_source():
    for program in CATALOGUE.values():
        # An author and a year, or a page.
        source = program.source
        assert (
            any(c.isdigit() for c in source)
            or ".io" in source
            or (".org" in source)
        ), (program.name, source)


def test_causes_are_the_doctors():
    assert {rule.cause for rule in rules.RULES} <= set(CAUSES)
    assert len(set(CAUSES)) == len(CAUSES)
    kinds = collections.Counter(p.kind for p in faulty())
    assert min(kinds.values()) >= 2
    assert set(kinds) <= set(CAUSES)


def test_two_programs_of_one_name_are_refused():
    first = next(iter(CATALOGUE.values()))
    with pytest.raises(ValueError, match="Two programs"):
        add(first)
    with pytest.raises(ValueError, match="unknown causes"):
        add(Program("new", "2021", first.build, ("bad_luck",)))


def test_programs_train_and_are_as_labelled():
    recordings = {
        name: json.loads(json.dumps(_record.record(name)))
        for name in ("cancer", HURT)
    }
    assert not _score.doubts(recordings)
    for recording in recordings.values():
        assert recording["crash"] is None
        assert {"logs", "gradient_norm"} <= set(recording["epochs"][-1])
    worse = {HURT: {"score": recordings["cancer"]["score"]}}
    assert set(_score.doubts(recordings | worse)) == {HURT}
    found = _score.outcomes(recordings, "TrainingDoctor")
    assert set(found) == {"TrainingDoctor", *_rules.PUBLISHED}
    assert f"| `{CATALOGUE[HURT].kind}` | 1 |" in _report.by_kind(found)
    assert "named, of 1 faulty" in _report.by_tool(found)


def test_verdicts_and_rates():
    def verdict(said, name=HURT):
        return _score.Outcome(CATALOGUE[name], said).verdict

    assert verdict({}) == "silent"
    assert verdict({CATALOGUE[HURT].kind: "error"}) == "named"
    assert verdict({"few_updates": "warning"}) == "otherwise"
    assert verdict({"plateau": "warning"}, "cancer") == "warned"
    assert verdict({"plateau": "error"}, "cancer") == "error"
    # Newcombe 1998, table I: 81 of 263.
    interval = _score.Rate(81, 263).interval
    assert interval == pytest.approx((0.2553, 0.3662), abs=1e-4)


def test_a_process_that_dies_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(_pool.sys, "executable", shutil.which("false"))
    _pool.run(["cancer", "wine"], tmp_path, "tool", limit=60)
    for name in ("cancer", "wine"):
        recording = json.loads((tmp_path / f"{name}.json").read_text())
        assert "ended with 1" in recording["crash"]
