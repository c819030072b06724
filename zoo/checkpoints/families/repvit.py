"""Where timm keeps the tensors of zoo.repvit, in the form that trains."""

from zoo.checkpoints.families._rules import rules

HEAD = ("head_norm", "logits", "teacher_head_norm", "teacher_logits")

KINDS = {"conv": "c", "norm": "bn"}
SIZES = {"3x3": "conv", "1x1": "conv1"}


def _block(s, b):
    if b == "down":
        return f"stages.{s - 1}.downsample.pre_block"
    return f"stages.{s - 1}.blocks.{int(b[5:]) - 1}"


def _mixer(s, b, kind, size):
    return f"{_block(s, b)}.token_mixer.{SIZES[size]}.{KINDS[kind]}"


def _plain_mixer(s, b):
    """The 1x1 convolution is normalized in the paper's first version only."""
    return f"{_block(s, b)}.token_mixer.conv1"


def _down(part):
    def theirs(s, kind, **own):
        i = own.get("i", "")
        return f"stages.{s - 1}.downsample.{part}{i}.{KINDS[kind]}"

    return theirs


BLOCK = r"stage{s}_{b:down|block\d+}"
DOWN = "stage{s}_down"

BOTH = (
    ("stem_{kind:conv|norm}{i}", lambda kind, i: f"stem.conv{i}.{KINDS[kind]}"),
    (f"{BLOCK}_mixer_{{kind:conv|norm}}{{size:3x3|1x1}}", _mixer),
    (f"{BLOCK}_mixer_norm", lambda s, b: f"{_block(s, b)}.token_mixer.bn"),
    (f"{BLOCK}_se.reduce", lambda s, b: f"{_block(s, b)}.se.fc1"),
    (f"{BLOCK}_se.expand", lambda s, b: f"{_block(s, b)}.se.fc2"),
    (f"{DOWN}_depthwise_{{kind:conv|norm}}", _down("spatial_downsample")),
    (f"{DOWN}_proj_{{kind:conv|norm}}", _down("channel_downsample")),
    (f"{DOWN}_ffn_{{kind:conv|norm}}{{i}}", _down("ffn.conv")),
    (
        f"{BLOCK}_{{kind:conv|norm}}{{i}}",
        lambda s, b, kind, i: (
            f"{_block(s, b)}.channel_mixer.conv{i}.{KINDS[kind]}"
        ),
    ),
    ("head_norm", "head.head.bn"),
    ("logits", "head.head.l"),
    ("teacher_head_norm", "head.head_dist.bn"),
    ("teacher_logits", "head.head_dist.l"),
)
_first_version = rules(*BOTH)
_later = rules((f"{BLOCK}_mixer_conv1x1", _plain_mixer), *BOTH)


def timm(names):
    """By whether the sum in the mixer is normalized."""
    is_later = any(name.endswith("_mixer_norm") for name in names)
    return (_later if is_later else _first_version)(names)
