"""Draws the blocks of the families into docs/blocks/; writes docs/blocks.md.

python docs/make_blocks.py
"""

import pathlib

import zoo
from zoo.models._weightless import weightless

DOCS = pathlib.Path(__file__).parent
INTRO = """\
# The blocks of the families

Written by `python docs/make_blocks.py`: each drawing is made of the graph of
the model that it names. `zoo show resnet50 --drawing=resnet50.svg` draws a
whole network, its blocks in order and what each consists of, and
`--block=stage2_block1` one block; in Python
`zoo.draw(model, "block.svg", block="stage2_block1")`.
"""
# File: model, block ("": all of it), heading, what is to be seen.
BLOCKS = {
    "lenet": (
        "lenet5", "", "LeNet-5, 1998",
        "Convolutions and subsampling in turn, then fully connected layers; "
        "all later networks grew from this.",
    ),
    "vgg": (
        "vgg16", "stage3", "VGG, 2014",
        "Convolutions of 3×3 one behind the other see as much as a larger one "
        "with fewer weights; each stage halves height and width.",
    ),
    "inception": (
        "googlenet", "inception3a", "Inception, 2014",
        "Several sizes side by side, each behind a 1×1 convolution that makes "
        "it affordable; what they find is put together.",
    ),
    "residual": (
        "resnet18", "stage1_block1", "Residual block, 2015",
        "The layers learn what is added to their input, which passes by.",
    ),
    "bottleneck": (
        "resnet50", "stage1_block2", "Bottleneck, 2015",
        "1×1 convolutions narrow the map before the 3×3 one, and widen it "
        "again.",
    ),
    "dense": (
        "densenet121", "stage1_block1", "Dense block, 2016",
        "What a layer makes is put beside its input in place of being added: "
        "every later layer reads it.",
    ),
    "depthwise_separable": (
        "mobilenet_v1", "stage2_block1",
        "Depthwise separable convolution, 2017",
        "Space first, each channel for itself, then the channels, each place "
        "for itself.",
    ),
    "inverted_residual": (
        "mobilenet_v3_large", "stage3_block2",
        "Inverted residual with its gate, 2018 and 2019",
        "Wide inside and narrow outside; the gate (squeeze and excitation) "
        "scales each channel by what the whole map shows.",
    ),
    "convnext": (
        "convnext_tiny", "stage1_block1", "ConvNeXt, 2022",
        "Depthwise 7×7 first, one normalizer, one activation, as in a "
        "transformer's block.",
    ),
}  # fmt: skip


def drawing(model, block):
    """The SVG of a block of a model, by names."""
    with weightless():
        return zoo.draw(zoo.create(model), block=block)


def markdown():
    """The page."""
    parts = [INTRO]
    for file, (model, block, heading, words) in BLOCKS.items():
        info = zoo.info(model)
        which = f"`{block}` of `{model}`" if block else f"`{model}`"
        parts.append(
            f"## {heading}\n\n{words} Drawn: {which} "
            f"([{info.paper}]({info.url})).\n\n"
            f"![{heading}](blocks/{file}.svg)\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    (DOCS / "blocks").mkdir(exist_ok=True)
    for file, (model, block, *_) in BLOCKS.items():
        path = DOCS / "blocks" / f"{file}.svg"
        path.write_text(drawing(model, block), encoding="utf-8")
    (DOCS / "blocks.md").write_text(markdown(), encoding="utf-8")
