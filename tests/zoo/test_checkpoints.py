"""`zoo.load_checkpoint`: names, shapes, errors, variants, files."""

import dataclasses
import importlib
import re

import keras
import ml_dtypes
import numpy as np
import pytest

import zoo
from tests.parity import weights
from tests.parity.cases import CASES
from tests.parity.test_parity import recorded
from zoo.checkpoints import _convert, _files, _known, _load, _weights
from zoo.checkpoints.families import densenet
from zoo.images import class_names
from zoo.models._weightless import weightless


def checkpoint(name):
    """A reference's tensors, from its recorded names and shapes."""
    (case,) = (c for c in CASES if c.name == name)
    _, shapes, _ = recorded(case)
    return {n: weights.tensor(n, s) for n, s in shapes.items()}


@pytest.fixture(scope="module")
def resnet18():
    return checkpoint("torchvision-resnet18")


def build(**options):
    return zoo.resnet18(input_shape=(32, 32, 3), **options)


@pytest.fixture(scope="module")
def model():
    return build()


@pytest.fixture(autouse=True)
def unchanged_after_an_error(request):
    """Whatever goes wrong, the model keeps its weights."""
    if "broken" not in request.fixturenames:
        yield
        return
    model = request.getfixturevalue("model")
    before = [w.numpy().copy() for w in model.weights]
    yield
    for weight, value in zip(model.weights, before, strict=True):
        np.testing.assert_array_equal(weight, value)


@pytest.fixture
def broken(resnet18):
    return dict(resnet18)


def test_returns_the_model_and_uses_everything(resnet18):
    model = build()
    assert zoo.load_checkpoint(model, resnet18) is model
    norm = model.get_layer("stage1_block1_norm1")
    prefix = "layer1.0.bn1"
    for variable, tensor in (
        (norm.gamma, "weight"),
        (norm.beta, "bias"),
        (norm.moving_mean, "running_mean"),
        (norm.moving_variance, "running_var"),
    ):
        np.testing.assert_array_equal(variable, resnet18[f"{prefix}.{tensor}"])
    np.testing.assert_array_equal(
        model.get_layer("logits").kernel, resnet18["fc.weight"].T
    )


def test_lists_missing_extra_and_misshapen(model, broken):
    del broken["layer1.0.conv1.weight"], broken["bn1.bias"]
    broken["layer9.weight"] = np.zeros(3, "float32")
    broken["fc.weight"] = np.zeros((10, 512), "float32")
    broken["fc.bias"] = np.zeros(1000, "int64")
    broken["conv1.weight"] = np.zeros((64, 7, 7, 3), "float32")
    with pytest.raises(zoo.CheckpointError) as raised:
        zoo.load_checkpoint(model, broken)
    error = raised.value
    assert isinstance(error, ValueError)
    assert error.missing == ["bn1.bias", "layer1.0.conv1.weight"]
    assert error.extra == ["layer9.weight"]
    assert error.misshapen == ["conv1.weight", "fc.bias", "fc.weight"]
    for name in (*error.missing, *error.extra, *error.misshapen):
        assert name in str(error)
    assert "fc.weight is float32[10, 512]; logits needs [1000, 512]" in str(
        error
    )
    assert "conv1.weight is float32[64, 7, 7, 3]" in str(error)
    assert "stem_conv needs [64, 3, 7, 7]" in str(error)
    assert "unchanged" in str(error)


@pytest.mark.parametrize("value", [3, None, [("a", 1)], b"x"])
def test_not_a_checkpoint(model, broken, value):
    with pytest.raises(ValueError, match="a path or a mapping"):
        zoo.load_checkpoint(model, value)


def test_unknown_source(model, broken):
    with pytest.raises(ValueError, match="source='tensorflow' is not one of"):
        zoo.load_checkpoint(model, broken, source="tensorflow")


