"""Where its authors keep the tensors of zoo.pyramidnet (their PyTorch)."""

from zoo.checkpoints.families._rules import rules

authors = rules(
    ("stem_conv", "conv1"),
    ("stem_norm", "bn1"),
    ("stage{s}_block{b}_conv{i}", "layer{s}.{b-1}.conv{i}"),
    ("stage{s}_block{b}_norm{i}", "layer{s}.{b-1}.bn{i+1}"),
    ("last_norm", "bn_final"),
    ("logits", "fc"),
)
