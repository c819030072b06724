"""The error of a checkpoint that does not fit."""

MOST, LONGEST = 100, 300  # names that a message tells, and their characters


class CheckpointError(ValueError):
    """A checkpoint that does not fit; the model has not been changed.

    Attributes:
        missing: Names of tensors that the model needs and the checkpoint lacks.
        extra: Names of tensors that no variable of the model takes.
        misshapen: Names of tensors of another shape or kind.
    """

    def __init__(
        self, model, source, missing, extra, misshapen, options=(), classes=0
    ):
        self.missing = sorted(missing)
        self.extra = sorted(extra)
        self.misshapen = sorted(misshapen)
        text = (
            f"The {source} checkpoint does not fit the model {model!r}, which "
            "is unchanged."
        )
        for kind, lines in (
            ("missing", self.missing),
            ("extra", self.extra),
            ("misshapen", [misshapen[name] for name in self.misshapen]),
        ):
            if lines:
                told = [f"{line:.{LONGEST}}" for line in lines[:MOST]]
                if len(lines) > MOST:
                    told.append(f"and {len(lines) - MOST:,} more")
                text += f"\n{len(lines)} {kind}:\n  " + "\n  ".join(told)
        if options == {"skip_classifier=True"} and classes:
            text += (
                f"\nThe checkpoint has {classes:,} classes: build the model "
                f"with num_classes={classes} to take its classifier, too."
            )
        if options:
            text += (
                "\nzoo.load_checkpoint(model, checkpoint, "
                f"{', '.join(sorted(options))}) loads the rest."
            )
        super().__init__(text)
