"""`zoo serve` answers as TensorFlow Serving does, and refuses what is bad."""

import base64
import collections
import dataclasses
import json
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import zlib

import keras
import numpy as np
import pytest
import tensorflow as tf

import zoo
from tests.zoo.serving import ask, running
from zoo import _options
from zoo.__main__ import main
from zoo.export import export
from zoo.images._fit_images import FitImages
from zoo.serve import _memory
from zoo.serve._limits import Limits

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytest.importorskip("prometheus_client")

NAMES = ["zero", "one", "two", "three", "four", "five"]
BASE = "/v1/models/lenet5_relu"
PREDICT = f"{BASE}:predict"
HALF_SENT = (
    f"POST {PREDICT} HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 99\r\n\r\n{{"
).encode()


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(0)
    return zoo.lenet5_relu(num_classes=len(NAMES))


@pytest.fixture(scope="module")
def directory(model, tmp_path_factory):
    directory = tmp_path_factory.mktemp("served")
    fit = FitImages((32, 32), "stretch")
    image = keras.Input((None, None, 1))
    export(
        model,
        directory,
        preprocessing=keras.Model(
            image, keras.layers.Rescaling(1 / 255)(fit(image))
        ),
        class_names=NAMES,
        top=3,
        features=True,
        optimize=False,
    )
    (directory / "0").mkdir()  # older: not the one that is served
    return directory


@pytest.fixture(scope="module")
def port(directory):
    with running(directory) as (_, port):
        yield port


def images(count, side=32):
    shape = (count, side, side, 1)
    return np.random.default_rng(1).normal(size=shape).astype("float32")


def predict(port, request, path=PREDICT):
    return ask(port, "POST", path, json.dumps(request))


def png(height, width, seed=0):
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 1))
    return tf.io.encode_png(pixels.astype("uint8")).numpy()


def b64(data):
    return {"b64": base64.b64encode(data).decode()}


def test_columns(port, model):
    x = images(3)
    status, answer = predict(port, {"inputs": {"images": x.tolist()}})
    logits = model.predict(x, verbose=0)
    assert status == 200
    assert answer.keys() == {"outputs"}
    outputs = answer["outputs"]
    assert outputs.keys() == {"logits", "probabilities"}
    np.testing.assert_allclose(outputs["logits"], logits, atol=1e-5)
    np.testing.assert_allclose(
        outputs["probabilities"], keras.ops.softmax(logits), atol=1e-6
    )


def test_rows_are_the_columns_turned(port):
    x = images(2).tolist()
    _, columns = predict(port, {"inputs": x})
    columns = columns["outputs"]
    for rows in (x, [{"images": row} for row in x]):
        status, answer = predict(port, {"instances": rows})
        assert status == 200
        assert answer == {
            "predictions": [
                {name: column[i] for name, column in columns.items()}
                for i in range(2)
            ]
        }


def test_version_and_signature_in_the_request(port):
    request = {"instances": images(1).tolist()}
    expected = predict(port, request)
    path = "/v1/models/lenet5_relu/versions/1:predict"
    request["signature_name"] = "serving_default"
    assert predict(port, request, path) == expected


def test_the_name_of_a_single_output_is_left_out(port):
    request = {"signature_name": "features", "instances": images(2).tolist()}
    _, answer = predict(port, request)
    assert np.shape(answer["predictions"]) == (2, 84)
    request["inputs"] = request.pop("instances")
    _, columns = predict(port, request)
    assert columns["outputs"] == answer["predictions"]


def test_few_digits_and_no_loss(port, model):
    x = images(1)
    _, answer = predict(port, {"inputs": x.tolist()})
    texts = [repr(v) for v in answer["outputs"]["logits"][0]]
    assert max(map(len, texts)) <= len("-0.0123456789")
    exact = np.array(answer["outputs"]["logits"], "float32")
    assert [[str(v) for v in exact[0]]] == [texts]


def test_encoded_images_of_several_sizes(port, directory):
    files = [png(28, 28), png(40, 90, seed=1)]
    files.append(tf.io.encode_jpeg(tf.zeros((9, 8, 1), tf.uint8)).numpy())
    loaded = tf.saved_model.load(str(directory / "1"))
    expected = loaded.signatures["classify_bytes"](
        image_bytes=tf.constant(files)
    )
    status, answer = predict(
        port,
        {
            "signature_name": "classify_bytes",
            "instances": [{"image_bytes": b64(data)} for data in files],
        },
    )
    assert status == 200
    rows = answer["predictions"]
    names = [[name.decode() for name in row] for row in
             expected["classes"].numpy()]  # fmt: skip
    assert [row["classes"] for row in rows] == names
    assert np.shape(names) == (3, 3)
    np.testing.assert_allclose(
        [row["probabilities"] for row in rows], expected["probabilities"],
        atol=1e-6,
    )  # fmt: skip