def test_other_network(model, broken):
    other = checkpoint("torchvision-squeezenet1_1")
    with pytest.raises(zoo.CheckpointError, match="102 missing"):
        zoo.load_checkpoint(model, other)


def test_network_of_no_family():
    image = keras.Input((4, 4, 3))
    other = keras.Model(image, keras.layers.Conv2D(3, 1, name="mine")(image))
    with pytest.raises(ValueError, match="no family with torchvision"):
        zoo.load_checkpoint(other, {})


def test_another_number_of_classes(resnet18):
    model = build(num_classes=10)
    before = model.get_layer("logits").kernel.numpy()
    with pytest.raises(zoo.CheckpointError, match="2 misshapen"):
        zoo.load_checkpoint(model, resnet18)
    zoo.load_checkpoint(model, resnet18, skip_classifier=True)
    np.testing.assert_array_equal(model.get_layer("logits").kernel, before)
    np.testing.assert_array_equal(
        model.get_layer("stem_norm").gamma, resnet18["bn1.weight"]
    )


@pytest.mark.parametrize(
    "prefix", ["module.", "_orig_mod.", "model.", "_orig_mod.module."]
)
def test_names_of_a_network_in_a_wrapper(model, resnet18, prefix):
    """As DataParallel, torch.compile and Lightning save them."""
    wrapped = {prefix + name: array for name, array in resnet18.items()}
    assert _load.guess_source(model, wrapped) in ("torchvision", "timm")
    zoo.load_checkpoint(model, wrapped)
    np.testing.assert_array_equal(
        model.get_layer("logits").bias, resnet18["fc.bias"]
    )


def test_says_with_what_the_rest_can_be_loaded(resnet18):
    hint = re.escape("zoo.load_checkpoint(model, checkpoint, ")
    for options, arguments in (
        ({"num_classes": 10}, "skip_classifier=True"),
        ({"include_top": False}, "skip_classifier=True"),
        ({"input_shape": (32, 32, 1)}, "adapt_stem=True"),
        (
            {"input_shape": (32, 32, 1), "num_classes": 3},
            "adapt_stem=True, skip_classifier=True",
        ),
    ):
        with weightless():
            model = zoo.resnet18(**{"input_shape": (32, 32, 3)} | options)
        with pytest.raises(zoo.CheckpointError, match=hint + arguments):
            zoo.load_checkpoint(model, resnet18)
    wrong = {**resnet18, "bn1.bias": np.zeros(3, "float32")}
    with pytest.raises(zoo.CheckpointError) as error:
        zoo.load_checkpoint(model, wrong)
    assert "loads the rest" not in str(error.value)


def test_without_the_classifier(resnet18):
    model = build(include_top=False)
    with pytest.raises(zoo.CheckpointError) as error:
        zoo.load_checkpoint(model, resnet18)
    assert error.value.extra == ["fc.bias", "fc.weight"]
    zoo.load_checkpoint(model, resnet18, skip_classifier=True)


def test_without_a_classifier_of_several_layers():
    with weightless():
        model = zoo.vgg11_bn(include_top=False, input_shape=(32, 32, 3))
    tensors = checkpoint_shapes("torchvision-vgg11_bn")
    with pytest.raises(zoo.CheckpointError) as error:
        zoo.load_checkpoint(model, tensors)
    assert error.value.extra == [
        f"classifier.{i}.{kind}"
        for i in (0, 3, 6)
        for kind in ("bias", "weight")
    ]


def checkpoint_shapes(name):
    """The reference's names and shapes, all zeros and without memory."""
    (case,) = (c for c in CASES if c.name == name)
    _, shapes, _ = recorded(case)
    zero = np.float32(0)
    return {n: np.broadcast_to(zero, s) for n, s in shapes.items()}


