"""The tables of a run: metrics.csv and, with times, metrics.jsonl."""

import csv
import io
import json
import os
from collections.abc import Iterable
from pathlib import Path

from zoo import _json
from zoo._files import write_whole

TABLE, LINES = "metrics.csv", "metrics.jsonl"
Row = dict[str, float]


def append(directory: Path, rows: list[Row], times: Row) -> None:
    """Adds the last of `rows` to both files, its times to one."""
    table = _table(rows)
    new = table if len(rows) == 1 else table.splitlines(keepends=True)[-1]
    _append(directory / TABLE, new)
    _append(directory / LINES, _lines([rows[-1]], [times]))


def rewrite(
    directory: Path, rows: list[Row], times: list[Row]
) -> dict[str, str]:
    """Makes both files those of `rows`.

    Returns:
        {name: "missing" or "damaged"} of those that did not begin so.
    """
    faults = {}
    for name, text in ((TABLE, _table(rows)), (LINES, _lines(rows, times))):
        found = _read(directory / name)
        if found is None or not found.startswith(text):
            faults[name] = "missing" if found is None else "damaged"
        if found != text:
            write_whole(directory / name, text, durable=True)
    return faults


def read(directory: Path, count: int) -> list[Row]:
    """The rows of metrics.csv up to the first that is not as it was written.

    Args:
        directory: The run directory.
        count: The most rows to read.
    """
    found: list[Row] = []
    for row in csv.DictReader(io.StringIO(_read(directory / TABLE) or "")):
        try:
            values = {name: _number(value) for name, value in row.items()}
        except (TypeError, ValueError, AttributeError):
            break
        if len(found) == count or values.get("epoch") != len(found) + 1:
            break
        found.append(values)
    return found


def read_times(directory: Path, rows: list[Row]) -> list[Row]:
    """The times of rows, as metrics.jsonl has them; {} where it is damaged."""
    lines = (_read(directory / LINES) or "").splitlines()
    times: list[Row] = [{} for _ in rows]
    for row, at, line in zip(rows, range(len(rows)), lines, strict=False):
        try:
            values = _json.parse(line)
            times[at] = {k: v for k, v in values.items() if k not in row}
        except (ValueError, AttributeError):
            continue
    return times


def count(directory: Path, others: Iterable[str] = ()) -> int:
    """How many epochs the tables, or other files of lines, tell of."""
    texts = [_read(directory / name) or "" for name in (TABLE, LINES, *others)]
    return max(text.count("\n") - (i == 0) for i, text in enumerate(texts))


def _number(text):
    return int(text) if text.isdecimal() else float(text)


def _table(rows):
    if not rows:
        return ""
    text = io.StringIO()
    writer = csv.DictWriter(
        text, list(rows[0]), extrasaction="ignore", lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _lines(rows, times):
    pairs = zip(rows, times, strict=True)
    return "".join(json.dumps(row | time) + "\n" for row, time in pairs)


def _read(path):
    try:
        return path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return None


def _append(path, text):
    """Adds a text to a file on the disk, or leaves the file as it was."""
    with open(path, "ab", buffering=0) as file:
        before = os.fstat(file.fileno()).st_size
        left = text.encode()
        try:
            while left:
                left = left[file.write(left) :]
            os.fsync(file.fileno())
        except OSError:
            os.truncate(path, before)
            raise