def test_base64_without_padding_and_with_breaks(port):
    text = base64.encodebytes(png(28, 28)).decode().rstrip("=\n")
    request = {"signature_name": "classify_bytes", "inputs": [{"b64": text}]}
    status, _ = predict(port, request)
    assert "\n" in text
    assert status == 200


def test_status(port):
    expected = {
        "model_version_status": [
            {
                "version": "1",
                "state": "AVAILABLE",
                "status": {"error_code": "OK", "error_message": ""},
            }
        ]
    }
    for path in ("", "/versions/1"):
        answer = ask(port, "GET", f"/v1/models/lenet5_relu{path}")
        assert answer == (200, expected)


def test_metadata(port):
    status, answer = ask(port, "GET", "/v1/models/lenet5_relu/metadata")
    assert status == 200
    assert answer["model_spec"] == {
        "name": "lenet5_relu",
        "signature_name": "",
        "version": "1",
    }
    signatures = answer["metadata"]["signature_def"]["signature_def"]
    default = signatures["serving_default"]
    assert default["method_name"] == "tensorflow/serving/predict"
    assert default["inputs"]["images"]["dtype"] == "DT_FLOAT"
    assert default["inputs"]["images"]["tensor_shape"] == {
        "dim": [{"size": n, "name": ""} for n in ("-1", "32", "32", "1")],
        "unknown_rank": False,
    }
    assert "classify_bytes" in signatures


def infer(port, *inputs, **further):
    request = {"inputs": inputs, **further}
    path = "/v2/models/lenet5_relu/infer"
    return ask(port, "POST", path, json.dumps(request))


def test_kserve(port):
    """Its protocol gives what TensorFlow Serving's gives."""
    x = images(2)
    tensor = {"name": "images", "shape": [2, 32, 32, 1], "datatype": "FP32"}
    tensor["data"] = x.ravel().tolist()
    _, answer = infer(port, tensor, id="7")
    assert answer.keys() == {"model_name", "model_version", "id", "outputs"}
    assert (answer["model_version"], answer["id"]) == ("1", "7")
    _, ours = predict(port, {"inputs": x.tolist()})
    for output in answer["outputs"]:
        assert (output["datatype"], output["shape"]) == ("FP32", [2, 6])
        values = np.reshape(output["data"], (2, 6)).tolist()
        assert values == ours["outputs"][output["name"]]
    file = {"name": "image_bytes", "shape": [1], "datatype": "BYTES"}
    file["parameters"] = {"content_type": "base64"}
    file["data"] = [b64(png(50, 40))["b64"]]
    _, answer = infer(port, file)
    _, ours = ask(port, "POST", PREDICT, encoded(png(50, 40)))
    for output in answer["outputs"]:
        assert [output["data"]] == ours["outputs"][output["name"]]
    features = {"signature_name": "features"}
    _, answer = infer(port, tensor, parameters=features)
    assert answer["outputs"][0]["shape"] == [2, 84]
    _, answer = infer(port, tensor, outputs=[{"name": "probabilities"}])
    assert [o["name"] for o in answer["outputs"]] == ["probabilities"]
    for outputs, reason in (("x", "a list"), ([{"name": "x"}], "no output")):
        status, answer = infer(port, tensor, outputs=outputs)
        assert status == 400
        assert reason in answer["error"]
    status, answer = infer(port, tensor, tensor)
    assert (status, answer["error"]) == (400, "images: it is there twice")


