"""An evaluation as a page that needs no other file, and as lines of text."""

import html
import importlib.resources
import json

import numpy as np

from zoo.evaluation import _calibration

MOST = 30  # classes whose rows of the confusion matrix are shown
CONFUSED = 3  # pairs of classes that the text names


def page(evaluation):
    """The page of an `Evaluation`."""
    title = f"{evaluation.model} on {evaluation.dataset}"
    whole = _template("page.html").replace(
        "<!-- title -->", html.escape(title), 1
    )
    return whole.replace("<!-- evaluation -->", fragment(evaluation), 1)


def fragment(evaluation):
    """The page's contents, for a page that has its colours."""
    text = json.dumps(_data(evaluation), allow_nan=False, separators=(",", ":"))
    # Inside a script element, "</" would end it and "<!--" begin a comment.
    text = text.replace("<", "\\u003c")
    return _template("fragment.html").replace('"evaluation"', text, 1)


def frame(page):
    """A page within another, as notebooks show it."""
    return (
        f'<iframe srcdoc="{html.escape(page)}" style="width: 100%; height: '
        '640px; border: 0" sandbox="allow-scripts"></iframe>'
    )


def text(evaluation):
    """The figures, a line for each."""
    e, c = evaluation, evaluation.calibration
    low, high = e.accuracy_interval
    lines = [
        f"accuracy {e.accuracy:.2%} ({e.right:,} of {len(e.labels):,}), "
        f"95 % interval {low:.2%} to {high:.2%}"
    ]
    if len(e.classes) > 5:
        lines.append(f"among the top five {e.top5:.2%}")
    if c.ece is not None:
        line = f"calibration error {c.ece:.4f}"
        if c.ece_calibrated is not None:
            line += (
                f", {c.ece_calibrated:.4f} with temperature "
                f"{c.temperature:.3f}, fitted on {c.fitted_on}"
            )
        lines.append(line)
    if pairs := _confused(evaluation):
        lines.append(f"most confused: {'; '.join(pairs)}")
    if e.corruptions:
        worst = {k: v[-1] for k, v in e.corruptions["strengths"].items()}
        told = ", ".join(f"{k} {v:.1%}" for k, v in worst.items())
        lines.append(
            f"accuracy at the greatest strength of each corruption: {told}"
        )
    return "\n".join(lines)


def _confused(evaluation):
    """Which classes are taken for which most often, in words."""
    errors = evaluation.confusion_matrix.copy()
    np.fill_diagonal(errors, 0)
    order = np.argsort(-errors, axis=None, kind="stable")[:CONFUSED]
    names = evaluation.classes
    return [
        f"{names[row]} taken for {names[column]} ({errors[row, column]:,})"
        for row, column in zip(
            *np.unravel_index(order, errors.shape), strict=True
        )
        if errors[row, column]
    ]


def _data(evaluation):
    """What the page's script draws."""
    e = evaluation
    facts = e.as_dict()
    calibration = facts["calibration"]
    shown = _shown(e.confusion_matrix)
    items, numbers = _items(e)
    del facts["confusion_matrix"], facts["calibration"]
    return {
        **facts,
        **calibration,
        "shown": shown,
        "matrix": e.confusion_matrix[np.ix_(shown, shown)].tolist(),
        "totals": e.confusion_matrix.sum(axis=1)[shown].tolist(),
        "class_order": _class_order(e),
        "items": items,
        "sure": [
            numbers[row["index"]]
            for row in facts["most_confidently_wrong"]
            if row["index"] in numbers
        ],
    }


def _shown(matrix):
    """The classes whose rows are shown: all, or those with most errors."""
    if len(matrix) <= MOST:
        return list(range(len(matrix)))
    right = np.diag(matrix)
    errors = matrix.sum(axis=0) + matrix.sum(axis=1) - 2 * right
    most = np.argsort(-errors, kind="stable")[:MOST]
    return sorted(most.tolist())


def _class_order(evaluation):
    """Few classes as they stand; of many, those with the worst F1 first."""
    if len(evaluation.classes) <= MOST:
        return evaluation.classes
    table = evaluation.per_class
    named = [n for n in evaluation.classes if table[n]["images"]]
    return sorted(named, key=lambda name: table[name]["f1"] or 0.0)


def _items(evaluation):
    """The images that have pictures, and {index: position} of them."""
    e = evaluation
    numbers = sorted(e.pictures)
    if not numbers:
        return [], {}
    chances = _calibration.probabilities(
        np.nan_to_num(e.logits[numbers]), e.temperature or 1.0
    )
    items = [
        {
            "label": int(e.labels[number]),
            "answer": int(row.argmax()),
            "confidence": round(float(row.max()), 4),
            "file": e.files[number] if e.files else None,
            "picture": e.pictures[number],
            "map": e.maps.get(number),
        }
        for number, row in zip(numbers, chances, strict=True)
    ]
    return items, {number: i for i, number in enumerate(numbers)}


def _template(name):
    files = importlib.resources.files("zoo.evaluation")
    return files.joinpath(name).read_text(encoding="utf-8")
