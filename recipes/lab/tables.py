"""Tables of an experiment's summary, made of its rows."""

import dataclasses
from collections.abc import Iterable

from zoo.recipes.lab.rows import Rows


@dataclasses.dataclass(frozen=True)
class Column:
    """A column of a table: mean ± deviation of the runs of each line.

    Attributes:
        heading: The column's heading, with the unit.
        name: Name of the number in the rows.
        scale: Factor that the number is multiplied by.
        digits: Decimals of the number.
    """

    heading: str
    name: str
    scale: float = 1
    digits: int = 2


@dataclasses.dataclass(frozen=True)
class Table:
    """A table of summary.md: title, headings, lines, and a note below it."""

    title: str
    headings: list
    lines: list
    note: str = ""

    def markdown(self) -> str:
        """The table in Markdown, numbers at the right."""
        aligned = ["---", *["---:"] * (len(self.headings) - 1)]
        rows = [self.headings, aligned, *self.lines]
        return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)


def table(
    title: str,
    rows: Rows,
    by: dict[str, str],
    columns: Iterable[Column],
    note: str = "",
) -> Table:
    """A `Table` with a line for each group of the rows.

    Args:
        title: The table's heading, by which docs/handbook.md quotes it.
        rows: A `Rows`.
        by: {name of a column of the rows: heading}; they make the groups.
        columns: `Column`s.
        note: A sentence or two under the heading.
    """
    lines = []
    for key, group in rows.groups(*by).items():
        key = key if len(by) > 1 else (key,)
        cells = [group.text(c.name, c.scale, c.digits) for c in columns]
        lines.append([*("–" if k is None else k for k in key), *cells])
    return Table(
        title, [*by.values(), *(c.heading for c in columns)], lines, note
    )


def pivot(
    title: str,
    rows: Rows,
    lines: tuple[str, str],
    columns: tuple[str, str],
    name: str,
    scale: float = 1,
    digits: int = 2,
    note: str = "",
) -> Table:
    """A `Table` of one number, with the values of two columns of the rows.

    Args:
        title, note: The same as in `table`.
        rows: A `Rows`.
        lines: (name, heading) of the column whose values make the lines.
        columns: The same for the table's columns.
        name: Name of the number.
        scale: Factor that the number is multiplied by.
        digits: Decimals of the number.
    """
    across = rows.values(columns[0])
    headings = [f"{lines[1]} \\ {columns[1]}", *across]
    body = []
    for value in rows.values(lines[0]):
        groups = rows.where(**{lines[0]: value}).groups(columns[0])
        cells = (
            groups.get(v, Rows()).text(name, scale, digits) for v in across
        )
        body.append([value, *cells])
    return Table(title, headings, body, note)
