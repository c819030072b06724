"""Small forms of the zoo's networks, for images of 32×32."""

import keras

import zoo
from zoo.models import densenet, resnet_v2, resnext, wide_resnet

OWN = {  # which the zoo has no names for
    "pre_resnet": lambda **options: resnet_v2.resnet_v2_cifar(
        resnet_v2.basic_block_v2, 3, **options
    ),
    "wide_resnet": lambda **options: wide_resnet.wide_resnet_cifar(
        10, 2, **options
    ),
    "densenet": lambda **options: densenet.densenet_cifar(22, 12, **options),
    "resnext": lambda **options: resnext.resnext_cifar(8, 8, 20, **options),
}


def form(name, data, **options):
    """A network of the zoo, or one of `OWN`, for the data.

    Args:
        name: Name of a builder of the zoo, or a key of `OWN`.
        data: Gives the shape of images and the number of classes.
        **options: Further arguments of the builder.
    """
    build = OWN.get(name) or getattr(zoo, name)
    return build(
        num_classes=len(data.classes), input_shape=data.input_shape, **options
    )


def adapted(model, share):
    """The same network with fewer filters, for a short training.

    Without dropout and stochastic depth, with a momentum of 0.9 of the running
    averages, and with He's initialization where there is no normalizer.

    Args:
        model: A network of the zoo.
        share: Share of the filters that each layer keeps, up to 1.
    """
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
    """Whether it has normalizers; local response normalization is none."""
    return any("norm" in layer.name for layer in model.layers)
