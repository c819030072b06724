"""Where others keep the tensors of zoo.pyramidnet."""

from zoo.checkpoints.families._rules import rules

authors = rules(
    ("stem_conv", "conv1"),
    ("stem_norm", "bn1"),
    ("stage{s}_block{b}_conv{i}", "layer{s}.{b-1}.conv{i}"),
    ("stage{s}_block{b}_norm{i}", "layer{s}.{b-1}.bn{i+1}"),
    ("last_norm", "bn_final"),
    ("logits", "fc"),
)

UNIT = "features.stage{s}.unit{b}."


def imgclsmob(names):
    """A convolution after its norm; the unit's own norm is its last."""
    bottlenecks = any(name.endswith("_conv3") for name in names)
    last = 3 if bottlenecks else 2
    return rules(
        ("stem_conv", "features.init_block.conv"),
        ("stem_norm", "features.init_block.bn"),
        ("stage{s}_block{b}_conv{i}", UNIT + "body.conv{i}.conv"),
        (f"stage{{s}}_block{{b}}_norm{last}", UNIT + "bn"),
        ("stage{s}_block{b}_norm{i}", UNIT + "body.conv{i+1}.bn"),
        ("last_norm", "features.post_activ.bn"),
        ("logits", "output"),
    )(names)
