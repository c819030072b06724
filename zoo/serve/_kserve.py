"""KServe's Open Inference Protocol, version 2, beside TensorFlow Serving's.

https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol
Tensors are JSON; encoded images are BYTES whose data are base64, as the
parameter `content_type` says.
"""

import json

import numpy as np

from zoo._version import __version__
from zoo.serve import _tensors
from zoo.serve._tensors import RequestError

SERVER = {"name": "cnn-zoo", "version": __version__, "extensions": []}
TYPES = {"string": "BYTES", "object": "BYTES"}
FIELDS = {"name": str, "shape": list, "datatype": str, "data": list}


def read(model, body):
    """(request, signature, {name: array}) that the bytes spell.

    The signature is the one that takes inputs of these names, unless the
    parameter `signature_name` tells it. `write` answers the request's
    `outputs`, where it names any.
    """
    request = _tensors.parse(body)
    given = request.get("inputs")
    if not isinstance(given, list) or not given:
        raise RequestError("'inputs' must be a list of at least one tensor")
    columns = {}
    for tensor in given:
        column = _column(tensor)
        if column.keys() & columns.keys():
            raise RequestError(f"{tensor['name'][:100]}: it is there twice")
        columns |= column
    signature = _parameters(request).get("signature_name")
    if signature is None:
        takes = {name: specs.keys() for name, specs in model.signatures()}
        takes = {"": model.inputs().keys(), **takes}  # the default one first
        signature = next((n for n in takes if takes[n] == columns.keys()), "")
    if not isinstance(signature, str):
        raise RequestError("'signature_name' must be text")
    specs = model.inputs(signature)
    types = {t["name"]: t["datatype"] for t in given}
    for name in columns.keys() & specs.keys():
        known, received = _type(specs[name].dtype.name), types[name][:20]
        if received != known:
            reason = f"datatype must be {known}; received {received!r}"
            raise RequestError(f"{name}: {reason}")
    return request, signature, _tensors.tensors({"inputs": columns}, specs)


def write(model, request, outputs):
    wanted = _wanted(request, outputs)
    head = {"model_name": model.name, "model_version": model.version}
    if isinstance(request.get("id"), str):
        head["id"] = request["id"][:200]
    texts = []
    for name, array in wanted.items():
        facts = {"name": name, "datatype": _type(array.dtype.name)}
        facts["shape"] = list(array.shape)
        data = _tensors.column({name: array.reshape(-1)})
        texts.append(f'{json.dumps(facts)[:-1]}, "data": {data}}}')
    text = f'{json.dumps(head)[:-1]}, "outputs": [{", ".join(texts)}]}}'
    return text.encode()


def _wanted(request, outputs):
    """The outputs that a request names; without names, all."""
    given = request.get("outputs") or []
    if not isinstance(given, list) or not all(
        isinstance(one, dict) and isinstance(one.get("name"), str)
        for one in given
    ):
        raise RequestError("'outputs' must be a list of objects with a name")
    names = [one["name"] for one in given] or list(outputs)
    for name in names:
        if name not in outputs:
            raise RequestError(
                f"there is no output {name[:100]!r}; there are "
                f"{', '.join(outputs)}"
            )
    return {name: outputs[name] for name in names}


def metadata(model):
    return {
        "name": model.name,
        "versions": [model.version],
        "platform": model.runtime,
        "inputs": _described(model.inputs()),
        "outputs": _described(model.outputs()),
    }


def _described(specs):
    tensors = []
    for name, spec in specs.items():
        shape = [-1 if n is None else n for n in spec.shape]
        datatype = _type(spec.dtype.name)
        tensors.append({"name": name, "datatype": datatype, "shape": shape})
    return tensors


def _column(tensor):
    if not isinstance(tensor, dict) or any(
        not isinstance(tensor.get(k), kind) for k, kind in FIELDS.items()
    ):
        raise RequestError("a tensor must have name, shape, datatype and data")
    data = np.array(tensor["data"], dtype=object).ravel().tolist()
    if not data:
        raise RequestError(f"{tensor['name'][:100]}: an empty batch")
    if _parameters(tensor).get("content_type") == "base64":
        data = [{"b64": value} for value in data]
    values = np.empty(len(data), object)
    values[:] = data
    shape = tensor["shape"]
    try:
        if min(shape, default=0) < 0:  # NumPy would find a length for -1
            raise ValueError("negative")
        return {tensor["name"]: values.reshape(shape).tolist()}
    except (TypeError, ValueError, OverflowError) as error:
        reason = f"{len(data):,} data do not make its shape"
        raise RequestError(f"{tensor['name'][:100]}: {reason}") from error


def _parameters(holder):
    found = holder.get("parameters", {})
    return found if isinstance(found, dict) else {}


def _type(name):
    return TYPES.get(name) or name.upper().replace("FLOAT", "FP")
