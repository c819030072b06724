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
  tell two variants apart;
- `epsilon(model, source)`, their batch norms' epsilon where it may be another
  than the model's, else None: the variances are moved by the difference, so
  that the sum, and with it every answer, is theirs.

Sublayers are named after their layer: "stage1_block1_se.reduce". A function
is asked about other families' models as well, and must not fail on them.
"""

import re

import numpy as np

NUMBER = r"\d+"


def rules(*table):
    """Names by templates, of which the first that matches a name counts.

    `rules(("stage{s}_block{b}_conv{i}", "layer{s}.{b-1}.conv{i}"))` names
    stage2_block1_conv3 layer2.0.conv3. In our name `{s}` stands for a number
    and `{s:norm|conv}` for what the pattern after the colon matches; in theirs
    `{s}`, `{s-1}`, `{s+2}` and `{2*s-1}` stand for what it was.

    Args:
        *table: Pairs of a template of our whole name, and their prefix: either
            a template, a structure of templates, or a function of what the
            braces of our name stood for, by name; numbers come as ints.
    """
    compiled = [(_pattern(ours), theirs) for ours, theirs in table]

    def name_all(names):
        found = {}
        for name in names:
            for pattern, theirs in compiled:
                match = pattern.fullmatch(name)
                if match:
                    found[name] = _filled(theirs, match.groupdict())
                    break
        return found

    return name_all


def with_wrappers(name_all):
    """Rules of layers that may be wrapped: "conv.conv" is named as "conv"."""

    def name_wrapped(names):
        found = name_all(names)
        wrapped = {f"{name}.{name}": theirs for name, theirs in found.items()}
        return found | {n: wrapped[n] for n in wrapped.keys() & set(names)}

    return name_wrapped


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


def _pattern(template):
    """The regular expression of a template of our names."""
    literal, *parts = re.split(r"\{(\w+)(?::([^{}]+))?\}", template)
    pattern = re.escape(literal)
    while parts:
        name, own, literal, *parts = parts
        pattern += f"(?P<{name}>{own or NUMBER}){re.escape(literal)}"
    return re.compile(pattern)


def _filled(theirs, groups):
    """Their prefix, with what the braces of our name stood for."""
    if callable(theirs):
        return theirs(**{name: _number(text) for name, text in groups.items()})
    if isinstance(theirs, str):
        return re.sub(
            r"\{(?:(\d+)\*)?(\w+)([+-]\d+)?\}",
            lambda match: _value(groups[match[2]], match[1], match[3]),
            theirs,
        )
    if isinstance(theirs, dict):
        return {key: _filled(value, groups) for key, value in theirs.items()}
    function, *tensors = theirs
    return (function, *(_filled(tensor, groups) for tensor in tensors))


def _value(text, factor, summand):
    if factor is None and summand is None:
        return text
    return str(int(factor or 1) * int(text) + int(summand or 0))


def _number(text):
    return int(text) if text.isdecimal() else text
