"""Times every activation against ReLU.

    python bench/activation_costs.py

Writes bench/activation_costs.csv, from which docs/make_layers.py takes the
figures. Half of the inputs are negative; layers run in training mode.
"""

import csv
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
from _timing import Case, measure

from zoo import layers


def named(function, **options):
    return lambda: keras.layers.Activation(
        lambda x: getattr(keras.activations, function)(x, **options)
    )


ACTIVATIONS = {
    "Sigmoid": named("sigmoid"),
    "Hard sigmoid": named("hard_sigmoid"),
    "Tanh": named("tanh"),
    "Hard tanh": named("hard_tanh"),
    "ScaledTanh": layers.ScaledTanh,
    "ReLU": keras.layers.ReLU,
    "ReLU6": lambda: keras.layers.ReLU(6.0),
    "LeakyReLU": lambda: keras.layers.LeakyReLU(0.01),
    "PReLU": layers.PReLU,
    "RReLU": layers.RReLU,
    "ELU": keras.layers.ELU,
    "SELU": named("selu"),
    "GELU": named("gelu"),
    "SiLU": named("silu"),
    "Hard swish": named("hard_silu"),
    "Softplus": named("softplus"),
    "Maxout": lambda: layers.Maxout(64),
    "CReLU": layers.CReLU,
}


def main():
    path = Path(__file__).with_suffix(".csv")
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["activation", "forward", "forward_and_backward"])
        for name, make in ACTIVATIONS.items():
            case = Case(name, make, "ReLU", keras.layers.ReLU)
            _, forward, _, both = measure(case)
            writer.writerow([name, f"{forward:.2f}", f"{both:.2f}"])
            print(name, f"{forward:.2f}", f"{both:.2f}", flush=True)


if __name__ == "__main__":
    main()
