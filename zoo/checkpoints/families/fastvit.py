"""Where timm keeps the tensors of zoo.fastvit, in the form that trains."""

from zoo.checkpoints.families._rules import rules

KINDS = {"conv": "conv", "norm": "bn"}
BLOCK = "stage{s}_block{b}"
THEIRS = "stages.{s-1}.blocks.{b-1}"
DOWN = "stage{s}_down"
PROJ = "stages.{s-1}.downsample.proj"


def _sum(ours, theirs):
    """Rules of what zoo.models._branches names."""
    for kind, suffix in KINDS.items():
        yield f"{ours}_{kind}1", f"{theirs}.conv_kxk.0.{suffix}"
        yield f"{ours}_scale_{kind}", f"{theirs}.conv_scale.{suffix}"
    yield f"{ours}_identity_norm", f"{theirs}.identity"


def _unit(ours, theirs):
    for kind, suffix in KINDS.items():
        yield f"{ours}_{kind}", f"{theirs}.{suffix}"


timm = rules(
    *_sum("stem{i}", "stem.{i-1}"),
    *_sum(f"{BLOCK}_mixer", f"{THEIRS}.token_mixer.mixer"),
    (f"{BLOCK}_mixer_norm", f"{THEIRS}.token_mixer.norm.identity"),
    (
        f"{BLOCK}_mixer_layer_scale",
        {"gamma": f"{THEIRS}.token_mixer.layer_scale.gamma"},
    ),
    *_unit(f"{BLOCK}_depthwise", f"{THEIRS}.mlp.conv"),
    (f"{BLOCK}_expand_conv", f"{THEIRS}.mlp.fc1"),
    (f"{BLOCK}_project_conv", f"{THEIRS}.mlp.fc2"),
    (f"{BLOCK}_layer_scale", {"gamma": f"{THEIRS}.layer_scale.gamma"}),
    *_unit(f"{DOWN}_large", f"{PROJ}.0.large_conv"),
    *_unit(f"{DOWN}_small", f"{PROJ}.0.small_conv"),
    *_sum(f"{DOWN}_pointwise", f"{PROJ}.1"),
    *_sum("last", "final_conv"),
    ("last_se.reduce", "final_conv.se.fc1"),
    ("last_se.expand", "final_conv.se.fc2"),
    ("logits", "head.fc"),
)
