"""Where others keep the tensors of zoo.dpn."""

from zoo.checkpoints.families._rules import rules

PARTS = {1: "c1x1_a", 2: "c3x3_b", 3: "c1x1_c"}
KINDS = {"conv": "conv", "norm": "bn"}


def _name(s, b, kind, i):
    return f"features.conv{s + 1}_{b}.{PARTS[i]}.{KINDS[kind]}"


def _projection(s, b, kind):
    strides = 1 if s == 1 else 2
    return f"features.conv{s + 1}_{b}.c1x1_w_s{strides}.{KINDS[kind]}"


timm = rules(
    ("stem_conv", "features.conv1_1.conv"),
    ("stem_norm", "features.conv1_1.bn"),
    ("stage{s}_block{b}_{kind:conv|norm}{i:[123]}", _name),
    ("stage{s}_block{b}_proj_{kind:conv|norm}", _projection),
    ("last_norm", "features.conv5_bn_ac.bn"),
    ("logits", "classifier"),
)

UNIT = "features.stage{s}.unit{b}."

imgclsmob = rules(
    ("stem_conv", "features.init_block.conv"),
    ("stem_norm", "features.init_block.bn"),
    ("stage{s}_block{b}_conv{i}", UNIT + "conv{i}.conv"),
    ("stage{s}_block{b}_norm{i}", UNIT + "conv{i}.bn"),
    ("stage{s}_block{b}_proj_conv", UNIT + "conv_proj.conv"),
    ("stage{s}_block{b}_proj_norm", UNIT + "conv_proj.bn"),
    ("last_norm", "features.final_block.activ.bn"),
    ("logits", "output.classifier"),
)
