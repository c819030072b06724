"""Where timm keeps the tensors of zoo.hgnet."""

from zoo.checkpoints.families._rules import rules

HEAD = ("dense1", "dense1_affine", "logits")
KINDS = {"conv": "conv", "norm": "bn", "affine": "lab"}
KIND = "{kind:conv|norm|affine}"
STEM_V2 = {1: "stem1", 2: "stem3", 3: "stem4"}


def _stem(kind, i, v2):
    return f"stem.{STEM_V2[i] if v2 else f'stem.{i - 1}'}.{KINDS[kind]}"


def _fork(kind, i):
    return f"stem.stem2{'ab'[i - 1]}.{KINDS[kind]}"


def _part(rest):
    def name(s, b, kind, **numbers):
        own = rest.format(**{k: n - 1 for k, n in numbers.items()})
        return f"stages.{s - 1}.blocks.{b - 1}.{own}.{KINDS[kind]}"

    return name


def _light(s, b, i, kind, k):
    layer = f"stages.{s - 1}.blocks.{b - 1}.layers.{i - 1}"
    return f"{layer}.conv{k}.{KINDS[kind]}"


def _down(s, kind):
    return f"stages.{s - 1}.downsample.{KINDS[kind]}"


def timm(names):
    v2 = any("stem_branch2" in name for name in names)
    block = "stage{s}_block{b}_"
    return rules(
        (f"stem_{KIND}{{i:[123]}}", lambda kind, i: _stem(kind, i, v2)),
        (f"stem_branch2_{KIND}{{i:[12]}}", _fork),
        (f"stage{{s}}_down_{KIND}", _down),
        (f"{block}{KIND}{{i}}", _part("layers.{i}")),
        (f"{block}light{{i}}_{KIND}{{k}}", _light),
        (f"{block}squeeze_{KIND}", _part("aggregation.0")),
        (f"{block}excite_{KIND}", _part("aggregation.1")),
        (f"{block}aggregate_{KIND}", _part("aggregation.0")),
        (
            f"{block}ese.excite",
            "stages.{s-1}.blocks.{b-1}.aggregation.1.conv",
        ),
        ("dense1", "head.last_conv.0"),
        ("dense1_affine", "head.last_conv.2"),
        ("logits", "head.fc"),
    )(names)
