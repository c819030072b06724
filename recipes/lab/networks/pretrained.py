"""EfficientNet-Lite0 under a new classifier."""

import keras

import zoo


def pretrained(data, side, weights):
    """EfficientNet-Lite0 for the data's images of 0 to 1, and a classifier.

    Args:
        data: A `Data`; gives the shape of images and the classes.
        side: Height and width of the images in the network, in pixels, where
            the data's are smaller.
        weights: The `weights` of `zoo.efficientnet_lite0`; None for new ones.

    Returns:
        (the network without the classifier, the whole network with logits).
    """
    shape = (*data.input_shape[:2], 3)
    if max(shape[:2]) < side:
        shape = (side, side, 3)
    base = zoo.efficientnet_lite0(
        weights=weights, include_top=False, pooling="avg", input_shape=shape
    )
    image = keras.Input(data.input_shape)
    x = keras.layers.Rescaling(2.0, -1.0)(image)  # to −1 … 1
    if data.input_shape[-1] == 1:
        x = keras.layers.Concatenate()([x, x, x])
    x = keras.layers.Resizing(*shape[:2])(x)
    # Weights from ImageNet keep their averages; new ones need the batch's.
    x = base(x, training=False) if weights else base(x)
    x = keras.layers.Dropout(0.2)(x)
    logits = keras.layers.Dense(len(data.classes), name="logits")(x)
    return base, keras.Model(image, logits)
