"""Many comparisons, and how many runs find a difference."""

import math
from collections.abc import Iterable

import numpy as np
from scipy import stats

LEVEL = 0.05  # share of wrong decisions that chance may make
POWER = 0.8


def holm(ps: Iterable[float]) -> list[float]:
    """Holm's p: what is below 0.05 is so with all comparisons counted."""
    ps = list(ps)
    order = np.argsort(ps, kind="stable")
    found, least = [0.0] * len(ps), 0.0
    for rank, at in enumerate(order):
        least = max(least, min(1.0, (len(ps) - rank) * ps[at]))
        found[at] = least
    return found


def runs_needed(effect: float, deviation: float, sides: int) -> int | None:
    """Runs a side that find an effect with a probability of 80 %.

    Args:
        effect: The difference that is to be found.
        deviation: Standard deviation between runs; of pairs where `sides` is 1.
        sides: 2 for Welch's t with equal groups, 1 for pairs or a limit.
    """
    if not (math.isfinite(deviation) and effect > 0):
        return None
    least, most = 2, 2
    while _power(effect, deviation, most, sides) < POWER:
        least, most = most, 2 * most
        if most > 100_000:
            return None
    while least < most:
        middle = (least + most) // 2
        if _power(effect, deviation, middle, sides) < POWER:
            least = middle + 1
        else:
            most = middle
    return most


def _power(effect, deviation, count, sides):
    if not deviation:
        return 1.0
    degrees = sides * (count - 1)
    shift = effect / (deviation * math.sqrt(sides / count))
    if shift > 30:
        return 1.0
    limit = stats.t.ppf(1 - LEVEL / 2, degrees)
    found = stats.nct.sf(limit, degrees, shift)
    return float(found) if math.isfinite(found) else 0.0
