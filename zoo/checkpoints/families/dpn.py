"""Where timm keeps the tensors of zoo.dpn."""

from zoo.checkpoints.families._rules import rules

PARTS = {"1": "c1x1_a", "2": "c3x3_b", "3": "c1x1_c"}
KINDS = {"conv": "conv", "norm": "bn"}


def _name(stage, block, kind, i):
    return f"features.conv{stage + 1}_{block}.{PARTS[str(i)]}.{KINDS[kind]}"


def _projection(stage, block, kind):
    strides = 1 if stage == 1 else 2
    return f"features.conv{stage + 1}_{block}.c1x1_w_s{strides}.{KINDS[kind]}"


timm = rules(
    ("stem_conv", "features.conv1_1.conv"),
    ("stem_norm", "features.conv1_1.bn"),
    (r"stage(\d)_block(\d+)_(conv|norm)([123])", _name),
    (r"stage(\d)_block(\d+)_proj_(conv|norm)", _projection),
    ("last_norm", "features.conv5_bn_ac.bn"),
    ("logits", "classifier"),
)
