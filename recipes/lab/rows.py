"""The rows of an experiment: choosing, grouping, mean ± standard deviation."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np


class NotMeasured(Exception):
    """No run has what is asked for, as in a smoke test."""


class Rows(list):
    """Rows, one a run: a dict of its setting and of what came out.

    None stands for what is not there, or is no finite number.
    """

    @classmethod
    def read(cls, path: str | Path) -> "Rows":
        """The rows of a `runs.csv`, whose numbers have six digits.

        A column holds lists where any of its cells is several numbers.
        """
        with open(path, encoding="utf-8", newline="") as file:
            names, *lines = csv.reader(file)
        lists = {
            name
            for name, *cells in zip(names, *lines, strict=True)
            if any(_is_list(cell) for cell in cells)
        }
        return cls(
            {
                name: [_value(n) for n in cell.split()]
                if name in lists and cell
                else _value(cell)
                for name, cell in zip(names, line, strict=True)
            }
            for line in lines
        )

    def csv(self) -> str:
        """The text of a `runs.csv`, with the columns of all rows.

        A list becomes its numbers with spaces between them.
        """
        names = list(dict.fromkeys(name for row in self for name in row))
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(
            [_cell(row.get(name)) for name in names] for row in self
        )
        return file.getvalue()

    def filter(self, predicate: Callable[[dict], bool]) -> "Rows":
        """The rows for which `predicate(row)` is true; maybe none."""
        return Rows(row for row in self if predicate(row))

    def where(self, **values) -> "Rows":
        """The rows with these values; NotMeasured if there are none."""
        chosen = self.filter(
            lambda row: all(row.get(k) == value for k, value in values.items())
        )
        if not chosen:
            wanted = ", ".join(f"{k}={v}" for k, v in values.items())
            raise NotMeasured(f"no run with {wanted}")
        return chosen

    def values(self, name: str) -> list:
        """The different values of a column, in the order of the rows."""
        return list(
            dict.fromkeys(r[name] for r in self if r.get(name) is not None)
        )

    def groups(self, *names: str) -> dict[Any, "Rows"]:
        """{value, or tuple of the values of several columns: Rows}."""
        found = {}
        for row in self:
            key = tuple(row.get(name) for name in names)
            key = key[0] if len(names) == 1 else key
            found.setdefault(key, Rows()).append(row)
        return found

    def derive(self, name: str, value: Callable[[dict], Any]) -> "Rows":
        """The rows with one more column, `value(row)`."""
        return Rows({**row, name: value(row)} for row in self)

    def minus(self, other: "Rows", name: str) -> "Rows":
        """A row a seed that both have, with the difference of a column."""
        others = {row["seed"]: row.get(name) for row in other}
        return Rows(
            {"seed": row["seed"], name: row[name] - others[row["seed"]]}
            for row in self
            if row.get(name) is not None and others.get(row["seed"]) is not None
        )

    def column(self, name: str) -> np.ndarray:
        """The values as an array of floats, without the missing ones.

        Raises:
            NotMeasured: All are missing.
        """
        present = [row[name] for row in self if row.get(name) is not None]
        if not present:
            raise NotMeasured(f"no run has {name}")
        return np.array(present, float)

    def mean(self, name: str) -> float:
        """Mean over the runs that have it; NotMeasured if none has."""
        return float(self.column(name).mean())

    def std(self, name: str) -> float:
        """Standard deviation between runs (n − 1); 0 for a single one."""
        return float(_std(self.column(name)))

    def text(self, name: str, scale: float = 1, digits: int = 2) -> str:
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

    def best(self, name: str, by: str = "test_accuracy") -> Any:
        """The value of a column whose rows are best, as when rates are chosen.

        Args:
            name: The column, such as "rate".
            by: What decides where no images were set apart to choose by;
                otherwise `validation_accuracy` does.
        """
        if any(row.get("validation_accuracy") is not None for row in self):
            by = "validation_accuracy"
        groups = self.groups(name)
        return max(groups, key=lambda value: groups[value].mean(by))

    def curves(self, name: str) -> np.ndarray:
        """Lists of numbers as an array (runs, points), NaN where missing."""
        lists = [_listed(row.get(name)) for row in self]
        grid = np.full((len(lists), max(map(len, lists), default=0)), np.nan)
        for line, values in zip(grid, lists, strict=True):
            line[: len(values)] = [np.nan if v is None else v for v in values]
        if not np.isfinite(grid).any():
            raise NotMeasured(f"no run has {name}")
        return grid

    def against(self, x: str, name: str, points=None) -> np.ndarray:
        """A column's numbers as an array (seeds, points).

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


def _listed(value):
    """A list; runs.csv tells a list of one number from a number no more."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _std(values):
    return values.std(ddof=1) if len(values) > 1 else 0.0


def _cell(value):
    if isinstance(value, list):
        return " ".join(_cell(entry) or "nan" for entry in value)
    if isinstance(value, float):
        return f"{value:.6g}"
    return "" if value is None else str(value)


def _is_list(cell):
    numbers = [_value(number) for number in cell.split()]
    return len(numbers) > 1 and not any(isinstance(n, str) for n in numbers)


def _value(text):
    """A cell of runs.csv as the number, truth value or text that it was."""
    known = {"": None, "nan": None, "True": True, "False": False}
    if text in known:
        return known[text]
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
