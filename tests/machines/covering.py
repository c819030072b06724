"""Few rows that hold every pair, triple … of the factors' levels."""

import itertools
import random

CANDIDATES = 12  # of which the best becomes a row


def covering(factors, strength):
    """Rows in which any `strength` factors take all combinations of levels.

    Each row is the best of some candidates; a candidate begins with a
    combination that is missing yet and takes, factor by factor in random order,
    the level that adds most (Cohen et al. 1997, "The AETG System").

    Args:
        factors: {name: levels}.
        strength: 2 for every pair, 3 for every triple.

    Returns:
        A list of {name: level}, the same at each call.
    """
    rng = random.Random(0)
    names = list(factors)
    missing = {
        frozenset(zip(chosen, levels, strict=True))
        for chosen in itertools.combinations(names, strength)
        for levels in itertools.product(*(factors[n] for n in chosen))
    }
    missing = dict.fromkeys(sorted(missing, key=sorted_key))
    rows = []
    while missing:
        first = next(iter(missing))
        best, most = None, set()
        for _ in range(CANDIDATES):
            row = _candidate(rng, factors, first, missing, strength)
            new = {c for c in _combinations(row, strength) if c in missing}
            if len(new) > len(most):
                best, most = row, new
        for combination in most:
            del missing[combination]
        rows.append({name: best[name] for name in names})
    return rows


def sorted_key(combination):
    return sorted((name, str(level)) for name, level in combination)


def _combinations(row, strength):
    return map(frozenset, itertools.combinations(row.items(), strength))


def _candidate(rng, factors, first, missing, strength):
    row = dict(first)
    rest = [name for name in factors if name not in row]
    rng.shuffle(rest)
    for name in rest:
        others = list(itertools.combinations(row.items(), strength - 1))

        def gain(level, name=name, others=others):
            pair = (name, level)
            return sum(frozenset((*o, pair)) in missing for o in others)

        levels = list(factors[name])
        rng.shuffle(levels)
        row[name] = max(levels, key=gain)
    return row