def test_features_of_a_convnext_need_no_head():
    """Pretrained ones come without the last norm and the classifier."""
    theirs = checkpoint_shapes("timm-convnext_v2_atto")
    bare = {n: x for n, x in theirs.items() if not n.startswith("head.")}
    assert len(bare) < len(theirs)
    model = zoo.convnext_v2_atto(include_top=False, input_shape=(32, 32, 3))
    for tensors in (theirs, bare):
        zoo.load_checkpoint(model, tensors, "timm", skip_classifier=True)
    assert not np.any(model.get_layer("stem_conv").kernel)


def test_adapts_the_stem_as_timm_does(resnet18):
    theirs = resnet18["conv1.weight"]
    wanted = {
        1: theirs.sum(1, keepdims=True),
        2: theirs[:, :2] * 1.5,
        4: np.concatenate([theirs, theirs[:, :1]], 1) * 0.75,
        7: np.concatenate([theirs, theirs, theirs[:, :1]], 1) * (3 / 7),
    }
    for channels, kernel in wanted.items():
        model = zoo.resnet18(input_shape=(32, 32, channels))
        if channels == 1:
            with pytest.raises(zoo.CheckpointError) as error:
                zoo.load_checkpoint(model, resnet18)
            assert error.value.misshapen == ["conv1.weight"]
        zoo.load_checkpoint(model, resnet18, adapt_stem=True)
        np.testing.assert_allclose(
            model.get_layer("stem_conv").kernel,
            kernel.transpose(2, 3, 1, 0),
            rtol=1e-5,
            atol=1e-6,
        )


@pytest.mark.parametrize("dtype", ["float16", ml_dtypes.bfloat16, "float64"])
def test_other_precisions(resnet18, dtype):
    model = build()
    tensors = {
        n: a.astype(dtype) if a.dtype == "float32" else a
        for n, a in resnet18.items()
    }
    zoo.load_checkpoint(model, tensors)
    np.testing.assert_array_equal(
        model.get_layer("logits").bias,
        resnet18["fc.bias"].astype(dtype).astype("float32"),
    )


def test_loaded_from_a_file_and_renamed(resnet18, tmp_path):
    """The family is told by the layers, not by who built the model."""
    build(name="mine").save(tmp_path / "model.keras")
    model = keras.saving.load_model(tmp_path / "model.keras")
    zoo.load_checkpoint(model, resnet18)
    np.testing.assert_array_equal(
        model.get_layer("logits").bias, resnet18["fc.bias"]
    )


def test_safetensors_file_as_weights(resnet18, tmp_path):
    numpy = pytest.importorskip("safetensors.numpy")
    path = tmp_path / "mine.safetensors"
    numpy.save_file(resnet18, path)
    model = build(weights=path)
    np.testing.assert_array_equal(
        model.get_layer("stem_norm").gamma, resnet18["bn1.weight"]
    )
    with pytest.raises(zoo.CheckpointError, match="misshapen"):
        build(weights=path, num_classes=3)
    build(weights=path, include_top=False)


@pytest.mark.parametrize("file", ["x.weights.h5", "x.h5"])
def test_keras_files(tmp_path, file):
    """Keras's own files of keras.applications, in both of its layouts."""
    keras.utils.set_random_seed(0)
    theirs = keras.applications.MobileNet(
        input_shape=(64, 64, 3),
        alpha=0.25,
        weights=None,
        classifier_activation=None,
    )
    for weight in theirs.weights:
        weight.assign(weights.tensor(weight.path, weight.shape))
    if file == "x.h5":
        theirs.save(tmp_path / file)
    else:
        theirs.save_weights(tmp_path / file)
    ours = zoo.mobilenet_v1_x0_25(input_shape=(64, 64, 3))
    zoo.load_checkpoint(ours, tmp_path / file, source="keras")
    x = weights.image(0, (64, 64, 3))
    wanted = np.asarray(theirs(x, training=False))
    np.testing.assert_allclose(
        ours(x, training=False), wanted, atol=1e-4 * np.abs(wanted).max()
    )


