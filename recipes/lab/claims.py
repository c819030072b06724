"""Claims of the textbook, judged by what was measured.

    @claim("ReLU trains faster than tanh.", "[Krizhevsky et al. 2012](…)")
    def faster(rows):
        relu, tanh = (rows.where(activation=a) for a in ("relu", "tanh"))
        return versus(tanh, relu, "epochs_to_90", "tanh", "ReLU", "epochs")

`faster(rows)` is then a `Claim`. Its verdict is computed from the rows alone.
"""

import dataclasses
import functools
import math
from collections.abc import Callable

from zoo.recipes.lab.rows import NotMeasured, Rows


@dataclasses.dataclass(frozen=True)
class Measured:
    """What was measured, and whether the claim held.

    Attributes:
        text: A sentence without its full stop.
        held: Whether the numbers bear the claim out.
    """

    text: str
    held: bool

    def and_(
        self,
        more: "Measured | str",
        held: bool = True,
        between: str = "; ",
    ) -> "Measured":
        """This and more, which holds where both do.

        Args:
            more: A `Measured`, or a text.
            held: Whether what a text tells bears the claim out, too.
            between: What stands between the two texts.
        """
        if isinstance(more, Measured):
            more, held = more.text, held and more.held
        return Measured(f"{self.text}{between}{more}", self.held and bool(held))

    def not_(self) -> "Measured":
        """The same numbers, for the claim that says the opposite."""
        return Measured(self.text, not self.held)


@dataclasses.dataclass(frozen=True)
class Claim:
    """What is said, who says so, what was measured, whether it held.

    `held` is None where these runs cannot tell.
    """

    text: str
    paper: str
    measured: str
    held: bool | None

    @property
    def verdict(self) -> str:
        """ "held", "did not hold" or "not measured"."""
        words = {True: "held", False: "did not hold", None: "not measured"}
        return words[self.held]


def claim(text: str, paper: str) -> Callable:
    """Decorates a function of rows that returns a `Measured`.

    Args:
        text: The claim, a sentence as a textbook has it.
        paper: The claim's source, as a Markdown link.
    """

    def decorate(measure):
        @functools.wraps(measure)
        def judge(rows):
            try:
                measured = measure(rows)
            except NotMeasured as missing:
                return Claim(text, paper, f"{missing}.", None)
            return Claim(text, paper, f"{measured.text}.", bool(measured.held))

        return judge

    return decorate


def margin(more: Rows, less: Rows, name: str) -> float:
    """How many standard errors the first rows' mean is above the second's.

    Rows of one seed only count as exact.
    """
    difference = more.mean(name) - less.mean(name)
    error = math.sqrt(
        sum(
            rows.std(name) ** 2 / len(rows.column(name))
            for rows in (more, less)
        )
    )
    if not error:
        return math.copysign(math.inf, difference) if difference else 0.0
    return difference / error


def above(more: Rows, less: Rows, name: str, errors: float = 2.0) -> bool:
    """Whether the first rows' mean is clearly above the second's.

    Clearly: by more than two standard errors of the difference.
    """
    return margin(more, less, name) > errors


def versus(
    more: Rows,
    less: Rows,
    name: str,
    more_name: str,
    less_name: str,
    unit: str = "",
    scale: float = 1,
    digits: int = 2,
) -> Measured:
    """What was measured of the claim that the first rows are above the second.

    Args:
        more, less: `Rows`.
        name: Name of the number that is compared.
        more_name, less_name: What the text calls the rows.
        unit: The number's unit in the text.
        scale: Factor of the number in the text.
        digits: Decimals of the number in the text.

    Returns:
        A `Measured`: both means ± deviations, and whether the first is
        `above` the second.
    """
    unit = f" {unit}" if unit else ""
    texts = [
        f"{label} {rows.text(name, scale, digits)}{unit}"
        for label, rows in ((more_name, more), (less_name, less))
    ]
    return Measured(", ".join(texts), above(more, less, name))
