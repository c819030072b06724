"""weights="keras": the files of keras.applications, read in their order."""

import dataclasses
import hashlib

import h5py
import keras
import numpy as np
import pytest
from keras.src.legacy.saving import legacy_h5_format

import zoo
from tests.parity import weights
from zoo.checkpoints import _applications, _download, _known, _weights

CHECKPOINT = _known.find("mobilenet_v1_x0_25", "keras/imagenet_128")


@pytest.fixture(scope="module")
def theirs():
    keras.layers.Conv2D(1, 1)  # takes the first number
    model = keras.applications.MobileNet(
        alpha=0.25, weights=None, classifier_activation=None
    )
    for weight in model.weights:
        weight.assign(weights.tensor(weight.path, weight.shape))
    return model


@pytest.fixture
def file(theirs, tmp_path, monkeypatch):
    """In the cache, with names that only their order makes sense of."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    path = _download.cache_directory() / CHECKPOINT.file
    path.parent.mkdir()
    names = [layer.name for layer in theirs.layers]
    with h5py.File(path, "w") as file:
        try:
            for i, layer in enumerate(theirs.layers):
                layer.name = f"layer{i}"
            legacy_h5_format.save_weights_to_hdf5_group(file, theirs)
        finally:
            for layer, name in zip(theirs.layers, names, strict=True):
                layer.name = name
    return path


@pytest.mark.filterwarnings("ignore:.*not known beforehand")
def test_a_published_file_gives_the_same_logits(file, theirs):
    model = zoo.mobilenet_v1_x0_25(
        weights="keras/imagenet_128", input_shape=(64, 64, 3)
    )
    x = weights.image(0, (64, 64, 3))
    small = keras.applications.MobileNet(
        alpha=0.25,
        weights=None,
        classifier_activation=None,
        input_shape=(64, 64, 3),
    )
    small.set_weights(theirs.get_weights())
    wanted = np.asarray(small(x, training=False))
    np.testing.assert_allclose(
        model(x, training=False), wanted, atol=1e-4 * np.abs(wanted).max()
    )
    ten = zoo.mobilenet_v1_x0_25(
        weights="keras/imagenet_128", num_classes=10, input_shape=(64, 64, 3)
    )
    np.testing.assert_array_equal(
        ten.get_layer("stem_conv").kernel, model.get_layer("stem_conv").kernel
    )
    path = _weights.resolve("mobilenet_v1_x0_25", file)
    assert path.checkpoint == CHECKPOINT


def test_a_stem_for_bgr_is_turned_for_rgb(file, theirs):
    bgr = dataclasses.replace(CHECKPOINT, channels="bgr")
    kernel = theirs.get_layer("conv1").kernel.numpy()
    found = _applications.read(file, bgr)
    np.testing.assert_array_equal(found["conv1/kernel"], kernel[:, :, ::-1])
    for name in ("vgg16", "resnet50"):
        assert _known.find(name, "keras").channels == "bgr"
        scale = zoo.preprocessing(name, "keras").get_layer("scale")
        np.testing.assert_allclose(scale.scale, 1.0, rtol=1e-5)
        red, green, blue = (-offset for offset in scale.offset)
        np.testing.assert_allclose(
            (red, green, blue), (123.68, 116.779, 103.939), rtol=1e-5
        )


def test_a_file_of_another_network(file):
    other = dataclasses.replace(CHECKPOINT, options={"alpha": 0.5})
    with pytest.raises(
        ValueError, match=r"not fit keras\.applications\.Mobile"
    ):
        _applications.read(file, other)
    file.write_bytes(b"\x89HDF\r\n\x1a\n and no more")
    with pytest.raises(ValueError, match="no HDF5 file of Keras"):
        _applications.read(file, CHECKPOINT)


def test_layers_without_a_name_are_numbered_from_1():
    given = ["conv2d_17", "x", "batch_normalization", "conv2d_19", "conv2d_18"]
    assert list(_applications._names(given)) == [
        "conv2d_1", "x", "batch_normalization_1", "conv2d_3", "conv2d_2",
    ]  # fmt: skip
    assert list(_applications._names(["conv2d", "conv2d_1"])) == [
        "conv2d_1", "conv2d_2",
    ]  # fmt: skip


def test_an_md5_is_checked(tmp_path):
    (tmp_path / "x").write_bytes(b"content")
    md5 = hashlib.md5(b"content").hexdigest()
    assert _download._is_right(tmp_path / "x", md5)
    assert not _download._is_right(tmp_path / "x", md5[::-1])
    known = _known.find("resnet50", "keras")
    assert known.digest == "2cb95161c43110f7111970584f804107"
    assert not known.sha256
