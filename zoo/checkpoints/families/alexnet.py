"""Where torchvision keeps the tensors of zoo.alexnet_owt."""

from zoo.checkpoints.families._rules import rules

HEAD = ("dense6", "dense7", "logits")

torchvision = rules(
    ("conv1", "features.0"),
    ("conv2", "features.3"),
    ("conv3", "features.6"),
    ("conv4", "features.8"),
    ("conv5", "features.10"),
    ("dense6", "classifier.1"),
    ("dense7", "classifier.4"),
    ("logits", "classifier.6"),
)
