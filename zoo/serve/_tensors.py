"""TensorFlow Serving's JSON, to tensors and back.

A request holds rows ("instances") or columns ("inputs"), its response
"predictions" or "outputs": https://www.tensorflow.org/tfx/serving/api_rest.
"""

import base64
import json

import numpy as np

AT_ONCE = 50_000  # numbers that are written between two looks at other threads


class RequestError(Exception):
    """What is wrong with a request, in words for who sent it."""

    def __init__(self, reason, status=400):
        super().__init__(reason)
        self.status = status


def read(model, body):
    """(request, signature, {name: array}) that the bytes spell."""
    request = parse(body)
    signature = request.get("signature_name", "")
    if not isinstance(signature, str):
        raise RequestError("'signature_name' must be text")
    return request, signature, tensors(request, model.inputs(signature))


def parse(body):
    """The JSON object that the bytes spell."""
    try:
        request = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RequestError(f"JSON Parse error: {error}") from error
    if not isinstance(request, dict):
        raise RequestError("the request must be a JSON object")
    return request


def tensors(request, specs):
    """The arrays in a request.

    Args:
        request: The JSON object that `parse` returned.
        specs: {name: tf.TensorSpec} for what the signature takes.
    """
    if ("instances" in request) == ("inputs" in request):
        raise RequestError(
            "the request must hold either 'instances', a list of rows, or "
            "'inputs', the columns"
        )
    if "instances" in request:
        columns = _columns(request["instances"], specs)
    else:
        columns = _named(request["inputs"], specs)
    _check_names(columns, specs)
    return {name: _tensor(columns[name], specs[name]) for name in specs}


def write(model, request, outputs):
    """What answers a request, as bytes.

    It is written row by row: json.dumps of all would keep other threads waiting
    for as long as it takes.

    Args:
        model: The `Model` that answered.
        request: The JSON object that `parse` returned.
        outputs: {name: array} of the answers.
    """
    if "inputs" in request:
        texts = {name: column({name: a}) for name, a in outputs.items()}
        named = (f"{json.dumps(name)}: {t}" for name, t in texts.items())
        text = f"{{{', '.join(named)}}}" if len(texts) > 1 else _only(texts)
        return f'{{"outputs": {text}}}'.encode()
    return f'{{"predictions": {column(outputs)}}}'.encode()


def column(outputs):
    """The JSON of rows; of one output its values, of several their objects."""
    arrays = outputs.values()
    if not all(map(np.ndim, arrays)):
        ((name, array),) = outputs.items()
        return json.dumps(_values(name, array))
    texts = []
    length = max(map(len, arrays))
    width = sum(array.size for array in arrays) // max(length, 1)
    step = max(1, AT_ONCE // max(width, 1))
    for start in range(0, length, step):
        values = {k: _values(k, a[start : start + step])
                  for k, a in outputs.items()}  # fmt: skip
        rows = zip(*values.values(), strict=True)
        for row in rows:
            row = dict(zip(values, row, strict=True))
            texts.append(json.dumps(row if len(row) > 1 else _only(row)))
    return f"[{', '.join(texts)}]"


def _columns(rows, specs):
    if not isinstance(rows, list) or not rows:
        raise RequestError("'instances' must be a list of at least one row")
    rows = [_named(row, specs) for row in rows]
    for row in rows:
        _check_names(row, specs)
    return {name: [row[name] for row in rows] for name in specs}


def _named(value, specs):
    """{input's name: value}; the name of a single input may be left out."""
    if isinstance(value, dict) and not _is_base64(value):
        return value
    if len(specs) > 1:
        raise RequestError(
            f"there are several inputs, so name them: {', '.join(specs)}"
        )
    return {_only(specs.keys()): value}


def _check_names(columns, specs):
    if columns.keys() != specs.keys():
        raise RequestError(
            f"the inputs must be {', '.join(specs)}; received "
            f"{_short(', '.join(columns)) or 'none'}"
        )


def _tensor(value, spec):
    # An object array takes lists as they are: NumPy would make 1.0 of "1" and
    # NaN of null, and of a long text beside many numbers gigabytes.
    array = np.array(value, dtype=object)
    if array.shape[:1] == (0,):
        raise RequestError(f"{spec.name}: an empty batch")
    types = set(map(type, array.ravel()))
    if list in types:
        raise RequestError(
            f"{spec.name}: lists of different lengths do not make a tensor"
        )
    accepted, convert = _kind(spec.dtype)
    if not types <= accepted:
        names = sorted(_JSON[t] for t in types - accepted)
        raise RequestError(
            f"{spec.name}: must be {spec.dtype.name}; received "
            f"{' and '.join(names)}"
        )
    if not spec.shape.is_compatible_with(array.shape):
        sides = ", ".join("N" if n is None else str(n) for n in spec.shape)
        raise RequestError(
            f"{spec.name}: the shape must be ({sides}); received {array.shape}"
        )
    return convert(array, spec)


_JSON = {
    bool: "true or false",
    dict: "an object",
    float: "decimals",
    int: "whole numbers",
    str: "text",
    type(None): "null",
}


def _kind(dtype):
    """The types that JSON may have for a dtype, and their conversion."""
    if dtype.name == "string":
        return {str, dict}, _bytes
    if dtype.is_bool:
        return {bool}, _numbers
    if dtype.is_integer:
        return {int}, _numbers
    return {int, float}, _numbers


def _numbers(array, spec):
    try:
        with np.errstate(over="ignore"):
            array = array.astype(spec.dtype.as_numpy_dtype)
    except OverflowError as error:
        raise RequestError(f"{spec.name}: {_short(str(error))}") from error
    if spec.dtype.is_floating and not np.isfinite(array).all():
        raise RequestError(f"{spec.name}: NaN or infinite as {spec.dtype.name}")
    return array


def _bytes(array, spec):
    decoded = np.empty(array.shape, object)
    for index, value in np.ndenumerate(array):
        if isinstance(value, str):
            decoded[index] = value.encode("utf-8", "surrogatepass")
        elif not _is_base64(value):
            raise RequestError(
                f'{spec.name}: bytes are written as {{"b64": "…"}}'
            )
        else:
            decoded[index] = _decode(value["b64"], spec)
    return decoded


def _decode(text, spec):
    text = "".join(text.split())
    try:  # the padding may be missing
        return base64.b64decode(text + -len(text) % 4 * "=", validate=True)
    except ValueError as error:
        raise RequestError(f"{spec.name}: no base64: {error}") from error


def _is_base64(value):
    return (
        isinstance(value, dict)
        and value.keys() == {"b64"}
        and isinstance(value["b64"], str)
    )


def _values(name, array):
    if array.dtype == object:
        binary = name.endswith("_bytes")  # TensorFlow Serving's convention
        return _texts(array.tolist(), binary)
    if array.dtype.kind == "f":
        # As few digits as tell it from its neighbours: 0.2 instead of
        # 0.20000000298.
        array = array.astype("U").astype("float64")
    return array.tolist()


def _texts(value, binary):
    if isinstance(value, list):
        return [_texts(v, binary) for v in value]
    if isinstance(value, str):
        return value
    if binary:
        return {"b64": base64.b64encode(value).decode()}
    return value.decode("utf-8", "replace")


def _only(values):
    (value,) = values.values() if isinstance(values, dict) else values
    return value


def _short(text, most=100):
    return text if len(text) <= most else f"{text[:most]}…"
