"""Small forms of the zoo's networks, for images of 32×32."""

SMALL = {"stem": "small"}
# Year, share of the filters, the zoo's form and its arguments.
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
SIZES = {"AlexNet": 67}  # of the images; 32 for all others


def network(name, classes, shape):
    """The small form of a network."""
    import zoo
    from zoo.models import densenet, resnet_v2, resnext, wide_resnet

    own = {  # which the zoo has no names for
        "pre_resnet": lambda **options: resnet_v2.resnet_v2_cifar(
            resnet_v2.basic_block_v2, 3, **options
        ),
        "wide_resnet": lambda **options: wide_resnet.wide_resnet_cifar(
            10, 2, **options
        ),
        "densenet": lambda **options: densenet.densenet_cifar(
            22, 12, **options
        ),
        "resnext": lambda **options: resnext.resnext_cifar(8, 8, 20, **options),
    }
    _, share, form, options = NETWORKS[name]
    build = own.get(form) or getattr(zoo, form)
    model = build(num_classes=classes, input_shape=shape, **options)
    return model if name == "LeNet-5" else adapted(model, share)


def adapted(model, share):
    """Its form with a share of the filters, without dropout."""
    import keras

    normalized = is_normalized(model)

    def change(layer):
        config = layer.get_config()
        if not layer.name.startswith("logits"):
            for key in ("filters", "units", "start", "stop"):
                if config.get(key):
                    config[key] = max(1, round(config[key] * share))
        if "rate" in config:
            config["rate"] = 0.0
        if "momentum" in config:
            config["momentum"] = 0.9
        if "kernel_initializer" in config and not normalized:
            config["kernel_initializer"] = "he_normal"
        return type(layer).from_config(config)

    return keras.models.clone_model(model, clone_function=change)


def is_normalized(model):
    """Whether it has a normalizer; that of AlexNet's responses is none."""
    return any("norm" in layer.name for layer in model.layers)
