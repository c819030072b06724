"""A training run, exported and asked on the command line."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf

from zoo import __main__ as cli
from zoo.export import export
from zoo.images import _fit_images
from zoo.training import run_facts

DATA = {
    "classes": ["zero", "one", "two"],
    "input_shape": [10, 12, 1],
    "resize": "pad",
    "own_size": [8, 8],
    "multiplier": [0.02],
    "offset": [-1.5],
}


@pytest.fixture(scope="module")
def model():
    return keras.Sequential(
        [
            keras.Input((10, 12, 1)),
            keras.layers.Conv2D(4, 3),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(3),
        ],
        name="small",
    )


@pytest.fixture
def run(tmp_path, model):
    (tmp_path / "config.json").write_text(json.dumps({"data": DATA}))
    model.save(tmp_path / "model.keras")
    return tmp_path


def digit(height, width, channels=1):
    random = np.random.default_rng(0)
    return random.integers(0, 256, (height, width, channels), np.uint8)


def test_exports_and_classifies(run, model, tmp_path, capsys):
    assert cli.main(["export", str(run)]) == 0
    path = run / "saved_model" / "1"
    assert capsys.readouterr().out == f"{path}\n"
    pixels = digit(8, 8)
    (tmp_path / "a.png").write_bytes(tf.io.encode_png(pixels).numpy())
    (tmp_path / "b.png").write_bytes(tf.io.encode_png(digit(70, 90, 3)).numpy())
    framed = np.zeros((1, 10, 12, 1), "float32")
    framed[0, 1:9, 2:10] = pixels
    logits = model(framed * 0.02 - 1.5, training=False)
    expected = np.asarray(keras.ops.softmax(logits))[0]
    best = int(np.argmax(expected))

    for directory in (path.parent, path):
        arguments = [f"--saved_model={directory}", str(tmp_path / "a.png")]
        assert cli.main(["classify", *arguments]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == 3
        probability, name = lines[0].split()
        assert name == DATA["classes"][best]
        assert float(probability) == pytest.approx(expected[best], abs=0.0006)
    both = [str(tmp_path / name) for name in ("a.png", "b.png")]
    arguments = [f"--saved_model={directory}", "--top=2", *both]
    assert cli.main(["classify", *arguments]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [lines[0], lines[3]] == [f"{path}:" for path in both]
    assert len(lines) == 6


def test_another_directory(run, tmp_path):
    other = tmp_path / "elsewhere" / "digits"
    assert cli.main(["export", str(run), f"--directory={other}"]) == 0
    assert (other / "1" / "saved_model.pb").exists()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda run: run / "absent", "there is no file or directory"),
        (
            lambda run: (run / "config.json").unlink(),
            "is a directory that holds no run (there is no config.json)",
        ),
        (
            lambda run: (run / "config.json").write_text("{"),
            "not as recipes/train.py writes it: JSONDecodeError",
        ),
        (
            lambda run: (run / "config.json").write_text('{"data": {}}'),
            "not as recipes/train.py writes it: KeyError: 'input_shape'",
        ),
        (
            lambda run: (run / "config.json").write_text('["data"]'),
            "not as recipes/train.py writes it: TypeError",
        ),
        (
            lambda run: (run / "model.keras").unlink(),
            "has no model.keras: the training has not come to its end",
        ),
        (
            lambda run: (run / "model.keras").write_bytes(b"PK rubbish"),
            "model.keras cannot be read",
        ),
    ],
)
def test_no_run(run, capsys, spoil, message):
    changed = spoil(run)
    where = changed if isinstance(changed, type(run)) else run
    assert cli.main(["export", str(where)]) == 2
    assert message in capsys.readouterr().err
    assert not (run / "saved_model").exists()


def test_no_saved_model(run, model, tmp_path, capsys):
    image = tmp_path / "image.png"
    image.write_bytes(b"\x89PNG\r\n\x1a\n")

    def error(directory, *arguments, image=image):
        arguments = [f"--saved_model={directory}", *arguments, str(image)]
        assert cli.main(["classify", *arguments]) == 2
        return capsys.readouterr().err

    assert "there is no file or directory" in error(tmp_path / "absent")
    (tmp_path / "empty").mkdir()
    told = error(tmp_path / "empty")
    assert "no config.json) and no SavedModel" in told
    broken = tmp_path / "broken" / "1"
    broken.mkdir(parents=True)
    (broken / "saved_model.pb").write_bytes(b"rubbish")
    assert "broken/1 cannot be loaded" in error(broken.parent)
    bare = export(model, tmp_path / "bare")
    assert "no signature classify_bytes; export it with pre" in error(bare)
    whole = export(
        model,
        tmp_path / "whole",
        preprocessing=run_facts.preprocessing(DATA),
        top=2,
    )
    assert "absent.png: No such file" in error(whole, image="absent.png")
    text = tmp_path / "notes.txt"
    text.write_text("no image")
    assert "not JPEG, PNG, GIF or BMP" in error(whole, image=text)
    assert "names 2 classes, not 3" in error(whole, "--top=3")


def test_as_in_training():
    from zoo.training import geometry, reading

    cases = (
        ((8, 8), (10, 12), "pad"),
        ((8, 8), (8, 8), "pad"),
        ((12, 10), (10, 12), "crop"),
        (None, (10, 12), "crop"),
        (None, (10, 12), "stretch"),
    )
    for own, size, how in cases:
        raw = reading.Raw("set", ["a", "b"], 3, own, None, None, 0, 0)
        fitting = geometry.choose(raw, size, how)
        fit = geometry.fitter(fitting, raw)
        image = digit(*(own or (33, 21)), 3)
        trained, _ = fit(tf.constant(image), 0)
        config = {**DATA, "input_shape": [*size, 3], "own_size": own}
        config |= {
            "resize": fitting.resize,
            "multiplier": [1.0],
            "offset": [0.0],
        }
        served = run_facts.preprocessing(config).model()(
            image[None].astype("float32")
        )[0]
        np.testing.assert_array_equal(served, trained)
        assert trained.dtype == "uint8"


def test_fit_images():
    fit = _fit_images.FitImages
    square = digit(8, 8)[None].astype("float32")
    framed = np.asarray(fit((10, 12), "pad", (8, 8))(square))
    np.testing.assert_array_equal(framed[:, 1:9, 2:10], square)
    assert framed.sum() == square.sum()
    wide = np.concatenate([square[:, :, :4], square, square[:, :, 4:]], 2)
    np.testing.assert_array_equal(fit((8, 8))(wide), square)
    stretched = np.asarray(fit((8, 8), "stretch")(wide))
    assert abs(stretched - square).max() > 1
    np.testing.assert_array_equal(stretched, np.round(stretched))
    layer = fit((10, 12), "pad", (8, 8))
    again = fit.from_config(layer.get_config())
    np.testing.assert_array_equal(again(square), layer(square))
    for arguments in (((8, 8), "pad"), ((8, 8), "pad", (9, 8))):
        with pytest.raises(ValueError, match="own_size of at most the size"):
            fit(*arguments)
    with pytest.raises(ValueError, match="resize"):
        fit((8, 8), "zoom")
