"""From the bytes of a file to pixels: one way for every entrance.

Training, `zoo classify`, the exported graph and the server all call `decode`,
so that a file is the same pixels everywhere.
"""

import functools
import os
import pathlib
import re
from typing import TYPE_CHECKING

import numpy as np

from zoo.images import _bytes, _formats, _orientation

if TYPE_CHECKING:
    import tensorflow as tf

GRAY = (19595, 38470, 7471)  # of red, green, blue in 65536, ITU-R 601, Pillow
BMP_HEADER = 40  # bytes of BITMAPINFOHEADER
BMP_FAILURES = (
    "a BMP of OS/2 is not read; save it as PNG",
    "a compressed BMP is not read; save it as PNG",
    "a BMP of less than 8 bits or of 16 is not read; save it as PNG",
    "a BMP with a palette of colours is not read; save it as PNG",
)


def decode(
    data: "tf.Tensor | bytes", channels: int = 3, orientation: str = "exif"
) -> "tf.Tensor":
    """Decodes a JPEG, PNG, GIF (its first frame) or BMP, in graphs too.

    JPEGs are decoded as Pillow does it (the accurate integer transform), 16
    bits are cut to 8, transparency is dropped (of a GIF it becomes black), and
    photographs are turned upright as the EXIF data of a JPEG or PNG says.

    Args:
        data: The file's bytes, a scalar string tensor or `bytes`.
        channels: 1 for gray, 3 for colours, 0 for as many as the file has.
        orientation: "exif" turns images upright; "stored" leaves the pixels as
            the file has them.

    Returns:
        A uint8 tensor (height, width, channels).

    Raises:
        tf.errors.InvalidArgumentError: The file is broken, of another format,
            or a BMP with a palette that is not a ramp of grays. `reason` makes
            a sentence of it.

    Example:
        >>> import tensorflow as tf
        >>> file = tf.io.encode_png(tf.zeros((4, 6, 1), tf.uint8))
        >>> decode(file).shape
        TensorShape([4, 6, 3])
    """
    import tensorflow as tf

    if channels not in (0, 1, 3):
        raise ValueError(
            f"channels must be 1 (gray), 3 (colours) or 0; received {channels}."
        )
    image = _decoder(channels, orientation)(tf.convert_to_tensor(data))
    image.set_shape((None, None, channels or None))
    return image


@functools.cache
def _decoder(channels, orientation):
    """The TensorFlow function that decodes; its graph is made once."""
    import tensorflow as tf

    def decode(data):
        nowhere = _bytes.integer(-1)
        kinds = [
            tf.strings.substr(data, 0, len(start)) == start
            for start in _formats.STARTS.values()
        ]
        kinds = tf.cast(tf.stack([*kinds, True]), tf.int32)
        image, exif = tf.switch_case(
            tf.argmax(kinds, output_type=tf.int32),
            [
                lambda: (_jpeg(data, channels), _orientation.in_jpeg(data)),
                lambda: (
                    tf.io.decode_png(data, channels),
                    _orientation.in_png(data),
                ),
                lambda: (_gif(data, channels), nowhere),
                lambda: (_bmp(data, channels), nowhere),
                lambda: (_unknown(channels), nowhere),
            ],
        )
        if orientation == "stored":
            return image
        return _orientation.upright(image, _orientation.read(data, exif))

    text = tf.TensorSpec((), tf.string)
    return tf.function(decode, input_signature=[text], autograph=False)


def read(path: str | os.PathLike, channels: int = 3) -> np.ndarray:
    """The pixels of an image file, a NumPy array (height, width, channels).

    Raises:
        ValueError: The file cannot be read; which and why.

    Example:
        >>> read("absent.png")
        Traceback (most recent call last):
        ...
        ValueError: cannot read the image absent.png: No such file or directory
    """
    import tensorflow as tf

    try:
        return decode(pathlib.Path(path).read_bytes(), channels).numpy()
    except (OSError, tf.errors.OpError) as error:
        raise unreadable(path, error) from error


