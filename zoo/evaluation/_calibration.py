"""Whether a classifier is as often right as it says, and how to make it so."""

import dataclasses
from typing import Any

import numpy as np
from scipy import optimize, special
from sklearn.model_selection import KFold

BINS = 15
FOLDS = 5
RANGE = (1e-3, 1e3)  # of the temperature


@dataclasses.dataclass(frozen=True)
class Calibration:
    """Before and after dividing the logits by a temperature.

    Attributes:
        temperature: What to divide logits by. None: it could not be fitted.
        fitted_on: On which images, in words.
        ece, ece_calibrated: Expected calibration error before and after, from
            0 to 1 (Guo et al. 2017, "On calibration of modern neural
            networks": 15 bins of equal width).
        nll, nll_calibrated: Mean negative log-likelihood, before and after.
        reliability, reliability_calibrated: A dictionary for each bin that
            has images: `low`, `high`, `images`, mean `confidence`, `accuracy`.
    """

    temperature: float | None
    fitted_on: str
    ece: float | None
    ece_calibrated: float | None
    nll: float | None
    nll_calibrated: float | None
    reliability: list[dict[str, Any]]
    reliability_calibrated: list[dict[str, Any]]


def calibrate(
    logits: np.ndarray,
    labels: np.ndarray,
    validation: tuple[np.ndarray, np.ndarray] | None = None,
) -> Calibration:
    """Measures the calibration, and what one temperature makes of it.

    The temperature is never fitted on an image that it is judged by. With
    `validation` it is fitted there. Without, cross-fitting in five folds
    gives each image the temperature that the images of the other folds want,
    and what is returned is the one that all images want.

    Args:
        logits: (images, classes), as the model answers.
        labels: (images,), the number of the right class.
        validation: Logits and labels of other images, which the model was not
            trained on either.
    """
    if not _finite(logits):
        return _none("the model's answers are not finite")
    before = probabilities(logits)
    if validation is not None and _finite(validation[0]):
        temperature = fit_temperature(*validation)
        after = probabilities(logits, temperature)
        how = f"{len(validation[1]):,} validation images"
    elif len(labels) > 1:
        temperature = fit_temperature(logits, labels)
        after = _cross_fitted(logits, labels)
        how = (
            f"these {len(labels):,} images; judged by cross-fitting in "
            f"{min(FOLDS, len(labels))} folds"
        )
    else:
        temperature, after = None, None
        how = "nothing: there is one image only"
    bins = reliability(before, labels)
    bins_after = [] if after is None else reliability(after, labels)
    return Calibration(
        temperature,
        how,
        ece(bins),
        None if after is None else ece(bins_after),
        _nll(before, labels),
        None if after is None else _nll(after, labels),
        bins,
        bins_after,
    )


def fit_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature under which the labels are the most probable.

    To n images it adds one whose label is any class alike, as Platt (1999,
    "Probabilistic outputs for support vector machines") does: else a model
    that has all of a few images right would be called certain.

    Args:
        logits: (images, classes).
        labels: (images,).

    Raises:
        ValueError: The logits are not finite.

    Example:
        >>> random = np.random.default_rng(0)
        >>> logits = random.normal(size=(4000, 3))
        >>> labels = (logits + random.gumbel(size=logits.shape)).argmax(1)
        >>> bool(abs(fit_temperature(4 * logits, labels) - 4) < 0.3)
        True
    """
    if not _finite(logits):
        raise ValueError("the logits must be finite numbers.")
    logits = np.asarray(logits, np.float64)
    spread = np.ptp(logits, axis=1).max(initial=0)
    if not spread:
        return 1.0
    n = len(labels)

    def loss(log_temperature):
        log = special.log_softmax(logits / np.exp(log_temperature), axis=1)
        own = np.take_along_axis(log, labels[:, None], axis=1).mean()
        return -(n * own + log.mean()) / (n + 1)

    found = optimize.minimize_scalar(
        loss, bounds=np.log(RANGE), method="bounded", options={"xatol": 1e-4}
    )
    return float(np.exp(found.x))


def probabilities(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """softmax(logits / temperature), in float64."""
    return special.softmax(np.asarray(logits, np.float64) / temperature, axis=1)


def reliability(
    probabilities: np.ndarray, labels: np.ndarray
) -> list[dict[str, Any]]:
    """What each bin of confidence comes to, as `Calibration` has it."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    edges = np.linspace(0, 1, BINS + 1)
    where = np.digitize(confidence, edges[1:-1], right=True)
    return [
        {
            "low": float(edges[i]),
            "high": float(edges[i + 1]),
            "images": int(inside.sum()),
            "confidence": float(confidence[inside].mean()),
            "accuracy": float(right[inside].mean()),
        }
        for i in range(BINS)
        if (inside := where == i).any()
    ]


def ece(bins: list[dict[str, Any]]) -> float:
    """The mean distance of accuracy to confidence, weighted by images."""
    total = sum(bin["images"] for bin in bins)
    return sum(
        bin["images"] / total * abs(bin["accuracy"] - bin["confidence"])
        for bin in bins
    )


def _cross_fitted(logits, labels):
    made = np.empty(np.shape(logits))
    folds = KFold(min(FOLDS, len(labels)), shuffle=True, random_state=0)
    for others, fold in folds.split(logits):
        temperature = fit_temperature(logits[others], labels[others])
        made[fold] = probabilities(logits[fold], temperature)
    return made


def _nll(probabilities, labels):
    own = np.take_along_axis(probabilities, labels[:, None], axis=1)
    return float(-np.log(np.maximum(own, np.finfo(float).tiny)).mean())


def _finite(logits):
    return bool(np.isfinite(logits).all())


def _none(why):
    return Calibration(None, why, None, None, None, None, [], [])
