"""An exported model computes what its model does, or is not written at all."""

import base64
import hashlib
import json
import os
import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf

import zoo
from zoo import layers
from zoo.export import (
    _formats,
    _network,
    _portable,
    _saved_model,
    _versions,
    export,
)
from zoo.images import _fit_images

NAMES = ["cat", "dog", "bird"]


def classifier(*tail, shape=(8, 8, 1)):
    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [
            keras.Input(shape),
            keras.layers.Conv2D(4, 3),
            keras.layers.BatchNormalization(),
            keras.layers.Dropout(0.5),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(3),
            *tail,
        ],
        name="small",
    )


def preprocessing(size=(8, 8), channels=3, scale=1 / 64):
    image = keras.Input((None, None, channels))
    x = _fit_images.FitImages(size)(image)
    return keras.Model(image, keras.layers.Rescaling(scale, -2.0)(x))


def moved(model):
    """The model with batch statistics as after some training."""
    random = np.random.default_rng(2)
    for layer in model._flatten_layers():
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.moving_mean.assign(random.normal(size=layer.gamma.shape))
            layer.moving_variance.assign(
                random.uniform(0.5, 2, layer.gamma.shape)
            )
    return model


def served(path, name="serving_default", **inputs):
    signature = tf.saved_model.load(str(path)).signatures[name]
    inputs = {k: tf.convert_to_tensor(v) for k, v in inputs.items()}
    return {k: v.numpy() for k, v in signature(**inputs).items()}


@pytest.fixture
def images():
    return np.random.default_rng(1).normal(size=(5, 8, 8, 1)).astype("float32")


def noise(*shape):
    random = np.random.default_rng(sum(shape))
    return random.integers(0, 256, shape, np.uint8)


@pytest.fixture(scope="module")
def complete(tmp_path_factory):
    """(model, preprocessing, version) with everything that there is."""
    model = moved(classifier(shape=(8, 8, 3)))
    prepare = preprocessing()
    path = export(
        model,
        tmp_path_factory.mktemp("complete"),
        preprocessing=prepare,
        class_names=NAMES,
        features=True,
    )
    return model, prepare, path


@pytest.fixture(scope="module")
def files():
    """Encoded images of several sizes and formats, and their pixels."""
    photo = np.asarray(tf.image.resize(noise(4, 5, 3), (40, 50)), np.uint8)
    jpeg = tf.io.encode_jpeg(photo).numpy()
    decoded = tf.io.decode_jpeg(jpeg, dct_method="INTEGER_ACCURATE").numpy()
    gray, color, see_through = noise(8, 8, 1), noise(9, 30, 3), noise(20, 9, 4)
    return [
        (jpeg, decoded),
        (tf.io.encode_png(gray).numpy(), np.repeat(gray, 3, axis=-1)),
        (tf.io.encode_png(color).numpy(), color),
        (tf.io.encode_png(see_through).numpy(), see_through[..., :3]),
    ]


@pytest.mark.parametrize("optimize", [True, False])
def test_answers_as_the_model(tmp_path, images, optimize):
    model = moved(classifier())
    path = export(model, tmp_path / "served", optimize=optimize)
    assert path == tmp_path / "served" / "1"
    logits = model.predict(images, verbose=0)
    answers = served(path, images=images)
    np.testing.assert_allclose(answers["logits"], logits, atol=1e-5)
    np.testing.assert_allclose(
        answers["probabilities"], keras.ops.softmax(logits), atol=1e-5
    )
    loaded = tf.saved_model.load(str(path))
    assert bool(loaded.signatures["serving_default"].variables) is not optimize


@pytest.mark.parametrize(
    "tail",
    [
        keras.layers.Softmax(),
        keras.layers.Dense(3, "softmax"),
        keras.Sequential([keras.Input((3,)), keras.layers.Softmax()]),
    ],
)
def test_softmax_at_the_end(tmp_path, images, tail):
    model = classifier(tail)
    answers = served(export(model, tmp_path), images=images)
    expected = model.predict(images, verbose=0)
    np.testing.assert_allclose(answers["probabilities"], expected, atol=1e-6)
    np.testing.assert_allclose(answers["logits"], np.log(expected), atol=1e-5)


