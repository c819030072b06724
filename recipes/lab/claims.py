"""Claims of the textbook, judged by what was measured.

    @claim("ReLU trains faster than tanh.", "[Krizhevsky et al. 2012](…)")
    def faster(rows):
        relu, tanh = (rows.where(activation=a) for a in ("relu", "tanh"))
        return versus(tanh, relu, "epochs_to_90", "tanh", "ReLU", "epochs")

`faster(rows)` is then a `Claim`. Its verdict is computed from the rows alone:
"held", "contradicted" or "undecided", as in `evidence`.
"""

import dataclasses
import functools
import math
from collections.abc import Callable, Iterable

from zoo.recipes.lab import evidence
from zoo.recipes.lab.evidence import CONTRADICTED, HELD, UNDECIDED, Evidence
from zoo.recipes.lab.rows import NotMeasured, Rows

NOT_MEASURED = "not measured"
VERDICTS = (HELD, CONTRADICTED, UNDECIDED, NOT_MEASURED)


@dataclasses.dataclass(frozen=True)
class Measured:
    """What was measured, and what it says of the claim.

    Attributes:
        text: A sentence without its full stop.
        evidence: The comparisons that decide.
    """

    text: str
    evidence: tuple[Evidence, ...]

    def and_(
        self, more: "Measured | Evidence | str", between: str = "; "
    ) -> "Measured":
        """This and more; all comparisons count.

        Args:
            more: A `Measured`, a comparison, or a text that decides nothing.
            between: What stands between the two texts.
        """
        if isinstance(more, str):
            more = Measured(more, ())
        elif isinstance(more, Evidence):
            more = told(more)
        return Measured(
            f"{self.text}{between}{more.text}", self.evidence + more.evidence
        )

    @property
    def verdict(self) -> str:
        """What all comparisons together say of the claim."""
        return judged([one.verdict for one in self.evidence])


@dataclasses.dataclass(frozen=True)
class Claim:
    """What is said, who says so, what was measured, what that decides."""

    text: str
    paper: str
    measured: str
    verdict: str
    evidence: tuple[Evidence, ...] = ()


def judged(verdicts: list[str]) -> str:
    """Held if all are; contradicted if one is; otherwise undecided."""
    if CONTRADICTED in verdicts:
        return CONTRADICTED
    return HELD if set(verdicts) == {HELD} else UNDECIDED


def claim(text: str, paper: str) -> Callable:
    """Decorates a function of rows that returns a `Measured`.

    Args:
        text: The claim, a sentence as a textbook has it, with its limits.
        paper: The claim's source, as a Markdown link that says where in it.
    """

    def decorate(measure):
        @functools.wraps(measure)
        def judge(rows):
            try:
                measured = measure(rows)
            except NotMeasured as missing:
                return Claim(text, paper, f"{missing}.", NOT_MEASURED)
            return Claim(
                text, paper, f"{measured.text}.", measured.verdict,
                measured.evidence,
            )  # fmt: skip

        return judge

    return decorate


def told(one: Evidence) -> Measured:
    """One comparison as a `Measured`."""
    return Measured(f"{one.what} {one.text}", (one,))


def together(found: Iterable[Measured], between: str = "; ") -> Measured:
    """What was measured of a claim that needs all of these.

    Args:
        found: `Measured`s, at least one.
        between: What stands between the texts.
    """
    return functools.reduce(lambda one, more: one.and_(more, between), found)


def versus(
    more: Rows, less: Rows, name: str, more_name: str, less_name: str,
    unit: str = "", scale: float = 1, digits: int = 2, **options,
) -> Measured:  # fmt: skip
    """What was measured of the claim that the first rows are above the second.

    Args:
        more, less: `Rows`.
        name: Name of the number that is compared.
        more_name, less_name: What the text calls the rows.
        unit: The number's unit in the text.
        scale: Factor of the number in the text.
        digits: Decimals of the number in the text.
        **options: Further arguments of `evidence.difference`.

    Returns:
        A `Measured`: both means ± deviations, and their difference with its
        95 % interval.
    """
    after = f" {unit}" if unit else ""
    texts = [
        f"{label} {rows.text(name, scale, digits)}{after}"
        for label, rows in ((more_name, more), (less_name, less))
    ]
    found = evidence.difference(
        more, less, name, what=_minus(more_name, less_name), unit=unit,
        scale=scale, digits=digits, **options,
    )  # fmt: skip
    return Measured(f"{', '.join(texts)}: {found.text}", (found,))


def same(
    one: Rows, other: Rows, name: str, one_name: str, other_name: str,
    within: float, *texts, **options,
) -> Measured:  # fmt: skip
    """The same for the claim that two means differ by less than `within`."""
    return versus(
        one, other, name, one_name, other_name, *texts,
        limits=(-within, within), worth=within, **options,
    )  # fmt: skip


def reaches(
    rows: Rows, name: str, label: str, at_least: float = -math.inf,
    at_most: float = math.inf, unit: str = "", scale: float = 1,
    digits: int = 2,
) -> Measured:  # fmt: skip
    """What was measured of the claim that a mean lies between limits."""
    found = evidence.level(
        rows, name, limits=(at_least, at_most), what=label, unit=unit,
        scale=scale, digits=digits,
    )  # fmt: skip
    after = f" {unit}" if unit else ""
    return Measured(
        f"{label} {rows.text(name, scale, digits)}{after} {found.interval}",
        (found,),
    )


def _minus(more, less):
    """ "tanh − ReLU" of labels such as "to 90 %: tanh"."""
    return f"{more.split(': ')[-1]} − {less}".replace(",", "")
