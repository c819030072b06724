"""One comparison: an estimate, its 95 % interval, and what that decides.

A claim says that a number is above a limit, below one, or between two. It is
*held* where the whole interval says so, *contradicted* where the whole
interval says the opposite, and *undecided* otherwise. One run decides nothing.
"""

import dataclasses
import math
from collections.abc import Callable, Iterable

import numpy as np
from scipy import stats

from zoo.recipes.lab.power import LEVEL, runs_needed
from zoo.recipes.lab.rows import NotMeasured, Rows

HELD, CONTRADICTED, UNDECIDED = "held", "contradicted", "undecided"
POINT = 0.01  # smallest difference of accuracies that is worth telling
SHARE = 0.1  # the same of other numbers, of the second's mean


@dataclasses.dataclass(frozen=True)
class Evidence:
    """What a comparison of runs found.

    Attributes:
        what: What was estimated, such as "ELU − ReLU".
        estimate, low, high: The estimate and the ends of its 95 % interval;
            the ends are None where there is one run only, and equal to it
            where the number is exact.
        verdict: `HELD`, `CONTRADICTED` or `UNDECIDED`.
        p: Probability of a result as far from the limit, if the truth lay on
            it; two-sided. None: no test was made.
        test: How the interval was made, with the number of runs.
        unit, scale, digits: How the numbers are written.
        worth: Smallest difference that is worth telling; None: none is named.
        runs: Runs a side that find it with a probability of 80 %, if the
            deviations are as they were here.
        signed: Whether the text gives the estimate's sign, as of a difference.
    """

    what: str
    estimate: float
    low: float | None
    high: float | None
    verdict: str
    p: float | None
    test: str
    unit: str = ""
    scale: float = 1
    digits: int = 2
    worth: float | None = None
    runs: int | None = None
    signed: bool = False

    def number(self, value: float | None, sign: str = "") -> str:
        """A number with this evidence's decimals; "–" for None."""
        if value is None:
            return "–"
        text = f"{value * self.scale:{sign}.{self.digits}f}"
        return text if float(text) else text.replace("-", "").replace("+", "")

    @property
    def interval(self) -> str:
        """ "[0.1, 0.3]", or why there is none."""
        if self.low is None:
            return "one run each"
        return f"[{self.number(self.low)}, {self.number(self.high)}]"

    @property
    def text(self) -> str:
        """ "+0.20 [0.10, 0.30] %"."""
        unit = f" {self.unit}" if self.unit else ""
        sign = "+" if self.signed else ""
        estimate = self.number(self.estimate, sign)
        if self.low is None:
            return f"{estimate}{unit} ({self.interval})"
        return f"{estimate} {self.interval}{unit}"


def difference(
    more: Rows, less: Rows, name: str, *, what: str = "difference",
    limits: tuple[float, float] = (0.0, math.inf), paired: bool = False,
    resolution: float = 0.0, worth: float | None = None, **form,
) -> Evidence:  # fmt: skip
    """Compares the means of two groups of runs.

    Args:
        more, less: The groups.
        name: Name of the number.
        what: What the table calls the difference.
        limits: Between which limits the claim says that `more` − `less` lies.
        paired: Take the differences seed by seed: right where runs of a seed
            share images and order. Otherwise Welch's t.
        resolution: Step in which the number is measured, such as 1 for whole
            epochs; deviations count as no smaller than rounding makes them.
        worth: Smallest difference that is worth telling. None: a point where
            `scale` is 100, otherwise a tenth of the second mean.
        **form: `unit`, `scale` and `digits`.
    """
    form["signed"] = True
    if worth is None:
        percent = form.get("scale") == 100
        worth = POINT if percent else SHARE * abs(less.mean(name))
    if paired:
        pairs = more.minus(less, name)
        if not pairs:
            raise NotMeasured(f"no seed has {name} of both")
        values = pairs.column(name)
        return _decided(
            values.mean(), _error(values, resolution), len(values) - 1, limits,
            f"paired t, {len(values)} seeds", what, worth, _deviation(values),
            1, form,
        )  # fmt: skip
    one, two = more.column(name), less.column(name)
    errors = [_error(values, resolution) for values in (one, two)]
    counts = [len(one), len(two)]
    both = [e**2 * n for e, n in zip(errors, counts, strict=True)]
    return _decided(
        one.mean() - two.mean(), math.hypot(*errors),
        _welch(errors, counts), limits,
        f"Welch's t, {counts[0]} and {counts[1]} runs", what, worth,
        math.sqrt(sum(both) / 2), 2, form,
    )  # fmt: skip


