"""The rows of an experiment: choosing, grouping, mean ± standard deviation."""

import dataclasses

import numpy as np


class NotMeasured(Exception):
    """No run has what is asked for, as in a smoke test."""


class Rows(list):
    """Rows, one a run: a dict of its setting and of what came out.

    None stands for what is not there, or is no finite number.
    """

    def where(self, **values):
        """The rows with these values; NotMeasured if there are none."""
        chosen = Rows(
            row
            for row in self
            if all(row.get(key) == value for key, value in values.items())
        )
        if not chosen:
            wanted = ", ".join(f"{k}={v}" for k, v in values.items())
            raise NotMeasured(f"no run with {wanted}")
        return chosen

    def values(self, name):
        """The different values of a column, in the order of the rows."""
        return list(
            dict.fromkeys(r[name] for r in self if r.get(name) is not None)
        )

    def groups(self, *names):
        """{value, or tuple of the values of several columns: Rows}."""
        found = {}
        for row in self:
            key = tuple(row.get(name) for name in names)
            key = key[0] if len(names) == 1 else key
            found.setdefault(key, Rows()).append(row)
        return found

    def column(self, name):
        """The values as an array of floats, without the missing ones.

        Raises:
            NotMeasured: All are missing.
        """
        present = [row[name] for row in self if row.get(name) is not None]
        if not present:
            raise NotMeasured(f"no run has {name}")
        return np.array(present, float)

    def mean(self, name):
        """Mean over the runs that have it; NotMeasured if none has."""
        return float(self.column(name).mean())

    def std(self, name):
        """Standard deviation between runs (n − 1); 0 for a single one."""
        return float(_std(self.column(name)))

    def text(self, name, scale=1, digits=2):
        """ "97.31 ± 0.20"; "(2 of 3)" where runs lack it; "–" if all do."""
        try:
            values = self.column(name) * scale
        except NotMeasured:
            return "–"
        text = f"{values.mean():.{digits}f}"
        if len(values) > 1:
            text += f" ± {_std(values):.{digits}f}"
        if len(values) < len(self):
            text += f" ({len(values)} of {len(self)})"
        return text

    def curves(self, name):
        """Lists of numbers as an array (runs, points), NaN where missing."""
        lists = [row.get(name) or [] for row in self]
        grid = np.full((len(lists), max(map(len, lists), default=0)), np.nan)
        for line, values in zip(grid, lists, strict=True):
            line[: len(values)] = [np.nan if v is None else v for v in values]
        if not np.isfinite(grid).any():
            raise NotMeasured(f"no run has {name}")
        return grid

    def against(self, x, name, points=None):
        """An array (seeds, points) of a column's numbers.

        NaN where there is no run, or it has no such number. `points` are
        values of the column `x`; None: all that these rows have.
        """
        seeds, points = self.values("seed"), list(points or self.values(x))
        grid = np.full((len(seeds), len(points)), np.nan)
        for row in self:
            if row.get(name) is not None:
                at = seeds.index(row["seed"]), points.index(row[x])
                grid[at] = row[name]
        return grid


@dataclasses.dataclass(frozen=True)
class Column:
    """A column of a table: `Rows.text` of the runs of each line."""

    heading: str
    name: str
    scale: float = 1
    digits: int = 2


@dataclasses.dataclass(frozen=True)
class Table:
    """A table of summary.md, with a sentence or two under its title."""

    title: str
    headings: list
    lines: list
    note: str = ""

    def markdown(self):
        aligned = ["---", *["---:"] * (len(self.headings) - 1)]
        rows = [self.headings, aligned, *self.lines]
        return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)


def table(title, rows, by, columns, note=""):
    """A `Table` with a line for each group of the rows.

    Args:
        title: Its heading; docs/handbook.md quotes the table by it.
        rows: A `Rows`.
        by: {name of a column of the rows: heading}; they make the groups.
        columns: `Column`s.
        note: What the reader should know.
    """
    lines = []
    for key, group in rows.groups(*by).items():
        key = key if len(by) > 1 else (key,)
        cells = [group.text(c.name, c.scale, c.digits) for c in columns]
        lines.append([*("–" if k is None else k for k in key), *cells])
    return Table(
        title, [*by.values(), *(c.heading for c in columns)], lines, note
    )


def pivot(title, rows, lines, columns, name, scale=1, digits=2, note=""):
    """A `Table` of one number, with the values of two columns of the rows.

    Args:
        title, note: As of `table`.
        rows: A `Rows`.
        lines, columns: (column of the rows, heading) whose values make the
            table's lines and columns.
        name, scale, digits: As of `Rows.text`.
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


def _std(values):
    return values.std(ddof=1) if len(values) > 1 else 0.0