@pytest.mark.parametrize("file", ["x.weights.h5", "x.h5"])
def test_keras_files_of_nested_models(tmp_path, file):
    """As ConvNeXt's stem and downsampling are in keras.applications."""
    image = keras.Input((8, 8, 3))
    stem = keras.Sequential(
        [
            keras.layers.Conv2D(4, 3, name="net_stem_conv"),
            keras.layers.LayerNormalization(name="net_stem_layernorm"),
        ],
        name="net_stem",
    )
    model = keras.Model(image, keras.layers.Dense(2, name="net")(stem(image)))
    if file == "x.h5":
        model.save(tmp_path / file)
    else:
        model.save_weights(tmp_path / file)
    tensors = _files.read(tmp_path / file)
    suffixes = sorted(name.removeprefix("net_stem/") for name in tensors)
    assert suffixes == [
        "net/bias", "net/kernel", "net_stem_conv/bias", "net_stem_conv/kernel",
        "net_stem_layernorm/beta", "net_stem_layernorm/gamma",
    ]  # fmt: skip
    (kernel,) = (n for n in tensors if n.endswith("stem_conv/kernel"))
    np.testing.assert_array_equal(tensors[kernel], stem.layers[0].kernel)


def test_stride_of_the_bottlenecks():
    """Same names and shapes, another function: refused, with a way out."""
    with weightless():
        published = zoo.resnet50(input_shape=(32, 32, 3))
        v1_5 = zoo.resnet50_v1_5(input_shape=(32, 32, 3))
    torchvision = checkpoint_shapes("torchvision-resnet50_v1_5")
    with pytest.raises(ValueError, match="resnet50_v1_5"):
        zoo.load_checkpoint(published, torchvision)
    keras_tensors = checkpoint_shapes("keras-resnet50")
    with pytest.raises(ValueError, match="Build resnet50, resnet101"):
        zoo.load_checkpoint(v1_5, keras_tensors, source="keras")


def test_pre_activation_networks_of_two_convolutions_are_not_timms():
    with weightless():
        model = zoo.resnet18_v2(input_shape=(32, 32, 3))
    with pytest.raises(ValueError, match="resnetv2_18 and resnetv2_34 compute"):
        zoo.load_checkpoint(
            model, {"stem.conv.weight": np.zeros(1)}, source="timm"
        )


def test_another_epsilon_goes_into_the_variances():
    with weightless():
        model = zoo.efficientnet_b5(input_shape=(32, 32, 3))
    efficientnet = importlib.import_module(
        "zoo.checkpoints.families.efficientnet"
    )
    assert model.get_layer("stem_norm").epsilon == 1e-3
    assert efficientnet.epsilon(model, "timm") == 1e-5
    assert efficientnet.epsilon(model, "torchvision") is None


def test_average_pooling_of_inception_v3():
    with weightless():
        published = zoo.inception_v3(input_shape=(75, 75, 3))
        torchvision = zoo.inception_v3_torchvision(input_shape=(75, 75, 3))
    tensors = checkpoint_shapes("torchvision-inception_v3_torchvision")
    with pytest.raises(ValueError, match="Build inception_v3_torchvision"):
        zoo.load_checkpoint(published, tensors)
    tensors = checkpoint_shapes("keras-inception_v3")
    with pytest.raises(ValueError, match=r"Build inception_v3\."):
        zoo.load_checkpoint(torchvision, tensors, source="keras")


def test_checkpoint_of_another_variant_names_the_builder(tmp_path):
    with pytest.raises(ValueError, match=r"variant, zoo\.resnet50_v1_5"):
        zoo.resnet50(weights="torchvision")
    with pytest.raises(ValueError, match=r"zoo\.googlenet_bn"):
        zoo.googlenet(weights="torchvision/IMAGENET1K_V1")
    path = tmp_path / "resnet50-0676ba61.pth"
    path.write_bytes(b"")
    with pytest.raises(
        ValueError, match=r"zoo\.resnet50_v1_5, not zoo\.resnet50"
    ):
        zoo.resnet50(weights=path)


