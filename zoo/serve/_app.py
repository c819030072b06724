"""The web page, and TensorFlow Serving's REST API beside it."""

import asyncio
import concurrent.futures
import json
import pathlib

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from zoo.serve import _tensors
from zoo.serve._images import MAX_PIXELS
from zoo.serve._model import BYTES, DEFAULT
from zoo.serve._tensors import RequestError

MAX_BODY = 10_000_000  # bytes
PAGE = pathlib.Path(__file__).with_name("page.html")
POLICY = (  # the page needs nothing from elsewhere
    "default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src blob: data:; connect-src 'self'"
)


def application(model):
    """The ASGI application that serves a `Model`."""
    # One thread: a model's call takes all cores, and the event loop is free
    # to receive meanwhile.
    worker = concurrent.futures.ThreadPoolExecutor(1, "inference")
    html = _page(model)
    metadata = _metadata(model)

    async def page(request):
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})

    async def status(request):
        if ":" in request.path_params["name"]:  # GET …:predict
            raise HTTPException(405, headers={"Allow": "POST"})
        _check_model(request, model)
        available = {
            "version": model.version,
            "state": "AVAILABLE",
            "status": {"error_code": "OK", "error_message": ""},
        }
        return JSONResponse({"model_version_status": [available]})

    async def get_metadata(request):
        _check_model(request, model)
        return JSONResponse(metadata)

    async def predict(request):
        _check_model(request, model)
        try:
            body = await _body(request)
            answer, seconds = await asyncio.get_running_loop().run_in_executor(
                worker, _predict, model, body
            )
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        except asyncio.CancelledError:  # by uvicorn, some seconds after Ctrl-C
            raise RequestError("the server is ending", 503) from None
        return Response(
            answer,
            media_type="application/json",
            headers={"Server-Timing": f"model;dur={1000 * seconds:.2f}"},
        )

    routes = [Route("/", page)]
    for base in (
        "/v1/models/{name}",
        "/v1/models/{name}/versions/{version:int}",
    ):
        routes += [
            Route(f"{base}:predict", predict, methods=["POST"]),
            Route(f"{base}/metadata", get_metadata),
            Route(base, status),
        ]
    handlers = {
        RequestError: _refuse,
        HTTPException: _refuse_path,
        Exception: _fail,
    }
    return Starlette(routes=routes, exception_handlers=handlers)


def _predict(model, body):
    request = _tensors.parse(body)
    signature = request.get("signature_name", "")
    if not isinstance(signature, str):
        raise RequestError("'signature_name' must be text")
    inputs = _tensors.tensors(request, model.inputs(signature))
    outputs, seconds = model.run(signature, inputs)
    return _tensors.response(request, outputs), seconds


def _check_model(request, model):
    name = request.path_params["name"]
    version = request.path_params.get("version")
    if name != model.name or version not in (None, int(model.version)):
        wanted = f"{name[:100]} version {version}" if version else name[:100]
        raise RequestError(
            f"there is no model {wanted}; there is {model.name} version "
            f"{model.version}",
            404,
        )


async def _body(request):
    """The request's body, of which no more than MAX_BODY is ever kept."""
    too_large = RequestError(f"a body may have {MAX_BODY:,} bytes", 413)
    if int(request.headers.get("content-length", 0)) > MAX_BODY:
        raise too_large
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise too_large
    return bytes(body)


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


def _page(model):
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
        "bytes": MAX_BODY * 3 // 4 - 1000,  # in base64, with JSON around
        "pixels": MAX_PIXELS,
    }
    page = PAGE.read_text("utf-8").replace("{takes}", json.dumps(takes))
    text = json.dumps(facts).replace("<", "\\u003c")  # nothing ends the script
    return page.replace("{facts}", text)


async def _refuse(request, error):
    return JSONResponse({"error": str(error)}, error.status)


async def _refuse_path(request, error):
    reason = f"{error.detail}: {request.method} {request.url.path[:100]}"
    return JSONResponse({"error": reason}, error.status_code, error.headers)


async def _fail(request, error):
    reason = "an error of the server, which its log tells"
    return JSONResponse({"error": reason}, 500)
