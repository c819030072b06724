"""Draws docs/activations.png and writes the activations' table.

    python docs/make_layers.py

The table goes between two comments of docs/layers.md; its costs are those of
bench/activation_costs.csv.
"""

import csv
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import matplotlib as mpl
import numpy as np
import tensorflow as tf

from zoo import layers

mpl.use("Agg")
from matplotlib import pyplot as plt

HERE = Path(__file__).parent
COSTS = HERE.parent / "bench" / "activation_costs.csv"
START, END = "<!-- activations -->\n", "<!-- /activations -->\n"

# Name: use, formula, range, saturates, units can die.
TABLE = {
    "Sigmoid": (
        '`"sigmoid"`', "1 / (1 + e⁻ˣ)", "(0, 1)",
        "both sides; slope at most ¼", "no, but gradients shrink at least "
        "fourfold a layer",
    ),
    "Hard sigmoid": (
        '`"hard_sigmoid"`', "min(max(x + 3, 0), 6) / 6", "[0, 1]",
        "exactly, beyond ±3", "yes, on both sides; meant for gates",
    ),
    "Tanh": (
        '`"tanh"`', "tanh x", "(−1, 1)", "both sides", "no",
    ),
    "Hard tanh": (
        '`"hard_tanh"`', "min(max(x, −1), 1)", "[−1, 1]",
        "exactly, beyond ±1", "yes, on both sides",
    ),
    "ScaledTanh": (
        "`layers.ScaledTanh()`", "1.7159 · tanh(2x / 3)", "(−1.716, 1.716)",
        "both sides; targets of ±1 lie before it", "no",
    ),
    "ReLU": (
        "`keras.layers.ReLU()`", "max(x, 0)", "[0, ∞)", "exactly, below 0",
        "yes",
    ),
    "ReLU6": (
        "`keras.layers.ReLU(6.0)`", "min(max(x, 0), 6)", "[0, 6]",
        "exactly, below 0 and above 6", "yes, on both sides",
    ),
    "LeakyReLU": (
        "`layers.LeakyReLU(0.01)`; Keras's loses its slope under oneDNN",
        "max(x, 0) + a · min(x, 0)", "ℝ", "no", "no",
    ),
    "PReLU": (
        "`layers.PReLU()`", "max(x, 0) + α · min(x, 0), α learned", "ℝ", "no",
        "only where α reaches 0",
    ),
    "RReLU": (
        "`layers.RReLU()`", "max(x, 0) + a · min(x, 0), a ~ U(⅛, ⅓), "
        "at inference 11/48", "ℝ", "no", "no",
    ),
    "ELU": (
        "`keras.layers.ELU()`", "x, below 0: eˣ − 1", "(−1, ∞)", "below 0",
        "no, but slowly left behind",
    ),
    "SELU": (
        '`"selu"`', "1.0507 · (x, below 0: 1.6733 · (eˣ − 1))", "(−1.758, ∞)",
        "below 0", "no, but slowly left behind",
    ),
    "GELU": (
        '`"gelu"`', "x · Φ(x)", "[−0.170, ∞)", "below 0", "hardly; slope −0.13 "
        "to 0 below −0.75",
    ),
    "SiLU": (
        '`"silu"`', "x / (1 + e⁻ˣ)", "[−0.278, ∞)", "below 0",
        "hardly; slope −0.10 to 0 below −1.28",
    ),
    "Hard swish": (
        '`"hard_silu"`', "x · min(max(x + 3, 0), 6) / 6", "[−0.375, ∞)",
        "exactly, below −3", "yes, below −3",
    ),
    "Softplus": (
        '`"softplus"`', "ln(1 + eˣ)", "(0, ∞)", "below 0",
        "no, but slowly left behind",
    ),
    "Maxout": (
        "`layers.Maxout(num_units)`", "max of k channels", "ℝ", "no",
        "no: one of the k always learns",
    ),
    "CReLU": (
        "`layers.CReLU()`", "(max(x, 0), max(−x, 0))", "[0, ∞)", "no",
        "no: one half always learns",
    ),
}  # fmt: skip

CURVES = {
    "Sigmoid": keras.activations.sigmoid,
    "Hard sigmoid": keras.activations.hard_sigmoid,
    "Tanh": keras.activations.tanh,
    "Hard tanh": keras.activations.hard_tanh,
    "ScaledTanh": layers.ScaledTanh(),
    "ReLU": keras.activations.relu,
    "ReLU6": keras.activations.relu6,
    "LeakyReLU": keras.layers.LeakyReLU(0.01),
    "PReLU": layers.PReLU(),
    "RReLU": layers.RReLU(),
    "ELU": keras.activations.elu,
    "SELU": keras.activations.selu,
    "GELU": keras.activations.gelu,
    "SiLU": keras.activations.silu,
    "Hard swish": keras.activations.hard_silu,
    "Softplus": keras.activations.softplus,
}
TITLES = {"PReLU": "PReLU at its start, α = ¼"}


def table():
    """The Markdown table."""
    costs = {row["activation"]: row for row in csv.DictReader(COSTS.open())}
    lines = [
        "| activation | use | formula | range | saturates | units can die | "
        "cost forward | forward and backward |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, cells in TABLE.items():
        cost = costs[name]
        cells = [
            f"**{name}**", *cells, cost["forward"],
            cost["forward_and_backward"],
        ]  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def draw(path):
    """Each curve with its derivative."""
    x = tf.constant(np.linspace(-7, 7, 1401, dtype="float32")[:, None])
    figure, axes = plt.subplots(4, 4, figsize=(12, 11.5), sharex=True)
    for ax, (name, function) in zip(axes.flat, CURVES.items(), strict=True):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = function(x)
        slope = tape.gradient(y, x)
        ax.axhline(0, color="0.8", lw=0.8)
        ax.axvline(0, color="0.8", lw=0.8)
        ax.set_title(TITLES.get(name, name), fontsize=11)
        ax.set_ylim(-2.2, 4)
        ax.set_xlim(-7, 7)
        if name == "RReLU":
            low, high = (np.minimum(x, 0)[:, 0] * a for a in (1 / 8, 1 / 3))
            below = x[:, 0] < 0
            for bottom, top, color in (
                (high, low, "C0"),
                (1 / 8, 1 / 3, "C1"),
            ):
                ax.fill_between(
                    x[:, 0], bottom, top, where=below, color=color, alpha=0.25,
                    lw=0,
                )  # fmt: skip
        ax.plot(x, y, "C0", lw=2, label="f(x)")
        ax.plot(x, slope, "C1--", lw=1.5, label="f′(x)")
        ax.spines[["top", "right"]].set_visible(False)
    handles, labels = axes.flat[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncols=2, frameon=False)
    figure.tight_layout(rect=(0, 0.03, 1, 1))
    figure.savefig(path, dpi=100)


def main():
    draw(HERE / "activations.png")
    page = HERE / "layers.md"
    text = page.read_text()
    head, rest = text.split(START)
    _, tail = rest.split(END)
    page.write_text(head + START + table() + END + tail)


if __name__ == "__main__":
    main()