def test_unknown_checkpoint_names_those_that_there_are():
    with pytest.raises(ValueError, match="'torchvision/IMAGENET1K_V1', 'timm/"):
        zoo.resnet18(weights="torchvision/IMAGENET1K_V7")
    with pytest.raises(ValueError, match="no checkpoint for lenet5"):
        zoo.lenet5(weights="timm")
    with pytest.raises(ValueError, match=r"or the path of a.*received 'x/y'"):
        zoo.resnet18(weights="x/y")


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda: zoo.resnet18(weights="imagenet"), "'torchvision' for torchv"),
        (lambda: zoo.resnet18(weights=True), "'timm' for timm/a1_in1k"),
        (lambda: zoo.resnet18(weights="DEFAULT"), "Say whose: 'torchvision'"),
        (lambda: zoo.lenet5(weights="imagenet"), "Nothing is published for"),
        (lambda: zoo.resnet18(weights="a1_in1k"), "mean 'timm/a1_in1k'"),
        (
            lambda: zoo.resnet18(weights="ResNet18_Weights.IMAGENET1K_V1"),
            "mean 'torchvision/IMAGENET1K_V1'",
        ),
        (lambda: zoo.resnet18(pretrained=True), "weights='timm', 'torchvis"),
        (lambda: zoo.create("resnet18", in_chans=1), "input_shape="),
        (lambda: zoo.list_models(pretrained=True), "weights=True lists"),
        (
            lambda: zoo.create("resnet50.a1_in1k"),
            r"zoo.create\('resnet50_v1_5', weights='timm/a1_in1k'\)",
        ),
    ],
)
def test_other_packages_words_get_the_answer_that_helps(ask, answer):
    with pytest.raises((TypeError, ValueError), match=answer):
        ask()


def test_a_checkpoint_tells_classes_and_size(resnet18, monkeypatch):
    many = {
        **resnet18,
        "fc.weight": np.zeros((21841, 512), "float32"),
        "fc.bias": np.zeros(21841, "float32"),
    }
    found = dataclasses.replace(
        _known.find("resnet18", "timm/a1_in1k"), num_classes=21841, crop=96
    )
    monkeypatch.setattr(_known, "find", lambda *_: found)
    monkeypatch.setattr(_weights, "locate", lambda _: "x.safetensors")
    monkeypatch.setattr(_files, "read", lambda _: many)
    model = zoo.resnet18(weights="timm/a1_in1k")
    assert model.output_shape == (None, 21841)
    assert model.input_shape == (None, 96, 96, 3)
    own = zoo.resnet18(
        weights="timm/a1_in1k", num_classes=10, input_shape=(32, 32, 3)
    )
    assert own.output_shape == (None, 10)
    assert own.input_shape == (None, 32, 32, 3)


@pytest.mark.parametrize("name", sorted(_known._table()))
def test_known_checkpoints(name):
    """Each belongs to a builder whose family has the names' rules."""
    info = zoo.info(name)
    assert info.checkpoints == _known.of(name)
    for c in info.checkpoints:
        assert _known.find(name, c.name) == c
        assert c.url.startswith("https://") or (c.package and not c.url)
        assert c.sha256 or "torchvision" not in c.name
        assert 0 < c.crop <= c.resize
        assert c.interpolation in ("bilinear", "bicubic")
        assert len(c.mean) == len(c.std) == 3
        assert c.top1 is None or 50 < c.top1 < (c.top5 or 100) <= 100
        assert bool(c.top1) == bool(c.accuracy_source)
        assert c.accuracies.keys() <= {"real", "v2", "a", "r", "sketch"}
        for top1, top5 in c.accuracies.values():
            assert 0 < top1 < top5 < 100
        if c.classes:
            assert len(class_names(c.classes)) == c.num_classes
        assert str(c).startswith(c.name)
        own = c.source == "zoo"
        assert own or any(hasattr(f, c.source) for f in _load.families())
    assert len({c.name for c in info.checkpoints}) == len(info.checkpoints)


