"""Where timm keeps the tensors of zoo.nfnet."""

from zoo.checkpoints.families._rules import rules, with_wrappers

BLOCK = "stage{s}_block{b}_"
THEIRS = "stages.{s-1}.{b-1}."

timm = with_wrappers(
    rules(
        ("stem_conv", "stem.conv"),
        ("stem_conv{i}", "stem.conv{i}"),
        (BLOCK + "conv{i}", THEIRS + "conv{i}"),
        (BLOCK + "second_conv", THEIRS + "conv2b"),
        (BLOCK + "proj_conv", THEIRS + "downsample.conv"),
        (BLOCK + "se.reduce", THEIRS + "attn_last.fc1"),
        (BLOCK + "se.expand", THEIRS + "attn_last.fc2"),
        (BLOCK + "eca", {"filter": THEIRS + "attn_last.conv.weight"}),
        (BLOCK + "skip_init", {"gain": THEIRS + "skipinit_gain"}),
        ("last_conv", "final_conv"),
        ("logits", "head.fc"),
    )
)
