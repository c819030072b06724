"""`zoo serve`: a page to try a model on, and TensorFlow Serving's REST API."""

import contextlib
import errno
import os
import socket

from zoo.export import _versions


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
    try:
        import uvicorn

        from zoo.serve import _app
    except ModuleNotFoundError as error:
        raise ValueError(
            f"zoo serve needs {error.name}: pip install 'cnn-zoo[serve]'"
        ) from error

    path = _versions.newest(directory)
    with (
        _listen(host, port) as listener,
        contextlib.suppress(KeyboardInterrupt),
    ):
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
