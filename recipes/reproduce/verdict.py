"""Whether trainings come to what a paper claims."""

import dataclasses
import math
from collections.abc import Sequence

import numpy as np
from scipy import stats

from zoo.recipes.configs import Claim

MARGIN = 0.005  # of the accuracy: the smallest shortfall worth telling
CONFIDENCE = 0.95


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What trainings say about a claim.

    Attributes:
        word: "held", "contradicted" or "undecided".
        why: What is to be known about it, or "".
        mean: Mean accuracy of the runs.
        difference: That, less the claimed accuracy.
        interval: 95 % confidence interval of the difference. None: there are
            too few runs for one.
    """

    word: str
    why: str
    mean: float
    difference: float
    interval: tuple[float, float] | None

    def __str__(self) -> str:
        text = f"difference {100 * self.difference:+.2f} points"
        if self.interval is not None:
            low, high = (100 * bound for bound in self.interval)
            text += f", 95 % interval {low:+.2f} to {high:+.2f}"
        why = f" ({self.why})" if self.why else ""
        return f"{text}: {self.word}{why}"


def judge(
    accuracies: Sequence[float], claim: Claim, as_published: bool = True
) -> Verdict:
    """Compares accuracies with a claim, by Student's t.

    The claim holds where the whole interval of the difference is above
    −0.5 points, and is contradicted where it is below. The paper's number is
    the mean of `claim.runs` runs itself: with its standard deviation (Welch's
    interval), or where it tells none, with that of these runs.

    Args:
        accuracies: Shares of the test images that were right, one a run.
        claim: What the paper claims.
        as_published: Whether the runs follow the paper's recipe. If not, they
            can bear the claim out, not contradict it.

    Example:
        >>> from zoo.recipes.configs import Claim
        >>> claim = Claim(0.9125, "8.75 % error", "Table 6", "")
        >>> judge([0.913, 0.914, 0.9135], claim).word
        'held'
        >>> judge([0.95], claim).word
        'undecided'
    """
    values = np.asarray(accuracies, float)
    count, mean = len(values), float(values.mean())
    difference = mean - claim.accuracy
    if count < 2:
        return Verdict(
            "undecided", "one run decides nothing", mean, difference, None
        )
    own = values.var(ddof=1)
    parts = (
        own / count,
        (own if claim.std is None else claim.std**2) / claim.runs,
    )
    error = math.sqrt(sum(parts))
    freedom = count - 1.0
    if claim.std is not None and claim.runs > 1 and error:
        freedom = sum(parts) ** 2 / (
            parts[0] ** 2 / (count - 1) + parts[1] ** 2 / (claim.runs - 1)
        )
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, freedom)) * error
    interval = difference - half, difference + half
    if interval[0] > -MARGIN:
        word, why = "held", ""
    elif interval[1] > -MARGIN:
        word, why = "undecided", "the interval reaches to both sides of -0.5"
    elif as_published:
        word, why = "contradicted", ""
    else:
        word, why = "undecided", "these are not the paper's options"
    return Verdict(word, why, mean, difference, interval)