def test_kserve_metadata(port):
    model = "/v2/models/lenet5_relu"
    status, answer = ask(port, "GET", f"{model}/versions/1")
    assert status == 200
    shape = [-1, 32, 32, 1]
    tensor = {"name": "images", "datatype": "FP32", "shape": shape}
    assert answer["inputs"] == [tensor]
    outputs = {o["name"]: o["shape"] for o in answer["outputs"]}
    assert outputs == {"logits": [-1, 6], "probabilities": [-1, 6]}
    for path in ("/v2", "/v2/health/live", "/v2/health/ready"):
        assert ask(port, "GET", path)[0] == 200
    assert ask(port, "GET", f"{model}/ready")[0] == 200
    assert ask(port, "GET", f"{model}/versions/2/ready")[0] == 404


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"shape": [3]}, "images: 1,024 data do not make its shape"),
        ({"shape": [10**30]}, "do not make its shape"),
        ({"shape": ["x"]}, "do not make its shape"),
        ({"shape": [-1, 32, 32, 1]}, "do not make its shape"),
        ({"shape": [10**9, 0], "data": []}, "images: an empty batch"),
        ({"shape": [1024]}, r"must be \(N, 32, 32, 1\)"),
        ({"datatype": "INT8"}, "datatype must be FP32; received 'INT8'"),
        ({"name": "x"}, "must be images; received x"),
        ({"name": 1}, "must have name, shape, datatype and data"),
        ({"data": 1024 * ["1"]}, "must be float32; received text"),
        ({"parameters": {"content_type": "base64"}}, "received an object"),
    ],
)
def test_kserve_refuses(port, change, reason):
    tensor = {"name": "images", "shape": [1, 32, 32, 1], "datatype": "FP32"}
    status, answer = infer(port, tensor | {"data": 1024 * [0.5]} | change)
    assert status == 400
    assert re.search(reason, answer["error"]), answer


def bomb(width, height):
    """A small PNG that claims so many pixels."""

    def chunk(name, data):
        checksum = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1_000_000), 9))
        + chunk(b"IEND", b"")
    )


def encoded(*files):
    files = [b64(f) if isinstance(f, bytes) else f for f in files]
    return json.dumps({"signature_name": "classify_bytes", "inputs": files})


def numbers(text):
    """A request of one image whose every pixel is spelled so."""
    row = f"[{','.join(32 * [f'[{text}]'])}]"
    return f'{{"instances": [[{",".join(32 * [row])}]]}}'


