"""The options of a training; `flags` makes a command line of them."""

import dataclasses

from zoo.training.options import Options, option

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
        "1), signed (-1 to 1) or lenet (-0.1 to 1.175); auto: lenet for "
        "LeNet-5, else standard.",
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

    model: str = option("lenet5", "Model to train, one that `zoo list` names.")
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
class OptimizerOptions(Options):
    """How it is trained."""

    epochs: int = option(20, "Passes over the training images.", least=1)
    batch_size: int = option(32, "Images in each training step.", least=1)
    optimizer: str = option(
        "adam",
        "Optimizer: one of Keras's in small letters, momentum or nesterov.",
    )
    learning_rate: float | None = option(
        None,
        "Highest learning rate; default: 0.003 for adam, Keras's own for "
        "others.",
        least=0.0,
    )
    schedule: str = option(
        "cosine",
        "How the learning rate falls: cosine (to 0), constant (it does not), "
        "or step (to a tenth after 1/2 and after 3/4 of the epochs).",
        choices=("cosine", "constant", "step"),
    )
    warmup_epochs: float = option(
        0.0,
        "Epochs during which the learning rate rises linearly from 0.",
        least=0.0,
    )
    weight_decay: float | None = option(
        None,
        "Weight decay of the kernels; default: the optimizer's own.",
        least=0.0,
    )
    clip_norm: float | None = option(
        None,
        "Norm to which longer gradients, of all weights together, are cut.",
        least=0.0,
    )
    loss: str = option(
        "auto",
        "Loss: softmax (cross-entropy) or code (squared distance to the "
        "class's code, as in LeNet-5's paper); auto: code for LeNet-5.",
        choices=("auto", "softmax", "code"),
    )
    label_smoothing: float = option(
        0.0,
        "Share of each target that is spread over all classes, from 0 to 1.",
        least=0.0,
        most=1.0,
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
    overwrite: bool = option(False, "Replace the run in --workdir.")
    export: bool = option(True, "Export a SavedModel and try it.")


@dataclasses.dataclass(frozen=True, kw_only=True)
class TrainConfig(
    SpeedOptions,
    RunOptions,
    OptimizerOptions,
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
        if self.warmup_epochs >= self.epochs:
            raise ValueError(
                f"--warmup_epochs={self.warmup_epochs:g} leaves nothing of "
                f"--epochs={self.epochs}."
            )
