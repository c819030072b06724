"""Where records go: JSON lines, CSV, TensorBoard."""

import csv
import io
import json
import math
import pathlib

from zoo import _json
from zoo._files import is_special, write_whole
from zoo._warnings import warn
from zoo.callbacks._tf import tf

FAILURES = (OSError,) if tf is None else (OSError, tf.errors.OpError)


def open_sinks(parts, path=None, log_dir=None):
    """The sinks that a user asked for.

    Args:
        parts: Keys that each record has: a file of records without them is
            not the monitor's.
        path: File: CSV if its name ends so, else JSON lines.
        log_dir: Directory for TensorBoard.
    """
    sinks = []
    if path is not None:
        path = pathlib.Path(path)
        is_csv = path.suffix.lower() == ".csv"
        sinks.append(CSV(path) if is_csv else JSONLines(path, parts))
    if log_dir is not None:
        sinks.append(TensorBoard(log_dir))
    return sinks


def flat(record):
    """The numbers of a record as rows of (kind, name, statistic, number).

    A number deep in the record has the last two keys as name and statistic,
    and those before as kind; one at the top has neither kind nor name.

    Example:
        >>> flat({"epoch": 0, "settled": True, "logs": {"loss": 0.5},
        ...       "units": {"sites": {"relu": {"dead": 0.25}}}})
        [('', '', 'settled', True), ('logs', '', 'loss', 0.5), \
('units/sites', 'relu', 'dead', 0.25)]
    """

    def walk(value, *keys):
        if isinstance(value, dict):
            for key, item in value.items():
                yield from walk(item, *keys, key)
            return
        *kind, name, statistic = ("", *keys) if len(keys) == 1 else keys
        if not kind:
            kind, name = [name], ""
        yield "/".join(kind), name, statistic, value

    rest = {key: value for key, value in record.items() if key != "epoch"}
    return list(walk(rest))


class Sink:
    """Something that records are written to, one an epoch."""

    where: str
    _broken = False

    def write(self, record, scalars):
        raise NotImplementedError

    def keep(self, record, scalars):
        """Writes a record; warns once where that does not work any more.

        Args:
            record: The record, with its "epoch".
            scalars: What it adds to `logs`.
        """
        if self._broken:
            return
        try:
            self.write(record, scalars)
        except FAILURES as error:
            self._broken = True
            warn(
                f"{self.where} cannot be written any more ({error}); the "
                "training goes on, and `history` keeps all records.",
                RuntimeWarning,
            )


class JSONLines(Sink):
    """One line an epoch; what is not a number is null."""

    start = '{"epoch": '

    def __init__(self, path, parts=()):
        self.where = path
        self.parts = parts

    def begin(self, epoch):
        """Keeps the records of earlier epochs, and returns them."""
        if is_special(self.where):
            return []
        records = [r for r in self._read() if r["epoch"] < epoch]
        lines = (json.dumps(r) + "\n" for r in records)
        write_whole(self.where, "".join(lines))
        return [_numbers(r) for r in records]

    def write(self, record, scalars):
        line = json.dumps(_plain(record), allow_nan=False) + "\n"
        with open(self.where, "a", encoding="utf-8") as file:
            file.write(line)

    def _read(self):
        lines = _text(self.where).splitlines()
        if lines and not (
            lines[0].startswith(self.start) or self.start.startswith(lines[0])
        ):
            raise _foreign(self.where)
        records = list(_whole(lines))
        if not all(part in r for r in records for part in self.parts):
            raise _foreign(self.where)
        return records


class CSV(Sink):
    """One row an epoch and number: epoch, kind, name, statistic, value."""

    header = ("epoch", "kind", "name", "statistic", "value")

    def __init__(self, path):
        self.where = path

    def begin(self, epoch):
        """Keeps the rows of earlier epochs."""
        if not is_special(self.where):
            rows = [r for r in self._read() if int(r[0]) < epoch]
            write_whole(self.where, _csv([self.header, *rows]))
        return []

    def write(self, record, scalars):
        epoch = record["epoch"]
        rows = [(epoch, *row) for row in flat({**scalars, **record})]
        with open(self.where, "a", newline="", encoding="utf-8") as file:
            file.write(_csv(rows))

    def _read(self):
        text = _text(self.where)
        rows = list(csv.reader(io.StringIO(text, newline="")))
        first, header = text.partition("\n")[0].rstrip("\r"), self.header
        cut = "\n" not in text and ",".join(header).startswith(first)
        if not cut and first.split(",") != list(header):
            raise _foreign(self.where)
        if not text.endswith("\n"):
            rows = rows[:-1]  # a row that a crash cut short
        return [
            row
            for row in rows[1:]
            if len(row) == len(self.header) and row[0].isdecimal()
        ]


class TensorBoard(Sink):
    """Scalars, and a histogram over the names of each statistic."""

    def __init__(self, log_dir):
        try:
            import tensorboard  # noqa: F401
        except ImportError:
            raise ImportError(
                "log_dir writes for TensorBoard, which is not installed: "
                "pip install tensorboard, or leave log_dir out."
            ) from None
        if tf is None:
            raise ImportError(
                "log_dir writes by TensorFlow's summaries: pip install "
                "tensorflow, or leave log_dir out and use path."
            )
        self.where = str(log_dir)
        self._writer = None

    def __getstate__(self):
        return {**self.__dict__, "_writer": None}

    def begin(self, epoch):
        self._writer = tf.summary.create_file_writer(self.where)
        return []

    def write(self, record, scalars):
        columns = {}
        with self._writer.as_default(step=record["epoch"]):
            for kind, name, statistic, value in flat({**scalars, **record}):
                if not isinstance(value, (int, float)):
                    continue
                tag = "/".join(filter(None, (kind, name, statistic)))
                tf.summary.scalar(tag, value)
                if name and math.isfinite(value):
                    column = columns.setdefault(f"{kind}/{statistic}", [])
                    column.append(value)
            for tag, values in columns.items():
                tf.summary.histogram(tag, values)
        self._writer.flush()


def _foreign(path):
    return ValueError(
        f"{path} holds something else than the records of this monitor: give "
        "another path, or move the file away."
    )


def _text(path):
    """The text of a file, without what a power failure leaves at its end."""
    if not path.exists():
        return ""
    try:
        return path.read_bytes().rstrip(b"\0").decode("utf-8")
    except UnicodeDecodeError:
        raise _foreign(path) from None


def _csv(rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _whole(lines):
    """Records of `lines`; a last line that a crash cut short is left out."""
    for line in lines:
        try:
            yield _json.parse(line)
        except ValueError:
            return


def _numbers(value):
    """Makes NaN again of what `_plain` made null."""
    if isinstance(value, dict):
        return {key: _numbers(item) for key, item in value.items()}
    return math.nan if value is None else value


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
