"""A running server for tests, and a client that returns what it answers."""

import contextlib
import http.client
import json
import threading
import time

from zoo.export import _versions
from zoo.serve import _app, _model


@contextlib.contextmanager
def running(directory, runtime="tensorflow"):
    """Serves a directory from a thread; gives its (model, port)."""
    import uvicorn

    model = _model.Model(_versions.newest(directory), runtime)
    server = uvicorn.Server(
        uvicorn.Config(_app.application(model), port=0, log_level="warning")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield model, server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def ask(port, method, path, body=None):
    """The (status, answer) of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body)
        response = connection.getresponse()
        answer = response.read()
    finally:
        connection.close()
    if response.getheader("content-type") == "application/json":
        answer = json.loads(answer)
    return response.status, answer
