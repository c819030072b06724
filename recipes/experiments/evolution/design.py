"""Which networks are compared, in which small forms."""

SMALL = {"stem": "small"}
# Year, share of the filters, the form's name and its arguments.
NETWORKS = {
    "LeNet-5": (1998, 1, "lenet5", {}),
    "AlexNet": (2012, 1 / 2, "alexnet", {}),
    "NiN": (2013, 3 / 8, "nin_cifar", {}),
    "All-CNN": (2014, 3 / 8, "all_cnn_c", {}),
    "VGG-11": (2014, 1 / 2, "vgg11", SMALL),
    "GoogLeNet": (2014, 1 / 8, "googlenet", SMALL),
    "VGG-11 BN": (2015, 1 / 2, "vgg11_bn", SMALL),
    "Inception-v2": (2015, 1 / 8, "inception_v2", SMALL),
    "ResNet-20": (2015, 1, "resnet20", {}),
    "PreResNet-20": (2016, 1, "pre_resnet", {}),
    "WRN-10-2": (2016, 1, "wide_resnet", {}),
    "DenseNet-22": (2016, 1, "densenet", {}),
    "SqueezeNet": (2016, 1 / 2, "squeezenet1_1", SMALL),
    "Xception": (2016, 1 / 4, "xception", SMALL),
    "ResNeXt-20": (2016, 1 / 4, "resnext", {}),
    "SE-ResNet-18": (2017, 1 / 4, "se_resnet18", SMALL),
    "MobileNet": (2017, 1, "mobilenet_v1_x0_25", SMALL),
    "ShuffleNet": (2017, 1 / 2, "shufflenet_v1_g3", SMALL),
    "MobileNetV2": (2018, 1, "mobilenet_v2_x0_35", SMALL),
    "ShuffleNetV2": (2018, 1, "shufflenet_v2_x0_5", SMALL),
    "EfficientNet": (2019, 1 / 2, "efficientnet_b0", SMALL),
    "RepVGG": (2021, 1 / 4, "repvgg_a0", SMALL),
    "ConvNeXt": (2022, 1 / 8, "convnext_tiny", SMALL),
}
SIDE = 32  # of the images, in pixels
SIZES = {"AlexNet": 67}  # the same, where it differs
AS_PUBLISHED = ("LeNet-5",)
BATCH_SIZE = 32
SMOKE = ("LeNet-5", "NiN")
PLAIN, DEPTHWISE = "normalized", "normalized, depthwise"  # kinds


def settings(options):
    """One setting for each network."""
    names = SMOKE if options.smoke else NETWORKS
    timed = SMOKE[:1] if options.smoke else NETWORKS
    return [
        {
            "network": name,
            "year": NETWORKS[name][0],
            "share": NETWORKS[name][1],
            "timed_steps": 10 if name in timed else 0,
        }
        for name in names
    ]


def kind(normalized, depthwise):
    """What the tables call a network with or without these parts."""
    words = PLAIN if normalized else "no normalizer"
    return f"{words}, depthwise" if depthwise else words
