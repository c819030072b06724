"""Files of networks that have another's tensors, and how they are told."""

import json

import numpy as np
import pytest

import zoo
from zoo.checkpoints import _known, _networks
from zoo.models._weightless import weightless


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (
            "hub/models--timm--resnetblur50.bt_in1k/snapshots/1/m.pth",
            "resnetblur50",
        ),
        ("resnetaa50.a1h_in1k/model.safetensors", "resnetaa50"),
        ("resnetaa50.a1h_in1k.safetensors", "resnetaa50"),
        ("resnet50_a1_0-14fe96d1.pth", "resnet50"),
        ("runs/resnet50/model.safetensors", None),
        ("resnet50.safetensors", None),
        ("mine-37913777.pth", None),
    ],
)
def test_a_path_tells_the_network(path, name, tmp_path):
    assert _networks.network(tmp_path / path) == name


def test_the_configuration_beside_a_file_tells_the_network(tmp_path):
    path = tmp_path / "model.safetensors"
    config = tmp_path / "config.json"
    config.write_text(json.dumps({"architecture": "resnetblur50"}))
    with pytest.raises(ValueError, match=r"is zoo\.resnetblur50, not zoo"):
        _networks.check("resnet50_v1_5", path)
    _networks.check("resnetblur50", path)
    _networks.check("my_own_name", path)
    for text in ("{", "[]", '{"architecture": 3}'):
        config.write_text(text)
        assert _networks.network(path) is None


@pytest.mark.parametrize(
    ("builder", "file"),
    [
        ("efficientnet_b0", "tf_efficientnet_b0_ns-c0e6a31c.pth"),
        ("mobilenet_v3_large", "tf_mobilenetv3_large_100-427764d5.pth"),
        ("resnet50d", "resnetblur50d-00000000.pth"),
    ],
)
def test_a_network_that_pads_or_pools_otherwise_is_refused(builder, file):
    with pytest.raises(ValueError, match=r"be wrong|which is zoo"):
        _networks.check(builder, file)


def test_every_published_file_is_its_builder_s():
    for builder in _known.builders():
        for checkpoint in _known.of(builder):
            if checkpoint.source == "timm":
                _networks.check(builder, checkpoint.file)
                file = checkpoint.url.rpartition("/")[2]
                _networks.check(builder, file)


def test_files_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "resnetblur50.bt_in1k.safetensors"
    path.write_bytes(b"")
    with pytest.raises(ValueError, match=r"zoo\.resnetblur50"):
        zoo.resnet50_v1_5(weights=path)
    with weightless():
        model = zoo.resnet50_v1_5()
    with pytest.raises(ValueError, match=r"zoo\.resnetblur50"):
        zoo.load_checkpoint(model, path, source="timm")


def test_se_networks_that_pool_otherwise_are_refused():
    """timm's seresnext50_32x4d pads its max pooling; the authors' rounds up."""
    with weightless():
        model = zoo.se_resnext50_32x4d()
    names = {"conv1.weight": np.zeros(1), "layer1.0.conv1.weight": np.zeros(1)}
    with pytest.raises(ValueError, match="max pooling"):
        zoo.load_checkpoint(model, names, source="timm")


def test_a_file_that_may_be_of_two_networks_is_told_of(caplog, tmp_path):
    """timm's efficientnet_b0 and tf_efficientnet_b0 have the same tensors."""
    with weightless():
        model = zoo.tf_efficientnet_b0()

    def loading(**options):
        caplog.clear()
        with pytest.raises(zoo.CheckpointError):  # all are missing
            zoo.load_checkpoint(model, {}, source="timm", **options)
        return caplog.text

    assert "build zoo.efficientnet_b0" in loading()
    assert not loading(network="tf_efficientnet_b0")
    with pytest.raises(ValueError, match=r"is zoo\.efficientnet_b0, not"):
        loading(network="efficientnet_b0")
    assert _networks.doubt("resnet50_v1_5") == ""
    assert "tf_efficientnet_b0" in _networks.doubt("efficientnet_b0")


def test_what_timm_pads_one_way_only_is_refused():
    with weightless():
        model = zoo.tf_mobilenet_v2()
    with pytest.raises(ValueError, match=r"Build zoo\.mobilenet_v2\."):
        zoo.load_checkpoint(model, {"conv_stem.weight": 0}, source="timm")


@pytest.mark.parametrize(
    ("builder", "source", "said"),
    [
        ("mobilenet_v2", "keras", "tf_mobilenet_v2"),
        ("tf_mobilenet_v3_small", "torchvision", "mobilenet_v3_large"),
        ("vovnet39a", "imgclsmob", "vovnet39"),
        pytest.param(
            "resnet164_v2",
            "imgclsmob",
            "resnet164_v2_3x3",
            marks=pytest.mark.wide,
        ),
        pytest.param(
            "resnet110_stochastic_depth",
            "akamaster",
            "stochastic depth",
            marks=pytest.mark.wide,
        ),
    ],
)
def test_variants_that_have_the_same_tensors_are_refused(builder, source, said):
    with weightless():
        model = zoo.create(builder)
    tensors = {"features.post_activ.bn.weight": np.zeros(1)}
    with pytest.raises(ValueError, match=said) as error:
        zoo.load_checkpoint(model, tensors, source=source)
    assert not isinstance(error.value, zoo.CheckpointError)
