"""`zoo serve`: a page to try a model on, and TensorFlow Serving's REST API."""

import contextlib
import errno
import functools
import os
import socket
from collections.abc import Sequence
from importlib.util import find_spec

from zoo._choices import one_of
from zoo.export import _versions
from zoo.serve import _hosts, _logs, _runtimes
from zoo.serve._limits import Limits

NEEDED = ("starlette", "uvicorn", "prometheus_client")


def serve(
    directory: str | os.PathLike,
    host: str = "127.0.0.1",
    port: int = 8501,
    runtime: str = "auto",
    *,
    allowed_hosts: Sequence[str] = (),
    limits: Limits | None = None,
    poll: float = 1.0,
    log_format: str = "text",
) -> None:
    """Serves the newest version in a directory until Ctrl-C.

    A version that appears meanwhile is taken up without a restart.

    Args:
        directory: The directory that `zoo.export` wrote, which has a folder
            for each version.
        host: The address to listen at; 127.0.0.1 is for this machine only.
        port: The port to listen at; 0 takes a free one.
        runtime: What computes: "tensorflow", "openvino", "onnx", or "auto" for
            the fastest that is installed.
        allowed_hosts: Names by which clients may call the server, beside
            localhost, `host` and, where `host` is open to other machines, any
            address: "zoo.example", "*.example" or "*".
        limits: What requests may take; None for the usual `Limits()`.
        poll: Seconds between two looks for another version; 0 for none.
        log_format: "text", or "json" for a line of JSON for each request.

    Raises:
        ValueError: There is no model, the port is taken, or a package is
            missing.
    """
    check_options(
        host,
        port,
        runtime,
        allowed_hosts=allowed_hosts,
        poll=poll,
        log_format=log_format,
    )
    _versions.newest(directory)
    with (
        _listen(host, port) as listener,
        contextlib.suppress(KeyboardInterrupt),
    ):
        from zoo.serve._hosts import Hosts
        from zoo.serve._server import server
        from zoo.serve._traffic import Traffic
        from zoo.serve._watch import Versions

        _logs.configure(log_format)
        traffic = Traffic()
        load = functools.partial(_load, runtime=runtime)
        versions = Versions(directory, load, traffic, poll)
        made = server(versions, limits, Hosts(host, allowed_hosts), traffic)
        _greet(versions.current, host, listener, log_format)
        made.run(sockets=[listener])


def check_options(
    host: str = "127.0.0.1",
    port: int = 8501,
    runtime: str = "auto",
    *,
    allowed_hosts: Sequence[str] = (),
    poll: float = 1.0,
    log_format: str = "text",
) -> None:
    """Refuses what `serve` would, but for the model; imports nothing more.

    Args:
        host, port, runtime, allowed_hosts, poll, log_format: The arguments
            of `serve`.

    Raises:
        ValueError: There is no such runtime or format, an option is out of
            range, the port is taken, or a package is missing.
    """
    missing = [
        name.replace("_", "-") for name in NEEDED if find_spec(name) is None
    ]
    if missing:
        raise ValueError(f"zoo serve needs: pip install {' '.join(missing)}")
    one_of("runtime", runtime, _runtimes.RUNTIMES)
    one_of("log_format", log_format, _logs.FORMATS)
    _hosts.check(allowed_hosts)
    if not 0 <= poll < float("inf"):
        raise ValueError(f"poll must be seconds, from 0; received {poll}.")
    _listen(host, port).close()


def _greet(model, host, listener, log_format):
    """Tells on stdout where the server is; as JSON where the log is."""
    name = f"[{host}]" if ":" in host else host
    url = f"http://{name}:{listener.getsockname()[1]}/"
    if log_format == "json":
        facts = {
            "event": "start",
            "url": url,
            "model": model.name,
            "version": model.version,
            "runtime": model.runtime,
        }
        _logs.LOG.info("serving on %s", url, extra=facts)
    else:
        print(
            f"{model.name} version {model.version}, run by {model.runtime}, on "
            f"{url} until Ctrl-C",
            flush=True,
        )
    if model.leaves_orientation:
        _logs.LOG.warning(
            "This version was exported by an earlier cnn-zoo: REST leaves "
            "photographs as they are stored; the page turns them upright. "
            "Export the model again to have both the same."
        )


def _load(path, runtime):
    from zoo.serve import _model

    try:
        return _model.Model(path, runtime)
    except ValueError:
        raise
    except Exception as error:  # TensorFlow raises anything for a broken file
        raise ValueError(
            f"{path} cannot be loaded: {str(error)[:300]}"
        ) from error


def _listen(host, port):
    """A listening socket; that the port is taken shows before the loading."""
    if not 0 <= port <= 65535:
        raise ValueError(f"port must be from 0 to 65535; received {port}.")
    try:
        family = socket.getaddrinfo(host, port)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = error.strerror or error
        if error.errno == errno.EADDRINUSE:
            reason = "the port is taken; choose another by --port"
        raise ValueError(f"cannot listen on {host}:{port}: {reason}") from error
