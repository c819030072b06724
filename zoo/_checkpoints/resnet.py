"""Where others keep the tensors of zoo.resnet."""

from zoo._checkpoints._rules import norm_after_bias, rules

torchvision = timm = rules(
    ("stem_conv", "conv1"),
    ("stem_norm", "bn1"),
    (
        r"stage(\d)_block(\d+)_conv(\d)",
        lambda stage, block, i: f"layer{stage}.{block - 1}.conv{i}",
    ),
    (
        r"stage(\d)_block(\d+)_norm(\d)",
        lambda stage, block, i: f"layer{stage}.{block - 1}.bn{i}",
    ),
    (
        r"stage(\d)_block(\d+)_proj_conv",
        lambda stage, block: f"layer{stage}.{block - 1}.downsample.0",
    ),
    (
        r"stage(\d)_block(\d+)_proj_norm",
        lambda stage, block: f"layer{stage}.{block - 1}.downsample.1",
    ),
    ("logits", "fc"),
)


def _norm(prefix):
    return norm_after_bias(f"{prefix}_bn", f"{prefix}_conv")


def _kernel(prefix):
    return {"kernel": f"{prefix}_conv/kernel"}


keras = rules(
    ("stem_conv", _kernel("conv1")),
    ("stem_norm", _norm("conv1")),
    (
        r"stage(\d)_block(\d+)_conv(\d)",
        lambda stage, block, i: _kernel(f"conv{stage + 1}_block{block}_{i}"),
    ),
    (
        r"stage(\d)_block(\d+)_norm(\d)",
        lambda stage, block, i: _norm(f"conv{stage + 1}_block{block}_{i}"),
    ),
    (
        r"stage(\d)_block(\d+)_proj_conv",
        lambda stage, block: _kernel(f"conv{stage + 1}_block{block}_0"),
    ),
    (
        r"stage(\d)_block(\d+)_proj_norm",
        lambda stage, block: _norm(f"conv{stage + 1}_block{block}_0"),
    ),
    ("logits", "predictions"),
)
