"""WeightNorm and WeightStandardization against NumPy."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.layers.reference import check_gradients
from zoo import layers

to_numpy = keras.ops.convert_to_numpy

# The layer, and the axes of its kernel along which one filter lies.
KINDS = {
    "Conv2D": (lambda **k: keras.layers.Conv2D(4, 3, 2, **k), (0, 1, 2)),
    "our Conv2D": (lambda **k: layers.Conv2D(4, 3, 2, 1, **k), (0, 1, 2)),
    "DepthwiseConv2D": (
        lambda **k: keras.layers.DepthwiseConv2D(3, depth_multiplier=2, **k),
        (0, 1),
    ),
    "GroupedConv2D": (
        lambda **k: layers.GroupedConv2D(6, 3, 2, padding=1, **k),
        (0, 1, 2),
    ),
    "Conv2DTranspose": (
        lambda **k: keras.layers.Conv2DTranspose(5, 3, 2, **k),
        (0, 1, 3),
    ),
    "Dense": (lambda **k: keras.layers.Dense(3, **k), (0,)),
}
every = pytest.mark.parametrize("kind", KINDS)
WRAPPERS = [layers.WeightNorm, layers.WeightStandardization]
both = pytest.mark.parametrize("wrapper", WRAPPERS)


def inputs(batch=2, seed=0):
    return np.random.default_rng(seed).normal(size=(batch, 5, 4, 4))


def plain_output(kind, kernel, bias, x):
    """What the unwrapped layer makes of a kernel."""
    layer = KINDS[kind][0](dtype="float64")
    layer.build(x.shape)
    layer.kernel.assign(kernel)
    layer.bias.assign(bias)
    return to_numpy(layer(x))


@every
def test_weight_norm(kind):
    make, axes = KINDS[kind]
    layer = layers.WeightNorm(make(dtype="float64", bias_initializer="ones"))
    x = inputs()
    layer.build(x.shape)
    v, bias = to_numpy(layer.layer.kernel), to_numpy(layer.layer.bias)
    length = np.sqrt((v**2).sum(axes, keepdims=True))
    np.testing.assert_allclose(layer.g, length)
    layer.g.assign(
        length * np.random.default_rng(0).uniform(1, 2, layer.g.shape)
    )
    w = to_numpy(layer.g) * v / length
    np.testing.assert_allclose(layer.effective_kernel(), w, rtol=1e-12)
    expected = plain_output(kind, w, bias, x)
    np.testing.assert_allclose(layer(x), expected, rtol=1e-10, atol=1e-12)
    assert np.size(layer.g) == expected.shape[-1]


@every
def test_weight_standardization(kind):
    make, axes = KINDS[kind]
    layer = layers.WeightStandardization(make(dtype="float64"), 1e-3)
    x = inputs()
    layer.build(x.shape)
    v = to_numpy(layer.layer.kernel)
    w = v - v.mean(axes, keepdims=True)
    w /= np.sqrt(v.var(axes, keepdims=True) + 1e-3)
    expected = plain_output(kind, w, to_numpy(layer.layer.bias), x)
    np.testing.assert_allclose(layer(x), expected, rtol=1e-10, atol=1e-12)


@every
def test_scaled_weight_standardization(kind):
    make, axes = KINDS[kind]
    layer = layers.ScaledWeightStandardization(make(dtype="float64"), 1.7, 1e-3)
    x = inputs()
    layer.build(x.shape)
    np.testing.assert_array_equal(layer.gain, np.ones(layer.gain.shape))
    gain = np.random.default_rng(0).uniform(1, 2, layer.gain.shape)
    layer.gain.assign(gain)
    v = to_numpy(layer.layer.kernel)
    w = v - v.mean(axes, keepdims=True)
    w /= np.sqrt(v.var(axes, keepdims=True) + 1e-3)
    w *= 1.7 * gain / np.sqrt(v.size / gain.size)
    expected = plain_output(kind, w, to_numpy(layer.layer.bias), x)
    np.testing.assert_allclose(layer(x), expected, rtol=1e-10, atol=1e-12)
    assert gain.size == expected.shape[-1]


@pytest.mark.parametrize(
    ("wrapper", "kind"),
    [
        (layers.WeightNorm, "DepthwiseConv2D"),
        (layers.WeightNorm, "Dense"),
        (layers.WeightNorm, "Conv2DTranspose"),
        (layers.WeightStandardization, "DepthwiseConv2D"),
        (layers.WeightStandardization, "GroupedConv2D"),
        (layers.ScaledWeightStandardization, "DepthwiseConv2D"),
    ],
)
def test_gradients(wrapper, kind):
    pytest.importorskip("tensorflow")
    layer = wrapper(KINDS[kind][0](dtype="float64"))
    check_gradients(layer, inputs(1)[:, :3, :3, :2])


def test_gradients_are_the_papers():
    """Equation 3, from the gradient of the effective kernel."""
    tf = pytest.importorskip("tensorflow")
    layer = layers.WeightNorm(layers.Conv2D(3, 3, padding=1, dtype="float64"))
    x = tf.constant(inputs())
    weights = np.random.default_rng(1).normal(size=layer(x).shape)
    layer.g.assign(layer.g * 1.7)
    v, g = to_numpy(layer.layer.kernel), to_numpy(layer.g)
    length = np.sqrt((v**2).sum((0, 1, 2), keepdims=True))
    w = tf.constant(g * v / length)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(w)
        plain = tf.reduce_sum(tf.nn.conv2d(x, w, 1, "SAME") * weights)
        ours = tf.reduce_sum(layer(x) * weights)
    dw = tape.gradient(plain, w).numpy()
    dg, dv = tape.gradient(ours, [layer.g.value, layer.layer.kernel.value])
    expected = (dw * v).sum((0, 1, 2), keepdims=True) / length
    np.testing.assert_allclose(dg, expected, rtol=1e-9)
    expected = g / length * dw - g * expected / length**2 * v
    np.testing.assert_allclose(dv, expected, rtol=1e-9, atol=1e-12)


@settings(max_examples=20, deadline=None)
@given(
    size=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    channels=st.integers(1, 5),
    filters=st.integers(1, 5),
    scale=st.sampled_from([1e-6, 1.0, 1e6]),
    dtype=st.sampled_from(["float32", "float64"]),
)
def test_filters_have_length_g(size, channels, filters, scale, dtype):
    inner = keras.layers.Conv2D(filters, size, dtype=dtype)
    layer = layers.WeightNorm(inner)
    layer.build((None, 4, 4, channels))
    inner.kernel.assign(inner.kernel * scale)
    layer.g.assign(np.arange(1, filters + 1).reshape(1, 1, 1, -1))
    w = to_numpy(layer.effective_kernel())
    lengths = np.sqrt((w.astype("float64") ** 2).sum((0, 1, 2)))
    np.testing.assert_allclose(lengths, np.arange(1, filters + 1), rtol=1e-5)


@both
@every
def test_remove(kind, wrapper):
    make, _ = KINDS[kind]
    layer = wrapper(make(activation="relu", bias_initializer="ones"))
    x = inputs().astype("float32")
    with pytest.raises(ValueError, match="build"):
        layer.remove()
    expected = layer(x)
    plain = layer.remove()
    assert type(plain) is type(layer.layer)
    assert plain.built
    np.testing.assert_array_equal(to_numpy(plain(x)), to_numpy(expected))
    np.testing.assert_array_equal(to_numpy(layer(x)), to_numpy(expected))


@every
def test_initialize(kind):
    make, _ = KINDS[kind]
    layer = layers.WeightNorm(make(activation="tanh"))
    x = inputs(16).astype("float32") * 3 + 1
    layer.initialize(x)
    layer.layer.activation = keras.activations.linear
    outputs = to_numpy(layer(x)).reshape(-1, np.size(layer.g))
    np.testing.assert_allclose(outputs.mean(0), 0, atol=1e-4)
    np.testing.assert_allclose(outputs.std(0), 1, rtol=1e-3)


def test_initialize_a_model():
    shared = layers.WeightNorm(keras.layers.Dense(6), name="shared")
    image = keras.Input((None, None, 3))
    inner = keras.Input((None, None, 6))
    block = keras.Model(
        inner,
        layers.WeightNorm(layers.Conv2D(6, 3, activation="relu", padding=1))(
            inner
        ),
    )
    x = layers.WeightNorm(layers.Conv2D(6, 3, use_bias=False))(image)
    x = shared(block(keras.layers.ReLU()(x)))
    model = keras.Model(image, shared(x))
    batch = np.random.default_rng(0).normal(5, 9, (8, 7, 7, 3))
    layers.initialize_weight_norm(model, batch)

    first = keras.Model(image, x)
    outputs = to_numpy(first(batch)).reshape(-1, 6)
    np.testing.assert_allclose(outputs.mean(0), 0, atol=1e-4)
    np.testing.assert_allclose(outputs.std(0), 1, rtol=1e-3)
    assert all("call" not in vars(part) for part in model._flatten_layers())
    weights = model.get_weights()
    model.predict(batch, verbose=0)
    for actual, old in zip(model.get_weights(), weights, strict=True):
        np.testing.assert_array_equal(actual, old)


@both
def test_the_wrapped_layer_keeps_its_regularizers(wrapper):
    layer = wrapper(
        layers.Conv2D(2, 3, kernel_regularizer="l2", activity_regularizer="l1")
    )
    model = keras.Sequential([keras.Input((5, 4, 4)), layer])
    y = model(inputs().astype("float32"))
    kernel = to_numpy(layer.layer.kernel)
    # A mean over the batch from Keras 3.14 on, a sum before.
    activity = keras.layers.Identity(activity_regularizer="l1")
    activity(y)
    assert len(model.losses) == 2
    np.testing.assert_allclose(
        sum(map(float, model.losses)),
        0.01 * (kernel**2).sum() + float(*activity.losses),
        rtol=1e-4,
    )


@both
def test_a_frozen_layer_does_not_train(wrapper):
    layer = wrapper(keras.layers.Dense(3))
    layer.build((None, 4))
    assert layer.trainable_weights
    layer.trainable = False
    assert not layer.trainable_weights


@both
def test_mixed_precision_rounds_the_kernel_once(wrapper):
    layer = wrapper(keras.layers.Dense(64, dtype="mixed_float16"))
    layer.build((None, 64))
    same = wrapper(keras.layers.Dense(64))
    same.build((None, 64))
    same.set_weights(layer.get_weights())
    eye = np.eye(64, dtype="float16")
    rounded = to_numpy(same.effective_kernel()).astype("float16")
    np.testing.assert_array_equal(to_numpy(layer(eye)), rounded)


@both
def test_a_built_layer_keeps_its_weights(wrapper):
    inner = keras.layers.Dense(3)
    x = inputs().astype("float32")
    expected = to_numpy(inner(x))
    layer = wrapper(inner)
    actual = to_numpy(layer(x))
    if wrapper is layers.WeightNorm:
        np.testing.assert_allclose(actual, expected, rtol=1e-5, atol=1e-6)
    assert layer.layer is inner


@both
def test_threads_do_not_disturb_one_another(wrapper):
    from concurrent.futures import ThreadPoolExecutor

    layer = wrapper(layers.Conv2D(4, 3))
    batches = [inputs(2, seed).astype("float32") for seed in range(40)]
    expected = [to_numpy(layer(x)) for x in batches]
    with ThreadPoolExecutor(4) as pool:
        actual = list(pool.map(lambda x: to_numpy(layer(x)), batches))
    np.testing.assert_array_equal(actual, expected)


def test_zero_filter():
    layer = layers.WeightNorm(keras.layers.Dense(2, kernel_initializer="zeros"))
    assert not to_numpy(layer(np.ones((1, 3), "float32"))).any()


@both
@pytest.mark.parametrize(
    "bad",
    [keras.layers.SeparableConv2D(2, 3), keras.layers.ReLU(), "conv", None],
    ids=str,
)
def test_bad_layer(wrapper, bad):
    with pytest.raises(ValueError, match="`layer` must be"):
        wrapper(bad)


def test_bad_epsilon():
    with pytest.raises(ValueError, match="epsilon"):
        layers.WeightStandardization(keras.layers.Dense(2), 0)


def test_export(tmp_path):
    tf = pytest.importorskip("tensorflow")
    image = keras.Input((6, 6, 3))
    x = layers.WeightNorm(layers.Conv2D(4, 3))(image)
    x = layers.WeightStandardization(layers.GroupedConv2D(4, 3, 2))(x)
    model = keras.Model(image, x)
    model.export(tmp_path / "saved", verbose=False)
    x = np.random.default_rng(0).normal(size=(2, 6, 6, 3)).astype("float32")
    saved = tf.saved_model.load(tmp_path / "saved")
    np.testing.assert_allclose(saved.serve(x), model(x), rtol=1e-5, atol=1e-6)


def test_a_filter_of_a_table_has_one_length():
    """TableConv2D's filters are of several sizes, each with its own g."""
    table = [(0, 1), (1, 2), (0, 1, 2)]
    conv = layers.TableConv2D(table, 3)
    wrapped = layers.WeightNorm(conv)
    x = np.random.default_rng(0).normal(size=(2, 6, 6, 3)).astype("float32")
    before = np.array(wrapped(x))
    assert wrapped.g.shape == (1, 1, 3)
    np.testing.assert_allclose(before, conv(x), rtol=1e-5, atol=1e-6)
    wrapped.g.assign([[[1.0, 2.0, 3.0]]])
    kernel = np.array(wrapped.effective_kernel())
    filters = np.split(kernel, [2, 4], axis=-1)
    lengths = [np.sqrt(np.sum(f**2)) for f in filters]
    np.testing.assert_allclose(lengths, [1, 2, 3], rtol=1e-5)
    np.testing.assert_allclose(
        wrapped.remove()(x), wrapped(x), rtol=1e-5, atol=1e-6
    )
    wrapped.initialize(x)
    y = np.array(wrapped(x))
    np.testing.assert_allclose(y.mean((0, 1, 2)), 0, atol=1e-5)
    np.testing.assert_allclose(y.std((0, 1, 2)), 1, rtol=1e-4)
    with pytest.raises(ValueError, match="several sizes"):
        layers.WeightStandardization(layers.TableConv2D(table, 3))
