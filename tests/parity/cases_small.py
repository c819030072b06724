"""Comparisons with pytorchcv, and with networks for CIFAR-10."""

from tests.parity.case import Case

SMALL = (32, 32)

CASES = [
    # github.com/akamaster/pytorch_resnet_cifar10, resnet.py as aka_resnet.py
    Case("akamaster", "aka_resnet:resnet20", "resnet20", SMALL),
    Case("akamaster", "aka_resnet:resnet32", "resnet32", SMALL, wide=True),
    Case("imgclsmob", "resnet20_cifar10", "resnet20_b", SMALL, wide=True),
    Case("imgclsmob", "resnet56_cifar10", "resnet56_b", SMALL, wide=True),
    Case(
        "imgclsmob",
        "preresnet164bn_cifar10",
        "resnet164_v2_3x3",
        SMALL,
        wide=True,
    ),
    Case(
        "imgclsmob",
        "densenet100_k12_bc_cifar10",
        "densenet_bc100_12",
        SMALL,
        wide=True,
    ),
    Case(
        "imgclsmob",
        "densenet250_k24_bc_cifar10",
        "densenet_bc250_24",
        SMALL,
        wide=True,
    ),
    Case(
        "imgclsmob",
        "densenet190_k40_bc_cifar10",
        "densenet_bc190_40",
        SMALL,
        wide=True,
    ),
    Case(
        "imgclsmob",
        "pyramidnet110_a48_cifar10",
        "pyramidnet110_a48",
        SMALL,
        wide=True,
    ),
    Case(
        "imgclsmob",
        "pyramidnet110_a84_cifar10",
        "pyramidnet110_a84",
        SMALL,
        wide=True,
    ),
    Case(
        "imgclsmob",
        "pyramidnet110_a270_cifar10",
        "pyramidnet110_a270",
        SMALL,
        wide=True,
    ),
    Case(
        "imgclsmob",
        "pyramidnet164_a270_bn_cifar10",
        "pyramidnet164_a270",
        SMALL,
        wide=True,
    ),
    Case(
        "imgclsmob",
        "pyramidnet200_a240_bn_cifar10",
        "pyramidnet200_a240",
        SMALL,
        wide=True,
    ),
    Case(
        "imgclsmob",
        "pyramidnet272_a200_bn_cifar10",
        "pyramidnet272_a200",
        SMALL,
        wide=True,
    ),
    Case("imgclsmob", "wrn28_10_cifar10", "wide_resnet28_10", SMALL, wide=True),
    Case("imgclsmob", "resnet110_cifar10", "resnet110_b", SMALL, wide=True),
    Case(
        "imgclsmob",
        "preresnet1001_cifar10",
        "resnet1001_v2_3x3",
        SMALL,
        gain=0.5,
        wide=True,
    ),
    Case("imgclsmob", "cbam_resnet18", "cbam_resnet18", (224, 224), wide=True),
    Case("imgclsmob", "cbam_resnet50", "cbam_resnet50", (224, 224), wide=True),
    Case("imgclsmob", "dpn68", "dpn68", (224, 224)),
    Case("imgclsmob", "vovnet39", "vovnet39", (224, 224), wide=True),
    Case("imgclsmob", "vovnet57", "vovnet57", (224, 224), wide=True),
    Case(
        "imgclsmob",
        "condensenet74_c4_g4",
        "condensenet74_c4",
        (224, 224),
        gain=0.5,
        wide=True,
    ),
    Case(
        "imgclsmob",
        "condensenet74_c8_g8",
        "condensenet74_c8",
        (224, 224),
        gain=0.5,
        wide=True,
    ),
]
