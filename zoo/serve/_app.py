"""The web page, and TensorFlow Serving's REST API beside it."""

import asyncio
import concurrent.futures
import contextlib
import functools
import json
import pathlib
import re

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from zoo.serve import _kserve, _predict, _tensors
from zoo.serve._guard import Guard
from zoo.serve._hosts import Hosts
from zoo.serve._limits import Limits
from zoo.serve._model import BYTES, DEFAULT, NO_MEMORY
from zoo.serve._tensors import RequestError
from zoo.serve._traffic import Observer, Traffic
from zoo.serve._turns import Turns
from zoo.serve._watch import Fixed

PAGE = pathlib.Path(__file__).with_name("page.html")
EXPLAIN = pathlib.Path(__file__).with_name("explain.js")
POLICY = (  # the page needs nothing from elsewhere
    "default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src blob: data:; connect-src 'self'"
)
SMALL = 500_000  # bytes; larger bodies are read and answered in a lane apart


def application(
    served,
    limits: Limits | None = None,
    hosts: Hosts | None = None,
    traffic: Traffic | None = None,
):
    """The ASGI application that serves a model.

    Args:
        served: A `Model`, or what has one as `current`, such as `Versions`.
        limits: What requests may take.
        hosts: The names by which the server may be called.
        traffic: Counts and logs the requests.
    """
    versions = served if hasattr(served, "current") else Fixed(served)
    limits = limits or Limits()
    traffic = traffic or Traffic()
    turns = Turns(limits, traffic.computed)
    traffic.watch(lambda: turns.waiting)
    # Reading ten megabytes of JSON takes a second: small ones have their own.
    small = concurrent.futures.ThreadPoolExecutor(1, "small")
    large = concurrent.futures.ThreadPoolExecutor(1, "large")
    for lane in (small, large):
        lane.submit(int)  # starts the thread while there is memory for it

    async def page(request):
        html = _page(versions.current, limits)
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})

    async def live(request):
        if not turns.alive:
            raise RequestError("what computes has ended", 503)
        return JSONResponse({"status": "live"})

    async def ready(request):
        await live(request)
        return JSONResponse({"status": "ready"})

    async def metrics(request):
        text, kind = traffic.text()
        return Response(text, headers={"Content-Type": kind})

    async def status(request):
        if any(":" in part for part in request.path_params.values()):
            # GET …:predict
            raise HTTPException(405, headers={"Allow": "POST"})
        model = _model(request, versions)
        available = {
            "version": model.version,
            "state": "AVAILABLE",
            "status": {"error_code": "OK", "error_message": ""},
        }
        return JSONResponse({"model_version_status": [available]})

    async def metadata(request):
        return JSONResponse(_metadata(_model(request, versions)))

    async def compute(request, protocol):
        model = _model(request, versions)
        run = asyncio.get_running_loop().run_in_executor
        try:
            body = await _predict.body(request, limits.max_body)
            lane = small if len(body) < SMALL else large
            parsed, job = await run(
                lane, _predict.job, model, body, protocol.read, limits
            )
            turns.put(job)
            outputs, seconds = await _predict.outcome(request, job)
            answer = await run(lane, protocol.write, model, parsed, outputs)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        except asyncio.CancelledError:  # by uvicorn, some seconds after Ctrl-C
            raise RequestError("the server is ending", 503) from None
        return Response(
            answer,
            media_type="application/json",
            headers={"Server-Timing": f"model;dur={1000 * seconds:.2f}"},
        )

    async def predict(request):
        return await compute(request, _tensors)

    async def infer(request):
        return await compute(request, _kserve)

    async def server_metadata(request):
        return JSONResponse(_kserve.SERVER)

    async def model_metadata(request):
        return JSONResponse(_kserve.metadata(_model(request, versions)))

    async def model_ready(request):
        _model(request, versions)
        return await ready(request)

    @contextlib.asynccontextmanager
    async def lifespan(app):
        watching = asyncio.create_task(versions.watch())
        yield
        watching.cancel()
        turns.end()

    routes = [
        Route("/", page),
        Route("/livez", live),
        Route("/readyz", ready),
        Route("/metrics", metrics),
        Route("/v2", server_metadata),
        Route("/v2/health/live", live),
        Route("/v2/health/ready", ready),
    ]
    for base in ("/models/{name}", "/models/{name}/versions/{version}"):
        routes += [
            Route(f"/v1{base}:predict", predict, methods=["POST"]),
            Route(f"/v1{base}/metadata", metadata),
            Route(f"/v1{base}", status),
            Route(f"/v2{base}/infer", infer, methods=["POST"]),
            Route(f"/v2{base}/ready", model_ready),
            Route(f"/v2{base}", model_metadata),
        ]
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(Observer, traffic=traffic),
            Middleware(Guard, hosts=hosts or Hosts(), refused=traffic.refused),
        ],
        exception_handlers={
            RequestError: _refuse,
            HTTPException: _refuse_path,
            MemoryError: _no_memory,
            Exception: _fail,
        },
        lifespan=lifespan,
    )


def _model(request, versions):
    """The model that the path names."""
    model = versions.current
    name = request.path_params["name"]
    version = request.path_params.get("version")
    if version is not None and not re.fullmatch("[0-9]{1,18}", version):
        raise HTTPException(404)
    known = version is None or int(version) == int(model.version)
    if name != model.name or not known:
        wanted = f"{name[:100]} version {version}" if version else name[:100]
        raise RequestError(
            f"there is no model {wanted}; there is {model.name} version "
            f"{model.version}",
            404,
        )
    return model


def _metadata(model):
    """What TensorFlow Serving answers to /metadata."""
    from google.protobuf.json_format import MessageToDict

    definitions = {
        name: MessageToDict(
            definition,
            always_print_fields_with_no_presence=True,
            preserving_proto_field_name=True,
        )
        for name, definition in model.signature_defs.items()
    }
    return {
        "model_spec": {
            "name": model.name,
            "signature_name": "",
            "version": model.version,
        },
        "metadata": {"signature_def": {"signature_def": definitions}},
    }


def _page(model, limits):
    shape = model.metadata.get("input_shape")
    if not shape:
        (images,) = list(model.inputs(DEFAULT).values())[:1]
        shape = images.shape.as_list()[1:]
    facts = {
        "name": model.name,
        "version": model.version,
        "runtime": model.runtime,
        "parameters": model.metadata.get("parameters"),
        "shape": shape,
        "classifies": BYTES in model.signature_defs,
    }
    takes = {  # which files may be sent as they are
        "upright": model.metadata.get("orientation") == "exif",
        "bytes": limits.max_body * 3 // 4 - 1000,  # in base64, with JSON around
        "pixels": limits.max_pixels,
    }
    text = json.dumps(facts).replace("<", "\\u003c")  # nothing ends the script
    return _filled(json.dumps(takes), text)


@functools.lru_cache(2)
def _filled(takes, facts):
    page = PAGE.read_text("utf-8").replace("{takes}", takes)
    page = page.replace("{explain}", EXPLAIN.read_text("utf-8"))
    return page.replace("{facts}", facts)


async def _refuse(request, error):
    headers = {"Retry-After": "1"} if error.status == 503 else None
    return JSONResponse({"error": str(error)}, error.status, headers)


async def _refuse_path(request, error):
    reason = f"{error.detail}: {request.method} {request.url.path[:100]}"
    return JSONResponse({"error": reason}, error.status_code, error.headers)


async def _no_memory(request, error):
    return await _refuse(request, RequestError(NO_MEMORY, 503))


async def _fail(request, error):
    reason = "an error of the server, which its log tells"
    return JSONResponse({"error": reason}, 500)
