"""Where others keep the tensors of zoo.resnet_v2, wide_resnet and BiT."""

from zoo.checkpoints.families._rules import rules, with_wrappers

timm = with_wrappers(
    rules(
        ("stem_conv", "stem.conv"),
        ("stem_norm", "stages.0.blocks.0.norm1"),
        ("stage{s}_block{b}_conv{i}", "stages.{s-1}.blocks.{b-1}.conv{i}"),
        ("stage{s}_block{b}_norm{i}", "stages.{s-1}.blocks.{b-1}.norm{i}"),
        (
            "stage{s}_block{b}_proj_conv",
            "stages.{s-1}.blocks.{b-1}.downsample.conv",
        ),
        ("last_norm", "norm"),
        ("logits", "head.fc"),
    )
)

UNIT = "features.stage{s}.unit{b}."

imgclsmob = rules(  # for CIFAR: a convolution after its norm
    ("stem_conv", "features.init_block"),
    ("stem_norm", "features.stage1.unit1.body.conv1.bn"),
    ("stage{s}_block{b}_conv{i}", UNIT + "body.conv{i}.conv"),
    ("stage{s}_block{b}_norm{i}", UNIT + "body.conv{i}.bn"),
    ("stage{s}_block{b}_proj_conv", UNIT + "identity_conv"),
    ("last_norm", "features.post_activ.bn"),
    ("logits", "output"),
)


def check(model, source):
    """Refuses the weights of another network of the same names and shapes."""
    if source == "imgclsmob":
        first = model.get_layer("stage2_block1_conv1")
        bottlenecks = any(x.name == "stage2_block1_conv3" for x in model.layers)
        if bottlenecks and first.strides != (1, 1):
            raise ValueError(
                "imgclsmob's bottlenecks stride in their 3x3 convolution, "
                f"those of {model.name!r} in the first 1x1, as the authors' "
                "do. Build resnet164_v2_3x3 or resnet1001_v2_3x3."
            )
        return
    if "stage1_block1_conv3" not in {layer.name for layer in model.layers}:
        raise ValueError(
            f"timm's resnetv2_18 and resnetv2_34 compute something else than "
            f"{model.name!r}, which is as in the paper of 2016: no checkpoint "
            "of theirs fits it."
        )
