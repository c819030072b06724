"""ResNet for CIFAR-10: akamaster's has the paper's shortcuts.

Accuracies are those of its README.
"""

from tests.parity.published import SMALL

IMGCLSMOB = {rf"resnet(20|56|110|1202){SMALL}": r"resnet\1_b"}

COMMIT = "d5489e8995e81e91ce6b1d69dcc98ad579b0b153"
URL = (
    "https://raw.githubusercontent.com/akamaster/pytorch_resnet_cifar10/"
    f"{COMMIT}/pretrained_models/"
)

AKAMASTER = {
    name: {
        "theirs": name,
        "url": f"{URL}{name}-{sha256}.th",
        "license": "bsd-2-clause",
        "top1": top1,
    }
    for name, sha256, top1 in (
        ("resnet20", "12fca82f", 91.73),
        ("resnet32", "d509ac18", 92.63),
        ("resnet44", "014dd654", 93.10),
        ("resnet56", "4bfd9763", 93.39),
        ("resnet110", "1d1ed7c2", 93.68),
        ("resnet1202", "f3b1deed", 93.82),
    )
}
