"""Where others keep the tensors of zoo.vgg."""

import re

from zoo.checkpoints.families._rules import rules

HEAD = ("dense1", "dense2", "logits")


def torchvision(names):
    """One `nn.Sequential`, in which activations and poolings count too."""
    features = [
        name
        for name in names
        if re.fullmatch(r"stage\d_(conv\d|norm\d|act\d|pool)", name)
    ]
    return {
        **{name: f"features.{i}" for i, name in enumerate(features)},
        "dense1": "classifier.0",
        "dense2": "classifier.3",
        "logits": "classifier.6",
    }


def timm(names):
    """As torchvision, with the classifier as convolutions."""
    return {
        **torchvision(names),
        "dense1": "pre_logits.fc1",
        "dense2": "pre_logits.fc2",
        "logits": "head.fc",
    }


keras = rules(
    ("stage{s}_conv{i}", "block{s}_conv{i}"),
    ("dense{i}", "fc{i}"),
    ("logits", "predictions"),
)
