"""Fine-tuning in one call."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from zoo.training import _train, defaults
from zoo.training.config import TrainConfig
from zoo.training.errors import UserError

if TYPE_CHECKING:
    import keras


class FineTuned(NamedTuple):
    """What came out of `fine_tune`.

    Attributes:
        model: The classifier; it takes `run.preprocessing(images)` and
            answers logits.
        history: A dictionary of metrics for each epoch.
        run: The `training.Trained`: directory, held-out accuracy, names of
            the classes, preprocessing.
    """

    model: "keras.Model"
    history: list[dict[str, float]]
    run: _train.Trained


def fine_tune(
    data: Any,
    model: str | None = None,
    *,
    weights: str | os.PathLike | None = None,
    classes: Sequence[str] | None = None,
    epochs: int | None = None,
    **options: Any,
) -> FineTuned:
    """Trains a pretrained network on images of other classes.

    What `zoo train --dataset=DATA` does: the new classifier first, then all
    layers at a lower rate; of the epochs that one is kept which does best on
    images set apart. Other images are held out and only tell the accuracy.

    Args:
        data: The path of a folder with one folder of images for each class,
            or of a table (.csv) of files and labels; the name of a data set;
            a tf.data.Dataset of (image, label); or a pair of arrays, images
            (N, height, width, channels) of 0 to 255 and labels (N,).
        model: A model that `list_models` names. None: that of the weights, or
            efficientnet_lite0.
        weights: A checkpoint's name, such as "torchvision", or a file. None:
            the first that `info(model)` lists.
        classes: Names of the classes, for a dataset or arrays.
        epochs: Passes over the training images. None: 8.
        **options: Further options of `training.TrainConfig`, such as
            `workdir`, `image_size`, `learning_rate` or `recipe`.

    Returns:
        A `FineTuned`: model, history, run.

    Raises:
        ValueError: The images cannot be read, an option cannot be, or there
            are no weights for the model.

    Example:
        ```python
        import zoo

        model, history, run = zoo.fine_tune("photos", epochs=4)
        print(run.accuracy, run.classes)
        logits = model(run.preprocessing(images))
        ```
    """
    if weights is None:
        model = model or defaults.PHOTOGRAPHS[0]
        weights = _first_weights(model)
    named = isinstance(data, (str, os.PathLike))
    config = TrainConfig(
        model=model or defaults.owner(os.fspath(weights)),
        weights=os.fspath(weights),
        dataset=os.fspath(data) if named else "dataset",
        epochs=epochs,
        **options,
    )
    source = None
    if not named:
        _set_up(config)
        from zoo.training import given

        source = given.source(data, classes, config.validation_share or 0.0)
    elif classes is not None:
        raise UserError(
            "classes is for a dataset or arrays; those of a folder are named "
            "by it."
        )
    trained = _train.train(config, source=source)
    return FineTuned(trained.model, trained.history, trained)


def _set_up(config):
    """Imports TensorFlow as a training does, and leaves the dtype policy."""
    from zoo.training import speed

    choice = speed.start(
        config.onednn,
        config.jit,
        config.mixed_precision,
        config.threads,
        config.devices,
    )
    import keras

    keras.config.set_dtype_policy(choice.former_policy)


def _first_weights(model):
    from zoo.checkpoints import _known

    return _known.find(model).name
