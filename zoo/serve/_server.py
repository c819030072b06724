"""The server that runs the application: uvicorn, with connections of ours."""

import functools

import uvicorn

from zoo.serve import _app
from zoo.serve._connection import Connection
from zoo.serve._hosts import Hosts
from zoo.serve._limits import Limits
from zoo.serve._traffic import Traffic

GRACE = 3  # seconds that requests have to end in, after Ctrl-C


def server(
    served,
    limits: Limits | None = None,
    hosts: Hosts | None = None,
    traffic: Traffic | None = None,
    **options,
) -> uvicorn.Server:
    """A server that `run(sockets=[…])` runs.

    Args:
        served, limits, hosts, traffic: The arguments of `_app.application`.
        **options: Further arguments of `uvicorn.Config`.
    """
    limits = limits or Limits()
    traffic = traffic or Traffic()
    connection = functools.partial(Connection, limits=limits, traffic=traffic)
    return uvicorn.Server(
        uvicorn.Config(
            _app.application(served, limits, hosts, traffic),
            http=connection,  # pyright: ignore[reportArgumentType]
            ws="none",
            loop="asyncio",
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=GRACE,
            **options,
        )
    )
