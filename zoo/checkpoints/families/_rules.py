"""How a family's file says where another package keeps our layers' tensors.

`<family>.py` defines, for each source that has the family, a function
`torchvision`, `timm` or `keras` from the names of all of a model's layers, in
order, to a dictionary from the name of each layer with weights to

- the prefix of its tensors: "layer1.0.conv1" stands for layer1.0.conv1.weight
  and .bias, with source "keras" for conv1/kernel and conv1/bias; or
- a dictionary from our variable to their tensor, {"gamma": "x.layer_scale"},
  or to (function, tensor, …), where the function makes one array of several.

It may also define

- `HEAD`, our names of the classifier's layers, if there is more than "logits";
- `IGNORED`, a pattern of their tensors that may be left over;
- `OLD_NAMES`, pairs of a pattern and its replacement, for other names;
- `check(model, source)`, which raises ValueError where names and shapes cannot
  tell two variants apart.

Sublayers are named after their layer: "stage1_block1_se.reduce". A function
is asked about other families' models as well, and must not fail on them.
"""

import re

import numpy as np


def rules(*table):
    """Names by regular expressions, of which the first that matches counts.

    Args:
        *table: Pairs of a pattern of our whole name, and their prefix: either
            a string or a function of the pattern's groups, of which numbers
            come as ints.
    """
    compiled = [(re.compile(pattern), theirs) for pattern, theirs in table]

    def name_all(names):
        found = {}
        for name in names:
            for pattern, theirs in compiled:
                match = pattern.fullmatch(name)
                if match:
                    groups = map(_number, match.groups())
                    found[name] = (
                        theirs(*groups) if callable(theirs) else theirs
                    )
                    break
        return found

    return name_all


def block_numbers(names):
    """{(stage, block): n}, n counting "stage{stage}_block{block}_…" from 0."""
    blocks = {}
    for name in names:
        match = re.match(r"stage(\d+)_block(\d+)_", name)
        if match:
            blocks.setdefault(tuple(map(int, match.groups())), len(blocks))
    return blocks


def norm_after_bias(norm, conv):
    """Batch norm whose mean takes up the bias of the convolution before it.

    keras.applications has such biases; a network without them computes the
    same with the mean moved by the bias.
    """
    return {
        "gamma": f"{norm}/gamma",
        "beta": f"{norm}/beta",
        "moving_mean": (np.subtract, f"{norm}/moving_mean", f"{conv}/bias"),
        "moving_variance": f"{norm}/moving_variance",
    }


def _number(text):
    return int(text) if text is not None and text.isdecimal() else text
