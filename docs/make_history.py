"""Draws docs/history.png: what the published networks reach on ImageNet.

    python docs/make_history.py

From the package's own facts: the year, size and multiply-adds of a network
(zoo/models/index.json), and the accuracy that the publisher of its weights
gives (zoo/checkpoints/known.json), all trained on ImageNet-1k alone.
`table()` is the same as Markdown, for docs/handbook/architectures.md.
"""

import functools
import json
import pathlib

from zoo.recipes.lab import figures

ROOT = pathlib.Path(__file__).parents[1]
V1, V2 = "torchvision/IMAGENET1K_V1", "torchvision/IMAGENET1K_V2"
STEPS = {  # network: what it brought, the weights
    "alexnet_owt": ("size, ReLU, dropout (one-tower form)", V1),
    "vgg16": ("depth by 3×3", V1),
    "vgg16_bn": ("the same with batch normalization", V1),
    "inception_v3": ("windows side by side", "keras/imagenet"),
    "resnet50": ("shortcuts", "keras/imagenet"),
    "resnet152": ("shortcuts, 152 layers", "keras/imagenet"),
    "densenet121": ("concatenation", V1),
    "squeezenet1_1": ("1×1 squeezes", V1),
    "xception": ("depthwise convolutions", "keras/imagenet"),
    "resnext50_32x4d": ("groups", V1),
    "wide_resnet50_2": ("width", V1),
    "mobilenet_v1": ("depthwise, small", "keras/imagenet"),
    "se_resnet50": ("channel gates", "timm/in1k"),
    "mobilenet_v2": ("inverted residuals", V1),
    "shufflenet_v2_x1_0": ("shuffled groups", V1),
    "mobilenet_v3_large": ("search, gates, hard swish", V1),
    "efficientnet_b0": ("search and a rule of growth", V1),
    "efficientnet_b4": ("the same, grown", V1),
    "regnet_y_3_2gf": ("a space of designs", V1),
    "repvgg_a0": ("folds into VGG", "timm/rvgg_in1k"),
    "efficientnet_v2_s": ("search for training time", V1),
    "convnext_tiny": ("a modern ResNet", V1),
    "convnext_v2_tiny": ("masked images first", "timm/fcmae_ft_in1k"),
    "mobilenet_v4_conv_medium": ("universal blocks", "timm/e500_r256_in1k"),
}
AGAIN = ("resnext50_32x4d", "wide_resnet50_2", "regnet_y_3_2gf",
         "mobilenet_v3_large", "mobilenet_v2")  # fmt: skip


def facts():
    """{network: (year, parameters, multiply-adds, weights' facts, idea)}."""
    index = json.loads((ROOT / "zoo/models/index.json").read_text("utf-8"))
    found = {}
    for name, (idea, weights) in STEPS.items():
        model, entry = index[name], _weights(name, weights)
        found[name] = (
            model["year"], model["params"], model["macs"], entry, idea,
        )  # fmt: skip
    return dict(sorted(found.items(), key=lambda item: item[1][0]))


def table():
    """The networks by year, as Markdown."""
    headings = [
        "network", "year", "what it brought", "parameters, M",
        "multiply–adds, G", "pixels at test", "top-1, %", "top-5, %", "weights",
    ]  # fmt: skip
    lines = [headings, ["---", "---:", "---", *["---:"] * 5, "---"]]
    for name, (year, params, macs, entry, idea) in facts().items():
        top5 = f"{entry['top5']:.1f}" if entry.get("top5") else "–"
        lines.append(
            [
                name, year, idea, f"{params / 1e6:.1f}", f"{macs / 1e9:.2f}",
                entry["crop"], f"{entry['top1']:.1f}", top5,
                f"`{entry['name']}`",
            ]
        )  # fmt: skip
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def recipes():
    """The same networks trained again, five to ten years later."""
    lines = [["network", "first weights, top-1 %", "trained again", "gain"]]
    lines.append(["---", *["---:"] * 3])
    for name in AGAIN:
        first, again = (_weights(name, w)["top1"] for w in (V1, V2))
        lines.append(
            [name, f"{first:.1f}", f"{again:.1f}", f"{again - first:+.1f}"]
        )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def draw():
    """Accuracy by year, with the best so far, and by multiply-adds."""
    found = facts()
    figure, axes = figures.new(1, 2, width=9, height=5)
    by_year, by_macs = {}, {}
    for name, (year, _, macs, entry, _) in found.items():
        by_year[name] = (year, entry["top1"])
        by_macs[name] = (macs / 1e9, entry["top1"])
    upper, lower = axes[0, 0], axes[1, 0]
    years = sorted({year for year, _ in by_year.values()})
    best = [max(t for y, t in by_year.values() if y <= year) for year in years]
    upper.step(years, best, where="post", color="gray", lw=1, ls=":")
    upper.margins(0.06, 0.1)
    figures.points(
        upper, {"published weights": by_year}, xlabel="year of the paper",
        ylabel="ImageNet top-1, %",
    )  # fmt: skip
    lower.margins(0.06, 0.1)
    figures.points(
        lower, {"published weights": by_macs}, xscale="log",
        xlabel="multiply–adds, billions", ylabel="ImageNet top-1, %",
    )  # fmt: skip
    figures.plain(lower.xaxis, (0.1, 0.3, 1, 3, 10))
    return figure


@functools.cache
def _known():
    return json.loads((ROOT / "zoo/checkpoints/known.json").read_text("utf-8"))


def _weights(name, weights):
    entries = _known()[name]
    return next(entry for entry in entries if entry["name"] == weights)


if __name__ == "__main__":
    figures.save(draw(), ROOT / "docs" / "history.png")
