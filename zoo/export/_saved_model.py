"""A SavedModel with its signatures, for TensorFlow and TensorFlow Serving."""

import dataclasses

import keras
import numpy as np

from zoo.export import _fences
from zoo.images import Preprocessing, decode

LARGEST_FROZEN = 100e6  # parameters; constants are copied 30 times on the way
NOISE_SIZES = ((60, 80), (75, 50))  # of the images that are tried


@dataclasses.dataclass
class BytesInput:
    """How encoded images become what the network takes.

    Attributes:
        preprocessing: Layer from (1, H, W, channels), 0 to 255, to (1, *shape).
        channels: 1 or 3, as images are decoded.
        shape: The shape of an image as it enters the network.
        orientation: "exif" or "stored", as `decode` has it.
    """

    preprocessing: keras.layers.Layer
    channels: int
    shape: tuple
    orientation: str

    def read(self, data):
        """One encoded image, a scalar string, as the network takes it."""
        import tensorflow as tf

        image = decode(data, self.channels, self.orientation)
        image = self.preprocessing(tf.cast(image, tf.float32)[None])[0]
        return tf.ensure_shape(tf.cast(image, tf.float32), self.shape)


def bytes_input(preprocessing, shape, orientation="exif"):
    """A `BytesInput`, or None without preprocessing.

    Args:
        preprocessing: A `Preprocessing`, a layer or None.
        shape: The shape of an image that the network takes.
        orientation: How a layer's images are decoded; a `Preprocessing` has
            its own.

    Raises:
        ValueError: The preprocessing does not fit the model.
    """
    if preprocessing is None:
        return None
    if isinstance(preprocessing, Preprocessing):
        orientation = preprocessing.orientation
        preprocessing = preprocessing.model()
    if not isinstance(preprocessing, keras.layers.Layer):
        raise ValueError(
            "preprocessing must be a zoo.Preprocessing, or a keras.Model or "
            f"layer as zoo.preprocessing returns; received {preprocessing!r}."
        )
    inputs = getattr(preprocessing, "inputs", None)
    channels = (inputs[0].shape[-1] if inputs else None) or shape[-1]
    if channels not in (1, 3):
        raise ValueError(
            "preprocessing is for images of 1 or 3 channels, as files have; "
            f"the model takes {channels}."
        )
    made = preprocessing(keras.Input((None, None, channels))).shape[1:]
    pairs = list(zip(made, shape, strict=False))
    if len(made) != 3 or any(a and b and a != b for a, b in pairs):
        raise ValueError(
            f"preprocessing makes images of {tuple(made)}; the model takes "
            f"{tuple(shape)}."
        )
    shape = tuple(a or b for a, b in pairs)
    return BytesInput(preprocessing, channels, shape, orientation)


def write(path, network, freeze, bytes_input, class_names, top):
    """Writes the SavedModel into a directory.

    Args:
        path: The directory.
        network: The model as `_network.served` returns it.
        freeze: Whether weights become constants.
        bytes_input: The `BytesInput` of `classify_bytes`; None: without that
            signature.
        class_names: The classes' names. None: their numbers.
        top: How many classes `classify_bytes` names.

    Returns:
        The names of the signatures.
    """
    import tensorflow as tf

    images = tf.TensorSpec(network.input_shape, tf.float32, name="images")
    call = tf.function(
        lambda images: _answer(network, images),
        input_signature=[images],
        autograph=False,
    )
    freeze = freeze and network.count_params() < LARGEST_FROZEN
    if freeze:
        call = _frozen(call.get_concrete_function(), sorted(network.output))

    def serving_default(images):
        answers = call(images)
        return {name: answers[name] for name in ("logits", "probabilities")}

    def features(images):
        return {"features": call(images)["features"]}

    def classify_bytes(image_bytes):
        spec = tf.TensorSpec(bytes_input.shape, tf.float32)
        images = tf.map_fn(
            bytes_input.read, image_bytes, fn_output_signature=spec
        )
        best = tf.math.top_k(call(images)["probabilities"], top)
        if class_names is None:
            names = tf.strings.as_string(best.indices)
        else:
            names = tf.gather(tf.constant(class_names), best.indices)
        return {"classes": names, "probabilities": best.values}

    archive = keras.export.ExportArchive()
    if not freeze:
        archive.track(network)
    archive.add_endpoint("serving_default", serving_default, [images])
    signatures = ["serving_default"]
    if bytes_input:
        archive.track(bytes_input.preprocessing)
        strings = tf.TensorSpec((None,), tf.string, name="image_bytes")
        archive.add_endpoint("classify_bytes", classify_bytes, [strings])
        signatures.append("classify_bytes")
    if "features" in network.output:
        archive.add_endpoint("features", features, [images])
        signatures.append("features")
    # A frozen function has lost what its custom gradients would refer to.
    options = tf.saved_model.SaveOptions(experimental_custom_gradients=False)
    archive.write_out(str(path), options, verbose=False)
    _fences.add(path)
    return signatures


def check(path, samples, bytes_input, top):
    """Loads the SavedModel and asks every signature.

    Raises:
        RuntimeError: One answers otherwise than the model.
    """
    import tensorflow as tf

    signatures = tf.saved_model.load(str(path)).signatures
    for name in signatures:
        if name != "classify_bytes":
            answered = signatures[name](images=tf.constant(samples.images))
            samples.check("the SavedModel", answered)
    if bytes_input:
        files = [_noise(h, w, bytes_input.channels) for h, w in NOISE_SIZES]
        images = tf.stack([bytes_input.read(file) for file in files])
        expected = samples.answers(images)["probabilities"]
        answered = signatures["classify_bytes"](image_bytes=tf.stack(files))
        samples.check(
            "the SavedModel's classify_bytes",
            {"probabilities": answered["probabilities"]},
            {"probabilities": -np.sort(-expected)[:, :top]},
        )


def _noise(height, width, channels):
    import tensorflow as tf

    random = np.random.default_rng(height)
    noise = random.integers(0, 256, (height, width, channels), np.uint8)
    return tf.io.encode_png(noise)


def _answer(network, images):
    """The network's answers; to no images, too.

    oneDNN's convolutions give no images the shape that they had, not theirs.
    """
    import tensorflow as tf

    shape = tf.shape(images)
    added = tf.cast(shape[:1] == 0, tf.int32)
    zeros = tf.zeros(tf.concat([added, shape[1:]], 0))
    answers = network(tf.concat([images, zeros], 0), training=False)
    return {name: values[: shape[0]] for name, values in answers.items()}


def _frozen(function, names):
    """The function with its variables turned into constants."""
    from tensorflow.python.framework import convert_to_constants

    frozen = convert_to_constants.convert_variables_to_constants_v2(function)
    # It returns a list, in the order in which TensorFlow flattens a dictionary.
    return lambda images: dict(zip(names, frozen(images), strict=True))
