"""Where timm keeps the tensors of zoo.cspnet, cs3darknet and darknet."""

from zoo.checkpoints.families._rules import rules
from zoo.checkpoints.families._units import units

timm = rules(
    *units(
        ("stem_conv", "stem.conv1"),
        ("stem_conv{i}", "stem.conv{i}"),
        ("stage{s}_down_conv", "stages.{s-1}.conv_down"),
        ("stage{s}_expand_conv", "stages.{s-1}.conv_exp"),
        ("stage{s}_changed_conv", "stages.{s-1}.conv_transition_b"),
        ("stage{s}_join_conv", "stages.{s-1}.conv_transition"),
        ("stage{s}_block{b}_conv{i}", "stages.{s-1}.blocks.{b-1}.conv{i}"),
    ),
    ("stage{s}_block{b}_se.reduce", "stages.{s-1}.blocks.{b-1}.attn.fc1"),
    ("stage{s}_block{b}_se.expand", "stages.{s-1}.blocks.{b-1}.attn.fc2"),
    ("logits", "head.fc"),
)
