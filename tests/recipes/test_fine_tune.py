"""Trainings that start from pretrained weights, and how they end."""

import contextlib
import csv
import json

import keras
import numpy as np
import pytest

import zoo
from zoo.training import (
    TrainConfig,
    UserError,
    defaults,
    layer_rates,
    phases,
    pretrained,
    selection,
    sources,
)

SMALL = ("--dataset=digits", "--images_per_class=16", "--noexport")


def rows(workdir):
    with open(workdir / "metrics.csv") as file:
        return list(csv.DictReader(file))


def weights(workdir):
    model = keras.models.load_model(workdir / "model.keras")
    return {w.path: w.numpy() for w in model.weights}


@pytest.fixture
def origin(tmp_path):
    """A file of a small network with batch norm, to begin with."""
    path = tmp_path / "origin.keras"
    zoo.lenet5_relu(norm="batch_norm", input_shape=(32, 32, 1)).save(path)
    return path


@pytest.fixture
def photos(image_folder):
    """Three classes that are easy to tell apart."""
    files = {f"{n}/{i}.png": (40, 40, 3) for n in "abc" for i in range(10)}
    return image_folder(files)


@pytest.mark.program
def test_head_first_and_resumed_bit_by_bit(tmp_path, train, photos, origin):
    flags = (
        f"--weights={origin}", "--model=lenet5_relu", "--norm=batch_norm",
        f"--dataset={photos}",
        "--epochs=4", "--freeze_epochs=2", "--batch_size=6", "--noexport",
        "--ema=0.9", "--layer_decay=0.5", "--mixup=0.2", "--cutmix=1",
        "--random_crop=0.5", "--rand_augment=0.5", "--random_erasing=0.5",
        "--accumulate=2", "--class_weights=balanced", "--loss=focal",
    )  # fmt: skip
    first, other = tmp_path / "first", tmp_path / "other"
    assert train(*flags, f"--workdir={first}") == 0
    config = json.loads((first / "config.json").read_text())
    assert config["data"]["validation_count"] == 3
    assert config["data"]["train_count"] == 21
    run = (*flags, f"--workdir={other}")
    for stop in (2, 3):  # between the phases, and within one
        with stopped_after(stop):
            assert train(*run) == 130
        assert len(rows(other)) == stop
        run = (f"--workdir={other}", "--resume")
    assert train(*run) == 0
    metrics = (first / "metrics.csv").read_bytes()
    assert (other / "metrics.csv").read_bytes() == metrics
    ours, theirs = weights(first), weights(other)
    for path, value in ours.items():
        np.testing.assert_array_equal(value, theirs[path])


@contextlib.contextmanager
def stopped_after(epochs):
    """Ctrl-C at the end of an epoch."""
    from zoo.training import loop

    real = loop.EpochRecorder.on_epoch_end

    def stop(self, epoch, logs=None):
        real(self, epoch, logs)
        if epoch == epochs - 1:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop.EpochRecorder, "on_epoch_end", stop)
        yield


def test_what_a_phase_trains():
    model = zoo.lenet5_relu(norm="batch_norm", num_classes=3)
    config = TrainConfig(model="lenet5_relu", weights="x.keras", epochs=4)
    head, whole = phases.of(config)
    assert (head.first, head.last, whole.first, whole.last) == (0, 2, 2, 4)
    assert whole.rate < head.rate
    head.apply(model)
    assert {v.path.split("/")[0] for v in model.trainable_variables} == {
        "logits"
    }
    whole.apply(model)
    trained = {v.path.split("/")[0] for v in model.trainable_variables}
    kernels = {x.name for x in model.layers if hasattr(x, "kernel")}
    assert trained == kernels  # batch norms keep all that they came with


def test_blocks_nearer_to_the_image_learn_slower():
    model = zoo.resnet20(num_classes=3)
    rates = layer_rates.decayed(model, 0.5)
    assert len(rates) == len(model.weights)
    assert rates["logits/kernel"] == 1
    assert rates["stage3_block3_conv2/kernel"] == 0.5
    assert rates["stage3_block3_conv1/kernel"] == 0.5
    assert rates["stem_conv/kernel"] == min(rates.values()) == 0.5**10


