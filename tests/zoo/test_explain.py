"""Maps say what in an image speaks for a class, and not what looks nice."""

import argparse
import gc
import subprocess
import sys

import keras
import numpy as np
import pytest
import scipy.special
import scipy.stats
import tensorflow as tf

import zoo
from tests.parts import quick
from zoo import _evaluation_maps, _explain_options
from zoo.__main__ import main
from zoo.explain import METHODS, _curves, _graph, _network, _overlay

SIDE = 24


def network(end="logits", channels=3, classes=5):
    """A small network; the same weights each time, whatever its end."""
    keras.utils.set_random_seed(1)
    image = keras.Input((SIDE, SIDE, channels))
    x = keras.layers.Conv2D(8, 3, activation="gelu", name="first")(image)
    y = keras.layers.Conv2D(8, 3, padding="same", activation="relu")(x)
    x = keras.layers.Add(name="sum")([x, y])
    x = keras.layers.Conv2D(6, 3, strides=2, activation="relu", name="last")(x)
    x = keras.layers.BatchNormalization()(x)
    x = keras.layers.MaxPooling2D(name="max_pool")(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    activation = end if end in ("softmax", "sigmoid") else None
    x = keras.layers.Dense(classes, activation=activation, name="dense")(x)
    if end == "softmax layer":
        x = keras.layers.Softmax()(x)
    elif end == "activation":
        x = keras.layers.Activation("softmax", dtype="float32")(x)
    return keras.Model(image, x, name="small")


@pytest.fixture(scope="module")
def small():
    return network()


@pytest.fixture(scope="module")
def image():
    random = np.random.default_rng(0)
    coarse = random.random((6, 6, 3), np.float32)
    return np.kron(coarse, np.ones((SIDE // 6, SIDE // 6, 1), np.float32))


def correlation(a, b):
    return scipy.stats.spearmanr(a.ravel(), b.ravel()).statistic


@pytest.mark.parametrize("method", METHODS)
def test_map_has_the_images_size_and_is_repeatable(small, image, method):
    chart = zoo.explain(small, image, method)
    assert chart.shape == (SIDE, SIDE)
    assert chart.dtype == np.float32
    assert np.ptp(chart) > 0
    np.testing.assert_array_equal(chart, zoo.explain(small, image, method))
    other = zoo.explain(small, image[None, :, ::-1], method)
    assert correlation(chart, other) < 0.99


@pytest.mark.parametrize("end", ["softmax", "softmax layer", "activation"])
def test_softmax_at_the_end_is_left_out(small, image, end):
    model = network(end)
    before = model(image[None]).numpy()
    for method in ("grad_cam", "saliency", "occlusion"):
        np.testing.assert_allclose(
            zoo.explain(model, image, method, 2),
            zoo.explain(small, image, method, 2),
            rtol=1e-4,
            atol=1e-6,
        )
    # The model is as it was.
    np.testing.assert_array_equal(model(image[None]).numpy(), before)


def test_probabilities_of_another_make_are_taken_as_logarithms(image):
    model = network("softmax")
    mean = keras.layers.Average()([model.output, model.output])
    chart = zoo.explain(keras.Model(model.input, mean), image, "occlusion")
    index = model(image[None]).numpy().argmax()

    def logits(images):
        return np.log(model(images).numpy())

    expected = zoo.explain(logits, image, "occlusion", index)
    np.testing.assert_allclose(chart, expected, atol=1e-5)


def test_models_in_models_are_explained(small, image):
    inner = keras.Sequential([keras.layers.Rescaling(1.0), small])
    outside = keras.Input((SIDE, SIDE, 3))
    heads = {"logits": inner(outside), "aux": keras.layers.Flatten()(outside)}
    for model in (inner, keras.Model(outside, heads)):
        for method in ("grad_cam++", "integrated_gradients"):
            np.testing.assert_allclose(
                zoo.explain(model, image, method),
                zoo.explain(small, image, method),
                rtol=1e-4,
                atol=1e-6,
            )
    chart = zoo.explain(inner, image, layer=f"{small.name}/last")
    named = zoo.explain(small, image, layer=small.get_layer("last"))
    np.testing.assert_allclose(chart, named, atol=1e-6)


@pytest.mark.parametrize("layer", ["last", "sum"])
def test_grad_cam_is_the_papers_formula(small, image, layer):
    maps = small.get_layer(layer).output
    both = keras.Model(small.input, [maps, small.output])
    with tf.GradientTape() as tape:
        features, logits = both(image[None])
        score = logits[0, 3]
    alpha = tape.gradient(score, features).numpy()[0].mean(axis=(0, 1))
    cam = np.maximum(features.numpy()[0] @ alpha, 0)
    cam = tf.image.resize(cam[..., None], (SIDE, SIDE)).numpy()[..., 0]
    chart = zoo.explain(small, image, "grad_cam", 3, layer)
    np.testing.assert_allclose(chart, cam, atol=1e-5)


def test_saliency_is_the_change_of_the_logit(small, image):
    chart = zoo.explain(small, image, "saliency", 1)
    for row, column in ((5, 7), (12, 12)):
        changes = []
        for channel in range(3):
            both = np.stack([image, image])
            both[:, row, column, channel] += (-1e-3, 1e-3)
            low, high = small(both).numpy()[:, 1]
            changes.append(abs(high - low) / 2e-3)
        assert chart[row, column] == pytest.approx(max(changes), rel=0.05)


def test_integrated_gradients_are_complete(small, image):
    """The axiom: shares sum to the logit less that of the baseline."""
    for baseline in (0.0, 0.5):
        start = np.full_like(image, baseline)
        ends = small(np.stack([image, start])).numpy()[:, 2]
        errors = []
        for steps in (4, 128):
            chart = zoo.explain(
                small, image, "integrated_gradients", 2,
                baseline=baseline, steps=steps,
            )  # fmt: skip
            errors.append(abs(chart.sum() - (ends[0] - ends[1])))
        assert errors[1] < 0.01 * abs(ends[0] - ends[1])
        assert errors[1] < errors[0]


def test_occlusion_finds_the_only_place_that_counts():
    def function(images):
        spot = images[:, 10:14, 30:34].mean(axis=(1, 2, 3))
        return np.stack([spot, -spot], axis=1)

    image = np.zeros((28, 42, 1))
    image[10:14, 30:34] = 1
    chart = zoo.explain(function, image, "occlusion", 0, baseline=0)
    row, column = np.unravel_index(chart.argmax(), chart.shape)
    assert abs(row - 11.5) <= 3  # a window is six pixels wide
    assert abs(column - 31.5) <= 3
    assert chart[:, :20].max() == 0
    np.testing.assert_allclose(
        zoo.explain(function, image, "occlusion", 1, baseline=0), -chart
    )


@pytest.mark.parametrize("method", ["grad_cam", "saliency"])
def test_map_is_brought_back_through_cropping_and_rounding(method):
    """The network sees the middle, scaled; the map is over the whole image."""
    prepare = zoo.Preprocessing((24, 24), (1 / 255,) * 3, (0.0,) * 3).model()
    spot = keras.Input((24, 24, 3))
    x = keras.layers.Conv2D(4, 3, padding="same", kernel_initializer="ones")(
        spot
    )
    mask = np.zeros((1, 24, 24, 1), np.float32)
    mask[0, 4:8, 16:20] = 1  # the only place that counts
    x = keras.layers.GlobalAveragePooling2D()(x * mask)
    x = keras.layers.Dense(2, kernel_initializer="ones")(x)
    model = keras.Sequential([prepare, keras.Model(spot, x)])
    image = np.full((48, 96, 3), 100, np.uint8)
    chart = zoo.explain(model, image, method, 0)
    assert chart.shape == (48, 96)
    rows, columns = np.nonzero(chart > 0.5 * chart.max())
    # The crop is 48×48 from column 24 on; its pixels are 2×2 of the image's.
    assert 6 <= rows.min() <= rows.max() <= 17
    assert 54 <= columns.min() <= columns.max() <= 65
    assert not chart[:, :23].any()


def test_image_of_another_size_or_in_gray_is_taken(small):
    random = np.random.default_rng(0)
    assert zoo.explain(small, random.random((50, 31, 3))).shape == (50, 31)
    gray = random.random((SIDE, SIDE))
    np.testing.assert_array_equal(
        zoo.explain(small, gray), zoo.explain(small, np.dstack([gray] * 3))
    )
    assert zoo.explain(network(channels=1), gray).any()


def test_one_output_tells_yes_from_no(image):
    for end in ("logits", "sigmoid"):
        model = network(end, classes=1)
        yes, no = (
            zoo.explain(model, image, "integrated_gradients", i) for i in (1, 0)
        )
        np.testing.assert_allclose(yes, -no, atol=1e-6)
        answer = model(image[None]).numpy().item()
        said = int(answer > (0.5 if end == "sigmoid" else 0))
        np.testing.assert_array_equal(
            zoo.explain(model, image, "integrated_gradients"), (no, yes)[said]
        )


def test_half_precision_gives_the_same_map(small, image):
    keras.config.set_dtype_policy("mixed_float16")
    try:
        half = network()
    finally:
        keras.config.set_dtype_policy("float32")
    for method in ("grad_cam", "saliency"):
        a, b = (zoo.explain(m, image, method, 2) for m in (half, small))
        assert correlation(a, b) > 0.95, method


def test_new_weights_are_seen_and_models_are_let_go(image):
    model = network()
    first = zoo.explain(model, image, "saliency", 0)
    model.get_layer("dense").kernel.assign(2 * model.get_layer("dense").kernel)
    second = zoo.explain(model, image, "saliency", 0)
    np.testing.assert_allclose(second, 2 * first, rtol=1e-4)
    assert model in _network.KEPT
    kept = len(_network.KEPT)
    del model
    keras.utils.clear_session()
    gc.collect()
    assert len(_network.KEPT) < kept


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("lenet5", "pool4_act"),  # the last convolution has one place
        ("lenet5_relu", "act3"),  # max pooling follows
        ("all_cnn_c", "act8"),  # the next convolution classifies
    ],
)
def test_last_map_is_found_by_the_graph(name, last):
    model = zoo.create(name)
    graph = _graph.Graph(model, model.output)
    assert graph.last_map(10)[0] == last
    if name == "lenet5":
        digit = np.zeros((32, 32))
        digit[8:24, 14:18] = 1
        for index in range(10):
            assert zoo.explain(model, digit, class_index=index).max() > 0


def test_last_map_is_one_that_all_pass():
    """A map of one branch alone does not stand for all."""
    image = keras.Input((8, 8, 1))
    trunk = keras.layers.Conv2D(4, 3, name="trunk")(image)
    branches = [
        keras.layers.GlobalAveragePooling2D(keepdims=True)(
            keras.layers.Conv2D(4, 3)(trunk)
        )
        for _ in range(2)
    ]
    x = keras.layers.Flatten()(keras.layers.Concatenate()(branches))
    model = keras.Model(image, keras.layers.Dense(3)(x))
    assert _graph.Graph(model, model.output).last_map(3)[0] == "trunk"


def test_what_cannot_be_explained_is_refused(small, image):
    def refused(text, *args, **options):
        with pytest.raises(ValueError, match=text):
            zoo.explain(*args, **options)

    refused(
        "'grad_cam' is not|did you mean|Did you mean", small, image, "gradcam"
    )
    refused(
        "class_index must be an int from 0 to 4; received 5",
        small,
        image,
        class_index=5,
    )
    refused("class_index .* received 'cat'", small, image, class_index="cat")
    refused(
        "layer='lost' is no layer .* Did you mean 'last'",
        small,
        image,
        layer="lost",
    )
    refused("layer='dense' gives no map", small, image, layer="dense")
    refused("layer is for grad_cam", small, image, "saliency", layer="last")
    refused("steps must be", small, image, "grad_cam", steps=3)
    refused(
        r"image must have 3 channels.*\(24, 24, 4\)",
        small,
        np.ones((24, 24, 4)),
    )
    refused("image must be an array", small, np.ones((2, 24, 24, 3)))
    refused("finite", small, np.full((24, 24, 3), np.nan))
    refused("gradients.*occlusion", lambda x: x, image)
    refused(
        "functional or built", keras.Sequential([keras.layers.Dense(2)]), image
    )
    flat = keras.Sequential(
        [keras.Input((4, 4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)]
    )
    refused("no feature map", flat, np.ones((4, 4)))
    assert zoo.explain(flat, np.ones((4, 4)), "saliency").any()


ABORTS = """
import keras, numpy as np, zoo
image = keras.Input((96, 96, 3))
x = keras.layers.Conv2D(48, 1, strides=2)(image)  # RepVGG's first
x = keras.layers.GlobalAveragePooling2D()(x)
model = keras.Model(image, keras.layers.Dense(3)(x))
for seed in range(5):
    pixels = np.random.default_rng(seed).random((96, 96, 3))
    zoo.explain(model, pixels, "saliency")
print("alive")
"""


def test_gradient_of_a_repvggs_image_does_not_abort():
    child = subprocess.run(
        [sys.executable, "-c", ABORTS],
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.stdout == "alive\n", child.stderr[-500:]


@pytest.fixture(scope="module")
def pretrained():
    """EfficientNet-Lite0 with its weights, and a flower as it sees it."""
    datasets = pytest.importorskip("sklearn.datasets")
    model = zoo.efficientnet_lite0(weights="package", input_shape=(96, 96, 3))
    pixels = datasets.load_sample_image("flower.jpg")[:, 100:527]
    fit = zoo.Preprocessing((96, 96), (2 / 255,) * 3, (-1.0,) * 3)
    return model, np.asarray(fit(pixels[None]))[0]


@pytest.fixture(scope="module")
def insertion_less_deletion(pretrained):
    """Function of a map: the difference of the areas under both curves."""
    model, image = pretrained
    network = _network.of(model)
    index = int(network.logits(image[None])[0].argmax())

    def probabilities(images):
        return scipy.special.softmax(network.logits(images), axis=1)

    def difference(chart):
        inserted, deleted = (
            curve(probabilities, image, chart, index, 8).area
            for curve in (_curves.insertion, _curves.deletion)
        )
        return inserted - deleted

    return difference


@pytest.fixture(scope="module")
def by_chance(insertion_less_deletion):
    random = np.random.default_rng(0)
    return [insertion_less_deletion(random.random((96, 96))) for _ in range(3)]


@pytest.mark.parametrize("method", quick(METHODS, ["occlusion"]))
def test_deletion_and_insertion_beat_chance(
    pretrained, insertion_less_deletion, by_chance, method
):
    steps = {"smooth_grad": 8, "integrated_gradients": 8}.get(method)
    model, image = pretrained
    chart = zoo.explain(model, image, method, steps=steps)
    assert insertion_less_deletion(chart) > np.mean(by_chance)


def test_maps_change_as_the_weights_are_lost(pretrained):
    """Adebayo et al. 2018, from the classifier down to the first layers."""
    model, image = pretrained
    methods = ("grad_cam", "saliency")
    index = int(model(image[None]).numpy().argmax())

    def maps():
        return {m: zoo.explain(model, image, m, index) for m in methods}

    before, kept = maps(), model.get_weights()
    random = np.random.default_rng(0)
    similar = {m: [] for m in methods}
    try:
        for part in ("logits", "head", "stage5"):
            for layer in model.layers:
                if layer.name.startswith(part):
                    for weight in layer.trainable_weights:
                        values = weight.numpy()
                        shuffled = random.permutation(values.ravel())
                        weight.assign(shuffled.reshape(values.shape))
            for method, chart in maps().items():
                similar[method].append(correlation(chart, before[method]))
    finally:
        model.set_weights(kept)
    for method, found in similar.items():
        assert found[0] < 0.95, (method, found)
        assert abs(found[-1]) < 0.5, (method, found)
    np.testing.assert_array_equal(maps()["saliency"], before["saliency"])


@pytest.fixture
def files(tmp_path, monkeypatch, small, image):
    """A model and two images on the disk, in the working directory."""
    monkeypatch.chdir(tmp_path)
    inside = keras.Input((SIDE, SIDE, 3))
    scaled = keras.layers.Rescaling(1 / 255)(inside)
    keras.Model(inside, small(scaled)).save("small.keras")
    pixels = (image * 255).astype(np.uint8).repeat(3, 0)
    for name, each in (("a.png", pixels), ("b.png", pixels[:, ::-1])):
        (tmp_path / name).write_bytes(tf.io.encode_png(each).numpy())
    (tmp_path / "names").write_text("ant\nbee\ncat\ndog\neel\n")
    return tmp_path


def test_command_writes_pictures_and_overwrites_none(files, capsys):
    pytest.importorskip("matplotlib")

    def run(*words):
        assert main(["explain", *words, "--class_names=names"]) == 0
        made = files / capsys.readouterr().out.strip()
        assert made.read_bytes().startswith(b"\x89PNG")
        return made.name

    assert run("small.keras", "a.png", "--class=dog") == "explanation.png"
    both = "a.png", "b.png", "--method=occlusion", "--top=2"
    assert run("--model=small.keras", *both) == "explanation-2.png"
    assert run("small.keras", "--filters") == "filters.png"
    maps = "--maps=small/last", "--output=made/x.png"
    assert run("small.keras", "a.png", *maps) == "x.png"
    for words, text in {
        ("a.png", "--class=cow"): "none of the 5 classes",
        ("a.png", "--layer=lost"): "no layer on the way",
        ("a.png", "--filters"): "takes no IMAGE",
        ("a.png", "b.png", "--maps=last"): "takes one IMAGE",
        ("names",): "cannot read the image names",
        (): "give at least one IMAGE",
    }.items():
        assert main(["explain", "--model=small.keras", *words]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert text in line


@pytest.mark.parametrize(
    ("words", "method"),
    [([], "occlusion"), (["--method=grad_cam"], None), (["--maps=x"], None)],
)
def test_saved_model_has_occlusion_alone(words, method):
    parser = argparse.ArgumentParser()
    _explain_options.add(parser)
    args = parser.parse_args(["a.png", *words])
    if method is None:
        with pytest.raises(ValueError, match=r"no gradients.*--run=runs/x"):
            _explain_options.check(args, True, "runs/x")
    else:
        _explain_options.check(args, True, None)
        assert args.method == method


def test_overlay_shows_for_and_against():
    chart = np.zeros((40, 40))
    chart[:10, :10], chart[30:, 30:] = 1, -1
    over = _overlay.overlay(np.full((40, 40, 1), 128), chart, "occlusion")
    warm, cold, none = over[2, 2], over[37, 37], over[20, 20]
    assert warm[0] > 200 > warm[2]
    assert cold[2] > 200
    np.testing.assert_array_equal(none, 128)


def test_evaluation_gets_maps_of_what_is_wrong(small, image):
    images = np.stack([image, image[::-1], image[:, ::-1]])
    shown = (images * 255).astype(np.uint8)
    batches = [(images, np.zeros(3), shown), (images, np.zeros(3), shown)]
    maps = _evaluation_maps.of(small, batches, {1: 0, 4: 3, 5: 2})
    assert maps.keys() == {1, 4, 5}
    assert all(
        url.startswith("data:image/png;base64,") for url in maps.values()
    )
    assert maps[1] != maps[4]  # the same image, another class
    subclassed = type("Own", (keras.Model,), {})()
    assert _evaluation_maps.of(subclassed, batches, {1: 0}) == {}
