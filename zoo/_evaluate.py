"""`zoo.evaluate` and `zoo evaluate`: a model, on labelled images."""

import dataclasses
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoo import _labelled, _targets
from zoo._choices import one_of
from zoo.images import Preprocessing

if TYPE_CHECKING:
    import keras

    from zoo.evaluation import Evaluation

CORRUPTED = 1000  # images at most; each is asked about 41 times


def evaluate(
    model: "keras.Model | str | os.PathLike",
    dataset: Any = None,
    *,
    split: str = "auto",
    preprocessing: "Preprocessing | keras.layers.Layer | None" = None,
    class_names: Sequence[str] | None = None,
    weights: str | None = None,
    scale: str | None = None,
    corruptions: bool | int = False,
    data_dir: str | None = None,
    directory: str | os.PathLike | None = None,
) -> "Evaluation":
    """Evaluates a classifier on labelled images.

    Args:
        model: The directory of a run or of a SavedModel, a .keras file, the
            name of a model with published weights; or a built `keras.Model`
            whose outputs are logits or probabilities of two classes or more,
            or one sigmoid for the second of two.
        dataset: A folder of images or the name of a data set, as `zoo train
            --dataset` takes it; or arrays (images, labels), images (N, H, W,
            C) and labels (N,), or a `tf.data.Dataset` of batches of them.
            None: the set that the run was trained on.
        split: Which images of a folder or named set: "held_out", "train",
            "validation", "all", or "auto": the images held out where the
            folder sets some apart (`test`, `valid`) or the model was trained
            on it, else all.
        preprocessing: Makes the model's input of images from 0 to 255. None:
            what the model's directory or file tells; for a `keras.Model`,
            arrays and datasets are what enters it.
        class_names: The names of the classes. None: those that the model or
            the data set has.
        weights: For a name: the checkpoint. None: the first.
        scale: For a .keras file that does not tell the range of its pixels:
            "pixels", "unit", "signed" or "imagenet".
        corruptions: Whether corrupted images are tried too: True for the
            first 1,000 images, or their number.
        data_dir: Directory of TFDS's prepared sets.
        directory: Where evaluation.json, evaluation.html and logits.npz are
            written. None: nowhere.

    Raises:
        ValueError: Something given is not of the form above, an image cannot
            be read, or the data set has a class that the model has not.

    Example:
        ```python
        found = zoo.evaluate("runs/lenet5_mnist_5k")
        found.accuracy, found.accuracy_interval
        found.confusion_matrix, found.temperature
        zoo.evaluate(model, (images, labels), class_names=["cat", "dog"])
        ```
    """
    one_of("split", split, _labelled.SPLITS)
    target = wanted = None
    if isinstance(model, (str, os.PathLike)):
        target = _targets.find(model, weights)
    if dataset is None or isinstance(dataset, (str, os.PathLike)):
        wanted = _labelled.wanted(target, dataset, split, data_dir)
    return run(
        target or model,
        wanted or dataset,
        preprocessing=preprocessing,
        class_names=class_names,
        weights=weights,
        scale=scale,
        corruptions=corruptions,
        directory=directory,
    )


def run(
    what,
    images,
    *,
    preprocessing=None,
    class_names=None,
    weights=None,
    scale=None,
    corruptions: bool | int = False,
    directory=None,
    progress: Callable[[str], Any] = lambda line: None,
) -> "Evaluation":
    """The same, of what is checked already.

    Args:
        what: A `_targets.Target` or a `keras.Model`.
        images: A `_labelled.Wanted`, or arrays or a dataset.
        progress: Gets lines that tell how far it is.
        preprocessing, class_names, …: The arguments of `evaluate`.
    """
    from zoo import _evaluation_maps, _loading
    from zoo.evaluation import _asking, measure
    from zoo.export._metadata import weights_sha256

    if isinstance(what, _targets.Target):
        known = preprocessing is not None
        loaded = _loading.load(
            what, weights, scale, None, images_known=not known
        )
        if known:
            loaded = dataclasses.replace(loaded, preprocessing=preprocessing)
        served = what.kind == _targets.SAVED_MODEL
    else:
        loaded = _loading.in_memory(what, preprocessing)
        served = False
    network = _asking.network(loaded.model)
    count = network.output["logits"].shape[-1]
    batches = _batches(loaded, images, class_names or loaded.classes, count)
    progress(f"{loaded.name} on {batches.name}, {batches.split}")
    temperature = loaded.temperature if served else 1.0
    logits, labels, pictures = _asking.ask(network, batches.test(), temperature)
    validation = None
    if batches.validation is not None:
        validation = _asking.ask(network, batches.validation(), temperature)[:2]
    tried = None
    if corruptions:
        most = CORRUPTED if corruptions is True else int(corruptions)
        tried = _asking.corrupted(
            network,
            _asking.first_of(batches.sized(), most),
            batches.scale,
            lambda done: progress(f"corruptions: {done:,} images"),
        )
    found = measure(
        logits,
        labels,
        batches.classes,
        validation=validation,
        model=loaded.name,
        dataset=batches.name,
        split=batches.split,
        files=batches.files,
        pictures=pictures,
        corruptions=tried,
        weights_sha256=weights_sha256(loaded.model),
    )
    if directory is not None and not served and found.wrong:
        wrong = found.wrong[: _evaluation_maps.MOST]
        numbers = sorted(row["index"] for row in wrong)
        answers = dict(enumerate(found.logits[numbers].argmax(axis=1)))
        maps = _evaluation_maps.of(loaded.model, batches.some(numbers), answers)
        found.maps.update({numbers[i]: url for i, url in maps.items()})
    if directory is not None:
        found.save(Path(directory).expanduser())
    return found


def _batches(loaded, images, names, count):
    from zoo import _evaluation_batches

    if isinstance(images, _labelled.Wanted):
        labelled = _labelled.read(images)
        return _evaluation_batches.of_set(loaded, labelled, names, count)
    return _evaluation_batches.in_memory(loaded, images, names, count)