JPEG = tf.io.encode_jpeg(np.zeros((64, 64, 1), np.uint8)).numpy()
BAD = {
    "empty body": ("", "JSON Parse error: Expecting value"),
    "malformed": ('{"instances": [1,', "JSON Parse error"),
    "not utf-8": (b'{"inputs": "\xff"}', "JSON Parse error.*utf-8"),
    "too deep": ('{"inputs": ' + 200_000 * "[", "JSON Parse error.*recursion"),
    "deep": (f'{{"inputs": {80 * "["}{80 * "]"}}}', "must be|lists"),
    "list": ("[1, 2]", "must be a JSON object"),
    "neither": ("{}", "either 'instances'.*or 'inputs'"),
    "both": ('{"instances": [1], "inputs": [1]}', "either 'instances'"),
    "no list": ('{"instances": 5}', "a list of at least one row"),
    "empty rows": ('{"instances": []}', "a list of at least one row"),
    "empty columns": ('{"inputs": []}', "images: an empty batch"),
    "name": ('{"inputs": {"image": [1]}}', "must be images; received image"),
    "row's name": ('{"instances": [{}]}', "must be images; received none"),
    "shape": ('{"instances": [[[1, 2]]]}', r"must be \(N, 32, 32, 1\)"),
    "scalar": ('{"inputs": 1}', r"must be \(N, 32, 32, 1\); received \(\)"),
    "ragged": ('{"inputs": [[1, 2], [3]]}', "lists of different lengths"),
    "text": (numbers('"1"'), "images: must be float32; received text"),
    "null": (numbers("null"), "must be float32; received null"),
    "bool": (numbers("true"), "must be float32; received true or false"),
    "object": (numbers('{"b64": "AA=="}'), "float32; received an object"),
    "nan": (numbers("NaN"), "images: NaN or infinite"),
    "infinite": (numbers("1e39"), "images: NaN or infinite as float32"),
    "huge": (numbers(400 * "9"), "images: int too large"),
    "signature": ('{"signature_name": "x"}', "no signature 'x'; there are"),
    "signature's type": ('{"signature_name": 1}', "must be text"),
    "number": (encoded(1), "image_bytes: must be string; received whole"),
    "no image": (encoded(b"GIF89a"), "image 0: a broken GIF"),
    "plain text": (encoded("\ud800"), "image 0: neither JPEG nor PNG"),
    "no base64": (encoded({"b64": "!"}), "image_bytes: no base64"),
    "no b64": (encoded({"a": 1}), 'the inputs must be|bytes are written as'),
    "empty image": (encoded(b""), "image 0: neither JPEG nor PNG"),
    "no strings": (encoded(), "image_bytes: an empty batch"),
    "cut PNG": (encoded(png(28, 28)[:99]), "Invalid PNG data"),
    "PNG's header": (encoded(png(28, 28)[:20]), "image 0: it has no pixels"),
    "cut JPEG": (encoded(JPEG[:99]), "image 0: a broken JPEG|JPEG"),
    "broken JPEG": (encoded(JPEG[:300] + b"\xff\xd9"), "JPEG"),
    "scans": (encoded(JPEG + 101 * b"\xff\xda"), "more than 100 scans"),
    "bomb": (encoded(bomb(50_000, 50_000)), "50000×50000.*too large"),
    "together": (encoded(*2 * [bomb(4_000, 4_000)]), "image 1.*too large"),
    "narrow": (encoded(png(2, 90)), "image 0 of 90×2 pixels is too narrow"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_requests_get_the_reason(port, name):
    body, reason = BAD[name]
    if isinstance(body, str):
        body = body.encode("utf-8", "surrogatepass")
    status, answer = ask(port, "POST", PREDICT, body)
    assert status == 400
    assert re.search(reason, answer["error"]), answer
    assert len(answer["error"]) < 500
    assert "Traceback" not in answer["error"]


@pytest.mark.parametrize(
    ("method", "path", "status", "reason"),
    [
        ("POST", "/v1/models/half:predict", 404, "no model half; there is"),
        ("GET", "/v1/models/half", 404, "no model half"),
        ("GET", "/v1/models/lenet5_relu/versions/7", 404, "version 7"),
        ("GET", "/v1/models/lenet5_relu/versions/x", 404, "Not Found"),
        ("GET", f"{BASE}/versions/{6000 * '9'}", 404, "Not Found"),
        ("POST", f"{BASE}/versions/{6000 * '1'}:predict", 404, "Not Found"),
        ("GET", f"{BASE}/versions/{6000 * '1'}/metadata", 404, "Not Found"),
        ("GET", f"{BASE}/versions/-1", 404, "Not Found"),
        ("GET", f"{BASE}/versions/%D9%A1", 404, "Not Found"),
        ("GET", f"{BASE}/versions/1:predict", 405, "Method Not Allowed"),
        ("GET", PREDICT, 405, "Method Not Allowed"),
        ("POST", "/v1/models/lenet5_relu:classify", 405, "Not Allowed"),
        ("DELETE", "/v1/models/lenet5_relu", 405, "Not Allowed"),
        ("GET", "/../../etc/passwd", 404, "Not Found"),
    ],
)
def test_bad_paths(port, method, path, status, reason):
    received, answer = ask(port, method, path)
    assert received == status
    assert reason in answer["error"]


@pytest.mark.parametrize("chunked", [False, True])
def test_fifty_megabytes(port, chunked):
    body = bytes(50_000_000)
    parts = (body[:100_000] for _ in range(500)) if chunked else body
    status, answer = ask(port, "POST", PREDICT, parts)
    assert status == 413
    assert answer == {"error": "a body may have 10,000,000 bytes"}


def test_many_small_images_are_counted_as_the_network_takes_them(port):
    tiny = b64(png(1, 1))
    request = {"signature_name": "classify_bytes", "inputs": 24_415 * [tiny]}
    status, answer = predict(port, request)
    assert status == 400
    assert "a request may have 24,414" in answer["error"]
    request["inputs"] = 70 * [tiny]  # in slices
    status, answer = predict(port, request)
    assert status == 200
    one = answer["outputs"]["probabilities"][0]
    np.testing.assert_allclose(
        answer["outputs"]["probabilities"], 70 * [one], atol=1e-6
    )


def test_limits(directory):
    limits = Limits(max_body=40_000, max_pixels=2_000)
    with running(directory, limits=limits) as (_, port):
        status, answer = predict(port, {"inputs": images(5).tolist()})
        assert (status, answer["error"]) == (
            413,
            "a body may have 40,000 bytes",
        )
        _, answer = ask(port, "POST", PREDICT, encoded(png(50, 50)))
        assert "may have 2,000 pixels" in answer["error"]
        _, answer = ask(port, "POST", PREDICT, encoded(*2 * [png(9, 9)]))
        assert "a request may have 1" in answer["error"]
        page = ask(port, "GET", "/")[1]
    assert re.search(rb'"bytes": 29000, "pixels": 2000', page)


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        tf.errors.ResourceExhaustedError(None, None, "OOM when allocating"),
        RuntimeError("[CPU] Could not allocate memory"),
        RuntimeError("std::bad_alloc"),
    ],
    ids=["Python", "TensorFlow", "OpenVINO", "C++"],
)
def test_a_failed_allocation_is_a_503(directory, monkeypatch, error):
    def function(inputs):
        raise error

    x = images(1).tolist()
    with running(directory) as (served, port):
        before = served._functions["serving_default"]
        monkeypatch.setitem(served._functions, "serving_default", function)
        status, answer = predict(port, {"inputs": x})
        assert status == 503
        assert "not enough memory" in answer["error"]
        monkeypatch.setitem(served._functions, "serving_default", before)
        assert predict(port, {"inputs": x})[0] == 200


