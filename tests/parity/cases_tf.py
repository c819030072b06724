"""Comparisons of networks that are as TensorFlow's authors have them."""

from tests.parity.case import Case

CASES = [
    Case(
        "keras",
        "MobileNetV2",
        "tf_mobilenet_v2_x0_35",
        (64, 96),
        their_options={"alpha": 0.35},
    ),
    Case(
        "keras",
        "MobileNetV2",
        "tf_mobilenet_v2_x1_3",
        (64, 96),
        their_options={"alpha": 1.3},
        wide=True,
    ),
    Case(
        "keras",
        "MobileNetV3Small",
        "tf_mobilenet_v3_small_x0_75",
        (64, 96),
        their_options={"alpha": 0.75, "include_preprocessing": False},
        gain=0.5,
    ),
    Case(
        "keras",
        "MobileNetV3Large",
        "tf_mobilenet_v3_large",
        (64, 96),
        their_options={"include_preprocessing": False},
        gain=0.5,
        wide=True,
    ),
    Case(
        "keras",
        "MobileNetV3Large",
        "tf_mobilenet_v3_large_minimal",
        (64, 96),
        their_options={"minimalistic": True, "include_preprocessing": False},
        gain=0.5,
        wide=True,
    ),
    Case(
        "keras",
        "MobileNetV3Small",
        "tf_mobilenet_v3_small_minimal",
        (64, 96),
        their_options={"minimalistic": True, "include_preprocessing": False},
        gain=0.5,
        wide=True,
    ),
    Case("keras", "ResNet50V2", "tf_resnet50_v2", (64, 96), program=True),
    Case(
        "timm",
        "tf_mobilenetv3_small_075",
        "tf_mobilenet_v3_small_x0_75",
        (64, 96),
        wide=True,
    ),
    Case(
        "timm",
        "tf_mobilenetv3_large_minimal_100",
        "tf_mobilenet_v3_large_minimal",
        (64, 96),
        wide=True,
    ),
    Case(
        "timm",
        "mobilenetv3_small_050",
        "mobilenet_v3_small_x0_5",
        (64, 96),
        wide=True,
    ),
]
