"""A running server for tests, and clients that return what it answers."""

import contextlib
import http.client
import json
import socket
import threading
import time

from zoo.export import _versions
from zoo.serve import _model


@contextlib.contextmanager
def running(directory, runtime="tensorflow", **options):
    """Serves a directory's newest version from a thread.

    Args:
        **options: As `_server.server` takes them.

    Yields:
        Its (model, port).
    """
    model = _model.Model(_versions.newest(directory), runtime)
    with serving(model, **options) as port:
        yield model, port


@contextlib.contextmanager
def serving(served, **options):
    """Serves a model, or versions of one, from a thread; gives its port."""
    from zoo.serve import _server

    with threaded(_server.server(served, port=0, **options)) as port:
        yield port


@contextlib.contextmanager
def threaded(server):
    """Runs a server in a thread; gives its port."""
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def ask(port, method, path, body=None, headers=()):
    """The (status, answer) of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, dict(headers))
        response = connection.getresponse()
        answer = response.read()
    finally:
        connection.close()
    if response.getheader("content-type") == "application/json":
        answer = json.loads(answer)
    return response.status, answer


def raw(port, data, seconds=10):
    """All that a connection answers to these bytes, until it is closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as s:
        s.sendall(data)
        return b"".join(iter(lambda: s.recv(65536), b""))
