"""Where torchvision keeps the tensors of zoo.shufflenet_v2."""

from zoo.checkpoints.families._rules import rules

# Within a branch activations count too.
ENTRIES = {
    "proj_depthwise_conv": "branch1.0",
    "proj_depthwise_norm": "branch1.1",
    "proj_conv": "branch1.2",
    "proj_norm": "branch1.3",
    "conv1": "branch2.0",
    "norm1": "branch2.1",
    "depthwise_conv": "branch2.3",
    "depthwise_norm": "branch2.4",
    "conv2": "branch2.5",
    "norm2": "branch2.6",
}

torchvision = rules(
    ("stem_conv", "conv1.0"),
    ("stem_norm", "conv1.1"),
    *(
        (f"stage{{s}}_block{{b}}_{ours}", f"stage{{s+1}}.{{b-1}}.{theirs}")
        for ours, theirs in ENTRIES.items()
    ),
    ("head_conv", "conv5.0"),
    ("head_norm", "conv5.1"),
    ("logits", "fc"),
)
