"""The figures of an evaluation, from answers that are there already."""

import doctest
import itertools
import json

import numpy as np
import pytest
from scipy import ndimage, special

from zoo.evaluation import (
    _calibration,
    _corruptions,
    _metrics,
    _result,
    calibrate,
    fit_temperature,
    measure,
)


def sample(images=2000, classes=4, sharpness=1.0, seed=0):
    """Logits and labels of a model that is calibrated at sharpness 1."""
    random = np.random.default_rng(seed)
    logits = 2 * random.normal(size=(images, classes))
    labels = (logits + random.gumbel(size=logits.shape)).argmax(axis=1)
    return sharpness * logits, labels


@pytest.mark.parametrize("module", [_metrics, _calibration, _result])
def test_examples_run(module):
    failed, tried = doctest.testmod(module)
    assert tried
    assert not failed


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        # z²/(n + z²) with z = 1.96, and its mirror image.
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (979, 1000, 0.9681, 0.9862),
        (1, 2, 0.0945, 0.9055),
    ],
)
def test_wilsons_interval(right, total, low, high):
    assert _metrics.interval(right, total) == pytest.approx(
        (low, high), abs=1e-4
    )


def test_figures_of_a_small_case():
    """Worked out by hand; "owl" has no image, "eel" is never answered."""
    answers = [0, 0, 1, 1, 1, 0]
    labels = np.array([0, 0, 0, 1, 1, 2])
    logits = np.eye(4)[answers]
    found = measure(logits, labels, ["ant", "bee", "eel", "owl"])
    assert found.right == 4
    assert found.accuracy == pytest.approx(4 / 6)
    assert found.confusion_matrix.tolist() == [
        [2, 1, 0, 0], [0, 2, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0],
    ]  # fmt: skip
    ant, bee, eel, owl = found.per_class.values()
    assert ant == {
        "precision": pytest.approx(2 / 3), "recall": pytest.approx(2 / 3),
        "f1": pytest.approx(2 / 3), "images": 3,
    }  # fmt: skip
    assert (bee["precision"], bee["recall"]) == (pytest.approx(2 / 3), 1.0)
    assert (eel["precision"], eel["recall"], eel["images"]) == (None, 0.0, 1)
    assert (owl["precision"], owl["recall"], owl["images"]) == (None, None, 0)
    assert found.balanced_accuracy == pytest.approx((2 / 3 + 1 + 0) / 3)
    assert [(w["index"], w["label"], w["answer"]) for w in found.wrong] == [
        (2, "ant", "bee"), (5, "eel", "ant"),
    ]  # fmt: skip


def test_top_five_is_what_sorting_gives():
    logits, labels = sample(300, 12)
    logits = np.round(logits)  # so that there are ties
    order = np.argsort(-logits, axis=1, kind="stable")[:, :5]
    expected = np.mean([y in row for y, row in zip(labels, order, strict=True)])
    found = measure(logits, labels)
    assert found.top5 == pytest.approx(expected)
    assert 0 < found.accuracy < found.top5 < 1
    assert measure(*sample(30, 3)).top5 == 1


def test_calibration_error_by_hand():
    """Two bins: 4 images at 0.9, 3 right; 2 at 0.6, none right."""
    sure, labels = np.array([0.9] * 4 + [0.6] * 2), np.array([0, 0, 0, 1, 1, 1])
    logits = np.log(np.stack([sure, 1 - sure], axis=1))
    found = calibrate(logits, labels)
    assert found.ece == pytest.approx(4 / 6 * 0.15 + 2 / 6 * 0.6)
    assert [bin["images"] for bin in found.reliability] == [2, 4]
    own = np.array([0.9, 0.9, 0.9, 0.1, 0.4, 0.4])
    assert found.nll == pytest.approx(-np.log(own).mean())


@pytest.mark.parametrize("sharpness", [0.3, 1.0, 4.0])
def test_temperature_undoes_what_made_the_model_too_sure(sharpness):
    logits, labels = sample(sharpness=sharpness)
    found = calibrate(logits, labels)
    assert found.temperature == pytest.approx(sharpness, rel=0.1)
    assert found.ece_calibrated < 0.04
    if sharpness != 1:
        assert found.ece > 0.1
        assert found.nll_calibrated < found.nll
    shifted = logits + np.arange(len(logits))[:, None]  # the same answers
    assert fit_temperature(shifted, labels) == pytest.approx(
        found.temperature, rel=1e-3
    )


def test_temperature_comes_from_other_images():
    """No label of an image has a say in the temperature it is judged by."""
    logits, labels = sample(100, 3, 2.0)
    made = _calibration._cross_fitted(logits, labels)
    temperatures = set()
    for row, (a, b) in enumerate(zip(logits, made, strict=True)):
        ratio = np.ptp(a) / np.ptp(np.log(b))
        temperatures.add(round(ratio, 6))
        flipped = labels.copy()
        flipped[row] = (flipped[row] + 1) % 3
        again = _calibration._cross_fitted(logits, flipped)[row]
        np.testing.assert_array_equal(again, b)
        if row == 3:
            break
    other = sample(500, 3, 5.0, seed=1)
    found = calibrate(logits, labels, other)
    assert found.temperature == fit_temperature(*other)
    assert found.fitted_on == "500 validation images"
    assert "cross-fitting in 5 folds" in calibrate(logits, labels).fitted_on


