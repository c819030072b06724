"""All that an evaluation finds, as values, as JSON and as a page."""

import dataclasses
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from zoo._files import write_whole, written_aside
from zoo.evaluation import _calibration, _gallery, _metrics, _page
from zoo.evaluation._calibration import Calibration

JSON, PAGE, LOGITS = "evaluation.json", "evaluation.html", "logits.npz"


@dataclasses.dataclass(frozen=True)
class Evaluation:
    """How good a classifier is on labelled images.

    Attributes:
        model, dataset, split: What was evaluated, on what, for people.
        classes: The names of the classes.
        labels, logits: The number of each image's class, and the model's
            answers (images, classes).
        files: The images' files, where they are known.
        right: How many images are classified right.
        accuracy, accuracy_interval: Their share, and Wilson's 95 % interval.
        balanced_accuracy: Mean recall of the classes that have images.
        top5, top5_interval: The share of images whose class is among the five
            most probable, and its interval.
        confusion_matrix: Counts; a row for each class, a column for each
            answer.
        per_class: {class: {precision, recall, f1, images}}; None where a
            class is never answered or has no image.
        calibration: A `Calibration`: whether the probabilities are right.
        wrong: The wrong images, the most confident answer first: `index`,
            `file`, `label`, `answer`, `confidence` (after the temperature).
        corruptions: "images": how many were tried, "accuracy": of those as
            they are, "strengths": {corruption: [accuracy at strength 1, 2,
            …]}. None: not tried.
        weights_sha256: Hash of the model's weights, or None.
        pictures, maps: {index: URL of a small picture} of some images, and
            of what the model looks at in some of them.
    """

    model: str
    dataset: str
    split: str
    classes: list[str]
    labels: np.ndarray
    logits: np.ndarray
    files: list[str] | None
    right: int
    accuracy: float
    accuracy_interval: tuple[float, float]
    balanced_accuracy: float | None
    top5: float
    top5_interval: tuple[float, float]
    confusion_matrix: np.ndarray
    per_class: dict[str, dict[str, Any]]
    calibration: Calibration
    wrong: list[dict[str, Any]]
    corruptions: dict[str, Any] | None = None
    weights_sha256: str | None = None
    pictures: dict[int, str] = dataclasses.field(
        default_factory=dict, repr=False
    )
    maps: dict[int, str] = dataclasses.field(default_factory=dict, repr=False)

    @property
    def temperature(self) -> float | None:
        """What makes the probabilities honest, if logits are divided by it."""
        return self.calibration.temperature

    def as_dict(self) -> dict[str, Any]:
        """What evaluation.json holds."""
        calibration = dataclasses.asdict(self.calibration)
        return {
            "model": self.model,
            "dataset": self.dataset,
            "split": self.split,
            "images": len(self.labels),
            "right": self.right,
            "classes": self.classes,
            "accuracy": self.accuracy,
            "accuracy_interval": list(self.accuracy_interval),
            "balanced_accuracy": self.balanced_accuracy,
            "top5": self.top5,
            "top5_interval": list(self.top5_interval),
            "confusion_matrix": self.confusion_matrix.tolist(),
            "per_class": self.per_class,
            "ece": calibration.pop("ece"),
            "ece_calibrated": calibration.pop("ece_calibrated"),
            "temperature": calibration.pop("temperature"),
            "calibration": calibration,
            "most_confidently_wrong": self.wrong[: _gallery.SURE],
            "corruptions": self.corruptions,
            "weights_sha256": self.weights_sha256,
        }

    def save(self, directory: str | os.PathLike) -> Path:
        """Writes evaluation.json, evaluation.html and logits.npz.

        logits.npz holds `logits`, `labels`, `classes` and, where they are
        known, `files`, of all images.

        Returns:
            The path of evaluation.json.
        """
        directory = Path(directory)
        arrays: dict[str, Any] = {
            "logits": self.logits,
            "labels": self.labels,
            "classes": self.classes,
        }
        if self.files is not None:
            arrays["files"] = self.files
        with written_aside(directory / LOGITS, ".npz") as aside:
            np.savez_compressed(aside, **arrays)
        write_whole(directory / PAGE, self.page())
        text = json.dumps(self.as_dict(), indent=1, allow_nan=False)
        write_whole(directory / JSON, text + "\n")
        return directory / JSON

    def page(self) -> str:
        """A page that needs no other file."""
        return _page.page(self)

    def fragment(self) -> str:
        """What the page consists of, to put into another page."""
        return _page.fragment(self)

    def text(self) -> str:
        """The figures, a line for each, for people."""
        return _page.text(self)

    def _repr_html_(self):
        return _page.frame(self.page())


