"""A folded model computes the same with fewer layers."""

import keras
import numpy as np
import pytest

import zoo
from tests.zoo.test_contract import build, walk
from zoo import layers
from zoo.models._weightless import weightless

NORMS = (
    keras.layers.BatchNormalization,
    layers.BatchRenorm,
    layers.MeanOnlyBatchNorm,
    layers.LayerScale,
)


def train(model):
    """Statistics of data, and weights of which no two are alike."""
    rng = np.random.default_rng(0)
    for layer in walk(model):
        for name in ("gamma", "beta", "bias"):
            weight = getattr(layer, name, None)
            if isinstance(weight, keras.Variable):
                least = 0.5 if name == "gamma" else -0.5
                weight.assign(rng.uniform(least, least + 1, weight.shape))
        if hasattr(layer, "momentum"):
            layer.momentum = 0.0
    model(images(model, 8), training=True)


def images(model, n=2, seed=0):
    rng = np.random.default_rng(seed)
    shapes = [[n, *(s or 8 for s in x.shape[1:])] for x in model.inputs]
    made = [rng.normal(size=s).astype("float32") for s in shapes]
    return made[0] if len(made) == 1 else made


def count(model, kinds):
    return sum(isinstance(layer, kinds) for layer in walk(model))


def fold(model, tolerance=1e-5):
    """The folded model, having checked what holds for each."""
    weights, config = model.get_weights(), model.get_config()
    folded = zoo.fold_batch_norm(model)
    assert model.get_config() == config
    for before, after in zip(weights, model.get_weights(), strict=True):
        np.testing.assert_array_equal(before, after)
    assert not {id(v) for v in model.variables} & {
        id(v) for v in folded.variables
    }
    assert folded.name == model.name
    assert folded.input_shape == model.input_shape
    x = images(model, seed=1)
    expected, got = model(x, training=False), folded(x, training=False)
    keras.tree.assert_same_structure(expected, got)
    for a, b in zip(*map(keras.tree.flatten, (expected, got)), strict=True):
        assert a.dtype == b.dtype
        assert a.shape == b.shape
        a, b = (keras.ops.convert_to_numpy(v).astype("float32") for v in (a, b))
        assert np.abs(a - b).max() <= tolerance * np.abs(a).max()
        assert np.abs(a).max() > 0
    return folded


@pytest.mark.parametrize(
    ("name", "left", "options"),
    [
        ("vgg11_bn", 0, {}),
        ("resnet20", 0, {}),
        ("googlenet_bn", 0, {"aux_heads": True}),
        ("mobilenet_v1_x0_25", 0, {}),
        ("mobilenet_v2_x0_35", 0, {"input_shape": (None, None, 3)}),
        ("mobilenet_v3_small", 0, {}),
        ("shufflenet_v1_g3", 0, {}),
        ("repvgg_a0", 0, {}),
        ("wide_resnet16_4", 6, {}),  # the first of each block, the last
        ("cbam_resnet18", 8, {}),  # within the attention
    ],
)
def test_families(name, left, options):
    model = build(name, **options)
    train(model)
    folded = fold(model, 1e-4)
    assert count(folded, NORMS) == left
    dropped = count(model, NORMS) - left
    assert len(folded.layers) <= len(model.layers) - dropped
    kept = {la.name for la in folded.layers}
    assert kept < {la.name for la in model.layers}


def test_repvgg_is_its_plain_form():
    with weightless():
        model = zoo.repvgg_a0()
        plain = zoo.reparameterize(model)
        folded = zoo.fold_batch_norm(model)
    assert folded.count_params() == plain.count_params()
    assert len(folded.layers) == len(plain.layers)


def sequential(*made, shape=(8, 8, 4)):
    return keras.Sequential([keras.Input(shape), *made])


def names(model):
    return [la.name for la in model.layers if type(la).__name__ != "InputLayer"]


