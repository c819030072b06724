"""Calls of the public functions, for pyright to judge; nothing runs them.

`# pyright: ignore[rule]` marks a mistake that it must find: where it finds none
there, the comment is an error itself.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from pathlib import Path

import keras
import numpy as np

import zoo
from zoo import callbacks, layers
from zoo.images import decode, read
from zoo.models import Network, Paper, register
from zoo.training import TrainConfig, train

PAPER = Paper("Its title", "https://example.org", 2016)


def models() -> keras.Model:
    model = zoo.resnet18(num_classes=10, input_shape=(64, 64, 3))
    zoo.resnet18(input_shape=(None, None, 1), stem="small", pooling="avg")
    zoo.vgg16(
        activation="prelu", norm=lambda: keras.layers.LayerNormalization()
    )
    zoo.alexnet(weights=Path("alexnet.pth"), include_top=False, name="own")
    zoo.create("resnet18", num_classes=10, norm="none")
    zoo.load_checkpoint(model, {"fc.bias": np.zeros(10)}, skip_classifier=True)
    macs: int = zoo.count_macs(zoo.feature_extractor(model))
    print(macs, zoo.preprocessing("resnet18", weights="timm"))
    return zoo.reparameterize(zoo.fold_batch_norm(model))


def wrong_models():
    zoo.resnet18(num_class=3)  # pyright: ignore[reportCallIssue]
    zoo.resnet18(10)  # pyright: ignore[reportCallIssue]
    zoo.resnet18(pooling="mean")  # pyright: ignore[reportArgumentType]
    zoo.resnet18(input_shape=64)  # pyright: ignore[reportArgumentType]
    zoo.resnet19()  # pyright: ignore[reportAttributeAccessIssue]
    zoo.create(18)  # pyright: ignore[reportArgumentType]
    zoo.load_checkpoint()  # pyright: ignore[reportCallIssue]


def family(*, stem="imagenet", **options):
    net = Network(stem=stem, paper_norm="none", **options)
    return net.model(net.conv_norm_act(net.image, 8, 3, name="conv"))


@register(family, PAPER, params=1, macs=1, departures=("none",))
def family18(**options):
    return family(**options)


def facts() -> tuple[int, float]:
    names: list[str] = zoo.list_models(["resnet*", "vgg*"], max_params=1e7)
    zoo.list_models(year=(2015, 2018), weights=True, sort="params")
    return zoo.info(names[0]).year, zoo.info("resnet18").macs


def wrong_facts():
    zoo.list_models(years=2015)  # pyright: ignore[reportCallIssue]
    zoo.list_models(max_params="1e7")  # pyright: ignore[reportArgumentType]
    print(zoo.info("resnet18").size)  # pyright: ignore[reportAttributeAccessIssue]


def some_layers(x):
    for padding in ("same", 3, (3, 2), ((3, 3), (2, 2))):
        x = layers.Conv2D(64, 7, strides=2, padding=padding, use_bias=False)(x)
        x = layers.MaxPool2D((3, 3), strides=2, padding=padding)(x)
    x = layers.AvgPool2D(3, 2, ceil_mode=True, count_include_pad=True)(x)
    x = layers.DepthwiseConv2D((3, 3), (2, 2), padding=1)(x)
    x = layers.GroupedConv2D(64, 3, groups=2, strides=2, name="groups")(x)
    x = layers.TableConv2D([[0, 1], [2]], 5, padding=2)(x)
    x = layers.AdaptiveAvgPool2D((2, 3))(x)
    x = layers.BatchNorm(momentum=0.9)(x)
    x = layers.BatchRenorm(momentum=0.9, r_max=2, ramp_start=100)(x)
    x = layers.LayerNorm(axis=(1, 2, 3), center=False)(x)
    x = layers.PReLU("all", alpha_initializer="zeros")(x)
    x = layers.LeakyReLU(negative_slope=0.1)(x)
    x = layers.CBAM(8, activation=keras.layers.ReLU(), norm=None)(x)
    x = layers.SqueezeExcitation(16, activation=keras.ops.silu, gate="tanh")(x)
    x = layers.LayerScale(keras.initializers.Ones())(x)
    x = layers.StochasticDepth(0.1, seed=1)([x, x])
    x = layers.DropBlock(0.1, block_size=5)(x)
    x = layers.WeightNorm(keras.layers.Dense(10))(x)
    return layers.Subsampling(2, bias_initializer=keras.initializers.Ones())(x)


def wrong_layers():
    layers.Conv2D(64)  # pyright: ignore[reportCallIssue]
    layers.Conv2D(64, 3, padding=0.5)  # pyright: ignore[reportArgumentType]
    layers.MaxPool2D("2")  # pyright: ignore[reportArgumentType]
    layers.Conv3D(64, 3)  # pyright: ignore[reportAttributeAccessIssue]


def watched(images):
    return [
        callbacks.TrainingDoctor(images, "stop", report=Path("doctor.html")),
        callbacks.TrainingDoctor(
            on_issue=print, thresholds=callbacks.Thresholds(dropout=0.7)
        ),
        callbacks.GradientMonitor(update_ratio=10, path="gradients.csv"),
        callbacks.DeadReLUMonitor(images, nearly=0.1, every=5),
        callbacks.ActivationMonitor(log_dir="logs"),
    ]


def wrongly_watched():
    callbacks.TrainingDoctor(reports="a")  # pyright: ignore[reportCallIssue]
    callbacks.DeadReLUMonitor(every="5")  # pyright: ignore[reportArgumentType]
    callbacks.Thresholds(drop=0.7)  # pyright: ignore[reportCallIssue]


def trained():
    config = TrainConfig(model="resnet20", dataset="digits", epochs=5)
    zoo.training.resume(train(config).directory, epochs=10)
    zoo.training.TrainConfig(learning_rate=0.1, image_size=32)


def wrongly_trained():
    TrainConfig(epoch=5)  # pyright: ignore[reportCallIssue]
    TrainConfig(epochs="5")  # pyright: ignore[reportArgumentType]
    train("resnet20")  # pyright: ignore[reportArgumentType]


def exported(model: keras.Model) -> Path:
    preprocessing = zoo.Preprocessing(
        (224, 224), (1 / 255,) * 3, (0.0,) * 3, resize="crop"
    )
    images = np.stack([read("photograph.jpg"), decode(b"").numpy()])
    print(preprocessing.size, zoo.images.FORMATS, images.shape)
    return zoo.export(
        model,
        "exported",
        preprocessing=preprocessing,
        class_names=zoo.images.class_names(),
        top=5,
        formats=["saved_model", "onnx"],
        calibration=images,
    )


def wrongly_exported(model: keras.Model):
    zoo.export(model)  # pyright: ignore[reportCallIssue]
    zoo.export(model, "a", format="onnx")  # pyright: ignore[reportCallIssue]
    zoo.Preprocessing(224, (1.0,), (0.0,))  # pyright: ignore[reportArgumentType]
