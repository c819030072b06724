"""Layer by layer as the authors' own definitions, of networks that have no
reference in any package: see tests/facts/originals.json for the sources.

The facts give each layer's output (height x width x channels) and parameters,
computed from the definition by the rules of its framework. LeNet-5's last
layer has fixed parameters; those of Inception-v2 are the kernels only.
"""

import json
import math
import pathlib

import keras
import pytest

import zoo
from zoo.models._weightless import weightless

FACTS = pathlib.Path(__file__).parents[1] / "facts/originals.json"
ORIGINALS = json.loads(FACTS.read_text())


def build(name):
    options = {"aux_heads": True} if name == "googlenet" else {}
    with weightless():
        return zoo.create(name, **options)


def size(weights):
    return sum(math.prod(w.shape) for w in weights)


def kernels(layer):
    return [w for w in layer.weights if w.name == "kernel"]


@pytest.mark.parametrize("name", ORIGINALS)
def test_layers(name):
    model = build(name)
    counted = 0
    for ours, theirs, shape, params in ORIGINALS[name]["layers"]:
        layer = model.get_layer(ours)
        output = [d for d in layer.output.shape[1:] if d != 1]
        expected = [int(d) for d in shape.split("x") if d != "1"]
        assert output == expected, theirs
        own = layer.trainable_weights
        own = kernels(layer) if name == "inception_v2" else own
        assert size(own) == params, theirs
        counted += params
    if name != "inception_v2":  # nothing else has parameters
        assert counted == size(model.trainable_weights)


def test_all_of_inception_v2():
    """TF-Slim's test counts all variables of the layers before the classifier.

    Its norms have moving mean, moving variance and offset but no scale; the
    first layer has 64 biases and no norm.
    """
    model = build("inception_v2")
    norms = [
        layer
        for layer in model.layers
        if isinstance(layer, keras.layers.BatchNormalization)
        and layer.name != "stem_norm1"
    ]
    convs = [la for la in model.layers if isinstance(la, keras.layers.Conv2D)]
    channels = sum(layer.gamma.shape[0] for layer in norms)
    kernel_params = sum(size(kernels(conv)) for conv in convs)
    assert kernel_params + 3 * channels + 64 == 10_173_112