@pytest.mark.parametrize(
    "layer",
    [
        keras.layers.Conv2D(6, 3, padding="same", strides=2),
        keras.layers.Conv2D(6, 3, use_bias=False, groups=2),
        keras.layers.Conv2D(6, 3, activation="linear", dilation_rate=2),
        keras.layers.DepthwiseConv2D(3, depth_multiplier=3),
        keras.layers.SeparableConv2D(6, 3, depth_multiplier=2),
        keras.layers.Conv2DTranspose(6, 3, strides=2),
        keras.layers.Dense(6),
        layers.Conv2D(6, 3, padding=((0, 1), (2, 1)), use_bias=False),
        layers.DepthwiseConv2D(3, padding=1, use_bias=False),
        layers.GroupedConv2D(6, 3, groups=2, padding=1),
        layers.TableConv2D([(0, 1), (1, 2, 3), (0, 3)], 3),
        layers.WeightNorm(layers.Conv2D(6, 3, padding=1)),
        layers.WeightNorm(keras.layers.Dense(6, use_bias=False)),
        layers.WeightNorm(layers.TableConv2D([(0, 1), (1, 2, 3)], 3)),
        layers.WeightNorm(keras.layers.Conv2DTranspose(6, 3)),
        layers.WeightStandardization(layers.DepthwiseConv2D(3)),
        layers.ScaledWeightStandardization(layers.Conv2D(4, 3), 1.7),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_layers_before_a_norm(layer):
    layer.name = "linear"
    model = sequential(layer, layers.BatchNorm())
    train(model)
    assert names(fold(model)) == ["linear"]


RENORMS = []
if "renorm" in keras.layers.BatchNormalization().get_config():  # Keras 3.14
    RENORMS.append(keras.layers.BatchNormalization(renorm=True))


@pytest.mark.parametrize(
    "norm",
    [
        keras.layers.BatchNormalization(scale=False, epsilon=0.1),
        keras.layers.BatchNormalization(center=False),
        keras.layers.BatchNormalization(scale=False, center=False, axis=3),
        *RENORMS,
        layers.BatchNorm(trainable=False),
        layers.BatchRenorm(),
        layers.BatchRenorm(scale=False),
        layers.MeanOnlyBatchNorm(),
        layers.MeanOnlyBatchNorm(center=False),
        layers.LayerScale(0.5),
    ],
    ids=lambda norm: type(norm).__name__,
)
@pytest.mark.parametrize("use_bias", [True, False])
def test_norms(norm, use_bias):
    norm = type(norm).from_config(norm.get_config())
    conv = keras.layers.Conv2D(3, 3, use_bias=use_bias, name="conv")
    model = sequential(conv, norm)
    train(model)
    folded = fold(model)
    assert names(folded) == ["conv"]
    assert folded.get_layer("conv").use_bias


@pytest.mark.parametrize(
    "layer",
    [
        keras.layers.Activation("linear"),
        keras.layers.ActivityRegularization(0.1),
        keras.layers.AlphaDropout(0.5),
        keras.layers.Dropout(0.5),
        keras.layers.GaussianDropout(0.5),
        keras.layers.GaussianNoise(0.5),
        keras.layers.Identity(),
        keras.layers.SpatialDropout2D(0.5),
        layers.DropBlock(0.5, 2),
        layers.StochasticDepth(0.5),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_identities_go_and_norms_fold_through_them(layer):
    conv = keras.layers.Conv2D(3, 3, name="conv")
    model = sequential(conv, layer, layers.BatchNorm(), layers.LayerScale(2.0))
    train(model)
    assert names(fold(model)) == ["conv"]


def test_only_identities():
    model = sequential(keras.layers.Dropout(0.5), keras.layers.Identity())
    assert names(fold(model)) == []


def functional(make, shape=(8, 8, 4)):
    image = keras.Input(shape, name="image")
    return keras.Model(image, make(image), name="own")


def conv(name="conv", **options):
    options = {"filters": 4, "kernel_size": 3, "padding": "same"} | options
    return keras.layers.Conv2D(**options, name=name)


def norm(name="norm"):
    return layers.BatchNorm(name=name)


def shared_conv(x):
    own = conv()
    return norm("a")(own(x)) + norm("b")(own(own(x)))


def shared_norm(x):
    own = norm()
    return own(conv("a")(x)) + own(conv("b")(x)) + own(x)


def two_consumers(x):
    x = conv()(x)
    return norm()(x) + x


def two_consumers_behind_dropout(x):
    x = keras.layers.Dropout(0.5)(conv()(x))
    return norm()(x) * keras.ops.abs(x)


def also_an_output(x):
    x = conv()(x)
    return {"conv": x, "norm": norm()(x)}


def twice_in_a_sum(x):
    x = norm()(conv()(x))
    return keras.layers.Add()([x, x])


def called_in_training(x):
    x = norm()(conv()(x), training=True)
    return keras.layers.Dropout(1e-9, name="drop")(x, training=True)


def active_conv(x):
    return norm()(conv(activation="relu")(x))


def wrapped_active_conv(x):
    return norm()(layers.WeightNorm(conv(activation="relu"), name="conv")(x))


def wrapped_shared_conv(x):
    own = layers.WeightNorm(conv(), name="conv")
    return norm()(own(own(x)))


def another_axis(x):
    return keras.layers.BatchNormalization(axis=1, name="norm")(conv()(x))


def reshaped(x):
    return norm()(keras.layers.Reshape((4, 2, 32))(conv()(x)))


class Loud(keras.layers.Conv2D):
    def call(self, inputs):
        return keras.ops.relu(super().call(inputs))


def subclass(x):
    return norm()(Loud(4, 3, name="conv")(x))


def low_rank(x):
    own = keras.layers.Dense(4, lora_rank=2, name="conv")
    return norm()(own(x))


def merge_layers(x):
    x = [norm("a")(conv("a_conv")(x)), norm("b")(conv("b_conv", strides=1)(x))]
    return keras.layers.Concatenate()(x)


@pytest.mark.parametrize(
    ("make", "left"),
    [
        (shared_conv, {"conv", "a", "b"}),
        (shared_norm, {"a", "b", "norm"}),
        (two_consumers, {"conv", "norm"}),
        (two_consumers_behind_dropout, {"conv", "norm"}),
        (also_an_output, {"conv", "norm"}),
        (twice_in_a_sum, {"conv"}),
        (called_in_training, {"conv", "norm", "drop"}),
        (active_conv, {"conv", "norm"}),
        (wrapped_active_conv, {"conv", "norm"}),
        (wrapped_shared_conv, {"conv", "norm"}),
        (another_axis, {"conv", "norm"}),
        (reshaped, {"conv", "norm"}),
        (subclass, {"conv", "norm"}),
        (low_rank, {"conv", "norm"}),
        (merge_layers, {"a_conv", "b_conv"}),
    ],
)
def test_graphs(make, left):
    model = functional(make)
    train(model)
    folded = fold(model)
    kinds = (*NORMS, layers.WeightNorm, keras.layers.Conv2D)
    kinds += (keras.layers.Dense, keras.layers.Dropout)
    assert {la.name for la in walk(folded) if isinstance(la, kinds)} == left
    assert not count(folded, layers.WeightNorm)


def branches(*made):
    def make(x):
        return keras.layers.Add(name="add")([branch(x) for branch in made])

    return make


def ours(size, padding, name, **options):
    return layers.Conv2D(4, size, padding=padding, name=name, **options)


@pytest.mark.parametrize(
    ("made", "merges"),
    [
        ((ours(3, 1, "conv"), ours(1, 0, "b")), True),
        ((conv(), norm("b")), True),
        ((conv(), conv("b", kernel_size=1, use_bias=False)), True),
        ((ours(3, 1, "conv", strides=2), ours(1, 0, "b", strides=2)), True),
        ((ours((3, 5), (1, 2), "conv"), ours((1, 3), (0, 1), "b")), True),
        ((ours((1, 3), (0, 1), "conv"), ours((3, 1), (1, 0), "b")), False),
        ((ours(3, 1, "conv", strides=2), ours(1, 0, "b"), 2), False),
        ((conv(strides=2), conv("b", kernel_size=1, strides=2)), False),
        ((conv(), conv("b", groups=2)), False),
        ((conv(), conv("b", dilation_rate=2)), False),
        ((conv(dilation_rate=2), conv("b", dilation_rate=3)), False),
        ((conv(filters=1), norm("b")), False),  # broadcast
        ((conv(), keras.layers.Identity()), False),
        ((norm("conv"), norm("b")), False),
    ],
)
def test_parallel_branches(made, merges):
    if made[-1] == 2:
        made = (*made[:1], lambda x, b=made[1]: b(x[:, ::2, ::2]))
    model = functional(branches(*made))
    train(model)
    folded = fold(model)
    assert (names(folded) == ["conv"]) == merges
    if not merges:
        assert "add" in names(folded)


def test_branches_of_unlike_tensors_stay():
    image = [keras.Input((8, 8, 4), name=name) for name in "ab"]
    made = [conv(f"conv_{x.name}")(x) for x in image]
    model = keras.Model(image, keras.layers.Add(name="add")(made))
    assert "add" in names(fold(model))


@pytest.mark.parametrize("policy", ["mixed_float16", "float16", "float64"])
def test_policies(policy):
    options = {"dtype": policy}
    model = sequential(
        layers.Conv2D(4, 3, **options),
        layers.BatchNorm(**options),
        keras.layers.ReLU(**options),
        keras.layers.Conv2D(4, 3, **options, name="casts"),
        layers.BatchNorm(dtype="float32", name="norm"),
        keras.layers.Dropout(0.5, dtype="float32"),
        keras.layers.Activation("linear", dtype=policy, name="cast"),
        keras.layers.Activation("linear", dtype="float32", name="end"),
    )
    train(model)
    folded = fold(model, 1e-5 if policy == "float64" else 1e-2)
    assert names(folded)[2:] == ["casts", "norm", "cast", "end"]
    assert folded.layers[1].dtype_policy == model.layers[0].dtype_policy


def test_what_overflows_stays():
    model = sequential(conv(dtype="mixed_float16"), norm(), shape=(8, 8, 4))
    model.layers[1].moving_variance.assign([1e-30] * 4)
    model.layers[1].gamma.assign([1e6] * 4)
    model.layers[0].kernel.assign(model.layers[0].kernel * 1e-6)
    assert names(zoo.fold_batch_norm(model)) == ["conv", "norm"]


def test_nested_models():
    inner = sequential(conv(), norm(), keras.layers.Dropout(0.5))
    inner.name = "inner"
    trained = functional(lambda x: norm()(conv()(x)))
    trained.name = "trained"

    def make(x):
        x = inner(inner(x), training=False)
        return trained(x, training=True)

    model = functional(make)
    train(model)
    folded = fold(model)
    assert names(folded) == ["inner", "trained"]
    assert names(folded.layers[1]) == ["conv"]
    assert names(folded.layers[2]) == ["conv", "norm"]


def test_state_that_is_no_weight():
    adapted = keras.layers.Normalization()
    adapted.adapt(np.random.default_rng(0).normal(3, 2, (8, 8, 8, 4)))
    own = keras.layers.Lambda(lambda x: x * 2)
    fold(sequential(adapted, own, conv()))


def test_saves_and_reloads(tmp_path):
    model = functional(lambda x: keras.ops.relu(norm()(conv()(x)))[:, 1:])
    train(model)
    folded = fold(model)
    folded.save(tmp_path / "folded.keras")
    loaded = keras.saving.load_model(tmp_path / "folded.keras")
    x = images(model)
    np.testing.assert_array_equal(loaded(x), folded(x))


class Subclassed(keras.Model):
    def call(self, inputs):
        return inputs


class Overridden(keras.Model):
    def call(self, inputs):
        return 2 * super().call(inputs)


def overridden():
    image = keras.Input((8, 8, 4))
    return Overridden(image, conv()(image))


@pytest.mark.parametrize(
    "make",
    [Subclassed, overridden, conv, keras.Sequential, lambda: "resnet18"],
)
def test_refusals(make):
    with pytest.raises(ValueError, match="functional or built sequential"):
        zoo.fold_batch_norm(make())


def test_a_nested_model_of_its_own_stays():
    inner = overridden()
    inner.name = "inner"
    model = functional(lambda x: norm()(inner(x)))
    train(model)
    assert names(fold(model)) == ["inner", "norm"]
