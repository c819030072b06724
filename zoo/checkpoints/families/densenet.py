"""Where others keep the tensors of zoo.densenet."""

from zoo.checkpoints.families._rules import rules

# torchvision's own files still have the names of 2017.
OLD_NAMES = ((r"(.*denselayer\d+\.(?:norm|conv))\.([12]\..*)", r"\1\2"),)


BLOCK = "stage{s}_block{b}_"

torchvision = timm = rules(
    ("stem_conv", "features.conv0"),
    ("stem_norm", "features.norm0"),
    (BLOCK + "conv{i}", "features.denseblock{s}.denselayer{b}.conv{i}"),
    (BLOCK + "norm{i}", "features.denseblock{s}.denselayer{b}.norm{i}"),
    ("transition{i}_conv", "features.transition{i}.conv"),
    ("transition{i}_norm", "features.transition{i}.norm"),
    ("last_norm", "features.norm5"),
    ("logits", "classifier"),
)

keras = rules(
    ("stem_conv", "conv1_conv"),
    ("stem_norm", "conv1_bn"),
    (BLOCK + "conv{i}", "conv{s+1}_block{b}_{i}_conv"),
    (BLOCK + "norm{i}", "conv{s+1}_block{b}_{i-1}_bn"),
    ("transition{i}_conv", "pool{i+1}_conv"),
    ("transition{i}_norm", "pool{i+1}_bn"),
    ("last_norm", "bn"),
    ("logits", "predictions"),
)

UNIT = "features.stage{s}.unit{b}."

imgclsmob = rules(  # for CIFAR
    ("stem_conv", "features.init_block"),
    (BLOCK + "conv{i}", UNIT + "conv{i}.conv"),
    (BLOCK + "norm{i}", UNIT + "conv{i}.bn"),
    ("transition{i}_conv", "features.stage{i+1}.trans{i+1}.conv.conv"),
    ("transition{i}_norm", "features.stage{i+1}.trans{i+1}.conv.bn"),
    ("last_norm", "features.post_activ.bn"),
    ("logits", "output"),
)
