"""The server's log, on stderr: in words, or as one JSON object a line."""

import datetime
import json
import logging
import sys

from zoo._choices import one_of

FORMATS = ("text", "json")
LOG = logging.getLogger("zoo.serve")
KNOWN = vars(logging.makeLogRecord({})).keys() | {"message", "asctime"}


class JsonFormatter(logging.Formatter):
    """A record and its `extra` as one line of JSON."""

    def format(self, record):
        when = datetime.datetime.fromtimestamp(
            record.created, datetime.timezone.utc
        )
        line = {
            "time": when.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        line |= {k: v for k, v in vars(record).items() if k not in KNOWN}
        line.pop("color_message", None)  # uvicorn's, for terminals
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


class Stderr(logging.Handler):
    """Writes to what stderr is at that moment."""

    def emit(self, record):
        try:
            print(self.format(record), file=sys.stderr, flush=True)
        except Exception:
            self.handleError(record)


def configure(log_format):
    """Sets up the log of this process: the server's and uvicorn's.

    In words it tells warnings only, and which version is taken up; as JSON
    every request, too.

    Raises:
        ValueError: There is no such format.
    """
    one_of("log_format", log_format, FORMATS)
    handler = Stderr()
    handler.setFormatter(
        JsonFormatter()
        if log_format == "json"
        else logging.Formatter("%(levelname)s: %(message)s")
    )
    levels = {"zoo.serve": "INFO", "uvicorn": "WARNING"}
    levels["zoo.serve.requests"] = "INFO" if log_format == "json" else "WARNING"
    for name, level in levels.items():
        logger = logging.getLogger(name)
        logger.setLevel(level)
        logger.handlers = [handler]  # dictConfig would close everybody else's
        logger.propagate = False


def request(scope, status, seconds, **further):
    """Logs a request that was answered."""
    client = scope.get("client")
    logging.getLogger("zoo.serve.requests").info(
        "%s %s %d",
        scope["method"],
        scope["path"][:200],
        status,
        extra={
            "event": "request",
            "method": scope["method"],
            "path": scope["path"][:200],
            "status": status,
            "seconds": round(seconds, 6),
            "client": client[0] if client else None,
            **further,
        },
    )
