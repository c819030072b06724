"""Convolutions against loops in NumPy, and against Keras's own."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.layers.reference import check_gradients, conv
from zoo import layers

PADDINGS = {
    "none": (0, ((0, 0), (0, 0))),
    "one": (1, ((1, 1), (1, 1))),
    "pair": ((2, 1), ((2, 2), (1, 1))),
    "sides": (((0, 2), (1, 0)), ((0, 2), (1, 0))),
}


def outputs(layer, x):
    return keras.ops.convert_to_numpy(layer(x))


@pytest.mark.parametrize("padding", PADDINGS)
@pytest.mark.parametrize(
    ("strides", "dilation"),
    [((1, 1), 1), ((2, 2), 1), ((1, 2), 1), ((1, 1), 2)],
)
def test_conv(padding, strides, dilation):
    given_padding, pads = PADDINGS[padding]
    x = np.random.default_rng(0).normal(size=(2, 8, 7, 3))
    layer = layers.Conv2D(
        4,
        (3, 2),
        strides,
        given_padding,
        dilation_rate=dilation,
        activation="tanh",
        bias_initializer="ones",
        dtype="float64",
    )
    actual = outputs(layer, x)
    kernel = keras.ops.convert_to_numpy(layer.kernel)
    expected = conv(x, kernel, strides, pads, (dilation, dilation))
    np.testing.assert_allclose(actual, np.tanh(expected + 1), rtol=1e-10)


@pytest.mark.parametrize("padding", PADDINGS)
@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (1, 2)])
def test_depthwise_conv(padding, stride, dilation):
    given_padding, pads = PADDINGS[padding]
    x = np.random.default_rng(0).normal(size=(2, 8, 7, 3))
    layer = layers.DepthwiseConv2D(
        (3, 2),
        stride,
        given_padding,
        dilation_rate=dilation,
        depth_multiplier=2,
        activation="tanh",
        bias_initializer="ones",
        dtype="float64",
    )
    actual = outputs(layer, x)
    kernel = keras.ops.convert_to_numpy(layer.kernel).reshape(3, 2, 1, 6)
    expected = conv(x, kernel, (stride,) * 2, pads, (dilation,) * 2, groups=3)
    np.testing.assert_allclose(actual, np.tanh(expected + 1), rtol=1e-10)


@settings(max_examples=25, deadline=None)
@given(
    groups=st.sampled_from([1, 2, 3, 4, 6, 12]),
    channels=st.sampled_from([1, 3, 8]),
    filters=st.sampled_from([1, 2]),
    kernel=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    strides=st.tuples(st.integers(1, 2), st.integers(1, 2)),
    padding=st.sampled_from([0, 1, (0, 1), ((1, 0), (0, 2)), "same"]),
    dilated=st.booleans(),
)
def test_grouped_conv(
    groups, channels, filters, kernel, strides, padding, dilated
):
    x = np.random.default_rng(0).normal(size=(2, 5, 6, groups * channels))
    if dilated:
        strides = (1, 1)
    options = {"dilation_rate": 2 if dilated else 1, "dtype": "float64"}
    if padding == "same":
        size = [(k - 1) * options["dilation_rate"] + 1 for k in kernel]
        total = [
            max((-(-n // s) - 1) * s + k - n, 0)
            for n, s, k in zip(x.shape[1:3], strides, size, strict=True)
        ]
        pads = tuple((t // 2, t - t // 2) for t in total)
    else:
        pads = layers.Conv2D(1, 1, padding=padding).padding
    layer = layers.GroupedConv2D(
        groups * filters, kernel, groups, strides, padding, **options
    )
    actual = outputs(layer, x)
    assert actual.shape == layer.compute_output_shape(x.shape)
    weights = keras.ops.convert_to_numpy(layer.kernel)
    expected = conv(
        x, weights, strides, pads, (options["dilation_rate"],) * 2, groups
    )
    np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("groups", [2, 4, 8, 16])
def test_grouped_conv_takes_the_weights_of_keras(groups):
    x = np.random.default_rng(0).normal(size=(2, 6, 6, 16)).astype("float32")
    theirs = keras.layers.Conv2D(32, 3, groups=groups, padding="same")
    expected = outputs(theirs, x)
    ours = layers.GroupedConv2D(32, 3, groups, padding=1)
    ours.build(x.shape)
    ours.set_weights(theirs.get_weights())
    np.testing.assert_allclose(outputs(ours, x), expected, rtol=1e-4, atol=1e-5)


GRADIENTS = {
    "conv": lambda **kw: layers.Conv2D(2, 3, 2, 1, **kw),
    "depthwise": lambda **kw: layers.DepthwiseConv2D(3, 2, 1, **kw),
    "groups of one": lambda **kw: layers.GroupedConv2D(8, 2, 4, 2, 1, **kw),
    "bundled": lambda **kw: layers.GroupedConv2D(4, 2, 2, 2, 1, **kw),
    "table": lambda **kw: layers.TableConv2D(
        [(0, 1), (1, 2, 3), (3, 0)], 2, 2, 1, **kw
    ),
}


@pytest.mark.parametrize("kind", GRADIENTS)
def test_gradients(kind):
    pytest.importorskip("tensorflow")
    layer = GRADIENTS[kind](dtype="float64")
    check_gradients(layer, np.random.default_rng(0).normal(size=(2, 4, 3, 4)))


def test_several_bundles_have_the_gradients_of_one_dense_kernel():
    tf = pytest.importorskip("tensorflow")
    rng = np.random.default_rng(0)
    x = tf.constant(rng.normal(size=(2, 5, 5, 32)))
    layer = layers.GroupedConv2D(64, 3, 8, padding=1, dtype="float64")
    weights = rng.normal(size=layer(x).shape)
    dense = np.zeros((3, 3, 32, 64))
    kernel = keras.ops.convert_to_numpy(layer.kernel)
    for g in range(8):
        block = np.s_[..., 4 * g : 4 * g + 4, 8 * g : 8 * g + 8]
        dense[block] = kernel[..., 8 * g : 8 * g + 8]
    dense = tf.constant(dense)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, dense])
        ours = tf.reduce_sum(layer(x) * weights)
        theirs = tf.reduce_sum(tf.nn.conv2d(x, dense, 1, "SAME") * weights)
    np.testing.assert_allclose(
        tape.gradient(ours, x), tape.gradient(theirs, x), rtol=1e-9, atol=1e-12
    )
    ours = tape.gradient(ours, layer.kernel.value)
    theirs = tape.gradient(theirs, dense).numpy()
    for g in range(8):
        block = np.s_[..., 4 * g : 4 * g + 4, 8 * g : 8 * g + 8]
        np.testing.assert_allclose(
            ours[..., 8 * g : 8 * g + 8], theirs[block], rtol=1e-9, atol=1e-12
        )


def test_lenet_c3_has_1516_parameters():
    table = [tuple((i + j) % 6 for j in range(3)) for i in range(6)]
    table += [tuple((i + j) % 6 for j in range(4)) for i in range(6)]
    table += [(0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5), range(6)]
    layer = layers.TableConv2D(table, 5, dtype="float64")
    x = np.random.default_rng(0).normal(size=(2, 14, 14, 6))
    actual = outputs(layer, x)
    assert layer.count_params() == 1516
    kernel = keras.ops.convert_to_numpy(layer.kernel)
    dense, at = np.zeros((5, 5, 6, 16)), 0
    for o, row in enumerate(table):
        for i in row:
            dense[:, :, i, o] = kernel[:, :, at]
            at += 1
    expected = conv(x, dense, (1, 1), ((0, 0), (0, 0)))
    np.testing.assert_allclose(actual, expected, rtol=1e-10, atol=1e-12)


def test_table_conv_initializes_each_filter_by_its_own_fan_in():
    table = [(0,)] * 300 + [(0, 1, 2, 3)] * 300
    layer = layers.TableConv2D(table, 5, kernel_initializer="lecun_normal")
    layer.build((None, 8, 8, 4))
    kernel = keras.ops.convert_to_numpy(layer.kernel)
    assert kernel[..., :300].std() == pytest.approx(1 / 5, rel=0.05)
    assert kernel[..., 300:].std() == pytest.approx(1 / 10, rel=0.05)


@pytest.mark.parametrize(
    "padding", [-1, "full", 1.5, True, (1, 2, 3), ((1, 2), (3,)), None]
)
def test_bad_padding(padding):
    with pytest.raises(ValueError, match="padding"):
        layers.Conv2D(4, 3, padding=padding)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ([], "table"),
        ([()], "table"),
        ([(0, 0)], "table"),
        ([(-1, 0)], "table"),
        ([(0, 1), (1, 2)], "4 channels"),
        ([(0, 4)], "4 channels"),
    ],
)
def test_bad_table(table, message):
    with pytest.raises(ValueError, match=message):
        layers.TableConv2D(table, 3).build((None, 8, 8, 4))


def test_input_too_small():
    with pytest.raises(ValueError, match="larger than the input"):
        layers.Conv2D(4, 5, padding=1).build((None, 2, 2, 3))


def test_groups_must_divide():
    with pytest.raises(ValueError, match="groups"):
        layers.GroupedConv2D(8, 3, 4).build((None, 8, 8, 6))


def test_a_saved_model_holds_what_was_traced(tmp_path):
    tf = pytest.importorskip("tensorflow")
    image = keras.Input((None, None, 16))
    x = layers.GroupedConv2D(16, 3, 4, 2, padding=1)(image)
    x = layers.MaxPool2D(3, 2, padding=1, ceil_mode=True)(x)
    model = keras.Model(image, x)
    model.export(str(tmp_path), verbose=False)
    images = np.random.default_rng(0).normal(size=(2, 9, 11, 16))
    images = images.astype("float32")
    loaded = tf.saved_model.load(str(tmp_path))
    served = loaded.serve(images)
    np.testing.assert_allclose(served, outputs(model, images), rtol=1e-5)
