"""Where timm keeps the tensors of zoo.inception_next."""

from zoo.checkpoints.families._rules import rules

BLOCK = "stage{s}_block{b}_"
THEIRS = "stages.{s-1}.blocks.{b-1}."
HEAD = ("dense", "dense_norm", "logits")

timm = rules(
    ("stem_conv", "stem.0"),
    ("stem_norm", "stem.1"),
    (BLOCK + "square_conv", THEIRS + "token_mixer.dwconv_hw"),
    (BLOCK + "row_conv", THEIRS + "token_mixer.dwconv_w"),
    (BLOCK + "column_conv", THEIRS + "token_mixer.dwconv_h"),
    (BLOCK + "norm", THEIRS + "norm"),
    (BLOCK + "conv2", THEIRS + "mlp.fc1"),
    (BLOCK + "conv3", THEIRS + "mlp.fc2"),
    (BLOCK + "scale", {"gamma": THEIRS + "gamma"}),
    ("stage{s}_down_norm", "stages.{s-1}.downsample.0"),
    ("stage{s}_down_conv", "stages.{s-1}.downsample.1"),
    ("dense", "head.fc1"),
    ("dense_norm", "head.norm"),
    ("logits", "head.fc2"),
)
