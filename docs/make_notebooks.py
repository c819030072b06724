"""Writes the notebooks of the handbook's chapters, docs/notebooks/NAME.ipynb.

    python docs/make_notebooks.py

A notebook is its chapter's page (docs/handbook/NAME.md) with code that runs:
the mechanism and its lines of code, the committed rows with their claims and a
figure, a few runs made anew within two minutes, what to use, the exercises.
`CHAPTERS` tells what of the experiments is shown and run. A badge for Colab is
added once setup.cfg names the repository's `url`.
"""

import configparser
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "notebooks"
CHAPTERS = {  # page: (recipe, dataset of the results, figure, tables, run anew)
    "architectures": (
        "evolution", "cifar10", "cost.png", ["Networks"],
        {"where": {"network": ["LeNet-5", "VGG-11", "ResNet-20"]},
         "images_per_class": 100, "epochs": 2, "seeds": 1},
    ),
    "lenet": (
        "lenet", "mnist", "epochs.png", ["Error"],
        {"where": {"network": ["lenet5", "lenet5_relu"],
                   "distortions": [False]}, "epochs": 4, "seeds": 2},
    ),
    "dropout": (
        "dropout", "mnist_5k", "sizes.png", ["Held-out accuracy, %"],
        {"where": {"method": ["none", "dropout 0.5"],
                   "images_per_class": [10, 40]}, "seeds": 3},
    ),
    "activations": (
        "activations", "mnist_5k", "error.png", ["Accuracy by activation"],
        {"where": {"activation": ["sigmoid", "relu", "elu"], "depth": [6]},
         "epochs": 3, "seeds": 2},
    ),
    "dead_relu": (
        "dead_relu", "mnist_5k", "rate.png", ["Silent units, %"],
        {"where": {"remedy": ["ReLU"], "rate": [0.003, 0.03]},
         "epochs": 2, "seeds": 3},
    ),
    "gradients": (
        "gradient_flow", "mnist_5k", "layers.png", [],
        {"where": {"part": ["grid"], "activation": ["sigmoid", "relu"],
                   "way": ["plain", "initialization"], "depth": [5, 20]},
         "seeds": 2},
    ),
    "skip": (
        "skip", "mnist_5k", "forms.png", ["Accuracy by form, %"],
        {"where": {"activation": ["relu"],
                   "form": ["none", "ReLU before addition", "scaled",
                            "original", "pre-activation"]}, "seeds": 5},
    ),
    "batch_norm": (
        "batch_norm", "mnist_5k", "rates.png", ["Learning rates"],
        {"where": {"part": ["all images"], "activation": ["relu"],
                   "norm": ["none", "batch norm"], "rate": [0.1, 1]},
         "epochs": 3, "seeds": 2},
    ),
    "inside_batch_norm": (
        "inside_batch_norm", "mnist_5k", "by_layer.png",
        ["Formulas beside automatic gradients"],
        {"where": {"part": ["inside"], "activation": ["sigmoid", "tanh"],
                   "norm": ["none", "batch norm"]}, "seeds": 3},
    ),
    "normalizers": (
        "normalizers", "mnist_5k", "batch.png", ["Accuracy by batch, %"],
        {"where": {"network": ["convolutional"], "batch": [4, 32],
                   "norm": ["batch", "group"]}, "epochs": 3, "seeds": 2},
    ),
    "recurrent": (
        "recurrent", "mnist_5k", "norms.png", ["Explosion and cures"],
        {"where": {"part": ["explosion"],
                   "cure": ["none", "clip norm 0.3", "L2, 0.01", "32 steps"]},
         "seeds": 3},
    ),
    "reinforcement": (
        "cartpole", "mnist_5k", "curves.png", ["Length of an episode"],
        {"where": {"norm": ["none", "batch"]}, "seeds": 1},
    ),
    "optimizers": (
        "optimizers", "mnist_5k", "rates.png", ["Accuracy by optimizer"],
        {"where": {"what": ["training"], "optimizer": ["SGD", "Adam"],
                   "multiple": [0.1, 0.3, 1, 3, 10]}, "seeds": 2},
    ),
    "transfer": (
        "transfer", "cifar10", "images.png", ["Accuracy by images, %"],
        {"where": {"images_per_class": [10], "method": ["frozen"]},
         "epochs": 1, "seeds": 1},
    ),
}  # fmt: skip
OF = {  # the numbers of the runs made anew; else the accuracy
    "dead_relu": ["silent", "test_accuracy"],
    "gradients": ["test_accuracy", "factor"],
    "inside_batch_norm": ["saturated", "shift", "test_accuracy"],
    "recurrent": ["largest_norm", "test_accuracy"],
    "reinforcement": ["return_mean", "miss"],
}
WIDTH = 80
SECONDS = 120  # for what is run anew
SETUP = """\
import importlib.util
import os
import subprocess
import sys

# The folder of a clone: this notebook's own, or where you have cloned it.
CLONE = os.environ.get("CNN_ZOO", "../..")
if importlib.util.find_spec("zoo") is None:
    install = [sys.executable, "-m", "pip", "install", "--quiet", "-e"]
    subprocess.run([*install, f"{CLONE}[recipes,pretrained]"], check=True)
SMOKE = bool(os.environ.get("SMOKE"))  # nothing is run anew, for a test"""
INSTALL = """\
The page [{title}](../handbook/{page}.md) as a notebook. In a clone of the
repository run it as it is; on Colab, clone the repository first (`!git clone`
and its address) and set `CLONE` in the first cell to its folder. It takes at
most three minutes on 2 CPU cores."""
SHOW = """\
from zoo.recipes import {recipe}
from zoo.recipes.lab import small

EXPERIMENT = {recipe}.EXPERIMENT
rows = small.committed("{recipe}", "{dataset}")
small.verdicts(EXPERIMENT, rows)"""
ANEW = """\
fresh = small.conduct(
    EXPERIMENT,
    seconds=0 if SMOKE else {seconds},
{arguments}
)
small.means(
    fresh,
    by={by},
    of={of},
)"""


