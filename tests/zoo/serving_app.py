"""A small application, without a model, on the server's connections."""

import asyncio
import functools

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from zoo.serve._connection import Connection
from zoo.serve._guard import Guard
from zoo.serve._hosts import Hosts
from zoo.serve._traffic import Observer


def server(traffic, limits):
    """Counts bytes, answers slowly, or answers much."""

    async def count(request):
        size = 0
        try:
            async for chunk in request.stream():
                size += len(chunk)
                if size > limits.max_body:
                    return JSONResponse({"error": "too large"}, 413)
        except ClientDisconnect:
            return Response(status_code=400)
        return JSONResponse({"bytes": size})

    async def slow(request):
        await asyncio.sleep(1.5)
        return JSONResponse({})

    async def much(request):
        return PlainTextResponse(20_000_000 * "x")

    guard = Middleware(Guard, hosts=Hosts(), refused=traffic.refused)
    app = Starlette(
        routes=[
            Route("/count", count, methods=["POST"]),
            Route("/slow", slow),
            Route("/much", much),
        ],
        middleware=[Middleware(Observer, traffic=traffic), guard],
    )
    made = functools.partial(Connection, limits=limits, traffic=traffic)
    return uvicorn.Server(
        uvicorn.Config(app, port=0, http=made, ws="none", log_config=None)
    )