def test_memory_is_asked_for_before_the_model_needs_it(directory, monkeypatch):
    """TensorFlow ends the process in some of its kernels."""
    x = images(2).tolist()
    with running(directory) as (served, port):
        monkeypatch.setattr(served, "_needs", 2**60)
        status, answer = predict(port, {"inputs": x})
        assert status == 503
        assert "not enough memory" in answer["error"]
        monkeypatch.setattr(served, "_needs", 0)
        assert predict(port, {"inputs": x})[0] == 200


def test_what_a_call_takes_is_measured():
    took = _memory.growth(lambda: np.ones(2**23))
    assert 0.9 * 2**26 < took < 2 * 2**26
    assert _memory.is_there(took)
    assert not _memory.is_there(2**62)


def test_health_and_metrics(port):
    assert ask(port, "GET", "/livez") == (200, {"status": "live"})
    assert ask(port, "GET", "/readyz") == (200, {"status": "ready"})
    predict(port, {"inputs": images(3).tolist()})
    status, text = ask(port, "GET", "/metrics")
    assert status == 200
    for line in (
        r'zoo_requests_total\{route="predict",status="200"\} \d',
        r"zoo_batch_rows_sum \d",
        r"zoo_inference_seconds_count [1-9]",
        r"zoo_waiting_requests 0",
        r"zoo_connections \d",
        r"process_resident_memory_bytes \d",
    ):
        assert re.search(f"^{line}", text.decode(), re.MULTILINE), line


def test_a_client_that_leaves(port, capfd):
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(HALF_SENT)
    time.sleep(0.1)
    assert ask(port, "GET", "/v1/models/lenet5_relu")[0] == 200
    assert "Traceback" not in capfd.readouterr().err


def test_listens_while_it_computes(directory, monkeypatch):
    computing = threading.Event()
    answer_it = threading.Event()
    with running(directory) as (served, port):
        run = served.run

        def slow(*args):
            computing.set()
            assert answer_it.wait(30)
            return run(*args)

        monkeypatch.setattr(served, "run", slow)
        request = {"instances": images(1).tolist()}
        answers = []
        client = threading.Thread(
            target=lambda: answers.append(predict(port, request))
        )
        client.start()
        assert computing.wait(30)
        assert ask(port, "GET", "/v1/models/lenet5_relu")[0] == 200
        answer_it.set()
        client.join()
    assert answers[0][0] == 200


def test_an_error_of_ours_is_not_shown(directory, monkeypatch):
    with running(directory) as (served, port):
        monkeypatch.setattr(served, "run", lambda *_: 1 / 0)
        status, answer = predict(port, {"instances": images(1).tolist()})
    assert status == 500
    assert answer == {"error": "an error of the server, which its log tells"}


def facts(page):
    text = re.search(r'id="facts">(.*?)</script>', page.decode())[1]
    return json.loads(text)


def test_page(port):
    status, page = ask(port, "GET", "/")
    assert status == 200
    assert facts(page) == {
        "name": "lenet5_relu",
        "version": "1",
        "runtime": "tensorflow",
        "parameters": zoo.lenet5_relu(num_classes=6).count_params(),
        "shape": [32, 32, 1],
        "classifies": True,
    }
    assert not re.search(rb"(src|href)=.http|//", page.split(b"<script>")[0])


def test_page_of_a_bare_saved_model(tmp_path):
    """One that zoo.export did not write, with a name that looks like HTML."""
    image = keras.Input((None, None, 3))
    outputs = keras.layers.GlobalAveragePooling2D()(image)
    path = tmp_path / "<script>" / "3"
    keras.Model(image, outputs).export(path, verbose=False)
    with running(path.parent) as (_, port):
        page = ask(port, "GET", "/")[1]
        _, answer = predict(
            port,
            {"instances": np.ones((2, 3, 4, 3)).tolist()},
            "/v1/models/%3Cscript%3E:predict",
        )
    assert facts(page) == {
        "name": "<script>",
        "version": "3",
        "runtime": "tensorflow",
        "parameters": None,
        "shape": [None, None, 3],
        "classifies": False,
    }
    assert answer == {"predictions": [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]}


