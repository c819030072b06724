"""Where others keep the tensors of zoo.resnet, and of what is built like it."""

from zoo.checkpoints.families._rules import norm_after_bias, rules

BLOCK = "stage{s}_block{b}_"

BRANCH = (
    (BLOCK + "conv{i}", "layer{s}.{b-1}.conv{i}"),
    (BLOCK + "norm{i}", "layer{s}.{b-1}.bn{i}"),
    (BLOCK + "se.reduce", "layer{s}.{b-1}.se.fc1"),
    (BLOCK + "se.expand", "layer{s}.{b-1}.se.fc2"),
    (BLOCK + "eca", {"filter": "layer{s}.{b-1}.se.conv.weight"}),
)
STEMS_AND_HEAD = (
    ("stem_conv", "conv1"),
    ("stem_norm", "bn1"),
    ("stem_conv{i}", "conv1.{3*i-3}"),
    ("stem_norm3", "bn1"),
    ("stem_norm{i}", "conv1.{3*i-2}"),
    ("logits", "fc"),
)


def resnet_rules(*branch):
    """timm's: where shortcuts are pooled, projections come second in them."""
    plain, pooled = (
        rules(
            *branch,
            (BLOCK + "proj_conv", f"layer{{s}}.{{b-1}}.downsample.{i}"),
            (BLOCK + "proj_norm", f"layer{{s}}.{{b-1}}.downsample.{i + 1}"),
            *STEMS_AND_HEAD,
        )
        for i in (0, 1)
    )

    def name_all(names):
        pools = any(name.endswith("_proj_pool") for name in names)
        return (pooled if pools else plain)(names)

    return name_all


torchvision = timm = resnet_rules(*BRANCH)


def _norm(prefix):
    return norm_after_bias(f"{prefix}_bn", f"{prefix}_conv")


def _kernel(prefix):
    return {"kernel": f"{prefix}_conv/kernel"}


keras = rules(
    ("stem_conv", _kernel("conv1")),
    ("stem_norm", _norm("conv1")),
    (BLOCK + "conv{i}", _kernel("conv{s+1}_block{b}_{i}")),
    (BLOCK + "norm{i}", _norm("conv{s+1}_block{b}_{i}")),
    (BLOCK + "proj_conv", _kernel("conv{s+1}_block{b}_0")),
    (BLOCK + "proj_norm", _norm("conv{s+1}_block{b}_0")),
    ("logits", "predictions"),
)


def check(model, source):
    """Refuses weights of another stride's place or another max pooling.

    They have the same names and shapes, and give wrong answers.
    """
    pools = [layer for layer in model.layers if layer.name == "stem_pool"]
    if source == "timm" and any(getattr(p, "ceil_mode", False) for p in pools):
        raise ValueError(
            f"The max pooling of {model.name!r} rounds up, as its authors' "
            "does; that of timm's network with these names pads. timm's "
            "legacy_ networks are the authors'; se_resnet50_v1_5 pads."
        )
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
