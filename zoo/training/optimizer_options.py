"""The options of the optimizer and of the learning rate."""

import dataclasses
import itertools

from zoo.training.options import Options, option

SCHEDULES = (
    "cosine", "linear", "restarts", "step", "exponential", "constant",
)  # fmt: skip


@dataclasses.dataclass(frozen=True, kw_only=True)
class OptimizerOptions(Options):
    """How it is trained."""

    epochs: int | None = option(
        None,
        "Passes over the training images; default: 20, with --weights 8.",
        least=1,
    )
    batch_size: int | None = option(
        None,
        "Images in each training step; default: 32, with --weights at most a "
        "tenth of the training images, but 8.",
        least=1,
    )
    optimizer: str | None = option(
        None,
        "Optimizer: one of Keras's in small letters, momentum or nesterov. "
        "Default: adam, classic nesterov, modern adamw.",
    )
    optimizer_arguments: str | None = option(
        None,
        "Further arguments of Keras's optimizer, separated by commas: "
        "momentum=0.9,rho=0.9,epsilon=1.0 for rmsprop.",
    )
    learning_rate: float | str | None = option(
        None,
        "Highest learning rate; auto: the one among several that does best "
        "on validation images. Default: 0.003 for adam, Keras's own for "
        "others; classic 0.05, modern 0.002.",
        least=0.0,
        words=("auto",),
    )
    schedule: str | None = option(
        None,
        "How the learning rate falls: cosine or linear (to 0), restarts (a "
        "cosine thrice, each twice as long as the one before), step (times "
        "--step_factor after each of --step_epochs), exponential (times "
        "--step_factor after every --step_epochs) or constant (it does not). "
        "Default: cosine, classic step.",
        choices=SCHEDULES,
    )
    step_epochs: str | None = option(
        None,
        "Epochs after which the schedule step lowers the rate, as in 82,123; "
        "for exponential one number, the epochs from one fall to the next. "
        "Default: step 1/2 and 3/4 of the epochs.",
    )
    step_factor: float | None = option(
        None,
        "What --step_epochs multiplies the rate by. Default: 0.1.",
        least=0.0,
        most=1.0,
    )
    warmup_epochs: float | None = option(
        None,
        "Epochs during which the learning rate rises linearly from 0; with "
        "the schedule step it is a tenth of the rate meanwhile. Default: 0, "
        "modern a tenth of those that train all layers.",
        least=0.0,
    )
    weight_decay: float | None = option(
        None,
        "Weight decay of the kernels as in AdamW: each step takes the rate "
        "times this share from them; default: the optimizer's own.",
        least=0.0,
    )
    l2: float | None = option(
        None,
        "Weight decay of the kernels as papers with SGD have it, which is "
        "added to the gradient: the L2 penalty l2/2 times the squared "
        "weights. Default: 0, classic 0.0001.",
        least=0.0,
    )
    decay_all: bool = option(
        False,
        "Let --weight_decay and --l2 decay biases and the scales and offsets "
        "of normalizers, too.",
    )
    clip_norm: float | None = option(
        None,
        "Norm to which longer gradients, of all weights together, are cut.",
        least=0.0,
    )
    adaptive_clip: float | None = option(
        None,
        "Adaptive gradient clipping: norm to which a filter's longer gradient "
        "is cut, as a share of the norm of its weights; the classifier's is "
        "not. 0.01 lets networks without normalizers train.",
        least=0.0,
    )
    loss: str = option(
        "auto",
        "Loss: softmax (cross-entropy), focal (the same, in which images "
        "that are right already count less) or code (squared distance to the "
        "class's code, as in LeNet-5's paper); auto: code for LeNet-5.",
        choices=("auto", "softmax", "focal", "code"),
    )

    def falls(self) -> tuple[float, ...]:
        """The numbers of `step_epochs`; none where it is not given."""
        return epochs_of(self.step_epochs or "")

    def check_schedule(self) -> None:
        """Raises a ValueError if the schedule and its epochs do not fit."""
        epochs, text = self.falls(), f"--step_epochs={self.step_epochs}"
        if epochs and self.schedule not in ("step", "exponential"):
            raise ValueError(
                f"{text} is for --schedule=step or exponential; it is "
                f"{self.schedule}."
            )
        if self.schedule == "exponential" and len(epochs) != 1:
            raise ValueError(
                "--schedule=exponential needs --step_epochs=N, the epochs "
                "from one fall of the rate to the next; received "
                f"{self.step_epochs}."
            )


def epochs_of(text: str) -> tuple[float, ...]:
    """The rising numbers of a text such as "82,123".

    Raises:
        ValueError: It is none.

    Example:
        >>> epochs_of("60,120,160")
        (60.0, 120.0, 160.0)
    """
    try:
        found = tuple(float(part) for part in text.split(",") if text.strip())
    except ValueError:
        found = (0.0,)
    pairs = itertools.pairwise((0.0, *found))
    if not all(a < b < float("inf") for a, b in pairs):
        raise ValueError(
            "step_epochs must be rising numbers above 0 with commas between "
            f"them, such as 82,123; received {text!r}."
        )
    return found
