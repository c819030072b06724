"""ResNet, v2, Wide ResNet, ResNeXt and SE-ResNet.

The bottlenecks of both stride in their 3x3 convolution: v1.5.
"""

from tests.parity.published import SMALL

V1_5 = {r"resnet(50|101|152)": r"resnet\1_v1_5", r"resnet(18|34)": r"resnet\1"}
WIDE = {r"(wide_resnet\d+_2|resnext\d+_\d+x\d+d)": r"\1"}
TORCHVISION = V1_5 | WIDE
TIMM = (
    V1_5
    | WIDE
    | {
        r"resnetv2_(50|101|152)": r"resnet\1_v2",
        r"legacy_se(resnet\d+|resnext\d+_32x4d)": r"se_\1",
        r"legacy_(senet154)": r"\1",
        r"seresnet50": r"se_resnet50_v1_5",
    }
)
KERAS = {
    r"ResNet(50|101|152)": r"resnet\1",  # stride in the first 1x1
    r"ResNet(50|101|152)V2": r"tf_resnet\1_v2",
}
IMGCLSMOB = {
    rf"preresnet164bn{SMALL}": "resnet164_v2_3x3",
    rf"preresnet1001{SMALL}": "resnet1001_v2_3x3",
    rf"wrn28_10{SMALL}": "wide_resnet28_10",
}
