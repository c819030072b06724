"""Times GroupedConv2D by the least channels of a bundle.

    python bench/bundle_widths.py

Prints the table of docs/layers.md: forward and backward, milliseconds.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from _timing import Case, measure

from zoo import layers
from zoo.layers import _grouped_conv

WIDTHS = (1, 8, 16, 32, 64)
SHAPES = (
    (128, 32, (8, 28, 28, 128)),
    (128, 32, (16, 56, 56, 128)),
    (256, 32, (16, 28, 28, 256)),
    (192, 8, (16, 28, 28, 192)),
)


def main():
    print("| channels, groups, input |", *(f"{w} |" for w in WIDTHS))
    print("|---" * (len(WIDTHS) + 1) + "|")
    for filters, groups, shape in SHAPES:
        cells = []
        for width in WIDTHS:
            _grouped_conv.LEAST_CHANNELS = width

            def make(filters=filters, groups=groups):
                return layers.GroupedConv2D(filters, 3, groups, padding=1)

            case = Case("", make, "", make, shape)
            cells.append(f"{measure(case)[2]:.0f}")
        name = f"{filters}, {groups}, {' × '.join(map(str, shape))}"
        print(f"| {' | '.join([name, *cells])} |", flush=True)


if __name__ == "__main__":
    main()
