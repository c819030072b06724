"""The network in float32, for runtimes that lack half precision."""

import keras

from zoo.export import _pending

HALF = ("float16", "bfloat16")


def is_half(model):
    """Whether a layer computes in half precision."""
    return any(
        layer.compute_dtype in HALF or layer.variable_dtype in HALF
        for layer in model._flatten_layers()
    )


def float32(network):
    """The same network with all its layers and weights in float32.

    Args:
        network: A functional model.

    Returns:
        The same model where nothing is in half precision.
    """
    if not is_half(network):
        return network
    pairs = []

    def clone(layer):
        own = not isinstance(layer, keras.layers.Layer)  # keras.ops
        if own or isinstance(layer, keras.layers.Lambda):
            return layer
        new = type(layer).from_config(_wider(_pending.configuration(layer)))
        pairs.append((layer, new))
        return new

    wider = keras.models.clone_model(
        network, clone_function=clone, recursive=True
    )
    for layer, new in pairs:
        _pending.copy_weights(layer, new)
    return wider


def _wider(config):
    """A layer's configuration with float32 for half precision, inside too."""
    if isinstance(config, dict):
        return {key: _wider(value) for key, value in config.items()}
    if isinstance(config, list | tuple):
        return type(config)(map(_wider, config))
    if isinstance(config, str) and config.removeprefix("mixed_") in HALF:
        return "float32"
    return config
