"""What goes through a server: its figures for Prometheus, and its log."""

import functools
import time

import prometheus_client
from prometheus_client import Counter, Gauge, Histogram

from zoo._version import __version__
from zoo.serve import _logs

PROBES = ("live", "ready", "metrics")  # asked every few seconds; not logged
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
ROWS = (1, 2, 4, 8, 16, 32, 64, 128)


class Traffic:
    """The figures of one server.

    Attributes:
        connections: How many there are.
    """

    def __init__(self):
        self.registry = prometheus_client.CollectorRegistry()
        prometheus_client.ProcessCollector(registry=self.registry)
        counter = functools.partial(Counter, registry=self.registry)
        gauge = functools.partial(Gauge, registry=self.registry)
        histogram = functools.partial(Histogram, registry=self.registry)
        self._requests = counter(
            "zoo_requests", "Requests answered.", ("route", "status")
        )
        self._seconds = histogram(
            "zoo_request_seconds",
            "From a request's head to the end of its answer.",
            ("route",),
            buckets=SECONDS,
        )
        self._refused = counter(
            "zoo_refused",
            "Requests and connections refused before they were looked at.",
            ("reason",),
        )
        self._inference = histogram(
            "zoo_inference_seconds", "A batch's computation.", buckets=SECONDS
        )
        self._batch = histogram(
            "zoo_batch_rows", "Rows of a batch.", buckets=ROWS
        )
        self._connections = gauge("zoo_connections", "Open connections.")
        self._waiting = gauge(
            "zoo_waiting_requests", "Requests that wait for their turn."
        )
        self._model = gauge(
            "zoo_model_info",
            "The version that is served; its value is 1.",
            ("name", "version", "runtime", "cnn_zoo"),
        )
        self._loads = counter(
            "zoo_version_loads",
            "Versions that appeared while the server ran.",
            ("result",),
        )
        self.connections = 0
        self._connections.set_function(lambda: self.connections)

    def text(self):
        """All figures in Prometheus's text format, and its content type."""
        return (
            prometheus_client.generate_latest(self.registry),
            prometheus_client.CONTENT_TYPE_LATEST,
        )

    def watch(self, waiting):
        """Takes the number of waiting requests from a function."""
        self._waiting.set_function(waiting)

    def serves(self, model):
        self._model.clear()
        self._model.labels(
            model.name, model.version, model.runtime, __version__
        ).set(1)

    def loaded(self, result):
        self._loads.labels(result).inc()

    def refused(self, reason):
        self._refused.labels(reason).inc()

    def computed(self, rows, seconds):
        self._batch.observe(rows)
        self._inference.observe(seconds)

    def answered(self, scope, status, seconds, **further):
        endpoint = scope.get("endpoint")
        route = getattr(endpoint, "__name__", "other")
        self._requests.labels(route, status).inc()
        self._seconds.labels(route).observe(seconds)
        if route not in PROBES:
            _logs.request(scope, status, seconds, **further)


class Observer:
    """ASGI middleware that counts, logs, and closes what was not read.

    An answer that is sent before the request has been read ends the
    connection: the rest of the request must not be taken for the next one.
    """

    HEADERS = (
        (b"x-content-type-options", b"nosniff"),
        (b"cross-origin-resource-policy", b"same-origin"),
    )

    def __init__(self, app, traffic):
        self.app = app
        self.traffic = traffic

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        start = time.perf_counter()
        status, received, sent = 500, 0, 0
        unread = _goes_on(scope)

        async def receiving():
            nonlocal received, unread
            message = await receive()
            received += len(message.get("body", b""))
            unread = unread and message.get("more_body", False)
            return message

        async def sending(message):
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message.get("headers", ()), *self.HEADERS]
                if unread:
                    headers.append((b"connection", b"close"))
                message = {**message, "headers": headers}
            sent += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receiving, sending)
        finally:
            seconds = time.perf_counter() - start
            self.traffic.answered(
                scope,
                status,
                seconds,
                bytes_received=received,
                bytes_sent=sent,
            )


def _goes_on(scope):
    """Whether more belongs to a request than its head."""
    headers = dict(scope["headers"])
    return (
        scope["http_version"] not in ("1.0", "1.1")
        or b"transfer-encoding" in headers
        or headers.get(b"content-length", b"0").strip(b"0") != b""
    )
