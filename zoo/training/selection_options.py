"""The options that choose among the epochs of a training."""

import dataclasses

from zoo.training.options import Options, option


@dataclasses.dataclass(frozen=True, kw_only=True)
class SelectionOptions(Options):
    """Which epoch the training ends with."""

    validation_share: float | None = option(
        None,
        "Share of the training images that is set apart to decide about the "
        "training, if the data set has no split for that; 0: none, and the "
        "curves show the held-out images. Default: 0.2 with --keep=best, "
        "--early_stopping or --learning_rate=auto, else 0.",
        least=0.0,
        most=0.5,
    )
    keep: str | None = option(
        None,
        "Epoch whose weights the run ends with: best (on the validation "
        "images) or last; default: last, with --weights best.",
        choices=("best", "last"),
    )
    early_stopping: int = option(
        0,
        "Epochs without a better one on the validation images after which "
        "the training ends; 0: it does not end early.",
        least=0,
    )

    def check_decided(self, needs: str = "") -> None:
        """Raises a ValueError if images to decide by are needed.

        Args:
            needs: Another option that needs them.
        """
        if self.early_stopping:
            needs = f"--early_stopping={self.early_stopping}"
        if self.keep == "best":
            needs = "--keep=best"
        if needs and not self.validation_share:
            raise ValueError(
                f"{needs} needs images to decide by, which the held-out ones "
                "are not; --validation_share=0.2 sets some apart."
            )
