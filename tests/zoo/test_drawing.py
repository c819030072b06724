"""Drawings: what is in the model is in them, and nothing lies on another."""

import importlib.util
import itertools
import pathlib
from xml.etree import ElementTree

import keras
import pytest
from keras import layers as keras_layers

import zoo
from zoo.drawing import _draw, _layout, blocks
from zoo.models._weightless import weightless

DOCS = pathlib.Path(__file__).parents[2] / "docs"
SVG = "{http://www.w3.org/2000/svg}"


def texts(svg):
    return [t.text for t in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.fixture(scope="module")
def gated():
    with weightless():
        yield zoo.mobilenet_v3_small()


def test_block_has_its_layers(gated):
    found = texts(zoo.draw(gated, block="stage3_block2"))
    assert found == [
        "mobilenet_v3_small: stage3 block2", "14×14×40", "conv 1×1, 240",
        "batch norm · hard swish", "depthwise 5×5", "batch norm · hard swish",
        "global average pool", "1×1, 64", "ReLU", "1×1, 240", "hard sigmoid",
        "×", "conv 1×1, 40", "batch norm", "+",
    ]  # fmt: skip


def test_network_tells_blocks_and_forms(gated):
    found = texts(zoo.draw(gated))
    assert found[:3] == ["mobilenet_v3_small", "image", "224×224×3"]
    assert any(t.startswith("stage2 block1") for t in found)
    assert "1000, 1.02 M parameters" in found
    assert blocks(gated)[:2] == ["stem", "stage1_block1"]
    assert len(blocks(gated)) == 1 + 11


@pytest.mark.parametrize("name", ["resnet20", "densenet_bc100_12", "googlenet"])
def test_nothing_overlaps(name):
    with weightless():
        boxes = _draw._of(zoo.create(name))
    for inside in _draw._gathered(boxes):
        rows, width, height = _layout.arrange(_draw._with_sources(inside))
        places = list(itertools.chain(*rows))
        for row in rows:
            for one, other in itertools.pairwise(row):
                space = (one.width + other.width) / 2
                assert other.x - one.x > space
        for place in places:
            assert place.x - place.width / 2 > -0.1
            assert place.x + place.width / 2 < width + 0.1
            assert place.y + place.height <= height + 0.1
            assert all(p.y + p.height < place.y + 0.1 for p in place.before)


def test_lines_are_those_of_the_graph():
    """Side by side is not one after the other."""
    image = keras.Input((8, 8, 3))
    x = keras_layers.Conv2D(4, 3, name="stem")(image)
    one = keras_layers.Conv2D(4, 1, name="one")(x)
    other = keras_layers.Conv2D(4, 1, name="other")(x)
    model = keras.Model(image, keras_layers.Add(name="sum")([one, other]))
    boxes = _draw._of(model)
    names = [box.name for box in boxes]
    inputs = {box.name: [b.name for b in box.inputs] for box in boxes}
    assert inputs["sum"] == ["one", "other"]
    items = _draw._items(boxes)
    tops = {id(b): i for i, item in enumerate(items) for b in item[0]}
    lines = _draw._lines(items, tops)
    # image-stem, stem-one, stem-other, one-sum, other-sum.
    assert len(lines) == 5
    middles = [f"M{_draw.WIDTH / 2:.1f}" in line for line in lines]
    assert sum(middles) == 3
    assert names[0].startswith(("input", "keras_tensor"))


def test_any_functional_model(tmp_path):
    image = keras.Input((16, 16, 3))
    x = keras_layers.Conv2D(4, 3, padding="same", activation="relu")(image)
    y = keras_layers.Conv2D(4, 1, dilation_rate=2, groups=2)(x) * 2.0
    model = keras.Model(image, keras_layers.Add(name="a_b")([x, y]), name="own")
    found = texts(zoo.draw(model, tmp_path / "own.svg"))
    assert "own" in found
    assert "conv 1×1 in 2 groups dilated 2, 4" in found
    ElementTree.parse(tmp_path / "own.svg")
    with pytest.raises(ValueError, match="has no block 'block1'"):
        zoo.draw(model, block="block1")


def test_committed_drawings_are_those_of_the_script():
    path = DOCS / "make_blocks.py"
    spec = importlib.util.spec_from_file_location("make_blocks", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.markdown() == (DOCS / "blocks.md").read_text("utf-8")
    for file in ("lenet", "residual"):
        made = script.drawing(*script.BLOCKS[file][:2])
        assert made == (DOCS / "blocks" / f"{file}.svg").read_text("utf-8")
    committed = {p.stem for p in (DOCS / "blocks").glob("*.svg")}
    assert committed == script.BLOCKS.keys()
