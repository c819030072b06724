"""Where others keep the tensors of zoo.convnext."""

from zoo.checkpoints.families._rules import rules

TORCHVISION = {"conv1": 0, "norm1": 2, "conv2": 3, "conv3": 5}
TIMM = {
    "conv1": "conv_dw",
    "norm1": "norm",
    "conv2": "mlp.fc1",
    "conv3": "mlp.fc2",
}
KERAS = {
    "conv1": "depthwise_conv",
    "norm1": "layernorm",
    "conv2": "pointwise_conv_1",
    "conv3": "pointwise_conv_2",
}
BLOCK = r"stage(\d)_block(\d+)_"
PART = BLOCK + r"(conv[123]|norm1)"

torchvision = rules(
    ("stem_conv", "features.0.0"),
    ("stem_norm", "features.0.1"),
    (
        PART,
        lambda stage, block, part: (
            f"features.{2 * stage - 1}.{block - 1}.block.{TORCHVISION[part]}"
        ),
    ),
    (
        BLOCK + "scale",
        lambda stage, block: {
            "gamma": f"features.{2 * stage - 1}.{block - 1}.layer_scale"
        },
    ),
    (r"stage(\d)_down_norm", lambda stage: f"features.{2 * stage - 2}.0"),
    (r"stage(\d)_down_conv", lambda stage: f"features.{2 * stage - 2}.1"),
    ("last_norm", "classifier.0"),
    ("logits", "classifier.2"),
)

timm = rules(
    ("stem_conv", "stem.0"),
    ("stem_norm", "stem.1"),
    (
        PART,
        lambda stage, block, part: (
            f"stages.{stage - 1}.blocks.{block - 1}.{TIMM[part]}"
        ),
    ),
    (
        BLOCK + "scale",
        lambda stage, block: {
            "gamma": f"stages.{stage - 1}.blocks.{block - 1}.gamma"
        },
    ),
    (r"stage(\d)_down_norm", lambda stage: f"stages.{stage - 1}.downsample.0"),
    (r"stage(\d)_down_conv", lambda stage: f"stages.{stage - 1}.downsample.1"),
    ("last_norm", "head.norm"),
    ("logits", "head.fc"),
)

keras = rules(
    ("stem_conv", "stem_conv"),
    ("stem_norm", "stem_layernorm"),
    (
        PART,
        lambda stage, block, part: (
            f"stage_{stage - 1}_block_{block - 1}_{KERAS[part]}"
        ),
    ),
    (
        BLOCK + "scale",
        lambda stage, block: f"stage_{stage - 1}_block_{block - 1}_layer_scale",
    ),
    (
        r"stage(\d)_down_norm",
        lambda stage: f"downsampling_layernorm_{stage - 2}",
    ),
    (r"stage(\d)_down_conv", lambda stage: f"downsampling_conv_{stage - 2}"),
    ("last_norm", "head_layernorm"),
    ("logits", "head_dense"),
)

# keras.applications begins each name with the model's, after that of a model
# within it, and gives the layer scale's variable none.
OLD_NAMES = (
    (r"^(\w+/)?\w+?_(?=(stem|stage|downsampling|head)_)", ""),
    (r"(?<=_layer_scale)/\w+$", "/gamma"),
)
