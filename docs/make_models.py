"""Writes docs/models.md and docs/evolution.png from the registry.

python docs/make_models.py
"""

import pathlib
import textwrap
from itertools import groupby

import zoo

DOCS = pathlib.Path(__file__).parent
INTRO = """\
# The models

Written by `python docs/make_models.py` from what `zoo.info` knows; a test
compares the two. Parameters are the trainable ones, multiply-adds those of
convolutions and fully connected layers for one image of the size given.

Convolutional networks only: transformers and networks with attention over
positions stay out, and so do EdgeNeXt, MobileNetV4's hybrid members, FastViT
from SA12 on, MobileViT and EfficientFormer. RepViT and FastViT T8, T12 and S12
have "ViT" in the name and no attention.

![Parameters and multiply-adds against the year](evolution.png)
"""


def markdown():
    """The page: a section for each paper, oldest first."""
    infos = sorted(
        (zoo.info(name) for name in zoo.list_models()),
        key=lambda i: (i.year, i.family, i.paper, i.params, i.name),
    )
    parts = [INTRO]
    for (year, paper, url), members in groupby(
        infos, lambda i: (i.year, i.paper, i.url)
    ):
        members = list(members)
        parts.append(f"## {year}: [{paper}]({url})\n")
        parts.append(
            "| builder | parameters | multiply-adds | input | classes "
            "| checkpoints |\n|---|---:|---:|---|---:|---|"
        )
        parts += [
            f"| `{i.name}` | {i.params:,} | {i.macs:,} "
            f"| {'×'.join(map(str, i.input_shape))} | {i.num_classes:,} "
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


def figure(path):
    """Year against parameters and multiply-adds, one dot a model."""
    from matplotlib.figure import Figure

    infos = [zoo.info(name) for name in zoo.list_models()]
    years = sorted({i.year for i in infos})
    imagenet = [i for i in infos if i.num_classes == 1000]
    small = [i for i in infos if i.num_classes != 1000]
    fig = Figure(figsize=(10, 8), layout="constrained")
    for ax, key, unit in zip(
        fig.subplots(2, 1, sharex=True),
        ("params", "macs"),
        ("parameters", "multiply-adds an image"),
        strict=True,
    ):
        for group, label, color in (
            (imagenet, "ImageNet", "#2a6fbb"),
            (small, "images of 32×32", "#e08214"),
        ):
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
                (i for i in infos if i.year == year),
                key=lambda i: getattr(i, key),
            )
            aside = 9 * (at % 2)  # neighbours' names are long
            ends = {ordered[0]: -13 - aside, ordered[-1]: 7 + aside}
            for i, offset in ends.items():
                ax.annotate(
                    i.name,
                    (at, getattr(i, key)),
                    xytext=(0, offset),
                    textcoords="offset points",
                    ha="center",
                    fontsize=7.5,
                )
        ax.set_yscale("log")
        ax.margins(y=0.12)
        ax.set_ylabel(unit)
        ax.set_xticks(range(len(years)), years)
        ax.grid(alpha=0.3)
        ax.spines[["top", "right"]].set_visible(False)
    fig.axes[0].legend(frameon=False)
    fig.savefig(path, dpi=110)


if __name__ == "__main__":
    (DOCS / "models.md").write_text(markdown())
    figure(DOCS / "evolution.png")
