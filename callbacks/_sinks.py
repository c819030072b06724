"""Where records go: JSON lines, CSV, TensorBoard."""

import csv
import io
import json
import math
import pathlib

from zoo._files import write_whole, written_aside
from zoo.callbacks._tf import tf


def open_sinks(path=None, log_dir=None):
    sinks = []
    if path is not None:
        path = pathlib.Path(path)
        sinks.append(CSV(path) if path.suffix == ".csv" else JSONLines(path))
    if log_dir is not None:
        sinks.append(TensorBoard(log_dir))
    return sinks


class JSONLines:
    """One line an epoch; what is not a number is null."""

    def __init__(self, path):
        self.path = path

    def begin(self, epoch):
        """Keep the records of earlier epochs, and return them."""
        records = []
        if epoch and self.path.exists():
            records = _whole(self.path.read_text().splitlines())
        records = [r for r in records if r["epoch"] < epoch]
        lines = (json.dumps(r) + "\n" for r in records)
        write_whole(self.path, "".join(lines))
        return [_numbers(r) for r in records]

    def write(self, record, scalars):
        with open(self.path, "a") as file:
            file.write(json.dumps(_plain(record), allow_nan=False) + "\n")


class CSV:
    """One row an epoch and name: epoch, kind, name, statistic, value."""

    header = ("epoch", "kind", "name", "statistic", "value")

    def __init__(self, path):
        self.path = path

    def begin(self, epoch):
        rows = []
        if epoch and self.path.exists():
            with open(self.path, newline="") as file:
                rows = [
                    row
                    for row in list(csv.reader(file))[1:]
                    if len(row) == len(self.header) and int(row[0]) < epoch
                ]
        text = io.StringIO()
        csv.writer(text).writerows([self.header, *rows])
        with written_aside(self.path) as aside:
            aside.write_text(text.getvalue(), "utf-8", newline="")
        return []

    def write(self, record, scalars):
        epoch = record["epoch"]
        with open(self.path, "a", newline="") as file:
            writer = csv.writer(file)
            for key, value in record.items():
                if not isinstance(value, dict):
                    writer.writerow((epoch, "", "", key, value))
                    continue
                for name, statistics in value.items():
                    for statistic, number in statistics.items():
                        writer.writerow((epoch, key, name, statistic, number))


class TensorBoard:
    """Scalars, and a histogram over the names of each statistic."""

    def __init__(self, log_dir):
        try:
            import tensorboard  # noqa: F401
        except ImportError:
            raise ImportError(
                "log_dir writes for TensorBoard, which is not installed: "
                "pip install tensorboard, or leave log_dir out."
            ) from None
        self.log_dir = str(log_dir)
        self.writer = None

    def begin(self, epoch):
        self.writer = tf.summary.create_file_writer(self.log_dir)
        return []

    def write(self, record, scalars):
        epoch = record["epoch"]
        with self.writer.as_default():
            for name, value in scalars.items():
                tf.summary.scalar(name, value, step=epoch)
            for kind, entries in record.items():
                if isinstance(entries, dict):
                    self._write_entries(kind, entries, epoch)
        self.writer.flush()

    def _write_entries(self, kind, entries, epoch):
        columns = {}
        for name, statistics in entries.items():
            for statistic, value in statistics.items():
                if isinstance(value, (int, float)):
                    tf.summary.scalar(
                        f"{kind}/{name}/{statistic}", value, step=epoch
                    )
                    columns.setdefault(statistic, []).append(value)
        for statistic, values in columns.items():
            finite = [v for v in values if math.isfinite(v)]
            if finite:
                tf.summary.histogram(f"{kind}/{statistic}", finite, step=epoch)


def _whole(lines):
    """Records of `lines`; a last line that a crash cut short is left out."""
    for line in lines:
        try:
            yield json.loads(line)
        except json.JSONDecodeError:
            return


def _numbers(value):
    """What `_plain` made null as NaN again."""
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
