"""Reads sets with tensorflow-datasets, and prepares the packaged ones."""

import contextlib
import io
import os

import numpy as np
import tensorflow as tf
import tensorflow_datasets as tfds

from zoo._choices import did_you_mean
from zoo.images import decode
from zoo.training import layouts, packaged
from zoo.training.errors import UserError
from zoo.training.reading import Raw
from zoo.training.sources import Source

NEEDED = tfds.features.Image, tfds.features.ClassLabel


def read(
    source: Source, data_dir: str | None = None, validation: float = 0.0
) -> Raw:
    """The `Raw` of a set that TFDS reads; arguments as of `reading.read`.

    Raises:
        UserError: The set is none of labelled images of bytes, or could not
            be fetched.
    """
    builder = _builder(source, data_dir)
    features = builder.info.features
    named = dict(features.items())
    image, label = named.get("image"), named.get("label")
    if not all(map(isinstance, (image, label), NEEDED)):
        raise UserError(
            f"{source.name} has no features image and label for "
            f"classification; it has {', '.join(features)}."
        )
    if image.np_dtype != np.uint8:
        raise UserError(
            f"{source.name} has images of {image.np_dtype.__name__}; "
            "only uint8 is read."
        )
    if image.shape[-1] not in (1, 3):
        raise UserError(
            f"{source.name} has images of {image.shape[-1]} channels; only 1 "
            "and 3 are read."
        )
    height, width, channels = image.shape
    train, test, apart = _splits(source.name, builder)
    count = {s: builder.info.splits[s].num_examples for s in (train, test)}
    step = round(1 / validation) if validation and not apart else 0

    def dataset(split, chosen=None):
        reading = builder.as_dataset(
            split=split,
            shuffle_files=False,
            decoders={"image": tfds.decode.SkipDecoding()},
            read_config=tfds.ReadConfig(try_autocache=False),
        )
        if chosen is not None:  # every `step`th of them, or all but those
            reading = (
                reading.enumerate(1)
                .filter(lambda i, _: (i % step == 0) == chosen)
                .map(lambda _, example: example)
            )
        return reading.map(
            lambda x: (decode(x["image"], channels), x["label"]),
            num_parallel_calls=tf.data.AUTOTUNE,
        )

    if step:
        own, own_count = dataset(train, True), count[train] // step
    elif validation and apart:
        own = dataset(apart)
        own_count = builder.info.splits[apart].num_examples
    else:
        own, own_count = None, 0
    return Raw(
        source.name,
        [label.int2str(i) for i in range(label.num_classes)],
        channels,
        (height, width) if height and width else None,
        dataset(train, False if step else None),
        dataset(test),
        count[train] - (own_count if step else 0),
        count[test],
        own if own_count else None,
        own_count,
    )


def _splits(name, builder):
    """TFDS's words for the images to train on, held out and to validate on.

    The last is None where the set has none besides.
    """
    splits = [n for n, s in builder.info.splits.items() if s.num_examples]
    roles = {}
    for split in sorted(splits, key=len):  # "train" before "train_2"
        roles.setdefault(layouts.role(split), split)
    if "train" not in roles:
        raise UserError(
            f"{name} has no split train with images; it has "
            f"{', '.join(splits) or 'none'}."
        )
    train = roles["train"]
    if "test" in roles:
        return train, roles["test"], roles.get("validation")
    if "validation" in roles:
        return train, roles["validation"], None
    return f"{train}[:80%]", f"{train}[80%:]", None


def _builder(source, data_dir):
    if source.kind == "prepared":
        return tfds.builder_from_directory(source.path)
    try:
        if source.kind == "packaged":
            tfds.disable_progress_bar()
            builder = packaged.BUILDERS[source.name](data_dir=data_dir)
        else:
            builder = tfds.builder(source.name, data_dir=data_dir)
    except tfds.core.registered.DatasetNotFoundError as error:
        known = tfds.list_builders(with_community_datasets=False)
        raise UserError(
            f"tensorflow-datasets knows no set {source.name!r}."
            f"{did_you_mean(source.name, known, most=3, show=str)}"
        ) from error
    if not os.path.isdir(builder.data_dir):
        print(f"preparing {source.name} in {builder.data_dir}", flush=True)
        return _prepare(source, builder, data_dir)
    return builder


def _prepare(source, builder, data_dir):
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
