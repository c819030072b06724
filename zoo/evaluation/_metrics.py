"""Accuracy, its interval, and what a classifier confuses."""

import numpy as np
from scipy import stats
from sklearn import metrics

LEVEL = 0.95


def interval(right: int, total: int) -> tuple[float, float]:
    """Wilson's interval of a share, at 95 %.

    With probability 0.95 such an interval contains the accuracy over endless
    images like these (Wilson 1927, "Probable inference, the law of
    succession, and statistical inference").

    Example:
        >>> [round(end, 3) for end in interval(24, 24)]
        [0.862, 1.0]
    """
    test = stats.binomtest(right, total)
    ends = test.proportion_ci(confidence_level=LEVEL, method="wilson")
    return float(ends.low), float(ends.high)


def answers(logits: np.ndarray) -> np.ndarray:
    """The class that each row names; -1 for a row that is not finite."""
    best = np.argmax(np.nan_to_num(logits, nan=-np.inf), axis=1)
    return np.where(np.isfinite(logits).all(axis=1), best, -1)


def in_top(logits: np.ndarray, labels: np.ndarray, count: int) -> int:
    """How many labels are among the `count` largest logits of their row.

    A class that ties with the label goes before it if its number is smaller,
    as in `numpy.argmax`, so that `in_top(…, 1)` counts what is right.
    """
    finite = np.isfinite(logits).all(axis=1)
    logits, labels = logits[finite], labels[finite]
    own = np.take_along_axis(logits, labels[:, None], axis=1)
    earlier = np.arange(logits.shape[1]) < labels[:, None]
    before = (logits > own) | ((logits == own) & earlier)
    return int(np.sum(before.sum(axis=1) < count))


def confusion(labels: np.ndarray, answered: np.ndarray, classes: int):
    """The matrix (class, answer) of counts; answers of -1 are left out."""
    given = answered >= 0
    if not given.any():
        return np.zeros((classes, classes), int)
    return metrics.confusion_matrix(
        labels[given], answered[given], labels=np.arange(classes)
    )


def per_class(labels, answered, names):
    """{name: {precision, recall, f1, images}}.

    What would be divided by 0 is None: the precision of a class that is never
    answered, the recall of one that has no image.
    """
    precision, recall, f1, images = metrics.precision_recall_fscore_support(
        labels, answered, labels=np.arange(len(names)), zero_division=np.nan
    )
    return {
        name: {
            "precision": _number(precision[i]),
            "recall": _number(recall[i]),
            "f1": _number(f1[i]),
            "images": int(images[i]),
        }
        for i, name in enumerate(names)
    }


def balanced(table):
    """The mean recall over the classes that have images; None without any."""
    recalls = [row["recall"] for row in table.values() if row["images"]]
    return float(np.mean(recalls)) if recalls else None


def _number(value):
    return float(value) if np.isfinite(value) else None
