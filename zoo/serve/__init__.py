"""`zoo serve`: a page to try a model on, and TensorFlow Serving's REST API."""

import contextlib
import errno
import os
import socket
from importlib.util import find_spec
from pathlib import Path

from zoo._choices import one_of
from zoo.export import _versions
from zoo.serve import _runtimes

NEEDED = ("starlette", "uvicorn")


def serve(
    directory: str | os.PathLike,
    host: str = "127.0.0.1",
    port: int = 8501,
    runtime: str = "auto",
) -> None:
    """Serves the newest version in a directory until Ctrl-C.

    Args:
        directory: The directory that `zoo.export` wrote, which has a folder
            for each version.
        host: The address to listen at; 127.0.0.1 is for this machine only.
        port: The port to listen at; 0 takes a free one.
        runtime: What computes: "tensorflow", "openvino", "onnx", or "auto" for
            the fastest that is installed.

    Raises:
        ValueError: There is no model, the port is taken, or a package is
            missing.
    """
    path = check(directory, host, port, runtime)
    with (
        _listen(host, port) as listener,
        contextlib.suppress(KeyboardInterrupt),
    ):
        import uvicorn

        from zoo.serve import _app

        model = _load(path, runtime)
        server = uvicorn.Server(
            uvicorn.Config(
                _app.application(model),
                log_level="warning",
                limit_concurrency=100,
                timeout_graceful_shutdown=3,
            )
        )
        name = f"[{host}]" if ":" in host else host
        print(
            f"{model.name} version {model.version}, run by {model.runtime}, on "
            f"http://{name}:{listener.getsockname()[1]}/ until Ctrl-C",
            flush=True,
        )
        if model.leaves_orientation:
            print(
                "This version was exported by an earlier cnn-zoo: REST leaves "
                "photographs as they are stored; the page turns them upright. "
                "Export the model again to have both the same.",
                flush=True,
            )
        server.run(sockets=[listener])


def check(
    directory: str | os.PathLike,
    host: str = "127.0.0.1",
    port: int = 8501,
    runtime: str = "auto",
) -> Path:
    """The directory of the version to serve; imports and loads nothing.

    Args:
        directory, host, port, runtime: The arguments of `serve`.

    Raises:
        ValueError: There is no version, no such runtime, the port is taken, or
            a package is missing.
    """
    check_options(host, port, runtime)
    return _versions.newest(directory)


def check_options(
    host: str = "127.0.0.1", port: int = 8501, runtime: str = "auto"
) -> None:
    """Raises the ValueErrors of `check` that are not about the model."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise ValueError(f"zoo serve needs: pip install {' '.join(missing)}")
    one_of("runtime", runtime, _runtimes.RUNTIMES)
    _listen(host, port).close()


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