def notebook(page):
    """The text of the notebook of a page."""
    recipe, dataset, figure, titles, anew = CHAPTERS[page]
    path = ROOT / "docs" / "handbook" / f"{page}.md"
    head, *rest = re.split(r"^## ", path.read_text("utf-8"), flags=re.M)
    sections = {}
    for section in rest:
        title, text = section.split("\n", 1)
        sections[title] = _cleaned(text)
    title, lead = head.split("\n", 1)
    title = title.removeprefix("# ")
    lead = re.sub(r"^\[Handbook\].*\n", "", _cleaned(lead), flags=re.M).strip()
    _, mechanism = next(iter(sections.items()))
    arguments = "\n".join(
        f"    {name}={_written(value)}," for name, value in anew.items()
    )
    by = [k for k, v in anew["where"].items() if len(v) > 1] or ["method"]
    use, exercises = (
        f"## {name}\n\n{sections[name].strip()}"
        for name in ("What should I use?", "Exercises")
    )
    shown = f"small.tables(EXPERIMENT, rows, {', '.join(map(repr, titles))})"
    cells = [
        _text(f"# {title}\n\n{_badge(page)}{lead}"),
        _text(INSTALL.format(title=title, page=page)),
        _code(SETUP),
        *_mechanism(f"## The mechanism\n\n{mechanism.strip()}"),
        _text(
            "## What was measured\n\nThe committed rows, judged here: held, "
            "contradicted or undecided, by 95 % intervals."
        ),
        _code(SHOW.format(recipe=recipe, dataset=dataset)),
        *([_code(_double(shown))] if titles else []),
        _code(f'small.figure(EXPERIMENT, rows, "{figure}")'),
        _text(
            "## Measured anew\n\nA few of its runs, on this machine: as many "
            f"as fit into {SECONDS // 60} minutes. Change the settings and "
            "look what changes; `seeds` says how many runs of each are wanted."
        ),
        _code(
            _double(
                ANEW.format(
                    seconds=SECONDS, arguments=arguments, by=by,
                    of=OF.get(page, ["test_accuracy"]),
                )
            )
        ),
        _code("small.verdicts(EXPERIMENT, fresh)"),
        _text(use),
        _text(exercises),
    ]  # fmt: skip
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    made = {
        "cells": cells,
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _written(value):
    """An argument as the formatter writes it."""
    if not isinstance(value, dict):
        return repr(value)
    lines = []
    for key, items in value.items():
        line = f"        {key!r}: {items!r},\n"
        if len(line) > WIDTH:
            rows = "".join(f"            {item!r},\n" for item in items)
            line = f"        {key!r}: [\n{rows}        ],\n"
        lines.append(line)
    return f"{{\n{''.join(lines)}    }}"


def _double(code):
    """Code with double quotes, as in the rest of the repository."""
    return code.replace("'", '"')


def _cleaned(text):
    """A page's text without markers and widgets, its links seen from here."""
    text = re.sub(r"^ *<!-- .*? -->\n", "", text, flags=re.M)
    text = re.sub(
        r'<div data-widget="\w+">\n.*?</div>\n\n', "", text, flags=re.S
    )
    return re.sub(
        r"\]\((?!https?:|#|\.\./)([^)]+)\)", r"](../handbook/\1)", text
    )


def _mechanism(text):
    """Cells of text and code in turn, as the page has them."""
    parts = re.split(r"```python\n(.*?)```\n?", text, flags=re.S)
    cells = []
    for number, part in enumerate(parts):
        if part.strip():
            kind = _code if number % 2 else _text
            cells.append(kind(part.strip()))
    return cells


def _badge(page):
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    url = settings["metadata"].get("url", "")
    if "github.com/" not in url:
        return ""
    to = url.rstrip("/").split("github.com/")[1]
    colab = "https://colab.research.google.com"
    return (
        f"[![Open in Colab]({colab}/assets/colab-badge.svg)]({colab}/github/"
        f"{to}/blob/main/docs/notebooks/{page}.ipynb)\n\n"
    )


def _text(text):
    text = re.sub(r"\n{3,}", "\n\n", text)
    return {"cell_type": "markdown", "metadata": {}, "source": _lines(text)}


def _code(text):
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": _lines(text),
    }


def _lines(text):
    return text.splitlines(keepends=True)


if __name__ == "__main__":
    for page in CHAPTERS:
        (FOLDER / f"{page}.ipynb").write_text(notebook(page), "utf-8")
