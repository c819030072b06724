"""A request to predict: its body, the job that it is, and its outcome."""

import asyncio

from starlette.requests import ClientDisconnect

from zoo.serve import _images
from zoo.serve._model import BYTES
from zoo.serve._tensors import RequestError
from zoo.serve._turns import Job


async def body(request, most):
    """The request's body, of which no more than `most` bytes are ever kept."""
    too_large = RequestError(f"a body may have {most:,} bytes", 413)
    if int(request.headers.get("content-length", 0)) > most:
        raise too_large
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise too_large
    return bytes(body)


def job(model, body, read, limits):
    """The request that a body spells, and the job that it is.

    Args:
        model: The `Model` that computes it.
        body: The request's bytes.
        read: `read` of the module of the protocol that they follow.
        limits: The server's `Limits`.
    """
    request, signature, inputs = read(model, body)
    sizes = _sizes(model, signature, inputs, limits)
    if not model.takes_slices(signature):
        sizes = None
    return request, Job(model, signature, inputs, sizes)


def _sizes(model, signature, inputs, limits):
    """The pixels to decode of each row; refuses what is too much."""
    (first, *_) = inputs.values()
    rows = len(first) if first.ndim else 1
    most = limits.max_pixels // model.pixels
    if signature == BYTES and rows > max(most, 1):
        raise RequestError(
            f"{rows:,} images are too many; the network takes {model.pixels:,} "
            f"pixels of each, so that a request may have {max(most, 1):,}"
        )
    if signature == BYTES:
        return _images.pixels(first.ravel(), limits.max_pixels)
    return [0] * rows


async def outcome(request, job):
    """(outputs, seconds) of a job; who leaves is not computed for."""
    computed = asyncio.wrap_future(job.future)
    left = asyncio.create_task(_left(request))
    try:
        await asyncio.wait(
            {computed, left}, return_when=asyncio.FIRST_COMPLETED
        )
        if not computed.done():
            raise ClientDisconnect
        return computed.result()
    finally:
        left.cancel()
        computed.cancel()


async def _left(request):
    while (await request.receive())["type"] != "http.disconnect":
        pass
