"""Where others keep the tensors of zoo.resnet."""

from zoo.checkpoints.families._rules import norm_after_bias, rules

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
    (
        r"stage(\d)_block(\d+)_se\.reduce",
        lambda stage, block: f"layer{stage}.{block - 1}.se.fc1",
    ),
    (
        r"stage(\d)_block(\d+)_se\.expand",
        lambda stage, block: f"layer{stage}.{block - 1}.se.fc2",
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


def check(model, source):
    """Refuses the weights of the other place of the bottlenecks' stride.

    They have the same names and shapes, and give wrong answers.
    """
    strides = {
        layer.name: layer.strides
        for layer in model.layers
        if layer.name in ("stage2_block1_conv1", "stage2_block1_conv3")
    }
    if len(strides) < 2:
        return  # no bottlenecks
    published = strides["stage2_block1_conv1"] != (1, 1)
    if published and source in ("torchvision", "timm"):
        raise ValueError(
            f"{source}'s bottlenecks stride in their 3x3 convolution, those "
            f"of {model.name!r} in the first 1x1, as in the paper of 2015. "
            "Build resnet50_v1_5, resnet101_v1_5 or resnet152_v1_5."
        )
    if not published and source == "keras":
        raise ValueError(
            "keras.applications' bottlenecks stride in their first 1x1 "
            f"convolution, those of {model.name!r} in the 3x3. Build "
            "resnet50, resnet101 or resnet152."
        )
