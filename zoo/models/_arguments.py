"""Checks what every builder is asked for."""

import keras


def check_num_classes(num_classes):
    """Returns a positive int, or raises ValueError."""
    if type(num_classes) is not int or num_classes < 1:  # no bool, no float
        raise ValueError(
            f"num_classes must be a positive int; received {num_classes!r}."
        )
    return num_classes


def check_activation(activation):
    """Returns what Keras takes for an activation, or raises ValueError."""
    try:
        keras.activations.get(activation)
    except (ValueError, TypeError) as error:
        raise ValueError(
            "classifier_activation must be None (logits), the name of a Keras "
            "activation such as 'softmax', or a function; received "
            f"{activation!r}."
        ) from error
    return activation


def check_input_shape(shape, min_size, fixed_size):
    """Returns (height, width, channels), large enough, or raises ValueError."""
    what = f"input_shape={shape!r}"
    sizes = (int,) if fixed_size else (int, type(None))
    if not isinstance(shape, (tuple, list)) or len(shape) != 3:
        raise ValueError(f"{what} must be (height, width, channels).")
    *space, channels = shape
    if not isinstance(channels, int) or channels < 1:
        raise ValueError(f"{what}: channels must be a positive int.")
    for size in space:
        if not isinstance(size, sizes):
            allowed = "an int" if fixed_size else "an int or None"
            raise ValueError(f"{what}: height and width must be {allowed}.")
        if size is not None and size < min_size:
            raise ValueError(
                f"{what} is too small: this network needs at least "
                f"{min_size}x{min_size}."
            )
    return tuple(shape)


def check_multiple(image, multiple):
    """Raises ValueError where a known height or width is no multiple of it."""
    height, width = image.shape[1:3]
    if any(size is not None and size % multiple for size in (height, width)):
        raise ValueError(
            f"input_shape={tuple(image.shape[1:])!r}: this network halves its "
            "maps and doubles them again, so that height and width must be "
            f"multiples of {multiple}."
        )
