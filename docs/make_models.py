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
            f"| {', '.join(i.checkpoints) or '–'} |"
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
    imagenet = [i for i in infos if i.num_classes == 1000]
    small = [i for i in infos if i.num_classes != 1000]
    fig = Figure(figsize=(10, 7.5), layout="constrained")
    for ax, key, unit in zip(
        fig.subplots(2, 1, sharex=True),
        ("params", "macs"),
        ("parameters", "multiply-adds an image"),
        strict=True,
    ):
        for group, label, color in (
            (imagenet, "ImageNet", "#2a6fbb"),
            (small, "32×32 images", "#e08214"),
        ):
            ax.scatter(
                [i.year for i in group],
                [getattr(i, key) for i in group],
                s=18,
                alpha=0.7,
                color=color,
                label=label,
            )
        for i in _landmarks(infos):
            ax.annotate(
                i.name,
                (i.year, getattr(i, key)),
                xytext=(5, 3),
                textcoords="offset points",
                fontsize=7.5,
            )
        ax.set_yscale("log")
        ax.set_ylabel(unit)
        ax.grid(alpha=0.3)
        ax.spines[["top", "right"]].set_visible(False)
    fig.axes[0].legend(frameon=False)
    fig.savefig(path, dpi=110)


def _landmarks(infos):
    """The largest and the smallest model of each year."""
    for _, group in groupby(
        sorted(infos, key=lambda i: i.year), lambda i: i.year
    ):
        group = sorted(group, key=lambda i: i.params)
        yield group[-1]
        if group[0] is not group[-1]:
            yield group[0]


if __name__ == "__main__":
    (DOCS / "models.md").write_text(markdown())
    figure(DOCS / "evolution.png")
