"""The verdicts of an experiment together: counted, corrected, with power."""

from zoo.recipes.lab.claims import CONTRADICTED, HELD, VERDICTS, Claim
from zoo.recipes.lab.power import LEVEL, holm
from zoo.recipes.lab.tables import Table

WEAK = "(Undecided if all comparisons of the chapter count.)"


def counted(claims: list[Claim]) -> str:
    """ "5 held, 1 contradicted, 7 undecided"."""
    counts = {v: sum(c.verdict == v for c in claims) for v in VERDICTS}
    return ", ".join(f"{n} {v}" for v, n in counts.items() if n)


def surviving(claims: list[Claim]) -> list[bool]:
    """Which verdicts stay when all comparisons are counted, as Holm does."""
    adjusted = _adjusted(claims)
    stay = []
    for claim in claims:
        decided = [
            adjusted.get(id(one), 0.0) < LEVEL
            for one in claim.evidence
            if one.verdict == claim.verdict
        ]
        if claim.verdict == HELD:
            stay.append(all(decided))
        elif claim.verdict == CONTRADICTED:
            stay.append(any(decided))
        else:
            stay.append(True)
    return stay


def table(claims: list[Claim]) -> Table:
    """Every comparison: what it found, how sure, and what would decide it."""
    adjusted, lines = _adjusted(claims), []
    for number, claim in enumerate(claims, 1):
        for one in claim.evidence:
            unit = f" {one.unit}" if one.unit else ""
            lines.append(
                [
                    number,
                    one.what,
                    f"{one.number(one.estimate)}{unit}",
                    one.interval if one.low is not None else "–",
                    _p(one.p),
                    _p(adjusted.get(id(one))),
                    one.test,
                    f"{one.number(one.worth)}{unit}" if one.worth else "–",
                    one.runs or "–",
                    one.verdict,
                ]
            )
    tests = len(adjusted)
    lost = sum(not stays for stays in surviving(claims))
    note = (
        f"{len(claims)} claims: {counted(claims)}. {tests} comparisons were "
        f"tested at {100 * LEVEL:.0f} %: if nothing differed from its limit, "
        f"chance would decide {LEVEL * tests:.1f} of them. With Holm's "
        f"correction for all of them {lost or 'none'} of the verdicts "
        f"{'becomes' if lost == 1 else 'become'} undecided. The last but one "
        "column: how many runs (of each side; seeds where runs are paired) "
        "find the difference worth telling with a probability of 80 %, if "
        "runs scatter as they did here."
    )
    headings = [
        "claim", "comparison", "estimate", "95 % interval", "p", "Holm's p",
        "test", "worth telling", "runs for 80 % power", "verdict",
    ]  # fmt: skip
    return Table("Verdicts", headings, lines, note)


def _adjusted(claims):
    """{id of a comparison: Holm's p}."""
    tested = [
        one for claim in claims for one in claim.evidence if one.p is not None
    ]
    ps = holm([one.p for one in tested])
    return {id(one): p for one, p in zip(tested, ps, strict=True)}


def _p(value):
    if value is None:
        return "–"
    return "< 0.001" if value < 0.001 else f"{value:.3f}"
