"""What reaches the network."""

import os

import numpy as np
import pytest
import tensorflow as tf
import tensorflow_datasets as tfds

from zoo.training import augment, data as loading, reading, sources
from zoo.training.errors import UserError


@pytest.fixture(scope="module")
def digits(data_dir):
    return reading.read(sources.find("digits", data_dir), data_dir)


@pytest.fixture(scope="module")
def mnist_5k(data_dir):
    return reading.read(sources.find("mnist_5k", data_dir), data_dir)


def raw_of(images, labels, classes=("a", "b"), name="toy"):
    images, labels = np.asarray(images, np.uint8), np.asarray(labels)
    dataset = tf.data.Dataset.from_tensor_slices((images, labels))
    return reading.Raw(
        name, list(classes), images.shape[-1], images.shape[1:3],
        dataset, dataset, len(labels), len(labels),
    )  # fmt: skip


def arrays(dataset):
    batches = list(dataset.as_numpy_iterator())
    return tuple(np.concatenate(part) for part in zip(*batches, strict=True))


def labels_of(dataset):
    return np.array([label for _, label in dataset.as_numpy_iterator()])


def test_packaged_sets(digits, mnist_5k):
    assert (mnist_5k.train_count, mnist_5k.test_count) == (4000, 1000)
    assert mnist_5k.size == (28, 28)
    np.testing.assert_array_equal(
        np.bincount(labels_of(mnist_5k.train)), [400] * 10
    )
    np.testing.assert_array_equal(
        np.bincount(labels_of(mnist_5k.test)), [100] * 10
    )
    assert (digits.train_count, digits.test_count) == (1442, 355)
    assert digits.size == (8, 8)


def test_packaged_images_are_the_package_s(digits):
    from sklearn.datasets import load_digits

    source = np.rint(load_digits().images * 255 / 16).astype(np.uint8)
    known = {image.tobytes() for image in source}
    images = [i for i, _ in digits.train.concatenate(digits.test)]
    assert {image.numpy().tobytes() for image in images} == known


def test_packaged_set_is_prepared_once(data_dir, digits):
    before = sources.find("digits", data_dir)
    assert before.kind == "packaged"
    builder = tfds.builder("digits", data_dir=data_dir)
    stamp = os.stat(builder.data_path / "dataset_info.json").st_mtime_ns
    reading.read(before, data_dir)
    after = os.stat(builder.data_path / "dataset_info.json").st_mtime_ns
    assert stamp == after


def test_pads_as_lecun_did(mnist_5k):
    data = loading.load(mnist_5k, batch_size=32, scale="lenet", augment="none")
    assert data.input_shape == (32, 32, 1)
    assert data.preprocessing.resize == "pad"
    images, labels = arrays(data.test)
    assert images.shape == (1000, 32, 32, 1)
    assert images.dtype == np.float32
    np.testing.assert_allclose(images.min(), -0.1, atol=1e-6)
    np.testing.assert_allclose(images.max(), 1.175, atol=1e-5)
    np.testing.assert_allclose(images[:, :2], -0.1, atol=1e-6)
    inner = next(mnist_5k.test.as_numpy_iterator())
    np.testing.assert_allclose(
        images[0, 2:-2, 2:-2], inner[0] / 200 - 0.1, atol=1e-6
    )
    assert labels[0] == inner[1]


def test_standard_scale(mnist_5k):
    data = loading.load(mnist_5k, batch_size=32, augment="none")
    images, _ = arrays(data.train(0, 1))
    np.testing.assert_allclose(images.mean(), 0, atol=1e-4)
    np.testing.assert_allclose(images.std(), 1, atol=1e-4)


def test_crops_and_stretches():
    # Left half 0, right half 200, twice as wide as high.
    image = np.zeros((1, 40, 80, 1)) + np.repeat([0, 200], 40)[:, None]
    raw = raw_of(np.concatenate([image, image]), [0, 1])
    for how, row in (("crop", 20), ("stretch", 20)):
        data = loading.load(
            raw, batch_size=1, image_size=(40, 40), resize=how, scale="unit"
        )
        images, _ = arrays(data.test)
        assert images.shape == (2, 40, 40, 1)
        np.testing.assert_allclose(images[0, :, : row - 2], 0, atol=0.01)
        np.testing.assert_allclose(
            images[0, :, row + 2 :], 200 / 255, atol=0.01
        )
    with pytest.raises(UserError, match="--resize=pad: the images of toy"):
        loading.load(raw, batch_size=1, image_size=(40, 40), resize="pad")


def test_order_depends_on_seed_and_epoch_alone(digits):
    def load(seed):
        return loading.load(digits, batch_size=64, seed=seed)

    data = load(0)
    whole = arrays(data.train(0, 3))
    again = arrays(load(0).train(0, 3))
    rest = arrays(data.train(1, 3))
    size = data.steps * 64
    for a, b, c in zip(whole, again, rest, strict=True):
        np.testing.assert_array_equal(a, b)
        np.testing.assert_array_equal(a[size:], c)
    assert not np.array_equal(whole[1][:size], whole[1][size : 2 * size])
    assert not np.array_equal(whole[1], arrays(load(1).train(0, 3))[1])


def test_images_per_class(digits):
    data = loading.load(digits, batch_size=10, images_per_class=7)
    assert data.train_count == 70
    _, labels = arrays(data.train(0, 1))
    np.testing.assert_array_equal(np.bincount(labels), [7] * 10)


def test_label_smoothing_gets_rows(digits):
    data = loading.load(digits, batch_size=10, label_smoothing=0.1)
    _, labels = next(iter(data.test))
    assert labels.shape[1] == 10