def measure(
    logits: np.ndarray,
    labels: np.ndarray,
    classes: Sequence[str] | None = None,
    *,
    validation: tuple[np.ndarray, np.ndarray] | None = None,
    **facts,
) -> Evaluation:
    """Evaluates answers that are there already.

    Args:
        logits: (images, classes), before a softmax; of probabilities, their
            logarithms.
        labels: (images,), the number of the right class.
        classes: The names of the classes. None: their numbers.
        validation: Logits and labels of other images, to fit the temperature
            on; see `calibrate`.
        facts: Further fields of `Evaluation`.

    Raises:
        ValueError: There are no images, or an array is not of the form above.

    Example:
        >>> import numpy as np
        >>> logits = np.array([[3.0, 0.0], [2.0, 1.0], [0.0, 1.0]])
        >>> found = measure(logits, np.array([0, 1, 1]), ["cat", "dog"])
        >>> found.confusion_matrix.tolist()
        [[1, 0], [1, 1]]
    """
    logits, labels = _checked(logits, labels)
    names = [str(name) for name in classes or range(logits.shape[1])]
    if len(names) != logits.shape[1]:
        raise ValueError(
            f"the logits are of {logits.shape[1]} classes; received "
            f"{len(names)} names."
        )
    answered = _metrics.answers(logits)
    total, right = len(labels), int(np.sum(answered == labels))
    top = _metrics.in_top(logits, labels, 5)
    table = _metrics.per_class(labels, answered, names)
    calibration = _calibration.calibrate(logits, labels, validation)
    files = facts.pop("files", None)
    return Evaluation(
        model=facts.pop("model", "model"),
        dataset=facts.pop("dataset", "images"),
        split=facts.pop("split", ""),
        classes=names,
        labels=labels,
        logits=logits,
        files=files,
        right=right,
        accuracy=right / total,
        accuracy_interval=_metrics.interval(right, total),
        balanced_accuracy=_metrics.balanced(table),
        top5=top / total,
        top5_interval=_metrics.interval(top, total),
        confusion_matrix=_metrics.confusion(labels, answered, len(names)),
        per_class=table,
        calibration=calibration,
        wrong=_wrong(logits, labels, answered, names, files, calibration),
        **facts,
    )


def _checked(logits, labels):
    logits = np.asarray(logits, np.float32)
    labels = np.asarray(labels)
    if logits.ndim != 2 or logits.shape[1] < 2 or not len(logits):
        raise ValueError(
            "logits must be of the shape (images, classes), with at least one "
            f"image and two classes; received {logits.shape}."
        )
    if labels.shape != (len(logits),) or not np.issubdtype(
        labels.dtype, np.integer
    ):
        raise ValueError(
            f"labels must be {len(logits)} whole numbers, one for each row of "
            f"the logits; received {labels.dtype} of the shape {labels.shape}."
        )
    if labels.min() < 0 or labels.max() >= logits.shape[1]:
        raise ValueError(
            f"labels must be from 0 to {logits.shape[1] - 1}; received "
            f"{labels.min()} to {labels.max()}."
        )
    return logits, labels.astype(np.int64)


def _wrong(logits, labels, answered, names, files, calibration):
    """The wrong images, as `Evaluation.wrong` lists them."""
    where = np.flatnonzero((answered != labels) & (answered >= 0))
    if not len(where):
        return []
    sure = _calibration.probabilities(
        logits[where], calibration.temperature or 1.0
    ).max(axis=1)
    order = np.argsort(-sure, kind="stable")
    return [
        {
            "index": int(i),
            "file": files[i] if files else None,
            "label": names[labels[i]],
            "answer": names[answered[i]],
            "confidence": float(confidence),
        }
        for i, confidence in zip(where[order], sure[order], strict=True)
    ]
