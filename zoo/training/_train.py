"""One training, from options to a run directory."""

import dataclasses
import math
import pathlib
import typing

from zoo.training import (
    devices,
    disk,
    run_directory,
    sources,
    speed,
    together,
)
from zoo.training.config import TrainConfig

if typing.TYPE_CHECKING:
    import keras

    from zoo.evaluation import Evaluation
    from zoo.images import Preprocessing


@dataclasses.dataclass(frozen=True)
class Trained:
    """What came out of a training.

    Attributes:
        model: The trained classifier, whose answers are logits.
        directory: The run directory: configuration, metrics, checkpoints,
            report.html, model.keras.
        accuracy: Share of the held-out images that are classified right.
        history: A dictionary for each epoch: `epoch` (from 1), `loss`,
            `accuracy`, `val_loss`, `val_accuracy`, `learning_rate` and what
            the monitors add.
        saved_model: Directory of the SavedModel, None if there is none.
        classes: Names of the classes, in the order of the logits.
        preprocessing: What makes the model's input of images (N, H, W, C) of
            0 to 255: `trained.model(trained.preprocessing(images))`.
        evaluation: All that is told of the held-out images.

    In a job of several processes the first one alone evaluates and writes:
    the others have NaN for `accuracy` and None for `evaluation`.

    In a notebook it shows itself as the report.
    """

    model: "keras.Model"
    directory: pathlib.Path
    accuracy: float
    history: list[dict[str, float]]
    saved_model: pathlib.Path | None
    classes: list[str]
    preprocessing: "Preprocessing"
    evaluation: "Evaluation | None"

    def _repr_html_(self):
        from zoo.evaluation import _page

        report = self.directory / "report.html"
        return _page.frame(report.read_text("utf-8"))


def train(
    config: TrainConfig,
    *,
    command: str = "zoo train",
    source: sources.Source | None = None,
) -> Trained:
    """Trains a network on images; everything lands in its run directory.

    Args:
        config: The options; `config.resume` continues the run in
            `config.workdir`, whose options must be the same: `resume` reads
            them there.
        command: What a user types to train, for messages.
        source: The images, where `config.dataset` does not name them.

    Raises:
        UserError: An option cannot be, a package is missing, the directory is
            not to be written to (another process writes it, it is full or
            read-only), or the loss became infinite or NaN (after everything
            but the SavedModel is written).
        Stopped: Ctrl-C ended the training, or SIGTERM (`Terminated`), where
            the program has no handler of its own.

    Example:
        A network on one's own photographs:

        ```python
        from zoo import training

        config = training.TrainConfig(
            model="resnet20", dataset="photos", epochs=5, workdir="runs/mine"
        )
        trained = training.train(config)
        print(trained.accuracy, trained.directory / "report.html")
        logits = trained.model(trained.preprocessing(images))
        ```
    """
    role = devices.role(config.devices)
    if role.is_chief:
        source = source or sources.find(
            config.dataset, config.data_dir, config.download, command
        )
        config = config.complete(source)
        workdir = directory(config)
        run_directory.check(workdir, config.resume, config.overwrite)
        disk.check(workdir)
    choice = speed.start(
        config.onednn,
        config.jit,
        config.mixed_precision,
        config.threads,
        config.devices,
    )
    print(choice.line, flush=True)
    import keras

    from zoo.training import watched  # after TensorFlow is set up

    try:
        with together.explained(choice.devices, command):
            config = together.agreed(config, choice.devices)
            source = source or sources.find(
                config.dataset, config.data_dir, config.download, command
            )
            model, run, held_out, saved_model, images = watched.train(
                config, source, directory(config), choice, command
            )
    finally:
        devices.stop()
        keras.config.set_dtype_policy(choice.former_policy)
    return Trained(
        model,
        run.path,
        held_out.accuracy if held_out else math.nan,
        run.rows,
        saved_model,
        images.classes,
        images.preprocessing,
        held_out.evaluation if held_out else None,
    )


def directory(config: TrainConfig) -> pathlib.Path:
    """The run directory of the options: `workdir`, or runs/MODEL_DATASET.

    Raises:
        UserError: There is no such data set.
    """
    if config.workdir is None and config.model is None:
        source = sources.find(config.dataset, config.data_dir, config.download)
        config = config.complete(source)
    return run_directory.directory(
        config.model or "", config.dataset, config.workdir
    )


def resume(
    workdir: str | pathlib.Path, *, command: str = "zoo train", **changes
) -> Trained:
    """Continues a stopped run with the options it was started with.

    It ends with the weights that it would have had without the interruption.

    Args:
        workdir: The run directory.
        command: What a user types to train, for messages.
        changes: Options that may change, such as `epochs`.

    Raises:
        UserError: `train` would raise one, or an option is to change that
            must not.
    """
    path = pathlib.Path(workdir).expanduser()
    return train(run_directory.resumed(path, changes), command=command)