def test_old_names_of_densenet():
    names = checkpoint_shapes("torchvision-densenet121")
    ((pattern, new),) = densenet.OLD_NAMES
    for name in names:
        old = re.sub(r"(denselayer\d+\.(?:norm|conv))([12])\.", r"\1.\2.", name)
        assert re.sub(pattern, new, old) == name
        assert re.sub(pattern, new, name) == name


def test_dense_after_flatten_takes_channels_first():
    image = keras.Input((4, 5, 3))
    x = keras.layers.Flatten()(image)
    x = keras.layers.Dropout(0.5)(x)
    layer = keras.layers.Dense(6, use_bias=False)
    model = keras.Model(image, layer(x))
    rng = np.random.default_rng(0)
    theirs = rng.normal(size=(6, 3, 4, 5)).astype("float32")
    pixels = rng.normal(size=(2, 4, 5, 3)).astype("float32")
    wanted = np.einsum("nhwc,ochw->no", pixels, theirs)
    for array in (theirs, theirs.reshape(6, -1)):
        (variable,) = layer.trainable_variables
        variable.assign(_convert.to_ours(array, layer, variable, "timm"))
        np.testing.assert_allclose(model(pixels), wanted, rtol=1e-4, atol=1e-4)


def test_depthwise_multiplier_and_matrix_as_convolution():
    layer = keras.layers.DepthwiseConv2D(3, depth_multiplier=2)
    layer.build((None, 8, 8, 4))
    theirs = np.arange(72, dtype="float32").reshape(8, 1, 3, 3)
    ours = _convert.to_ours(theirs, layer, layer.kernel, "timm")
    for channel in range(4):
        for i in range(2):
            np.testing.assert_array_equal(
                ours[:, :, channel, i], theirs[2 * channel + i, 0]
            )
    assert _convert.their_shape(layer, layer.kernel, "timm") == (8, 1, 3, 3)
    layer = keras.layers.Conv2D(5, 1)
    layer.build((None, 8, 8, 4))
    theirs = np.arange(20, dtype="float32").reshape(5, 4)
    ours = _convert.to_ours(theirs, layer, layer.kernel, "timm")
    np.testing.assert_array_equal(ours[0, 0], theirs.T)
    with pytest.raises(ValueError):  # noqa: PT011 (told by the caller)
        _convert.to_ours(theirs, layer, layer.kernel, "keras")


def test_rules_of_a_family_bear_the_layers_of_others():
    """Of four stages, and of blocks with other parts, they name what fits."""
    names = [
        f"stage{s}_block1_{part}{i}"
        for s in range(1, 6)
        for part in ("conv", "norm", "branch1_conv", "branch2_conv", "up_conv")
        for i in ("", *range(1, 7))
    ]
    names += [f"stem_{kind}{i}" for kind in ("conv", "norm") for i in range(9)]
    for family in _load.families():
        for source in _load.SOURCES:
            if hasattr(family, source):
                assert isinstance(getattr(family, source)(names), dict)


@pytest.mark.parametrize(
    ("builder", "weights", "other"),
    [
        ("resnet20", "imgclsmob", "resnet20_b"),
        ("resnet50_v2", "keras", "tf_resnet50_v2"),
        ("mobilenet_v3_large", "keras/imagenet", "tf_mobilenet_v3_large"),
    ],
)
def test_the_variant_that_has_the_weights_is_named(builder, weights, other):
    with pytest.raises(ValueError, match=rf"another variant, zoo\.{other}\."):
        zoo.create(builder, weights=weights)


def test_accuracy_on_small_images_is_not_imagenet_s():
    info = zoo.info("densenet_bc190_40")
    assert info.top1 is None
    assert info.checkpoints[0].top1 == 97.48
    assert not info.checkpoints[0].on_imagenet
