"""Writes docs/models.md and docs/evolution.png from the registry.

python docs/make_models.py
"""

import pathlib
import textwrap
from collections import Counter
from itertools import groupby

import zoo

DOCS = pathlib.Path(__file__).parent
INTRO = """\
# The models

Written by `python docs/make_models.py` from what `zoo.info` knows; a test
compares the two. Parameters are the trainable ones, multiply-adds those of
convolutions and fully connected layers for one image of the size given. "top-1"
is the accuracy in % on ImageNet's validation set of the best checkpoint, as
torchvision, timm, Keras and imgclsmob publish it for the size and crop of their
tests.

Convolutional networks only: transformers and networks with attention over
positions stay out, and so do EdgeNeXt, MobileNetV4's hybrid members, FastViT
from SA12 on, MobileViT and EfficientFormer. RepViT and FastViT T8, T12 and S12
have "ViT" in the name and no attention.

![Parameters, multiply-adds and accuracy against the year](evolution.png)
"""


def markdown():
    """The page: a section for each paper, oldest first."""
    infos = sorted(
        (zoo.info(name) for name in zoo.list_models()),
        key=lambda i: (i.year, i.family, i.paper, i.params, i.name),
    )
    parts = [INTRO, counts(infos)]
    for (year, paper, url), members in groupby(
        infos, lambda i: (i.year, i.paper, i.url)
    ):
        members = list(members)
        parts.append(f"## {year}: [{paper}]({url})\n")
        parts.append(
            "| builder | parameters | multiply-adds | input | classes | top-1 "
            "| checkpoints |\n|---|---:|---:|---|---:|---:|---|"
        )
        parts += [
            f"| `{i.name}` | {i.params:,} | {i.macs:,} "
            f"| {'×'.join(map(str, i.input_shape))} | {i.num_classes:,} "
            f"| {i.top1 or '–'} "
            f"| {', '.join(map(str, i.checkpoints)) or '–'} |"
            for i in members
        ]
        parts.append("")
        departures = {}  # text: the builders that it holds for
        for i in members:
            for text in i.departures:
                departures.setdefault(text, []).append(i.name)
        for text, names in departures.items():
            everywhere = len(names) == len(members)
            whose = "" if everywhere else f" ({', '.join(names)})"
            parts.append(
                textwrap.fill(
                    f"- {text}{whose}.",
                    78,
                    subsequent_indent="  ",
                    break_on_hyphens=False,
                )
            )
        if departures:
            parts.append("")
    return "\n".join(parts)


def counts(infos):
    """How many networks and checkpoints there are, of which source."""
    checkpoints = [c for i in infos for c in i.checkpoints]
    sources = Counter(c.name.partition("/")[0] for c in checkpoints)
    measured = sum(bool(c.top1 and c.on_imagenet) for c in checkpoints)
    small = sum(bool(c.top1 and not c.on_imagenet) for c in checkpoints)
    robust = sum(bool(c.accuracies) for c in checkpoints)
    published = sum(bool(i.checkpoints) for i in infos)
    others = sum(c.num_classes != 1000 for c in checkpoints)
    listed = ", ".join(f"{n} of {s}" for s, n in sorted(sources.items()))
    text = (
        f"{len(infos)} builders, {published} of which have published weights: "
        f"{len(checkpoints)} checkpoints, {listed}. Of {measured} the accuracy "
        f"on ImageNet is known, of {robust} that on ReaL, V2, -A, -R and "
        f"-Sketch, too (`zoo.info(NAME).checkpoints`); {others} have other "
        f"classes than ImageNet's 1,000, or none: {small} of them are for "
        "CIFAR-10, CIFAR-100 or SVHN, with their accuracy on its test images."
    )
    return textwrap.fill(text, 78, break_on_hyphens=False) + "\n"


def figure(path):
    """Year against parameters, multiply-adds and accuracy, a dot a model."""
    from matplotlib.figure import Figure

    infos = [zoo.info(name) for name in zoo.list_models()]
    years = sorted({i.year for i in infos})
    imagenet = [i for i in infos if i.num_classes == 1000]
    small = [i for i in infos if i.num_classes != 1000]
    fig = Figure(figsize=(10, 11.5), layout="constrained")
    for ax, key, unit in zip(
        fig.subplots(3, 1, sharex=True),
        ("params", "macs", "top1"),
        ("parameters", "multiply-adds an image", "best top-1 on ImageNet (%)"),
        strict=True,
    ):
        for group, label, color in (
            (imagenet, "ImageNet", "#2a6fbb"),
            (small, "images of 32×32", "#e08214"),
        ):
            group = [i for i in group if getattr(i, key)]
            ax.scatter(
                [years.index(i.year) for i in group],
                [getattr(i, key) for i in group],
                s=18,
                alpha=0.7,
                color=color,
                label=label,
            )
        for at, year in enumerate(years):  # name the extremes of each year
            ordered = sorted(
                (i for i in infos if i.year == year and getattr(i, key)),
                key=lambda i: getattr(i, key),
            )
            if not ordered:
                continue
            # Slanting, for neighbours' names are long.
            for i, sign in {ordered[0]: -1, ordered[-1]: 1}.items():
                ax.annotate(
                    i.name,
                    (at, getattr(i, key)),
                    xytext=(2 * sign, 4 * sign),
                    textcoords="offset points",
                    ha="left" if sign > 0 else "right",
                    va="bottom" if sign > 0 else "top",
                    rotation=32,
                    rotation_mode="anchor",
                    fontsize=7.5,
                )
        ax.set_yscale("linear" if key == "top1" else "log")
        ax.margins(y=0.2)
        ax.set_ylabel(unit)
        ax.set_xticks(range(len(years)), years)
        ax.grid(alpha=0.3)
        ax.spines[["top", "right"]].set_visible(False)
    fig.axes[0].legend(frameon=False)
    fig.savefig(path, dpi=110)


if __name__ == "__main__":
    (DOCS / "models.md").write_text(markdown())
    figure(DOCS / "evolution.png")
