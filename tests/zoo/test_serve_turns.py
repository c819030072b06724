"""Requests are computed in turns: slices of long ones, small ones together."""

import threading

import numpy as np
import pytest

from zoo.serve._limits import Limits
from zoo.serve._tensors import RequestError
from zoo.serve._turns import Job, Turns


class Doubles:
    """A model whose calls wait for a word, and tell what they got."""

    pixels = 32 * 32

    def __init__(self):
        self.calls = []
        self.go = threading.Event()
        self.began = threading.Event()

    def run(self, signature, inputs):
        self.began.set()
        assert self.go.wait(10)
        rows = inputs["x"]
        self.calls.append(len(rows))
        if (rows == -1).any():
            raise RequestError("unlucky")
        return {"y": 2 * rows, "text": rows.astype("U").astype(object)}, 0.5


@pytest.fixture
def model():
    return Doubles()


@pytest.fixture
def turns():
    turns = Turns(Limits(max_batch=4))
    yield turns
    turns.end()


def job(model, values, **options):
    values = np.array(values, float)[:, None]
    sizes = options.get("sizes", [1] * len(values))
    signature = options.get("signature", "")
    return Job(model, signature, {"x": values}, sizes)


def put(turns, model, *jobs):
    """Lines jobs up behind one that is being computed, and lets them go."""
    first = job(model, [0])
    turns.put(first)
    assert model.began.wait(10)
    for one in jobs:
        turns.put(one)
    model.go.set()
    first.future.result(10)
    model.calls = model.calls[1:]


def values(job):
    outputs, _ = job.future.result(10)
    np.testing.assert_array_equal(
        outputs["text"], (outputs["y"] / 2).astype("U")
    )
    return (outputs["y"] / 2).ravel().tolist()


def test_a_long_one_is_computed_in_slices(turns, model):
    long = job(model, range(10))
    put(turns, model, long)
    assert values(long) == list(range(10))
    assert model.calls == [4, 4, 2]
    assert long.future.result()[1] == 1.5  # seconds of all


def test_others_wait_for_a_slice_of_it(turns, model):
    long, small = job(model, range(40)), job(model, [7, 8], signature="other")
    order = []
    long.future.add_done_callback(lambda _: order.append("long"))
    small.future.add_done_callback(lambda _: order.append("small"))
    put(turns, model, long, small)
    assert values(small) == [7, 8]
    assert values(long) == list(range(40))
    assert model.calls[:2] == [4, 2]
    assert order == ["small", "long"]


def test_two_long_ones_take_turns(turns, model):
    jobs = [job(model, range(8), signature=s) for s in ("a", "b")]
    seen = []
    run = model.run
    model.run = lambda s, x: (seen.append(s), run(s, x))[1]
    put(turns, model, *jobs)
    assert [values(j) for j in jobs] == 2 * [list(range(8))]
    assert seen[1:] == ["a", "b", "a", "b"]


def test_small_ones_are_computed_together(turns, model):
    jobs = [job(model, [i]) for i in range(7)]
    put(turns, model, *jobs)
    assert [values(j) for j in jobs] == [[i] for i in range(7)]
    assert model.calls == [4, 3]


def test_a_long_one_fills_up_with_small_ones(turns, model):
    long, small = job(model, range(6)), job(model, [50])
    put(turns, model, long, small)
    assert values(long) == list(range(6))
    assert values(small) == [50]
    assert model.calls == [4, 3]


def test_only_the_one_at_fault_fails(turns, model):
    jobs = [job(model, [1]), job(model, [-1]), job(model, [2])]
    put(turns, model, *jobs)
    assert values(jobs[0]) == [1]
    assert values(jobs[2]) == [2]
    with pytest.raises(RequestError, match="unlucky"):
        jobs[1].future.result(10)


def test_large_images_are_not_decoded_together(turns, model):
    million = 10**6
    jobs = [
        job(model, [i], sizes=[n * million])
        for i, n in enumerate((2, 2, 2, 30))
    ]
    put(turns, model, *jobs)
    assert [values(j) for j in jobs] == [[i] for i in range(4)]
    assert model.calls == [2, 1, 1]


def test_large_networks_take_fewer_at_once(turns, model):
    model.pixels = 600 * 600
    long = job(model, range(5))
    put(turns, model, long)
    assert values(long) == list(range(5))
    assert model.calls == [2, 2, 1]


def test_unknown_models_are_computed_as_sent(turns, model):
    jobs = [job(model, range(9), sizes=None), job(model, [1], sizes=None)]
    put(turns, model, *jobs)
    assert [values(j) for j in jobs] == [list(range(9)), [1]]
    assert model.calls == [9, 1]


def test_who_leaves_is_not_computed_for(turns, model):
    left, stays = job(model, range(40)), job(model, [1])
    left.future.cancel()
    put(turns, model, left, stays)
    assert values(stays) == [1]
    assert model.calls == [1]


def test_who_leaves_midway_is_dropped(turns, model):
    long, last = job(model, range(400)), job(model, [1], signature="other")
    last.future.add_done_callback(lambda _: long.future.cancel())
    put(turns, model, long, last)
    values(last)
    after = job(model, [2])
    turns.put(after)
    values(after)
    assert len(model.calls) < 6


def test_too_large_an_answer_ends_after_a_slice(turns, model, monkeypatch):
    monkeypatch.setattr("zoo.serve._turns.MAX_ANSWER", 100)
    long = job(model, range(51))
    put(turns, model, long)
    with pytest.raises(RequestError, match="102 numbers; it may have 100"):
        long.future.result(10)
    assert model.calls == [4]


def test_a_failed_allocation_does_not_end_it(turns, model):
    def run(signature, inputs):
        raise MemoryError

    broken = Doubles()
    broken.run = run
    bad, good = job(broken, range(9)), job(model, [1])
    put(turns, model, bad, good)
    with pytest.raises(MemoryError):
        bad.future.result(10)
    assert values(good) == [1]
    assert turns.alive