def level(
    rows: Rows, name: str, *, limits: tuple[float, float], what: str = "mean",
    resolution: float = 0.0, worth: float | None = None, **form,
) -> Evidence:  # fmt: skip
    """Compares the mean of one group with limits; arguments as above."""
    values = rows.column(name)
    return _decided(
        values.mean(), _error(values, resolution), len(values) - 1, limits,
        f"t, {len(values)} runs", what, worth, _deviation(values), 1, form,
    )  # fmt: skip


def resampled(
    statistic: Callable[..., float], samples: Iterable, *, what: str,
    limits: tuple[float, float], of: str, times: int = 1000, **form,
) -> Evidence:  # fmt: skip
    """A statistic with the interval that resampling its cases gives.

    Args:
        statistic: Function of as many arrays as there are samples.
        samples: Arrays of equal length; a case is a number of each.
        what: What the statistic is.
        limits: Between which limits the claim says that it lies.
        of: What the cases are, such as "networks".
        times: Number of resamplings.
        **form: `unit`, `scale` and `digits`.
    """
    samples = [np.asarray(sample, float) for sample in samples]
    count = len(samples[0])
    if count < 5:
        raise NotMeasured(f"fewer than five {of}")
    random = np.random.default_rng(0)
    drawn = []
    while len(drawn) < times:
        chosen = random.integers(0, count, count)
        if min(len(set(sample[chosen])) for sample in samples) > 1:
            drawn.append(statistic(*(sample[chosen] for sample in samples)))
    low, high = np.quantile(drawn, [LEVEL / 2, 1 - LEVEL / 2])
    beyond = np.less_equal(drawn, limits[0]), np.greater_equal(drawn, limits[1])
    sides = [2 * min(0.5, max(1 / times, np.mean(some))) for some in beyond]
    verdict, p = _judged(low, high, limits, sides)
    return Evidence(
        what, float(statistic(*samples)), float(low), float(high), verdict, p,
        f"bootstrap over {count} {of}", **form,
    )  # fmt: skip


def every(flags: Iterable[bool], what: str, unit: str = "runs") -> Evidence:
    """The claim that something is so in every run: one exception refutes it.

    Args:
        flags: Whether it is so, for each run.
        what: What is so.
        unit: What the flags are of.
    """
    flags = [bool(flag) for flag in flags]
    if not flags:
        raise NotMeasured("no run")
    share = float(np.mean(flags))
    verdict = HELD if all(flags) else CONTRADICTED
    if len(flags) < 2:
        verdict = UNDECIDED
    return Evidence(
        what, share, None, None, verdict, None,
        f"{sum(flags)} of {len(flags)} {unit}", "%", 100, 0,
    )  # fmt: skip


def _deviation(values):
    """Standard deviation between runs; NaN for one run."""
    return values.std(ddof=1) if len(values) > 1 else math.nan


def _error(values, resolution):
    """Standard error of the mean; NaN for one run."""
    if len(values) < 2:
        return math.nan
    deviation = max(_deviation(values), resolution / math.sqrt(12))
    return float(deviation / math.sqrt(len(values)))


def _welch(errors, counts):
    """Welch's degrees of freedom."""
    squares = [error**2 for error in errors]
    if not all(map(math.isfinite, squares)):
        return 0
    parts = [s**2 / (n - 1) for s, n in zip(squares, counts, strict=True)]
    return sum(squares) ** 2 / sum(parts) if sum(parts) else sum(counts) - 2


def _decided(
    mean, error, degrees, limits, test, what, worth, deviation, sides, form
):
    mean = float(mean)
    if not math.isfinite(error):
        return Evidence(
            what, mean, None, None, UNDECIDED, None, "one run", **form,
            worth=worth,
        )  # fmt: skip
    reach = error * stats.t.ppf(1 - LEVEL / 2, degrees) if error else 0.0
    low, high = mean - reach, mean + reach
    inside = mean - limits[0], limits[1] - mean
    if error:
        ps = [float(2 * stats.t.sf(by / error, degrees)) for by in inside]
    else:
        ps = [float(1 - np.sign(by)) for by in inside]
    verdict, p = _judged(low, high, limits, ps)
    return Evidence(
        what, mean, float(low), float(high), verdict, p, test, **form,
        worth=worth, runs=runs_needed(worth or 0.0, deviation, sides),
    )  # fmt: skip


def _judged(low, high, limits, ps):
    """(verdict, p); `ps` belong to being above the first, below the second."""
    p = min(1.0, max(ps))  # of lying between the limits
    opposite = min(1.0, min(2 - q for q in ps))
    if low > limits[0] and high < limits[1]:
        return HELD, p
    if high < limits[0] or low > limits[1]:
        return CONTRADICTED, opposite
    return UNDECIDED, min(p, opposite)