def orientation_of(data):
    """The orientation, from 1 (upright) to 8, that a file's EXIF data tell."""
    if data.startswith(_formats.STARTS["JPEG"]):
        return int(_orientation.read(data, _orientation.in_jpeg(data)))
    if data.startswith(_formats.STARTS["PNG"]):
        return int(_orientation.read(data, _orientation.in_png(data)))
    return 1


def unreadable(path, error):
    """A ValueError that names the file and the reason."""
    return ValueError(f"cannot read the image {path}: {reason(error)}")


def reason(error):
    """What is wrong with a file, without TensorFlow's names of nodes."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    # Of a graph's error, the last line between a stack trace and the nodes.
    lines = [line.strip() for line in error.message.splitlines()]
    lines = [line for line in lines if line and not line.startswith("[[")]
    text = (lines or [""])[-1].partition("[Op:")[0]
    text = re.sub(r"\{\{[^{}]*\}\}|\w+Error: ", "", text)
    text = re.sub(r"assertion failed: \[(.*?)\].*", r"\1", text)
    text = re.sub(r".*Summarized data: b'(.*)'", r"\1", text)
    return text.strip(" .,") or "it is broken"


def _jpeg(data, channels):
    import tensorflow as tf

    def decoded(channels):
        return tf.io.decode_jpeg(data, channels, dct_method="INTEGER_ACCURATE")

    if channels != 1:
        return decoded(channels)
    return tf.cond(  # libjpeg knows no way from CMYK to gray
        tf.io.extract_jpeg_shape(data)[2] > 3,
        lambda: _with_channels(decoded(3), 1),
        lambda: decoded(1),
    )


def _gif(data, channels):
    import tensorflow as tf

    image = tf.io.decode_image(data, 3, expand_animations=False)
    image.set_shape((None, None, 3))
    return _with_channels(image, channels)


def _bmp(data, channels):
    """Refuses what TensorFlow would read as something else."""
    import tensorflow as tf

    words = _bytes.read(data, 0, 33, bits=16)
    header, bits, compression, colours = tf.unstack(
        tf.gather(words, (7, 14, 15, 23))
    )
    # Masks tell where the colours are; at these places they are always read.
    is_usual = tf.reduce_all(words[27:] == (0, 255, 0xFF00, 0, 255, 0))
    is_usual &= (compression == 3) & (bits == 32)
    colours = (colours - 1) % 256 + 1  # 0 stands for 256
    palette = _bytes.read(data, 14 + header, 4 * colours)
    palette = tf.reshape(palette, (-1, 4))[:, :3]
    is_ramp = tf.reduce_all(palette == tf.range(colours)[:, None])
    failures = tf.stack(
        [
            header < BMP_HEADER,
            (compression != 0) & ~is_usual,
            (bits != 8) & (bits != 24) & (bits != 32),
            (bits == 8) & ~is_ramp,
        ]
    )
    which = tf.argmax(tf.cast(failures, tf.int32))
    with tf.control_dependencies(
        [_refuse(tf.reduce_any(failures), tf.gather(BMP_FAILURES, which))]
    ):
        return _with_channels(tf.io.decode_bmp(tf.identity(data)), channels)


def _unknown(channels):
    import tensorflow as tf

    with tf.control_dependencies([_refuse(True, _formats.UNKNOWN)]):
        return tf.zeros((0, 0, channels or 1), tf.uint8)


def _refuse(condition, text):
    """An operation that fails, with this text, where the condition holds."""
    import tensorflow as tf

    return tf.raw_ops.Assert(
        condition=tf.logical_not(condition), data=[text], summarize=1
    )


def _with_channels(image, channels):
    """Changes gray, colours and colours with transparency into each other."""
    import tensorflow as tf

    if not channels:
        return image
    if channels == 3:  # gray is repeated
        index = tf.minimum(tf.range(3), tf.shape(image)[-1] - 1)
        return tf.gather(image, index, axis=-1)

    def gray():
        parts = tf.cast(image[..., :3], tf.int32) * tf.constant(GRAY)
        sums = tf.reduce_sum(parts, -1, keepdims=True)
        return tf.cast((sums + 2**15) // 2**16, tf.uint8)

    return tf.cond(tf.shape(image)[-1] > 1, gray, lambda: image)