@pytest.mark.parametrize("runtime", ["openvino", "onnx"])
def test_other_runtimes(tmp_path, directory, model, runtime):
    package = {"openvino": "openvino", "onnx": "onnxruntime"}[runtime]
    pytest.importorskip(package)
    if runtime == "onnx":
        pytest.importorskip("tf2onnx")
        fit = FitImages((32, 32), "stretch")
        directory = export(
            model,
            tmp_path,
            preprocessing=keras.Sequential(
                [fit, keras.layers.Rescaling(1 / 255)]
            ),
            class_names=NAMES,
            top=3,
            optimize=False,
            formats=("saved_model", "onnx"),
        ).parent
    x = images(3)
    with running(directory, runtime) as (served, port):
        assert served.runtime == runtime
        _, answer = predict(port, {"inputs": x.tolist()})
        _, other = ask(port, "POST", PREDICT, encoded(png(50, 40)))
    logits = model.predict(x, verbose=0)
    np.testing.assert_allclose(answer["outputs"]["logits"], logits, atol=1e-4)
    with running(directory) as (_, port):
        _, ours = ask(port, "POST", PREDICT, encoded(png(50, 40)))
    assert other["outputs"]["classes"] == ours["outputs"]["classes"]
    np.testing.assert_allclose(
        other["outputs"]["probabilities"],
        ours["outputs"]["probabilities"],
        atol=1e-5,
    )


def test_start_answer_and_stop(directory):
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "zoo", "serve", directory),
            *("--port=0", "--runtime=tensorflow"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        line = server.stdout.readline()
        assert "lenet5_relu version 1, run by tensorflow" in line
        port = int(re.search(r"http://127\.0\.0\.1:(\d+)/", line)[1])
        status, _ = predict(port, {"instances": images(1).tolist()})
        assert status == 200
        # To this machine alone.
        with pytest.raises(OSError, match=r"refused|unreachable|timed out"):
            socket.create_connection((own_address(), port), timeout=5)
        with socket.create_connection(("127.0.0.1", port)) as half_sent:
            half_sent.sendall(HALF_SENT)
            time.sleep(0.2)
            server.send_signal(signal.SIGINT)
            _, errors = server.communicate(timeout=30)
            assert b'{"error":"the server is ending"}' in half_sent.recv(1000)
    finally:
        server.kill()
    assert server.returncode == 0
    assert "Traceback" not in errors


def own_address():
    """This machine's own address that is not loopback's."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        try:
            s.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            return "127.0.0.2"
        return s.getsockname()[0]


def test_the_command_line_has_the_limits_of_python():
    args = _options.parser(collections.defaultdict(lambda: None)).parse_args(
        ["serve", "x"]
    )
    usual = dataclasses.asdict(Limits())
    assert {name: getattr(args, name) for name in usual} == usual


def test_no_start(directory, tmp_path, capsys):
    def refused(*arguments):
        assert main(["serve", *map(str, arguments)]) == 2
        return capsys.readouterr().err

    assert "no file or directory" in refused(tmp_path / "nowhere")
    assert "and no SavedModel" in refused(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        error = refused(directory, "--port", port)
    assert f"127.0.0.1:{port}: the port is taken" in error
    assert "port must be from 0 to" in refused(directory, "--port", 99999)
    error = refused(directory, "--host", "no.such.host.invalid")
    assert "cannot listen on no.such.host.invalid:8501" in error
    for option, reason in (
        ("--max_batch=0", "'0' is not a whole number from 1"),
        ("--max_body=1.5", "'1.5' is not a whole number from 1"),
        ("--timeout=nan", "timeout must be above 0; received nan"),
        ("--poll=-1", "poll must be seconds, from 0; received -1.0"),
        ("--log_format=xml", "log_format='xml' is not one of"),
        ("--allowed_hosts=http://a", "'http://a' is no name such as"),
    ):
        assert reason in refused(directory, "--port=0", option)
    error = refused(directory, "--port=0", "--runtime=tensorrt")
    assert "runtime='tensorrt' is not one of" in error
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / "saved_model.pb").write_bytes(b"broken")
    assert "cannot be loaded" in refused(tmp_path, "--port=0")
