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
BLOCK = "stage{s}_block{b}_"
HEAD = ("last_norm", "logits")


def _parts(prefix, names):
    for ours, theirs in names.items():
        yield BLOCK + ours, prefix + str(theirs)


torchvision = rules(
    ("stem_conv", "features.0.0"),
    ("stem_norm", "features.0.1"),
    *_parts("features.{2*s-1}.{b-1}.block.", TORCHVISION),
    (BLOCK + "scale", {"gamma": "features.{2*s-1}.{b-1}.layer_scale"}),
    ("stage{s}_down_norm", "features.{2*s-2}.0"),
    ("stage{s}_down_conv", "features.{2*s-2}.1"),
    ("last_norm", "classifier.0"),
    ("logits", "classifier.2"),
)

timm = rules(
    ("stem_conv", "stem.0"),
    ("stem_norm", "stem.1"),
    *_parts("stages.{s-1}.blocks.{b-1}.", TIMM),
    (BLOCK + "scale", {"gamma": "stages.{s-1}.blocks.{b-1}.gamma"}),
    (BLOCK + "response_norm", "stages.{s-1}.blocks.{b-1}.mlp.grn"),
    ("stage{s}_down_norm", "stages.{s-1}.downsample.0"),
    ("stage{s}_down_conv", "stages.{s-1}.downsample.1"),
    ("last_norm", "head.norm"),
    ("logits", "head.fc"),
)

keras = rules(
    ("stem_conv", "stem_conv"),
    ("stem_norm", "stem_layernorm"),
    *_parts("stage_{s-1}_block_{b-1}_", KERAS),
    (BLOCK + "scale", "stage_{s-1}_block_{b-1}_layer_scale"),
    ("stage{s}_down_norm", "downsampling_layernorm_{s-2}"),
    ("stage{s}_down_conv", "downsampling_conv_{s-2}"),
    ("last_norm", "head_layernorm"),
    ("logits", "head_dense"),
)

# keras.applications begins each name with the model's, after that of a model
# within it, and gives the layer scale's variable none.
OLD_NAMES = (
    (r"^(\w+/)?\w+?_(?=(stem|stage|downsampling|head)_)", ""),
    (r"(?<=_layer_scale)/\w+$", "/gamma"),
)