@pytest.mark.parametrize("name", ["SGD", "Adam", "AdamW", "Lion"])
def test_rates_of_single_variables(name):
    kind = getattr(keras.optimizers, name)
    options = {"weight_decay": 0.1, "use_ema": True}
    variables = [keras.Variable([1.0, 2.0]) for _ in range(4)]
    paths = {variables[0].path: 0.25}
    slow = layer_rates.with_rates(kind)(0.1, rates=paths, **options)
    quarter, plain = kind(0.025, **options), kind(0.1, **options)
    for _ in range(3):
        gradient = np.array([1.0, -3.0], np.float32)
        slow.apply([gradient] * 2, variables[:2])
        quarter.apply([gradient], [variables[2]])
        plain.apply([gradient], [variables[3]])
    np.testing.assert_allclose(variables[0], variables[2], rtol=1e-6)
    np.testing.assert_allclose(variables[1], variables[3], rtol=1e-6)
    again = keras.optimizers.deserialize(keras.optimizers.serialize(slow))
    assert again.get_config() == slow.get_config()


def test_pretrained_weights_of_other_classes_and_channels():
    """A gray image is to the network what it would be in three channels."""
    config = TrainConfig(weights="package", model="efficientnet_lite0")
    shape = (32, 32)
    colour = zoo.efficientnet_lite0(
        weights="package", input_shape=(*shape, 3), include_top=False,
        pooling="avg",
    )  # fmt: skip
    gray = zoo.efficientnet_lite0(num_classes=3, input_shape=(*shape, 1))
    pretrained.load(gray, config)
    pixels = np.random.default_rng(0).integers(0, 256, (2, *shape, 1))
    like = pretrained.preprocessing(config)
    assert (like.size, like.shorter_side) == ((224, 224), 256)
    one = pretrained.for_channels(like, 1)
    features = keras.Model(gray.input, gray.get_layer("pool").output)
    np.testing.assert_allclose(
        features.predict(one.scale(pixels), verbose=0),
        colour.predict(like.scale(np.repeat(pixels, 3, -1)), verbose=0),
        atol=1e-4,
    )


def test_defaults_follow_the_images(image_folder):
    assert TrainConfig().model == "lenet5"
    assert TrainConfig(weights="none", dataset="photos").model == "lenet5"
    files = {f"{n}/{i}.png": (20, 80, 3) for n in "ab" for i in range(2)}
    config = TrainConfig(dataset=image_folder(files))
    assert (config.model, config.epochs) == (None, None)
    config = config.complete(sources.find(config.dataset))
    assert (config.model, config.weights) == ("efficientnet_lite0", "package")
    assert (config.epochs, config.freeze_epochs, config.keep) == (8, 4, "best")


def test_small_images_are_no_photographs(image_folder):
    files = {f"{n}/{i}.png": (20, 64, 3) for n in "ab" for i in range(2)}
    config = TrainConfig(dataset=image_folder(files))
    config = config.complete(sources.find(config.dataset))
    assert (config.model, config.weights) == ("lenet5", None)
    assert (config.epochs, config.keep) == (20, "last")


@pytest.mark.parametrize(
    ("weights", "model"),
    [
        ("package", "efficientnet_lite0"),
        ("timm/tf_adv_in1k", "inception_v3_torchvision"),
        ("/somewhere/resnet18-f37072fd.pth", "resnet18"),
    ],
)
def test_weights_tell_their_network(weights, model):
    assert defaults.owner(weights) == model


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"weights": "torchvision"}, "published for .* networks .*--model"),
        ({"weights": "timm/nonsense"}, "cannot be told; .*--model"),
        ({"weights": "mine.pth"}, "cannot be told; .*--model"),
    ],
)
def test_weights_of_no_single_network(options, message, image_folder):
    files = {f"{n}/{i}.png": (8, 8, 3) for n in "ab" for i in range(2)}
    config = TrainConfig(dataset=image_folder(files), **options)
    with pytest.raises(UserError, match=message):
        config.complete(sources.find(config.dataset))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ["--weights=torchvision", "--model=resnet20"],
            "no checkpoint 'torchvision'",
        ),
        (["--weights=nowhere.pth", "--model=resnet18"], "there is no nowhere"),
        (
            ["--weights=package", "--model=efficientnet_lite0", "--norm=none"],
            "--norm with --weights=package",
        ),
    ],
)
def test_weights_that_cannot_be(tmp_path, train, options, message):
    with pytest.raises(UserError, match=message):
        train(*SMALL, *options, f"--workdir={tmp_path / 'run'}")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"freeze_epochs": 1}, "starts from pretrained --weights"),
        ({"keep": "best", "validation_share": 0}, "--keep=best needs images"),
        (
            {"early_stopping": 3, "validation_share": 0},
            "--early_stopping=3 needs images",
        ),
        (
            {"learning_rate": "auto", "validation_share": 0},
            "--learning_rate=auto needs images",
        ),
        ({"learning_rate": "aut"}, "a number or auto; received 'aut'"),
        ({"learning_rate": -1}, "must be at least 0"),
        (
            {"weights": "x.keras", "epochs": 4, "freeze_epochs": 5},
            "--freeze_epochs=5 are more than --epochs=4",
        ),
        (
            {"weights": "x.keras", "epochs": 4, "warmup_epochs": 2},
            "leaves nothing of --epochs=4 after --freeze_epochs=2",
        ),
    ],
)
def test_options_that_exclude_each_other(options, message):
    with pytest.raises(ValueError, match=message):
        TrainConfig(model="lenet5_relu", **options)


