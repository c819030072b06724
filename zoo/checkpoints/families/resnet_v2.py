"""Where timm keeps the tensors of zoo.resnet_v2's bottlenecks, and BiT's."""

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


def check(model, source):
    """Refuses the weights of another network of the same names and shapes."""
    if "stage1_block1_conv3" not in {layer.name for layer in model.layers}:
        raise ValueError(
            f"timm's resnetv2_18 and resnetv2_34 compute something else than "
            f"{model.name!r}, which is as in the paper of 2016: no checkpoint "
            "of theirs fits it."
        )