def test_a_probability_of_zero_has_a_logit_that_json_can_hold(tmp_path, images):
    model = classifier(
        keras.layers.Rescaling(1e4), keras.layers.Softmax(dtype="float32")
    )
    answers = served(export(model, tmp_path), images=images)
    assert (answers["probabilities"] == 0).any()
    assert np.isfinite(answers["logits"]).all()


def test_open_height_and_width(tmp_path):
    model = classifier(shape=(None, None, 2))
    path = export(model, tmp_path)
    for shape in ((2, 9, 7, 2), (1, 30, 20, 2)):
        images = np.ones(shape, "float32")
        np.testing.assert_allclose(
            served(path, images=images)["logits"],
            model(images, training=False),
            atol=1e-5,
        )


def test_no_images(complete):
    """TensorFlow's own convolutions fail at them, with oneDNN."""
    *_, path = complete
    answers = served(path, images=np.ones((0, 8, 8, 3), "float32"))
    assert answers["probabilities"].shape == (0, 3)


@pytest.mark.parametrize("optimize", [True, False])
def test_nothing_is_random_or_of_the_batch(tmp_path, optimize):
    image = keras.Input((8, 8, 3))
    x = layers.Conv2D(4, 3, padding=1)(image)
    x = layers.RReLU()(layers.BatchNorm()(x))
    y = layers.Conv2D(4, 3, padding=1)(x)
    y = layers.StochasticDepth(0.5)(y)
    x = layers.DropBlock(0.5, 3)(keras.layers.Add()([x, y]))
    x = keras.layers.GaussianNoise(1.0)(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    x = keras.layers.Dense(5)(keras.layers.Dropout(0.5)(x))
    model = moved(keras.Model(image, x))
    path = export(model, tmp_path, optimize=optimize)
    images = np.random.default_rng(0).normal(3, 2, (6, 8, 8, 3))
    images = images.astype("float32")
    together = served(path, images=images)["logits"]
    np.testing.assert_allclose(
        together, model.predict(images, verbose=0), atol=1e-4
    )
    alone = [served(path, images=image[None])["logits"] for image in images[:2]]
    np.testing.assert_allclose(np.concatenate(alone), together[:2], atol=1e-4)


def test_bytes_of_several_sizes_and_formats(complete, files):
    model, prepare, path = complete
    answers = served(path, "classify_bytes", image_bytes=[f for f, _ in files])
    for i, (_, pixels) in enumerate(files):
        logits = model(prepare(pixels[None].astype("float32")), training=False)
        expected = np.asarray(keras.ops.softmax(logits))[0]
        order = np.argsort(-expected)
        np.testing.assert_allclose(
            answers["probabilities"][i], expected[order], atol=1e-5
        )
        names = [NAMES[n].encode() for n in order]
        assert answers["classes"][i].tolist() == names
    empty = served(
        path, "classify_bytes", image_bytes=tf.constant([], "string")
    )
    assert empty["classes"].shape == (0, 3)
    for broken in (b"", b"\xff\xd8\xff\xe0 no JPEG", b"text", files[0][0][:99]):
        with pytest.raises(tf.errors.InvalidArgumentError):
            served(path, "classify_bytes", image_bytes=[broken])


def test_bytes_to_a_gray_network_without_names(tmp_path):
    model = classifier()
    prepare = preprocessing(channels=1)
    path = export(model, tmp_path, preprocessing=prepare, top=2)
    color = noise(30, 40, 3)
    files = [tf.io.encode_png(noise(8, 8, 1)), tf.io.encode_jpeg(color)]
    answers = served(path, "classify_bytes", image_bytes=files)
    pixels = tf.io.decode_jpeg(files[1], 1, dct_method="INTEGER_ACCURATE")
    pixels = tf.cast(pixels, tf.float32)
    expected = keras.ops.softmax(model(prepare(pixels[None]), training=False))
    best = int(np.argmax(expected))
    assert answers["classes"][1, 0] == str(best).encode()
    assert answers["classes"].shape == (2, 2)
    assert answers["probabilities"][1, 0] == pytest.approx(
        float(expected[0, best]), abs=1e-5
    )


def test_features(complete, tmp_path):
    model, _, path = complete
    images = np.random.default_rng(0).normal(size=(2, 8, 8, 3))
    images = images.astype("float32")
    pooled = keras.Model(model.inputs, model.layers[-2].output)
    np.testing.assert_allclose(
        served(path, "features", images=images)["features"],
        pooled.predict(images, verbose=0),
        atol=1e-5,
    )
    model = zoo.squeezenet1_1(num_classes=3, input_shape=(64, 64, 3))
    path = export(model, tmp_path, features=True)
    images = np.ones((2, 64, 64, 3), "float32")
    features = served(path, "features", images=images)["features"]
    assert features.shape == (2, 512)
    kernel = model.get_layer("logits_conv").kernel[0, 0]
    assert kernel.shape[0] == 512


def test_weights_are_constants_and_stored_once(complete, tmp_path, monkeypatch):
    dense = keras.layers.Dense(3000)
    model = classifier(dense, keras.layers.Dense(3), shape=(8, 8, 3))
    options = {"preprocessing": preprocessing(), "features": True}

    def size(path):
        return sum(f.stat().st_size for f in path.rglob("*") if f.is_file())

    weights = 4 * model.count_params()
    assert size(export(model, tmp_path, **options)) < weights + 160_000
    monkeypatch.setattr(_saved_model, "LARGEST_FROZEN", 1000)
    path = export(model, tmp_path, **options)
    loaded = tf.saved_model.load(str(path))
    assert loaded.signatures["features"].variables


def test_onnx_of_a_large_model_warns_of_the_memory(tmp_path, monkeypatch):
    pytest.importorskip("tf2onnx")
    monkeypatch.setattr(_formats, "LARGE_FOR_ONNX", 1)
    with pytest.warns(UserWarning, match="model.onnx takes tf2onnx some"):
        export(classifier(), tmp_path, formats=["onnx"])


def test_versions_count_up(tmp_path):
    model = classifier()
    (tmp_path / "7").mkdir()
    (tmp_path / "notes").mkdir()
    assert export(model, tmp_path).name == "8"
    path = export(model, tmp_path)
    assert path.name == "9"
    assert _versions.newest(tmp_path) == _versions.newest(path) == path
    assert os.stat(path).st_mode & 0o777 == 0o755
    metadata = json.loads((path / "assets.extra/metadata.json").read_text())
    assert metadata["version"] == 9


def test_half_precision_answers_in_float32(tmp_path, images):
    keras.mixed_precision.set_global_policy("mixed_bfloat16")
    try:
        model = classifier()
    finally:
        keras.mixed_precision.set_global_policy("float32")
    logits = served(export(model, tmp_path), images=images)["logits"]
    assert logits.dtype == "float32"
    np.testing.assert_allclose(
        logits, model.predict(images, verbose=0), atol=0.05
    )


def test_metadata(complete):
    model, _, path = complete
    metadata = json.loads((path / "assets.extra/metadata.json").read_text())
    digest = hashlib.sha256()
    for weight in model.weights:
        digest.update(weight.path.encode() + b"\0" + weight.numpy().tobytes())
    assert metadata["weights_sha256"] == digest.hexdigest()
    assert metadata["made_with"] == {
        "cnn_zoo": zoo.__version__,
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
    }
    kinds = [
        layer["class_name"]
        for layer in metadata["preprocessing"]["config"]["layers"]
    ]
    assert kinds == ["InputLayer", "FitImages", "Rescaling"]
    expected = {
        "name": "small",
        "version": 1,
        "classes": NAMES,
        "input_shape": [8, 8, 3],
        "outputs": {
            "logits": [None, 3],
            "probabilities": [None, 3],
            "features": [None, 4],
        },
        "parameters": model.count_params(),
        "optimized": True,
        "signatures": ["serving_default", "classify_bytes", "features"],
        "formats": ["saved_model"],
    }
    assert {key: metadata[key] for key in expected} == expected


def test_rest_predict(complete, files):
    """As https://www.tensorflow.org/tfx/serving/api_rest describes it."""
    model, _, path = complete
    images = np.random.default_rng(0).normal(size=(2, 8, 8, 3))
    rows = json.dumps({"instances": images.tolist()})
    columns = json.dumps({"inputs": {"images": images.tolist()}})
    logits = model.predict(images, verbose=0)
    for body in map(json.loads, (rows, columns)):
        values = body["instances"] if "instances" in body else body["inputs"]
        values = values["images"] if isinstance(values, dict) else values
        answers = served(path, images=np.array(values, "float32"))
        sent = {name: value.tolist() for name, value in answers.items()}
        sent = json.loads(json.dumps(sent, allow_nan=False))
        np.testing.assert_allclose(sent["logits"], logits, atol=1e-5)
    encoded = [{"b64": base64.b64encode(f).decode()} for f, _ in files]
    body = json.dumps(
        {"signature_name": "classify_bytes", "instances": encoded}
    )
    body = json.loads(body)
    answers = served(
        path,
        body["signature_name"],
        image_bytes=[base64.b64decode(i["b64"]) for i in body["instances"]],
    )
    assert answers["classes"].shape == (4, 3)
    # Outputs that the server would encode again have names in _bytes.
    assert not any(name.endswith("_bytes") for name in answers)


def test_grpc_predict(complete, files):
    predict_pb2 = pytest.importorskip("tensorflow_serving.apis.predict_pb2")
    model, _, path = complete
    request = predict_pb2.PredictRequest()
    request.model_spec.name = "small"
    request.model_spec.signature_name = "serving_default"
    images = np.random.default_rng(0).normal(size=(2, 8, 8, 3))
    request.inputs["images"].CopyFrom(tf.make_tensor_proto(images, "float32"))
    received = predict_pb2.PredictRequest.FromString(
        request.SerializeToString()
    )
    answers = served(
        path,
        received.model_spec.signature_name,
        **{k: tf.make_ndarray(v) for k, v in received.inputs.items()},
    )
    response = predict_pb2.PredictResponse()
    for name, value in answers.items():
        response.outputs[name].CopyFrom(tf.make_tensor_proto(value))
    response = predict_pb2.PredictResponse.FromString(
        response.SerializeToString()
    )
    np.testing.assert_allclose(
        tf.make_ndarray(response.outputs["logits"]),
        model.predict(images, verbose=0),
        atol=1e-5,
    )
    request.inputs["image_bytes"].CopyFrom(
        tf.make_tensor_proto([f for f, _ in files])
    )
    strings = tf.make_ndarray(request.inputs["image_bytes"])
    answers = served(path, "classify_bytes", image_bytes=strings)
    assert answers["classes"].shape == (4, 3)


def test_saved_model_cli_without_keras(complete, tmp_path):
    """TensorFlow's own tool, in a process that finds no Keras."""
    model, _, path = complete
    images = np.random.default_rng(0).normal(size=(2, 8, 8, 3))
    np.save(tmp_path / "images.npy", images.astype("float32"))
    script = """
import sys
sys.modules["keras"] = None
from absl import flags
from tensorflow.python.tools import saved_model_cli
saved_model_cli.create_parser()
for line in sys.stdin.read().splitlines():
    flags.FLAGS(["saved_model_cli", *line.split()])
    getattr(saved_model_cli, line.split()[0])()
"""
    run = [f"run --dir {path} --tag_set serve --signature_def serving_default"]
    run.append(f"--inputs images={tmp_path}/images.npy --outdir {tmp_path}")
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=f"show --dir {path} --all\n{' '.join(run)}\n",
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    shown = " ".join(done.stdout.split())
    for text in (
        "signature_def['classify_bytes']",
        "signature_def['features']",
        "inputs['images'] tensor_info: dtype: DT_FLOAT shape: (-1, 8, 8, 3)",
        "inputs['image_bytes'] tensor_info: dtype: DT_STRING shape: (-1)",
        "outputs['classes'] tensor_info: dtype: DT_STRING shape: (-1, 3)",
        "outputs['features'] tensor_info: dtype: DT_FLOAT shape: (-1, 4)",
        "outputs['logits'] tensor_info: dtype: DT_FLOAT shape: (-1, 3)",
    ):
        assert text in shown
    np.testing.assert_allclose(
        np.load(tmp_path / "logits.npy"),
        model.predict(images, verbose=0),
        atol=1e-5,
    )


@pytest.fixture(scope="module")
def mobile():
    """Depthwise convolutions of both parities, with padding on both sides."""
    image = keras.Input((10, 7, 3))
    x = layers.Conv2D(8, 3, padding=1)(image)
    x = layers.DepthwiseConv2D(3, strides=2, padding=1)(x)
    x = keras.layers.ReLU(6.0)(layers.BatchNorm()(x))
    x = layers.DepthwiseConv2D(3, padding=1, use_bias=False)(x)
    x = keras.layers.Activation("gelu")(x)
    x = layers.MaxPool2D(3, strides=2, padding=1)(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    return moved(keras.Model(image, keras.layers.Dense(4)(x), name="mobile"))


@pytest.mark.parametrize("ceil", [False, True])
def test_mirrored_edges_pool_alike(ceil):
    for size, stride, padding in ((3, 2, 1), (2, 2, 1), (3, 2, 0), (4, 3, 2)):
        for side in (7, 8, 9):
            image = keras.Input((side, side + 1, 2))
            layer = layers.MaxPool2D(size, stride, padding, ceil_mode=ceil)
            model = keras.Model(image, layer(image))
            changed = _portable.portable(model, pools=True)
            images = batch(1, (side, side + 1, 2)) - 9.0
            np.testing.assert_array_equal(changed(images), model(images))
            if size == 3 and not ceil:
                kinds = {type(x) for x in changed._flatten_layers()}
                assert keras.layers.MaxPooling2D in kinds


def batch(count, shape=(10, 7, 3)):
    random = np.random.default_rng(0)
    return random.standard_normal((count, *shape)).astype("float32")


def test_openvino_reads_the_saved_model(mobile, tmp_path):
    openvino = pytest.importorskip("openvino")
    path = export(mobile, tmp_path)
    images = batch(3)
    run = openvino.Core().compile_model(str(path), "CPU")
    np.testing.assert_allclose(
        run({"images": images})["logits"],
        mobile.predict(images, verbose=0),
        atol=1e-4,
    )


def test_depthwise_convolutions_keep_no_explicit_padding(mobile):
    network = _network.served(mobile, features=False)
    portable = _portable.portable(network)
    kernels = [
        layer.kernel_size
        for layer in portable._flatten_layers()
        if isinstance(layer, keras.layers.DepthwiseConv2D)
    ]
    assert kernels == [(4, 3), (3, 3)]
    images = batch(3)
    np.testing.assert_allclose(
        portable(images)["logits"], network(images)["logits"], atol=1e-6
    )


@pytest.mark.parametrize("padding", [0, 1, 2, ((0, 1), (2, 1))])
def test_wider_kernels_pad_alike(padding):
    for stride in (1, 2, 3):
        for side in (6, 7, 8):
            image = keras.Input((side, side, 2))
            layer = layers.DepthwiseConv2D(3, strides=stride, padding=padding)
            model = keras.Model(image, layer(image))
            images = batch(1, (side, side, 2))
            np.testing.assert_allclose(
                _portable.portable(model)(images), model(images), atol=1e-6
            )


@pytest.mark.parametrize(
    ("name", "packages", "tolerance"),
    [
        ("onnx", ("tf2onnx", "onnx", "onnxruntime"), 1e-5),
        ("openvino", ("openvino",), 1e-5),
        ("litert", (), 1e-5),
        ("litert_int8", (), 0.1),
    ],
)
def test_other_formats(mobile, tmp_path, name, packages, tolerance):
    for package in packages:
        pytest.importorskip(package)
    path = export(mobile, tmp_path, formats=[name], calibration=batch(50))
    images = batch(3)
    answers = _formats.RUNTIMES[name](path / _formats.FILES[name], images)
    logits = mobile.predict(images, verbose=0)
    np.testing.assert_allclose(
        answers["logits"], logits, atol=tolerance * np.abs(logits).max()
    )
    metadata = json.loads((path / "assets.extra/metadata.json").read_text())
    assert metadata["formats"] == [name]
    assert metadata["signatures"] == []


@pytest.mark.parametrize("name", ["litert", "litert_int8"])
def test_a_format_that_answers_otherwise_is_refused(
    mobile, tmp_path, monkeypatch, name
):
    monkeypatch.setattr(keras.Model, "export", lambda *args, **options: None)
    monkeypatch.setitem(
        _formats.RUNTIMES,
        name,
        lambda path, images: dict.fromkeys(
            ("logits", "probabilities"), np.ones((len(images), 4))
        ),
    )
    formats = ["saved_model", name]
    with pytest.raises(RuntimeError, match=r"model.*\.tflite's logits "):
        export(mobile, tmp_path, formats=formats, calibration=batch(9))
    assert not os.listdir(tmp_path)


def test_what_a_converter_cannot_do_is_told(mobile, tmp_path, monkeypatch):
    def fail(*args, **options):
        raise KeyError("Conv9D")

    monkeypatch.setattr(keras.Model, "export", fail)
    with pytest.raises(
        RuntimeError, match=r"model.tflite cannot be written, .* 'Conv9D'"
    ):
        export(mobile, tmp_path, formats=["litert"])
    assert not os.listdir(tmp_path)


def test_a_missing_runtime_is_told(mobile, tmp_path, monkeypatch):
    def missing(path, images):
        raise ModuleNotFoundError("No module", name="ai_edge_litert")

    monkeypatch.setattr(keras.Model, "export", lambda *args, **options: None)
    monkeypatch.setitem(_formats.RUNTIMES, "litert", missing)
    with pytest.warns(UserWarning, match="not tried: ai_edge_litert is not"):
        export(mobile, tmp_path, formats=["litert"])


def test_nothing_stays_of_a_wrong_model(tmp_path):
    class Moody(keras.layers.Layer):
        def call(self, inputs):  # another answer in a graph than outside
            return inputs + float(not tf.executing_eagerly())

    with pytest.raises(RuntimeError, match=r"logits differ .* by up to 1 "):
        export(classifier(Moody()), tmp_path)
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize("place", ["check", "write"])
def test_nothing_stays_of_a_failure(tmp_path, monkeypatch, place):
    real = getattr(_saved_model, place)

    def fail(*args):
        real(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(_saved_model, place, fail)
    with pytest.raises(KeyboardInterrupt):
        export(classifier(), tmp_path)
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("resnet18", "a built keras.Model; received 'resnet18'"),
        (keras.Sequential([keras.layers.Dense(3)]), "a built keras.Model"),
        (
            keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)]),
            r"one batch of images \(N, H, W, C\); it takes \[\(None, 4\)\]",
        ),
        (
            keras.Sequential(
                [keras.Input((9, 9, 1)), keras.layers.Conv2D(2, 3)]
            ),
            r"returns \[\(None, 7, 7, 2\)\]",
        ),
        (
            classifier(keras.layers.Dense(3, "sigmoid")),
            "logits or in a softmax; it ends in sigmoid",
        ),
    ],
)
def test_no_classifier(tmp_path, model, message):
    with pytest.raises(ValueError, match=message):
        export(model, tmp_path)
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"top": 4}, "top must be an int from 1 to the model's 3 classes"),
        ({"top": 0}, "received 0"),
        ({"class_names": ["a", "b"]}, "a list of 3 names, .* received 2: "),
        ({"class_names": "abc"}, "a list of 3 names"),
        ({"preprocessing": "resnet18"}, "a keras.Model or layer"),
        (
            {"preprocessing": preprocessing((9, 9), 1)},
            r"makes images of \(9, 9, 1\); the model takes \(8, 8, 1\)",
        ),
        ({"preprocessing": preprocessing()}, r"images of \(8, 8, 3\)"),
        ({"formats": "onnx"}, "a list of some of saved_model, .* 'onnx'"),
        ({"formats": ["pb"]}, r"received \['pb'\]"),
        ({"formats": []}, r"received \[\]"),
        ({"formats": ["litert_int8"]}, "needs calibration, .* received None"),
        (
            {"formats": ["litert_int8"], "calibration": np.ones((2, 8, 8, 3))},
            r"of the shape \(N, 8, 8, 1\) .* received \(2, 8, 8, 3\)",
        ),
    ],
)
def test_arguments(tmp_path, options, message):
    with pytest.raises(ValueError, match=message):
        export(classifier(), tmp_path, **options)
    assert not os.listdir(tmp_path)


def test_a_file_is_no_directory(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="file is a file"):
        export(classifier(), tmp_path / "file")


def test_a_missing_exporter_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    for name, package in (("onnx", "tf2onnx"), ("openvino", "openvino")):
        with pytest.raises(
            ValueError, match=rf"{name}' needs: pip install {package}"
        ):
            export(classifier(), tmp_path, formats=[name])
    assert not os.listdir(tmp_path)