def test_a_recipe_is_a_set_of_defaults():
    modern = TrainConfig(recipe="modern", mixup=0, epochs=10)
    assert (modern.optimizer, modern.mixup) == ("adamw", 0)
    assert (modern.label_smoothing, modern.warmup_epochs) == (0.1, 1.0)
    assert TrainConfig(recipe="classic").schedule == "step"
    plain = TrainConfig()
    assert (plain.optimizer, plain.ema, plain.warmup_epochs) == ("adam", 0, 0)


def row(accuracy, loss):
    return {"val_accuracy": accuracy, "val_loss": loss}


def test_best_epoch():
    table = [row(0.5, 3), row(0.8, 2), row(0.8, 1), row(0.8, 1), row(0.7, 0.5)]
    assert selection.best(table) == 3
    assert selection.best([row(0.5, float("nan")), row(0.1, 1)]) == 2
    assert not selection.is_over(table, 3)
    assert selection.is_over(table, 2)
    assert not selection.is_over(table, 2, first=4)
    assert not selection.is_over(table, 0)


@pytest.mark.program
def test_ends_early_with_the_best(tmp_path, train):
    """Also when resumed, there is nothing left to do."""
    workdir = tmp_path / "run"
    flags = (
        *SMALL, "--model=lenet5_relu", "--epochs=6", "--early_stopping=1",
        "--keep=best", "--learning_rate=0", f"--workdir={workdir}",
    )  # fmt: skip
    assert train(*flags) == 0
    assert len(rows(workdir)) == 2  # the second is no better
    before = weights(workdir)
    assert train(f"--workdir={workdir}", "--resume") == 0
    assert len(rows(workdir)) == 2
    for path, value in weights(workdir).items():
        np.testing.assert_array_equal(value, before[path])


def shuffled(images, labels):
    import tensorflow as tf

    return tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(40)


@pytest.mark.parametrize("make", [lambda *pair: pair, shuffled])
def test_given_images_are_split_by_class(make):
    from zoo.training import given

    labels = np.repeat([0, 1], [20, 15])
    images = np.zeros((35, 8, 8, 1), np.uint8) + labels[:, None, None, None]
    raw = given.source(make(images, labels), ["a", "b"], 0.25).raw
    parts = (raw.train, raw.test, raw.validation)
    counts = (raw.train_count, raw.test_count, raw.validation_count)
    assert counts == (21, 7, 7)
    for part, count, each in zip(
        parts, counts, [(12, 9), (4, 3), (4, 3)], strict=True
    ):
        found = [(int(x[0, 0, 0]), int(y)) for x, y in part]
        assert len(found) == count
        assert all(pixel == label for pixel, label in found)
        assert np.bincount([y for _, y in found]).tolist() == list(each)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (3, "a folder's path, .* received int"),
        ((np.zeros((3, 8, 8)), np.zeros(3)), "images must be"),
        ((np.zeros((3, 8, 8, 1)), np.array([0, 0, 1])), "class 1 has one"),
    ],
)
def test_given_images_that_cannot_be(data, message):
    from zoo.training import given

    with pytest.raises(UserError, match=message):
        given.source(data)
