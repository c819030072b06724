"""Where imgclsmob keeps the tensors of zoo.cbam_resnet."""

from zoo.checkpoints.families._rules import rules

UNIT = "features.stage{s}.unit{b}."
GATES = {
    "reduce": "ch_gate.mlp.fc1",
    "expand": "ch_gate.mlp.fc2",
    "conv": "sp_gate.conv.conv",
    "norm": "sp_gate.conv.bn",
}


def _gate(s, b, part):
    return f"features.stage{s}.unit{b}.cbam.{GATES[part]}"


def imgclsmob(names):
    if not any("_cbam." in name for name in names):
        return {}  # whose bottlenecks stride where, names cannot tell
    return rules(
        ("stem_conv", "features.init_block.conv.conv"),
        ("stem_norm", "features.init_block.conv.bn"),
        ("stage{s}_block{b}_conv{i}", UNIT + "body.conv{i}.conv"),
        ("stage{s}_block{b}_norm{i}", UNIT + "body.conv{i}.bn"),
        ("stage{s}_block{b}_proj_conv", UNIT + "identity_conv.conv"),
        ("stage{s}_block{b}_proj_norm", UNIT + "identity_conv.bn"),
        ("stage{s}_block{b}_cbam.{part:reduce|expand|conv|norm}", _gate),
        ("logits", "output"),
    )(names)
