"""The options of a training, as dataclasses; `flags` makes a command line."""

import dataclasses
import functools
import math
import numbers
import os
import typing

from zoo._choices import one_of

SWITCH = ("auto", "on", "off")
WORDS = {
    bool: "True or False",
    int: "a whole number",
    float: "a finite number",
    str: "a text",
}


def option(default, text, *, choices=None, least=None, most=None):
    """A field of `Options`.

    Args:
        default: Its value unless another is given.
        text: Help for people: a sentence, with units.
        choices: The strings that are accepted. None: any.
        least, most: Bounds of a number, both accepted. None: no bound.
    """
    return dataclasses.field(
        default=default,
        metadata={
            "text": text, "choices": choices, "least": least, "most": most,
        },
    )  # fmt: skip


@dataclasses.dataclass(frozen=True, kw_only=True)
class Options:
    """Options by name, checked as they are set.

    Raises:
        ValueError: A value is of the wrong type, out of its bounds, or none
            of the choices.
    """

    def __post_init__(self):
        for field in dataclasses.fields(self):
            value = checked(type(self), field, getattr(self, field.name))
            object.__setattr__(self, field.name, value)


@functools.cache
def types(options):
    """{name: (type, whether None is accepted)} of the fields of a class."""
    found = {}
    for name, hint in typing.get_type_hints(options).items():
        parts = [t for t in typing.get_args(hint) if t is not type(None)]
        found[name] = (parts[0], True) if parts else (hint, False)
    return found


def checked(options, field, value):
    """The value of a field as its plain Python type.

    Raises:
        ValueError: It is none that the field accepts; says which are.
    """
    kind, optional = types(options)[field.name]
    if value is None and optional:
        return None
    value = _converted(field.name, kind, value)
    meta = field.metadata
    if meta.get("choices"):
        return one_of(field.name, value, meta["choices"])
    least, most = meta.get("least"), meta.get("most")
    low = least is not None and not value >= least
    if low or (most is not None and not value <= most):
        bound = (
            f"at least {least}" if most is None else f"from {least} to {most}"
        )
        raise ValueError(f"{field.name}={value!r} must be {bound}.")
    return value


def _converted(name, kind, value):
    accepted = {
        bool: isinstance(value, numbers.Integral) or _is_numpy_bool(value),
        int: isinstance(value, numbers.Integral),
        float: isinstance(value, numbers.Real),
        str: isinstance(value, (str, os.PathLike)),
    }[kind]
    if not accepted or (kind is float and not math.isfinite(value)):
        raise ValueError(f"{name} must be {WORDS[kind]}; received {value!r}.")
    return kind(os.fspath(value) if kind is str else value)


def _is_numpy_bool(value):
    return type(value).__name__ in ("bool_", "bool")


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
class TrainConfig(SpeedOptions, DataOptions):
    """All options of one training; `zoo train --help` lists them.

    Example:
        >>> config = TrainConfig(model="resnet20", dataset="digits", epochs=5)
        >>> config.batch_size
        32
    """

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

    def __post_init__(self):
        super().__post_init__()
        if self.warmup_epochs >= self.epochs:
            raise ValueError(
                f"--warmup_epochs={self.warmup_epochs:g} leaves nothing of "
                f"--epochs={self.epochs}."
            )
