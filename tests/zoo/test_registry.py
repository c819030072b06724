"""Names, errors and the command line."""

import re
import subprocess
import sys

import keras
import pytest

import zoo
from zoo import __main__ as cli


def test_list_models():
    assert zoo.list_models() == sorted(zoo.list_models())
    assert set(zoo.list_models("vgg1?_bn")) == {
        "vgg11_bn", "vgg13_bn", "vgg16_bn", "vgg19_bn",
    }  # fmt: skip
    assert zoo.list_models("nothing*") == []
    assert set(zoo.list_models()) <= set(zoo.__all__)


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


def test_command_line_lists_and_shows(capsys):
    assert cli.main(["list", "resnet1*"]) == 0
    out = capsys.readouterr().out
    assert "resnet18 " in out
    assert "vgg" not in out
    assert cli.main(["show", "lenet5"]) == 0
    out = capsys.readouterr().out
    assert "60,000" in out
    assert "1998" in out
    assert cli.main(["show", "resent18"]) == 2
    assert "Did you mean 'resnet18'" in capsys.readouterr().err
    assert cli.main(["list", "zzz*"]) == 2


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
