"""The last feature map at each stride, for every family."""

import keras
import numpy as np
import pytest

import zoo
from tests.parts import quick
from zoo.models._weightless import weightless


def smallest():
    """{family: the name of its smallest model}."""
    infos = [zoo.info(name) for name in zoo.list_models()]
    infos.sort(key=lambda i: (i.params, i.name), reverse=True)
    return {i.family: i.name for i in infos}


# Where it is not a halving at each step from 2 to 32.
STRIDES = {
    "alexnet": (4, 8, 16, 32),
    "allcnn": (1, 2, 4),
    "condensenet": (1, 2, 4),
    "convnext": (4, 8, 16, 32),
    "convnext_v2": (4, 8, 16, 32),
    "cuda_convnet": (1, 2, 4, 8),
    "darknet": (1, 2, 4, 8, 16, 32),
    "densenet": (1, 2, 4),
    "dla": (1, 2, 4, 8, 16, 32),
    "highway": (1, 2, 4),
    "inception_next": (4, 8, 16, 32),
    "lenet": (1, 2, 4),
    "mcdnn": (1, 2, 4, 8),
    "nin": (1, 2, 4),
    "overfeat": (2, 6, 12, 36),
    "pyramidnet": (1, 2, 4),
    "resnet_cifar": (1, 2, 4),
    "resnet_v2": (1, 2, 4),
    "shake_shake": (1, 2, 4),
    "spp_net": (2, 4, 8, 16),
    "squeezenet": (2, 4, 8, 16),
    "stochastic_depth": (1, 2, 4),
    "vgg": (1, 2, 4, 8, 16, 32),
    "wide_resnet": (1, 2, 4),
}


@pytest.mark.parametrize("family", quick(smallest(), [*smallest()][::2]))
def test_one_map_a_stride(family):
    name = smallest()[family]
    with weightless():
        model = zoo.create(name)
    maps = zoo.feature_extractor(model).output
    strides = STRIDES.get(family, (2, 4, 8, 16, 32))
    assert list(maps) == [f"stride{s}" for s in strides]
    sizes = [maps[f"stride{s}"].shape[1] for s in strides]
    assert sizes == sorted(sizes, reverse=True)
    assert all(len(m.shape) == 4 for m in maps.values())


@pytest.mark.parametrize(
    ("name", "layers"),
    {
        "resnet18": {
            "stride2": "stem_act",
            "stride4": "stage1_block2_act",
            "stride8": "stage2_block2_act",
            "stride16": "stage3_block2_act",
            "stride32": "stage4_block2_act",
        },
        "mobilenet_v2_x0_35": {
            "stride2": "stage1_block1_project_norm",
            "stride4": "stage2_block2_add",
            "stride8": "stage3_block3_add",
            "stride16": "stage5_block3_add",
            "stride32": "head_act",
        },
        "vgg11": {
            "stride1": "stage1_act1",
            "stride2": "stage2_act1",
            "stride4": "stage3_act2",
            "stride8": "stage4_act2",
            "stride16": "stage5_act2",
            "stride32": "stage5_pool",
        },
    }.items(),
)
def test_the_outputs_of_stages(name, layers):
    """Not what the next stage makes of them, nor the classifier's pooling."""
    with weightless():
        model = zoo.create(name)
    maps = zoo.feature_extractor(model).output
    got = {k: m._keras_history.operation.name for k, m in maps.items()}
    assert got == layers


@pytest.mark.parametrize("include_top", [True, False])
def test_same_values_and_weights_at_any_size(include_top, tmp_path):
    model = zoo.resnet20(input_shape=(None, None, 3), include_top=include_top)
    model.save(tmp_path / "model.keras")
    model = keras.saving.load_model(tmp_path / "model.keras")
    extractor = zoo.feature_extractor(model)
    assert extractor.weights[0] is model.weights[0]
    x = np.random.default_rng(0).normal(size=(1, 24, 40, 3)).astype("float32")
    maps = extractor(x)
    assert {k: m.shape[1:3] for k, m in maps.items()} == {
        "stride1": (24, 40),
        "stride2": (12, 20),
        "stride4": (6, 10),
    }
    last = keras.Model(model.input, model.get_layer("stage3_block3_act").output)
    np.testing.assert_array_equal(maps["stride4"], last(x))


def test_with_auxiliary_heads():
    with weightless():
        model = zoo.googlenet(aux_heads=True)
    maps = zoo.feature_extractor(model).output
    assert list(maps) == [f"stride{s}" for s in (2, 4, 8, 16, 32)]


def test_refusals():
    class Own(keras.Model):
        pass

    with pytest.raises(ValueError, match="functional model"):
        zoo.feature_extractor(Own())
    vector = keras.Input((3,))
    with pytest.raises(ValueError, match="no feature maps"):
        zoo.feature_extractor(
            keras.Model(vector, keras.layers.Dense(2)(vector))
        )