def test_few_images_that_are_all_right_make_nobody_certain():
    labels = np.arange(24) % 3
    logits = 40.0 * np.eye(3)[labels]
    temperature = fit_temperature(logits, labels)
    sure = special.softmax(logits / temperature, axis=1).max(axis=1)
    assert sure == pytest.approx((24 + 1 / 3) / 25, abs=1e-3)


@pytest.mark.parametrize(
    ("logits", "labels"),
    [
        ([[1.0, 2.0]], [1]),
        ([[0.0, 0.0]] * 3, [0, 1, 1]),
        ([[np.nan, np.nan], [1.0, 0.0]], [0, 0]),
        ([[np.inf, 0.0], [1.0, 0.0]], [0, 0]),
        ([[-1e30, 1e30], [1e30, -1e30]], [0, 0]),
    ],
)
def test_odd_answers_are_told_as_json(tmp_path, logits, labels):
    found = measure(np.array(logits), np.array(labels), ["a", "b"])
    told = json.loads(found.save(tmp_path).read_text())
    finite = np.isfinite(logits).all(axis=1)
    best = np.argmax(logits, axis=1)
    assert told["right"] == np.sum((best == labels) & finite)
    assert (told["ece"] is None) == (not finite.all())
    assert "calibration" in told
    assert found.text().startswith("accuracy ")


@pytest.mark.parametrize(
    ("logits", "labels", "message"),
    [
        (np.zeros((0, 3)), np.zeros(0, int), "at least one image and two"),
        (np.zeros((3, 1)), np.zeros(3, int), "at least one image and two"),
        (np.zeros((3, 2)), np.zeros(2, int), "must be 3 whole numbers"),
        (np.zeros((3, 2)), np.zeros(3), "received float64"),
        (np.zeros((3, 2)), np.array([0, 1, 2]), "from 0 to 1; received 0 to 2"),
    ],
)
def test_what_is_no_answer(logits, labels, message):
    with pytest.raises(ValueError, match=message):
        measure(logits, labels)


def test_page_holds_everything_and_no_markup_of_names(tmp_path):
    logits, labels = sample(60, 3)
    names = ["</script><b>", "<!-- title -->", "c & d"]
    found = measure(
        logits, labels, names, model="<i>", pictures={0: "data:,", 1: "data:,"}
    )
    found.save(tmp_path)
    page = (tmp_path / "evaluation.html").read_text()
    assert page.count("</script>") == 2
    assert "<b>" not in page
    assert "&lt;i&gt;" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    data = page.split('class="ev-data">')[1].split("</script>")[0]
    told = json.loads(data)
    assert told["matrix"] == found.confusion_matrix.tolist()
    assert len(told["items"]) == 2
    assert found._repr_html_().startswith("<iframe srcdoc=")
    kept = np.load(tmp_path / "logits.npz")
    np.testing.assert_array_equal(kept["logits"], found.logits)
    assert kept["classes"].tolist() == names


def test_of_many_classes_the_page_shows_those_with_errors():
    logits, labels = sample(400, 50)
    logits[labels >= 10] += 50 * np.eye(50)[labels[labels >= 10]]
    found = measure(logits, labels)
    data = found.page().split('class="ev-data">')[1].split("</script>")[0]
    shown = json.loads(data)["shown"]
    assert len(shown) == 30
    assert set(np.flatnonzero(np.arange(50) < 10)) <= set(shown)


@pytest.mark.parametrize("name", _corruptions.ALL)
@pytest.mark.parametrize("shape", [(24, 20, 1), (90, 70, 3)])
def test_corruptions_grow(name, shape):
    random = np.random.default_rng(0)
    image = ndimage.gaussian_filter(random.normal(size=shape), (0.6, 0.6, 0))
    image = np.clip(128 + 100 * image, 30, 200)
    images = np.stack([image, image[::-1]]).round()
    lost = []
    for strength in range(1, 6):
        made = _corruptions.corrupt(images, name, strength)
        assert made.shape == images.shape
        assert made.dtype == "float32"
        assert (made == np.rint(made)).all()
        assert made.min() >= 0
        assert made.max() <= 255
        lost.append(float(np.abs(made - images).mean()))
        again = _corruptions.corrupt(images[1:], name, strength, first=1)
        np.testing.assert_array_equal(again[0], made[1])
    assert lost[1] > 0.1
    assert lost[-1] > 1.05 * lost[1]
    assert all(b >= 0.98 * a for a, b in itertools.pairwise(lost))


def test_no_such_corruption():
    with pytest.raises(ValueError, match=r"gaussian_noise, .* strength 1 to 5"):
        _corruptions.corrupt(np.zeros((1, 8, 8, 3)), "fog", 1)
