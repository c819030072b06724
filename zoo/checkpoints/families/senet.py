"""Where timm keeps the tensors of zoo.senet (its legacy_ models)."""

from zoo.checkpoints.families._rules import rules

BLOCK = "stage{s}_block{b}_"

timm = rules(
    ("stem_conv", "layer0.conv1"),
    ("stem_norm", "layer0.bn1"),
    ("stem_conv{i}", "layer0.conv{i}"),
    ("stem_norm{i}", "layer0.bn{i}"),
    (BLOCK + "conv{i}", "layer{s}.{b-1}.conv{i}"),
    (BLOCK + "norm{i}", "layer{s}.{b-1}.bn{i}"),
    (BLOCK + "se.reduce", "layer{s}.{b-1}.se_module.fc1"),
    (BLOCK + "se.expand", "layer{s}.{b-1}.se_module.fc2"),
    (BLOCK + "proj_conv", "layer{s}.{b-1}.downsample.0"),
    (BLOCK + "proj_norm", "layer{s}.{b-1}.downsample.1"),
    ("logits", "last_linear"),
)
