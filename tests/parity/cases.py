"""Which networks are compared with which reference, at which input size."""

from typing import NamedTuple


class Case(NamedTuple):
    """One comparison.

    Args:
        source: "torchvision", "timm", "keras" (keras.applications) or
            "authors": a file of theirs.
        theirs: The reference's name in its package, or file:class.
        ours: Our builder's name.
        size: Height and width of the image; small, and not square where both
            sides take that.
        options: Arguments of our builder. With "aux_heads", their logits are
            compared too.
        their_options: Arguments of the reference's.
        scale: Times the image, for references that rescale it themselves.
        gain: Times the kernels; below 1 where gates turn the rounding of
            large numbers into other logits.
        program: Whether it takes so long that `make programs` runs it.
    """

    source: str
    theirs: str
    ours: str
    size: tuple[int, int]
    options: dict = {}  # noqa: RUF012 (never changed)
    their_options: dict = {}  # noqa: RUF012
    scale: float = 1.0
    gain: float = 1.0
    program: bool = False

    @property
    def name(self):
        return f"{self.source}-{self.ours}"


CASES = [
    Case("torchvision", "alexnet", "alexnet_owt", (95, 127)),
    Case("torchvision", "resnet18", "resnet18", (64, 96)),
    Case("torchvision", "resnet50", "resnet50_v1_5", (64, 96)),
    Case("torchvision", "vgg11_bn", "vgg11_bn", (64, 96)),
    Case("timm", "resnet18", "resnet18", (64, 96)),
    Case("timm", "vgg11", "vgg11", (64, 96)),
    Case("keras", "ResNet50", "resnet50", (64, 96)),
    Case(
        "keras",
        "VGG16",
        "vgg16",
        (64, 96),
        options={"include_top": False, "pooling": "avg"},
        their_options={"include_top": False, "pooling": "avg"},
    ),
    Case("torchvision", "densenet121", "densenet121", (64, 96)),
    Case("keras", "DenseNet121", "densenet121", (64, 96)),
    Case("torchvision", "resnext50_32x4d", "resnext50_32x4d", (64, 96)),
    Case("torchvision", "wide_resnet50_2", "wide_resnet50_2", (64, 96)),
    Case("timm", "resnetv2_50", "resnet50_v2", (64, 96)),
    Case("torchvision", "efficientnet_b0", "efficientnet_b0", (64, 96)),
    Case(
        "torchvision",
        "efficientnet_v2_s",
        "efficientnet_v2_s",
        (64, 96),
        gain=0.5,
    ),
    Case(
        "keras",
        "EfficientNetB0",
        "tf_efficientnet_b0",
        (64, 96),
        scale=255.0,
        gain=0.7,
    ),
    Case(
        "keras",
        "EfficientNetV2B0",
        "tf_efficientnet_v2_b0",
        (64, 96),
        their_options={"include_preprocessing": False},
        gain=0.5,
    ),
    Case(
        "timm",
        "tf_efficientnetv2_b0",
        "tf_efficientnet_v2_b0",
        (64, 96),
        gain=0.5,
    ),
    Case("timm", "tinynet_c", "tinynet_c", (64, 96), gain=0.7),
    Case(  # timm builds it with the epsilon of its weights only for them
        "timm",
        "fbnetc_100",
        "fbnetc_100",
        (64, 96),
        their_options={"bn_eps": 1e-3},
    ),
    Case("timm", "rexnet_100", "rexnet_100", (64, 96), gain=0.7),
    Case("timm", "starnet_s2", "starnet_s2", (64, 96), gain=0.7),
    Case("timm", "mixnet_s", "mixnet_s", (64, 96), gain=0.5),
    Case("timm", "tf_mixnet_s", "tf_mixnet_s", (64, 96), gain=0.5),
    Case("torchvision", "mnasnet0_5", "mnasnet0_5", (64, 96)),
    Case("timm", "semnasnet_100", "mnasnet_a1", (64, 96), gain=0.5),
    Case("torchvision", "mobilenet_v2", "mobilenet_v2", (64, 96)),
    Case("torchvision", "mobilenet_v3_large", "mobilenet_v3_large", (64, 96)),
    Case("torchvision", "mobilenet_v3_small", "mobilenet_v3_small", (64, 96)),
    Case("timm", "mobilenetv3_large_100", "mobilenet_v3_large", (64, 96)),
    Case("timm", "mobilenetv3_small_100", "mobilenet_v3_small", (64, 96)),
    Case("timm", "efficientnet_b5", "efficientnet_b5", (64, 96), gain=0.5),
    Case("timm", "mnasnet_100", "mnasnet1_0", (64, 96)),
    Case(
        "timm",
        "mobilenetv4_conv_small_035",
        "mobilenet_v4_conv_small_035",
        (64, 96),
    ),
    Case(
        "timm",
        "mobilenetv4_conv_aa_medium",
        "mobilenet_v4_conv_aa_medium",
        (64, 96),
    ),
    Case("torchvision", "shufflenet_v2_x1_0", "shufflenet_v2_x1_0", (64, 96)),
    Case("timm", "tf_efficientnet_lite0", "efficientnet_lite0", (64, 96)),
    Case("timm", "mobilenetv2_140", "mobilenet_v2_x1_4", (64, 96)),
    Case("keras", "MobileNet", "mobilenet_v1", (64, 96)),
    Case("keras", "NASNetMobile", "nasnet_mobile", (64, 96)),
    Case("keras", "NASNetLarge", "nasnet_large", (64, 96)),
    Case("torchvision", "regnet_x_400mf", "regnet_x_400mf_tv", (64, 96)),
    Case("torchvision", "regnet_y_400mf", "regnet_y_400mf", (64, 96)),
    Case("timm", "regnetx_002", "regnet_x_200mf", (64, 96)),
    Case("timm", "regnety_002", "regnet_y_200mf", (64, 96), gain=0.5),
    Case("timm", "regnetx_004_tv", "regnet_x_400mf_tv", (64, 96)),
    Case("timm", "legacy_seresnet50", "se_resnet50", (64, 96), gain=0.5),
    Case(
        "timm",
        "legacy_seresnext50_32x4d",
        "se_resnext50_32x4d",
        (64, 96),
        gain=0.5,
    ),
    Case("timm", "legacy_senet154", "senet154", (64, 96), gain=0.5),
    Case(
        "timm",
        "dpn68",
        "dpn68",
        (64, 96),
        their_options={"fc_act_layer": "relu"},
    ),
    Case("timm", "repvgg_a0", "repvgg_a0", (64, 96)),
    Case("timm", "repvgg_b1g4", "repvgg_b1g4", (64, 96)),
    Case("timm", "mobileone_s4", "mobileone_s4", (64, 96), gain=0.1),
    Case("timm", "repvit_m0_9", "repvit_m0_9", (64, 96)),
    Case("timm", "fastvit_t8", "fastvit_t8", (64, 96)),
    Case("timm", "ghostnetv2_100", "ghostnet_v2_100", (64, 96), gain=0.5),
    Case("torchvision", "convnext_tiny", "convnext_tiny", (64, 96)),
    Case("timm", "convnext_tiny", "convnext_tiny", (64, 96)),
    Case(
        "keras",
        "ConvNeXtTiny",
        "convnext_tiny",
        (64, 96),
        their_options={"include_preprocessing": False},
    ),
    Case(
        "torchvision",
        "googlenet",
        "googlenet_bn",
        (64, 96),
        options={"aux_heads": True},
    ),
    Case("torchvision", "squeezenet1_0", "squeezenet1_0", (64, 96)),
    Case("torchvision", "squeezenet1_1", "squeezenet1_1", (64, 96)),
    Case(
        "torchvision",
        "inception_v3",
        "inception_v3_torchvision",
        (299, 331),
        options={"aux_heads": True},
    ),
    Case("timm", "inception_v3", "inception_v3_torchvision", (75, 107)),
    Case("timm", "inception_v4", "inception_v4", (75, 107)),
    Case("timm", "inception_resnet_v2", "inception_resnet_v2", (75, 107)),
    Case("timm", "legacy_xception", "xception", (71, 103)),
    Case("keras", "InceptionV3", "inception_v3", (75, 107)),
    Case("keras", "InceptionResNetV2", "inception_resnet_v2", (75, 107)),
    Case("keras", "Xception", "xception", (72, 104)),
    Case("timm", "seresnet50", "se_resnet50_v1_5", (64, 96), gain=0.5),
    Case("timm", "hrnet_w18_small", "hrnet_w18_small", (64, 96)),
    Case("timm", "hgnet_tiny", "hgnet_tiny", (64, 96)),
    Case("timm", "hgnetv2_b0", "hgnet_v2_b0", (64, 96)),
    Case("timm", "cspresnext50", "cspresnext50", (64, 96)),
    Case("timm", "cspdarknet53", "cspdarknet53", (64, 96)),
    Case("timm", "darknet53", "darknet53", (64, 96)),
    Case("timm", "ese_vovnet19b_dw", "ese_vovnet19b_dw", (65, 97)),
    Case("timm", "ese_vovnet39b", "ese_vovnet39b", (64, 96)),
    Case("timm", "dla34", "dla34", (64, 96)),
    Case("timm", "dla46x_c", "dla46x_c", (64, 96)),
    Case("timm", "convnextv2_atto", "convnext_v2_atto", (64, 96)),
    # github.com/Robert-JunWang/PeleeNet
    Case("authors", "peleenet:PeleeNet", "peleenet", (64, 96)),
    Case(  # github.com/PingoLH/Pytorch-HarDNet
        "authors",
        "hardnet:HarDNet",
        "hardnet39ds",
        (64, 96),
        their_options={"arch": 39, "depth_wise": True, "pretrained": False},
    ),
    Case(
        "authors",
        "hardnet:HarDNet",
        "hardnet68",
        (64, 96),
        their_options={"arch": 68, "pretrained": False},
    ),
    # github.com/dyhan0920/PyramidNet-PyTorch, divided by // and without .cuda()
    Case(
        "authors",
        "PyramidNet:PyramidNet",
        "pyramidnet110_a48",
        (32, 32),
        their_options={
            "dataset": "cifar10",
            "depth": 110,
            "alpha": 48,
            "num_classes": 10,
        },
    ),
    Case("timm", "resnet18d", "resnet18d", (64, 96)),
    Case("timm", "resnet50c", "resnet50c", (32, 64), program=True),
    Case("timm", "resnetblur18", "resnetblur18", (64, 96)),
    Case("timm", "resnetaa50d", "resnetaa50d", (64, 96), program=True),
    Case(
        "timm", "res2net50_26w_4s", "res2net50_26w_4s", (64, 96), program=True
    ),
    Case("timm", "res2next50", "res2next50", (64, 96), program=True),
    Case("timm", "resnest14d", "resnest14d", (64, 96), gain=0.5),
    Case(
        "timm",
        "resnest50d_4s2x40d",
        "resnest50d_4s2x40d",
        (64, 96),
        gain=0.5,
        program=True,
    ),
    Case("timm", "skresnet18", "sk_resnet18", (64, 96), gain=0.5),
    Case(
        "timm",
        "skresnext50_32x4d",
        "sk_resnext50_32x4d",
        (64, 96),
        gain=0.5,
        program=True,
    ),
    Case("timm", "ecaresnet26t", "eca_resnet26t", (64, 96), gain=0.5),
    Case("timm", "gcresnext26ts", "gc_resnext26ts", (64, 96), gain=0.5),
    Case("timm", "gcresnet33ts", "gc_resnet33ts", (64, 96), gain=0.5),
    Case("timm", "resnetv2_50x1_bit", "resnet_v2_50x1_bit", (63, 96)),
    Case("timm", "nf_resnet50", "nf_resnet50", (64, 96)),
    Case("timm", "dm_nfnet_f0", "dm_nfnet_f0", (64, 95)),
    Case("timm", "eca_nfnet_l0", "eca_nfnet_l0", (64, 96)),
    Case("timm", "nfnet_l0", "nfnet_l0", (64, 96), program=True),
    Case("timm", "regnetz_b16", "regnet_z_b16", (64, 96), gain=0.5),
    Case("timm", "regnetz_d8", "regnet_z_d8", (64, 96), gain=0.5, program=True),
    Case("timm", "regnetz_005", "regnet_z_005", (64, 96), gain=0.5),
    Case("timm", "inception_next_atto", "inception_next_atto", (64, 96)),
    Case("timm", "mobilenetv1_100h", "mobilenet_v1_100h", (64, 96)),
    Case("timm", "xception41", "xception41", (71, 103), program=True),
    Case("timm", "xception41p", "xception41p", (71, 103), program=True),
    Case(  # github.com/ShichenLiu/CondenseNet; args, last pool of 2
        "authors",
        "condensenet:condensenet",
        "condensenet74_c8",
        (64, 64),
        their_options={
            "stages": [4, 6, 8, 10, 8],
            "growth": [8, 16, 32, 64, 128],
            "data": "imagenet",
            "num_classes": 1000,
            "bottleneck": 4,
            "group_1x1": 8,
            "group_3x3": 8,
            "condense_factor": 8,
            "dropout_rate": 0,
        },
        gain=0.5,
    ),
    Case("timm", "cs3darknet_focus_s", "cs3darknet_focus_s", (64, 96)),
    Case(
        "timm",
        "cs3se_edgenet_x",
        "cs3se_edgenet_x",
        (64, 96),
        gain=0.5,
        program=True,
    ),
    Case(
        "timm",
        "cs3sedarknet_x",
        "cs3sedarknet_x",
        (64, 96),
        gain=0.5,
        program=True,
    ),
]
