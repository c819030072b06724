"""Where timm keeps the tensors of zoo.hrnet."""

from zoo.checkpoints.families._rules import rules

NORM = {"conv": 0, "norm": 1}


def _block(prefix):
    """Rules of a residual block: ours and theirs as pairs of prefixes."""
    ours, theirs = prefix
    return (
        (ours + "conv{i}", theirs + ".conv{i}"),
        (ours + "norm{i}", theirs + ".bn{i}"),
        (ours + "proj_conv", theirs + ".downsample.0"),
        (ours + "proj_norm", theirs + ".downsample.1"),
    )


def _branch(t, b, kind):
    """The new branch, t + 1 of them, is a sequence of one convolution."""
    inner = "" if b <= t else "0."
    return f"transition{t}.{b - 1}.{inner}{NORM[kind]}"


def _up(s, m, i, j, kind):
    return f"stage{s}.{m - 1}.fuse_layers.{i - 1}.{j - 1}.{NORM[kind]}"


def _down(s, m, i, j, kind, k):
    link = f"stage{s}.{m - 1}.fuse_layers.{i - 1}.{j - 1}"
    return f"{link}.{k - 1}.{NORM[kind]}"


timm = rules(
    ("stem_conv{i}", "conv{i}"),
    ("stem_norm{i}", "bn{i}"),
    *_block(("stage1_block{b}_", "layer1.{b-1}")),
    ("transition{t}_branch{b}_{kind:conv|norm}", _branch),
    *_block(
        (
            "stage{s}_module{m}_branch{n}_block{b}_",
            "stage{s}.{m-1}.branches.{n-1}.{b-1}",
        )
    ),
    ("stage{s}_module{m}_fuse{i}_from{j}_{kind:conv|norm}", _up),
    ("stage{s}_module{m}_fuse{i}_from{j}_{kind:conv|norm}{k}", _down),
    ("head{n}_down_conv", "downsamp_modules.{n-2}.0"),
    ("head{n}_down_norm", "downsamp_modules.{n-2}.1"),
    *_block(("head{n}_", "incre_modules.{n-1}.0")),
    ("last_conv", "final_layer.0"),
    ("last_norm", "final_layer.1"),
    ("logits", "classifier"),
)