def test_standard_augmentation_crops_and_flips():
    side = 16
    image = np.random.default_rng(0).uniform(1, 2, (side, side, 3))
    batch = tf.constant(np.stack([image] * 200), tf.float32)
    change = augment.augmenter("standard", seed=3)
    changed = change(tf.constant(0, tf.int64), batch).numpy()
    np.testing.assert_array_equal(
        changed, change(tf.constant(0, tf.int64), batch).numpy()
    )
    padded = np.pad(image, ((2, 2), (2, 2), (0, 0))).astype(np.float32)
    crops = {
        padded[y : y + side, x : x + side][:, ::step].tobytes(): (y, x, step)
        for y in range(5)
        for x in range(5)
        for step in (1, -1)
    }
    seen = {crops[one.tobytes()] for one in changed}  # nothing else occurs
    assert len(seen) > 40


def test_digits_augmentation_is_slight(mnist_5k):
    images = next(iter(mnist_5k.test.batch(64)))[0]
    images = tf.cast(
        tf.image.pad_to_bounding_box(images, 2, 2, 32, 32), "float32"
    )
    changed = augment.augmenter("digits", 0)(tf.constant(5, tf.int64), images)
    assert changed.shape == images.shape

    def centre(batch):
        weights = batch[..., 0].numpy()
        weights = weights / weights.sum((1, 2), keepdims=True)
        return np.stack(
            [
                (weights.sum(2) * np.arange(32)).sum(1),
                (weights.sum(1) * np.arange(32)).sum(1),
            ]
        )

    moved = np.abs(centre(changed) - centre(images))
    assert 0.5 < moved.mean() < 2
    assert moved.max() < 4


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([0, 1, 2, 1], "label 2, but its 2 classes are numbered 0 to 1"),
        ([0, -1, 1, 1], "label -1, but"),
        ([1, 1, 1, 1], r"toy are of one class \('b'\)"),
    ],
)
def test_bad_labels(labels, message):
    raw = raw_of(np.zeros((4, 32, 32, 1)), labels)
    with pytest.raises(UserError, match=message):
        loading.load(raw, batch_size=2)


def test_batch_larger_than_the_set():
    raw = raw_of(np.zeros((4, 32, 32, 1)), [0, 1, 0, 1])
    with pytest.raises(UserError, match="--batch_size=8 is more than the 4"):
        loading.load(raw, batch_size=8)


def test_reads_a_folder(image_folder):
    root = image_folder(
        {f"{name}/{i}.png": (9, 12, 1) for name in ("x", "y") for i in range(5)}
    )
    raw = reading.read(sources.find(str(root)))
    assert (raw.channels, raw.size, raw.classes) == (1, (9, 12), ["x", "y"])
    data = loading.load(raw, batch_size=4)
    assert data.input_shape == (32, 32, 1)
    images, labels = arrays(data.train(0, 1))
    assert images.shape == (8, 32, 32, 1)
    np.testing.assert_array_equal(np.bincount(labels), [4, 4])


def test_folder_of_sizes_and_colours(image_folder):
    files = {f"x/{i}.png": (20 + i, 30, 3) for i in range(3)}
    files |= {f"y/{i}.png": (20, 30 + i, 1) for i in range(3)}
    raw = reading.read(sources.find(str(image_folder(files))))
    assert (raw.channels, raw.size) == (3, None)
    data = loading.load(raw, batch_size=2, default_size=(16, 24))
    assert data.input_shape == (16, 24, 3)
    assert arrays(data.test)[0].shape == (2, 16, 24, 3)


def test_unreadable_image_is_named(image_folder):
    files = {f"{n}/{i}.png": (8, 8, 3) for n in "xy" for i in range(3)}
    root = image_folder(files | {"y/torn.png": b"\x89PNG\r\n\x1a\nnothing"})
    with pytest.raises(UserError, match=r"unreadable image .*y/torn\.png"):
        reading.read(sources.find(str(root)))


class Odd(tfds.core.GeneratorBasedBuilder, skip_registration=True):
    """A set in which one thing is not as the recipes need it."""

    VERSION = tfds.core.Version("1.0.0")
    features = None
    splits = ("train",)

    def _info(self):
        return tfds.core.DatasetInfo(
            builder=self, features=tfds.features.FeaturesDict(self.features)
        )

    def _split_generators(self, dl_manager):
        return {split: self._generate_examples() for split in self.splits}

    def _generate_examples(self):
        for index in range(10):
            example = {"image": np.full((8, 8, 1), index, np.uint8)}
            if "label" in self.features:
                example["label"] = index % 2
            yield index, example


def prepared(tmp_path, **attributes):
    builder = type("Odd", (Odd,), attributes, skip_registration=True)(
        data_dir=tmp_path
    )
    builder.download_and_prepare()
    return sources.find("odd", tmp_path)


IMAGE = tfds.features.Image(shape=(8, 8, 1))
LABEL = tfds.features.ClassLabel(num_classes=2)


def test_prepared_set_without_test_split_and_code(tmp_path):
    source = prepared(tmp_path, features={"image": IMAGE, "label": LABEL})
    raw = reading.read(source)
    assert (raw.train_count, raw.test_count) == (8, 2)
    data = loading.load(raw, batch_size=8, augment="none")
    assert arrays(data.train(0, 1))[0].shape == (8, 32, 32, 1)


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"features": {"image": IMAGE}}, "no features image and label"),
        (
            {
                "features": {"image": IMAGE, "label": LABEL},
                "splits": ("everything",),
            },
            "no split train with images; it has everything",
        ),
    ],
)
def test_prepared_sets_that_do_not_fit(tmp_path, attributes, message):
    source = prepared(tmp_path, **attributes)
    with pytest.raises(UserError, match=message):
        reading.read(source)
