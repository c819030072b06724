"""The options of a training; `flags` makes a command line of them."""

import dataclasses
from typing import TYPE_CHECKING

from zoo.training import defaults
from zoo.training.device_options import DeviceOptions
from zoo.training.optimizer_options import OptimizerOptions
from zoo.training.options import Options, option
from zoo.training.pretrained_options import PretrainedOptions
from zoo.training.recipe_options import RecipeOptions
from zoo.training.selection_options import SelectionOptions

if TYPE_CHECKING:
    from zoo.training.sources import Source

SWITCH = ("auto", "on", "off")


@dataclasses.dataclass(frozen=True, kw_only=True)
class SpeedOptions(Options):
    """How TensorFlow uses the machine."""

    onednn: str = option(
        "auto",
        "Use Intel's oneDNN kernels on the CPU; auto: on x86 processors.",
        choices=SWITCH,
    )
    jit: str = option(
        "auto",
        "Compile the model with XLA; auto: on GPUs and TPUs.",
        choices=SWITCH,
    )
    mixed_precision: str = option(
        "auto",
        "Compute in 16 bits and keep the weights in 32; auto: on GPUs with "
        "tensor cores and on TPUs.",
        choices=SWITCH,
    )
    threads: int = option(
        0,
        "CPU threads that one operation may use; 0: TensorFlow chooses.",
        least=0,
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class DataOptions(Options):
    """Which images are read."""

    dataset: str = option(
        "mnist_5k",
        "Images to train on: mnist_5k, digits, the name of a prepared TFDS "
        "set, or the path of a folder that has one folder for each class.",
    )
    data_dir: str | None = option(
        None,
        "Directory of the sets that TFDS has prepared; default: "
        "$TFDS_DATA_DIR or ~/tensorflow_datasets.",
    )
    images_per_class: int = option(
        0,
        "Train on the first N images of each class; 0: on all.",
        least=0,
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class ImageOptions(Options):
    """How images are fetched, sized, scaled and changed."""

    download: bool = option(
        False, "Download a TFDS set that is not prepared yet."
    )
    image_size: int = option(
        0,
        "Side of the square images that the network takes, in pixels; 0: "
        "images of up to 64 pixels keep their size, but get at least 32, and "
        "larger ones get the model's own.",
        least=0,
    )
    resize: str = option(
        "auto",
        "How an image gets that size: pad with zeros, crop the middle, or "
        "stretch; auto: pad where at most a fifth is missing, else crop.",
        choices=("auto", "pad", "crop", "stretch"),
    )
    scale: str = option(
        "auto",
        "Range of the pixels: standard (mean 0 and variance 1), unit (0 to "
        "1), signed (-1 to 1) or lenet (-0.1 to 1.175); auto: that of "
        "--weights, lenet for LeNet-5, else standard.",
        choices=("auto", "standard", "unit", "signed", "lenet"),
    )
    augment: str = option(
        "auto",
        "Random changes of the training images: digits (rotate, scale and "
        "shift a little), standard (crop and flip) or none; auto: digits for "
        "sets of figures and letters, else standard.",
        choices=("auto", "none", "digits", "standard"),
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class ModelOptions(Options):
    """Which network is trained."""

    model: str | None = option(
        None,
        "Model to train, one that `zoo list` names; default: that of "
        "--weights; efficientnet_lite0 with pretrained weights for "
        "photographs, which are images of more than 64 pixels a side; else "
        "lenet5.",
    )
    activation: str | None = option(
        None, "Activation that replaces the paper's, such as rrelu."
    )
    norm: str | None = option(
        None, "Normalizer that replaces the paper's, such as layer_norm."
    )
    dropout_rate: float | None = option(
        None,
        "Share of units that dropout sets to 0, for models that have dropout; "
        "default: the paper's.",
        least=0.0,
        most=1.0,
    )
    aux_heads: bool = option(
        False,
        "Train the auxiliary classifiers too, with the paper's weight of "
        "their losses.",
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class RunOptions(Options):
    """Where the run is kept, and how it is repeated."""

    seed: int = option(
        0,
        "Seed of the weights, the order and the random changes: the same "
        "seed gives the same run.",
        least=0,
    )
    workdir: str | None = option(
        None, "Directory that the run writes; default: runs/MODEL_DATASET."
    )
    resume: bool = option(
        False, "Continue the stopped run in --workdir, with its options."
    )
    restart: bool = option(
        False,
        "Continue the run in --workdir if epochs of it are done, else begin "
        "it: for jobs that are started again by themselves.",
    )
    overwrite: bool = option(False, "Replace the run in --workdir.")
    export: bool = option(True, "Export a SavedModel and try it.")


@dataclasses.dataclass(frozen=True, kw_only=True)
class TrainConfig(
    SpeedOptions,
    DeviceOptions,
    RunOptions,
    OptimizerOptions,
    SelectionOptions,
    RecipeOptions,
    PretrainedOptions,
    ModelOptions,
    ImageOptions,
    DataOptions,
):
    """All options of one training; `zoo train --help` lists them.

    Example:
        >>> config = TrainConfig(model="resnet20", dataset="digits", epochs=5)
        >>> config.batch_size
        32
    """

    def __post_init__(self):
        super().__post_init__()
        for name, value in defaults.certain(self).items():
            object.__setattr__(self, name, value)
        if self.epochs is None:  # until the data set is known
            return
        self.check_schedule()
        if self.freeze_epochs and self.weights is None:
            raise ValueError(
                f"--freeze_epochs={self.freeze_epochs} is for a training "
                "that starts from pretrained --weights."
            )
        frozen = self.freeze_epochs or 0
        if frozen > self.epochs:
            raise ValueError(
                f"--freeze_epochs={frozen} are more than "
                f"--epochs={self.epochs}."
            )
        auto = self.learning_rate == "auto"
        self.check_decided("--learning_rate=auto" if auto else "")
        thawed = self.epochs - frozen
        if self.warmup_epochs and self.warmup_epochs >= thawed:
            raise ValueError(
                f"--warmup_epochs={self.warmup_epochs:g} leaves nothing of "
                f"--epochs={self.epochs}"
                + (f" after --freeze_epochs={frozen}." if frozen else ".")
            )

    def complete(self, source: "Source") -> "TrainConfig":
        """With the model and the weights that the data set decides.

        Args:
            source: The `sources.Source` of its data set.
        """
        return dataclasses.replace(self, **defaults.chosen(self, source))
