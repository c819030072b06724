"""What each layer makes, holds, costs and sees; how much memory it takes."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers as keras_layers

import zoo
from zoo import layers
from zoo.models import _memory
from zoo.models._weightless import weightless


def by_name(model):
    return {layer.name: layer for layer in zoo.layer_table(model)}


def branches():
    """Dilation, strides, pooling, branches, an upsampled map, a gate."""
    image = keras.Input((48, 40, 1), name="image")
    x = keras_layers.Conv2D(2, 3, name="conv")(image)
    wide = keras_layers.Conv2D(2, (5, 3), dilation_rate=2, name="wide")(x)
    near = keras_layers.Cropping2D(((4, 4), (2, 2)), name="near")(x)
    x = keras_layers.Add(name="add")([wide, near])
    x = keras_layers.AveragePooling2D(2, name="pool")(x)
    x = keras_layers.Conv2D(2, 3, strides=2, padding="same", name="down")(x)
    x = layers.SqueezeExcitation(1, name="se")(x)
    scale = keras_layers.GlobalAveragePooling2D(keepdims=True, name="scale")(x)
    x = keras_layers.Multiply(name="gate")([x, scale])
    keep = keras_layers.UpSampling2D(2, name="up")(x)
    return keras.Model(image, [keep, scale])


def test_receptive_fields_are_what_the_gradient_reaches():
    """The rows and columns of the image on which the middle pixel depends."""
    model, table = branches(), by_name(branches())
    inner = {
        name: model.get_layer(name).output
        for name in ("conv", "add", "pool", "down")
    }
    maps = keras.Model(model.input, inner)
    image = tf.random.stateless_uniform((1, 48, 40, 1), (0, 0))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(image)
        middle = {
            name: tf.reduce_sum(m[:, m.shape[1] // 2, m.shape[2] // 2])
            for name, m in maps(image).items()
        }
    for name, pixel in middle.items():
        reached = np.nonzero(tape.gradient(pixel, image).numpy()[0, ..., 0])
        extent = tuple(int(np.ptp(r)) + 1 for r in reached)
        assert table[name].receptive_field == extent, name
    assert table["down"].stride == (4, 4)
    assert table["gate"].receptive_field == table["down"].receptive_field
    assert table["scale"].receptive_field is None
    assert table["up"].stride == (2, 2)


def test_known_receptive_fields():
    """Of https://distill.pub/2019/computing-receptive-fields, table 1."""
    with weightless():
        for name, last, field in (
            ("alexnet", "pool5", 195), ("vgg16", "stage5_pool", 212),
            ("resnet101", "stage4_block3_act", 1027),
        ):  # fmt: skip
            found = by_name(zoo.create(name))[last]
            assert found.receptive_field == (field, field), name
    assert by_name(zoo.lenet5())["pool4"].receptive_field == (16, 16)


def test_costs_of_every_kind_of_layer():
    image = keras.Input((8, 8, 4), name="image")
    x = keras_layers.SeparableConv2D(6, 3, use_bias=False, name="both")(image)
    x = keras_layers.Conv2DTranspose(5, 4, 2, use_bias=False, name="up")(x)
    shared = keras_layers.Conv2D(5, 1, name="shared")
    x = keras_layers.Concatenate(name="cat")([shared(x), shared(x)])
    model = keras.Model(image, keras_layers.BatchNormalization(name="bn")(x))
    rows = list(zoo.layer_table(model))
    costs = [(r.name, r.params, r.macs) for r in rows if r.macs]
    assert costs == [
        ("both", 36 + 24, 36 * 36 + 36 * 24),
        ("up", 16 * 30, 36 * 16 * 30),
        ("shared", 30, 14 * 14 * 25),
        ("shared", 0, 14 * 14 * 25),
    ]
    assert rows[-1].inputs == ("cat",)
    assert (rows[-1].params, rows[-1].non_trainable_params) == (20, 20)
    assert rows[-1].activation_bytes == 4 * 14 * 14 * 10
    assert zoo.count_macs(model) == sum(r.macs for r in rows)


def test_models_in_models():
    """Of any size inside, called twice, also Sequential ones."""
    backbone = zoo.resnet20(include_top=False, input_shape=(None, None, 3))
    head = keras.Sequential(
        [
            keras.Input((8, 12, 64)),
            keras_layers.GlobalAveragePooling2D(),
            keras_layers.Dense(3),
        ],
        name="head",
    )
    image = keras.Input((32, 48, 3))
    features = [backbone(image), backbone(image[:, :, ::-1])]
    outer = keras.Model(image, head(keras_layers.Average()(features)))
    table = zoo.layer_table(outer)
    alone = zoo.layer_table(
        zoo.resnet20(include_top=False, input_shape=(32, 48, 3))
    )
    assert table.params == outer.count_params() - sum(
        np.prod(w.shape) for w in outer.non_trainable_weights
    )
    assert table.macs == 2 * alone.macs + 64 * 3
    inner = [r for r in table if r.name == "resnet20/stage3_block3_add"]
    assert [r.output_shape for r in inner] == [(8, 12, 64)] * 2
    assert inner[0].receptive_field == by_name_of(alone, inner[0])
    assert zoo.layer_table(head).macs == 64 * 3


def by_name_of(table, row):
    name = row.name.partition("/")[2]
    return next(r.receptive_field for r in table if r.name == name)


def test_models_that_have_no_table():
    with pytest.raises(ValueError, match=r"fixed height and width"):
        zoo.layer_table(zoo.resnet20(input_shape=(None, None, 3)))
    with pytest.raises(ValueError, match=r"that is built, is needed"):
        zoo.layer_table(keras.Sequential([keras_layers.Dense(3)]))


def test_table_as_text_and_json():
    table = zoo.layer_table(zoo.lenet5_relu())
    facts = json.loads(json.dumps(table.as_dict()))
    assert facts["params"] == sum(r["params"] for r in facts["layers"])
    assert facts["layers"][1]["inputs"] == ["image"]
    lines = str(table).splitlines()
    assert len(lines) == len(table) + 2
    assert lines[2].split() == [
        "conv1", "Conv2D", "28x28x6", "156", "117,600", "5x5", "1x1", "18.4",
        "KiB",
    ]  # fmt: skip
    assert "61,706" in lines[-1]


def test_memory_by_hand():
    image = keras.Input((4, 4, 2))
    x = keras_layers.Conv2D(8, 1, name="conv")(image)  # 32 -> 128 values
    y = keras_layers.BatchNormalization()(x)  # 128
    y = keras_layers.ReLU()(y)  # 128
    y = keras_layers.Add()([x, y])
    model = keras.Model(image, keras_layers.Dense(1)(keras_layers.Flatten()(y)))
    found = _memory.estimate(model, batch=2)
    full, half = found["float32"], found["half"]
    assert full.weights == 4 * model.count_params()
    # conv: the image; norm: x; relu: its output; dense: the sum, flattened.
    assert full.backward == 2 * 4 * (32 + 128 + 128 + 128)
    # x, the norm's output and the relu's.
    assert full.forward == 2 * 4 * 3 * 128
    assert (half.weights, half.backward) == (
        full.weights // 2,
        full.backward // 2,
    )
    assert full.training() == full.weights + 3 * full.trained + full.backward
    assert _memory.trained_in_half(found) == full.training() - half.backward
