"""Where others keep the tensors of zoo.densenet."""

from zoo.checkpoints.families._rules import rules

# torchvision's own files still have the names of 2017.
OLD_NAMES = ((r"(.*denselayer\d+\.(?:norm|conv))\.([12]\..*)", r"\1\2"),)


def _layer(kind):
    return lambda stage, block, i: (
        f"features.denseblock{stage}.denselayer{block}.{kind}{i}"
    )


torchvision = timm = rules(
    ("stem_conv", "features.conv0"),
    ("stem_norm", "features.norm0"),
    (r"stage(\d)_block(\d+)_conv(\d)", _layer("conv")),
    (r"stage(\d)_block(\d+)_norm(\d)", _layer("norm")),
    (r"transition(\d)_conv", lambda i: f"features.transition{i}.conv"),
    (r"transition(\d)_norm", lambda i: f"features.transition{i}.norm"),
    ("last_norm", "features.norm5"),
    ("logits", "classifier"),
)

keras = rules(
    ("stem_conv", "conv1_conv"),
    ("stem_norm", "conv1_bn"),
    (
        r"stage(\d)_block(\d+)_conv(\d)",
        lambda stage, block, i: f"conv{stage + 1}_block{block}_{i}_conv",
    ),
    (
        r"stage(\d)_block(\d+)_norm(\d)",
        lambda stage, block, i: f"conv{stage + 1}_block{block}_{i - 1}_bn",
    ),
    (r"transition(\d)_conv", lambda i: f"pool{i + 1}_conv"),
    (r"transition(\d)_norm", lambda i: f"pool{i + 1}_bn"),
    ("last_norm", "bn"),
    ("logits", "predictions"),
)
