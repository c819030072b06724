"""Where keras.applications keeps the tensors of zoo.resnet_v2_tf."""

from zoo.checkpoints.families._rules import rules

BLOCK, THEIRS = "stage{s}_block{b}_", "conv{s+1}_block{b}_"

keras = rules(
    ("stem_conv", "conv1_conv"),
    (BLOCK + "norm1", THEIRS + "preact_bn"),
    (BLOCK + "norm{i}", THEIRS + "{i-1}_bn"),
    (BLOCK + "conv{i}", THEIRS + "{i}_conv"),
    (BLOCK + "proj_conv", THEIRS + "0_conv"),
    ("last_norm", "post_bn"),
    ("logits", "predictions"),
)
