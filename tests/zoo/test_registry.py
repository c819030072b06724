"""Names, facts and errors."""

import re
import subprocess
import sys

import keras
import pytest

import zoo
from tests.zoo import make_index


def test_list_models():
    assert zoo.list_models() == sorted(zoo.list_models())
    assert set(zoo.list_models("vgg1?_bn")) == {
        "vgg11_bn", "vgg13_bn", "vgg16_bn", "vgg19_bn",
    }  # fmt: skip
    assert zoo.list_models(["lenet5", "alex*"]) == [
        "alexnet", "alexnet_owt", "lenet5",
    ]  # fmt: skip
    assert zoo.list_models("nothing*") == []
    assert set(zoo.list_models()) <= set(zoo.__all__)


def test_list_models_filters_and_sorts():
    infos = [zoo.info(name) for name in zoo.list_models()]
    assert zoo.list_models(year=1998) == ["lenet4", "lenet5", "lenet5_relu"]
    assert set(zoo.list_models(year=(2021, None))) == {
        i.name for i in infos if i.year >= 2021
    }
    assert set(zoo.list_models(year=(None, 2012), max_params=1e6)) == {
        i.name for i in infos if i.year <= 2012 and i.params <= 1e6
    }
    assert set(zoo.list_models(weights=True)) == {
        i.name for i in infos if i.checkpoints
    }
    assert not set(zoo.list_models(weights=False)) & set(
        zoo.list_models(weights=True)
    )
    assert zoo.list_models(weights="package") == [
        *zoo.list_models("efficientnet_lite[012]"),
        "resnet20",
    ]
    best = [zoo.info(n).top1 or 0 for n in zoo.list_models(sort="top1")]
    assert best == sorted(best, reverse=True)
    assert best[-1] == 0
    assert (
        zoo.info("resnet18").best.top1
        == best[zoo.list_models(sort="top1").index("resnet18")]
    )
    by_size = zoo.list_models(sort="params")
    sizes = [zoo.info(name).params for name in by_size]
    assert sizes == sorted(sizes)
    assert zoo.list_models(sort="-params") == by_size[::-1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"year": "2015"}, "received '2015'"),
        ({"year": (2015,)}, "received (2015,)"),
        ({"max_params": "5M"}, "a number such as 5e6; received '5M'"),
        ({"sort": "param"}, "Did you mean 'params'?"),
        ({"weights": "torch"}, "Did you mean 'torchvision'?"),
        ({"weights": 3}, "received 3"),
        ({"pattern": 3}, "received 3"),
    ],
)
def test_list_models_refuses(options, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        zoo.list_models(**options)


def test_index_and_stub_are_fresh():
    """What answers without Keras says what the builders say."""
    again = "Run: python -m tests.zoo.make_index"
    assert make_index.INDEX.read_text("utf-8") == make_index.index(), again
    assert make_index.STUB.read_text("utf-8") == make_index.stub(), again
    for name, entry in make_index.builders().items():
        assert zoo.info(name) == entry.info
        assert getattr(zoo, name) is entry.build


def test_classes_that_saved_models_name():
    """`zoo.SAVED` lists every class that the package registers, where it is."""
    make_index.builders()
    listed = {f"zoo>{name}" for names in zoo.SAVED.values() for name in names}
    known = keras.saving.get_custom_objects()
    registered = {
        name
        for name, value in known.items()
        if name.startswith("zoo>") and value.__module__.startswith("zoo.")
    }
    assert listed == registered


def test_info_tells_what_is_known():
    info = zoo.info("lenet5")
    assert (info.year, info.family) == (1998, "lenet")
    assert info.url.startswith("https://")
    assert any("softmax" in d for d in info.departures)


def test_misspelt_name_suggests_the_nearest():
    with pytest.raises(ValueError, match="Did you mean 'resnet18'"):
        zoo.create("resent18")
    with pytest.raises(ValueError, match=r"list_models\(\) names them all"):
        zoo.info("transformer")
    with pytest.raises(ValueError, match="no model None"):
        zoo.create(None)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"num_classes": 0}, "num_classes must be a positive int; received 0"),
        ({"num_classes": 2.0}, "received 2.0"),
        ({"num_classes": True}, "received True"),
        ({"input_shape": (32, 32)}, "(height, width, channels)"),
        ({"input_shape": (32, 32, 0)}, "channels must be a positive int"),
        ({"input_shape": (32, "32", 3)}, "must be an int or None"),
        ({"input_shape": (31, 64, 3)}, "at least 32x32"),
        (
            {"pooling": "mean"},
            "pooling='mean' is not one of None, 'avg', 'max'",
        ),
        ({"classifier_activation": "sofmax"}, "received 'sofmax'"),
        ({"activation": "rellu"}, "Did you mean 'relu'?"),
        ({"activation": keras.layers.ReLU()}, "would share"),
        ({"activation": lambda: 1}, "returned 1"),
        ({"activation": 3}, "received 3"),
        ({"norm": "batchnorm"}, "Did you mean 'batch_norm'?"),
        ({"norm": 3}, "received 3"),
        ({"stem": "tiny"}, "stem='tiny' is not one of 'imagenet', 'small'"),
        ({"weights": "imagenet"}, "weights.h5"),
        ({"weights": "missing.weights.h5"}, "no such file"),
    ],
)
def test_bad_argument_is_refused_before_anything_is_built(
    options, message, monkeypatch
):
    def forbidden(*args, **kwargs):
        raise AssertionError("a layer was built")

    monkeypatch.setattr(keras, "Input", forbidden)
    with pytest.raises(ValueError, match=re.escape(message)):
        zoo.resnet18(**options)


def test_unknown_keyword_suggests_the_nearest():
    with pytest.raises(TypeError, match="Did you mean 'num_classes'"):
        zoo.resnet18(n_classes=10)
    with pytest.raises(TypeError, match="stem"):
        zoo.resnet20(stem="small")


def test_fixed_size_needs_height_and_width():
    with pytest.raises(ValueError, match="height and width must be an int"):
        zoo.lenet5(input_shape=(None, None, 1))


def test_two_builders_of_one_name():
    from zoo.models._registry import register
    from zoo.models.resnet import PAPER, resnet

    def resnet18(**options):
        """Another."""

    with pytest.raises(ValueError, match="Two builders are named 'resnet18'"):
        register(resnet, PAPER, params=1, macs=1)(resnet18)


def test_registered_from_outside(monkeypatch):
    from zoo.models import _index, _registry
    from zoo.models.resnet import PAPER, basic_block, resnet

    def resnet10(**options):
        """One block a stage."""
        return resnet(basic_block, (1, 1, 1, 1), **options)

    monkeypatch.setattr(_registry, "MODELS", dict(_registry.MODELS))
    known = dict(_index._infos())
    monkeypatch.setattr(_index, "_infos", lambda: known)
    _registry.register(resnet, PAPER, params=5_418_792, macs=1)(resnet10)
    assert "resnet10" in zoo.list_models("resnet1*", max_params=6e6)
    model = zoo.create("resnet10", input_shape=(32, 32, 3))
    assert model.name == "resnet10"


def test_module_runs_and_import_brings_no_heavy_extras():
    """A user without the extras can import everything but the recipes."""
    code = (
        "import sys, zoo, zoo.layers, zoo.callbacks; zoo.list_models()\n"
        "extras = {'tensorflow_datasets', 'mlxtend', 'safetensors',"
        " 'tensorboard', 'torch'}\n"
        "print(sorted(extras & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]", run.stdout
