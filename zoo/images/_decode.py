"""From the bytes of a file to pixels: one way for every entrance.

Training, `zoo classify`, the exported graph and the server all call `decode`,
so that a file is the same pixels everywhere.
"""

import functools
import pathlib
import re

from zoo.images import _bytes, _formats, _orientation

GRAY = (19595, 38470, 7471)  # of red, green, blue in 65536, ITU-R 601, Pillow
BMP_HEADER = 40  # bytes, of BITMAPINFOHEADER; the older one is read wrongly


def decode(data, channels=3, orientation="exif"):
    """Decodes a JPEG, PNG, GIF (its first frame) or BMP, in graphs too.

    JPEGs are decoded as Pillow does it (the accurate integer transform), 16
    bits are cut to 8, transparency is dropped, and photographs are turned
    upright as the EXIF data of a JPEG or PNG says.

    Args:
        data: The file's bytes, a scalar string tensor or `bytes`.
        channels: 1 for gray, 3 for colours, 0 for as many as the file has.
        orientation: "exif" turns images upright; "stored" leaves them.

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
    data = tf.convert_to_tensor(data)
    turn = orientation == "exif"

    def jpeg():
        number = _orientation.jpeg(data) if turn else _bytes.integer(1)
        return _jpeg(data, channels), number

    def png():
        image = tf.io.decode_png(data, channels)
        return image, _orientation.png(data) if turn else _bytes.integer(1)

    def gif():
        image = tf.io.decode_image(data, 3, expand_animations=False)
        image.set_shape((None, None, 3))
        return _with_channels(image, channels), _bytes.integer(1)

    def bmp():
        with tf.control_dependencies(_check_bmp(data)):
            image = tf.io.decode_bmp(tf.identity(data))
        return _with_channels(image, channels), _bytes.integer(1)

    def unknown():
        with tf.control_dependencies([_refuse(False, _formats.UNKNOWN)]):
            return tf.zeros((0, 0, channels or 1), tf.uint8), _bytes.integer(1)

    image, number = tf.case(
        [
            (_starts(data, _formats.STARTS[name]), read)
            for name, read in zip(
                _formats.FORMATS, (jpeg, png, gif, bmp), strict=True
            )
        ],
        default=unknown,
    )
    if turn:
        image = _orientation.upright(image, number)
    image.set_shape((None, None, channels or None))
    return image


def read(path, channels=3):
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


def unreadable(path, error):
    """A ValueError that names the file and the reason."""
    return ValueError(f"cannot read the image {path}: {reason(error)}")


def reason(error):
    """What is wrong with a file, without TensorFlow's names of nodes."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    text = error.message.partition("\n\t [[")[0].partition("[Op:")[0]
    # Of a graph's error, the last line; a stack trace stands above it.
    text = (text.strip().splitlines() or [""])[-1]
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


def _starts(data, start):
    import tensorflow as tf

    size = tf.minimum(tf.strings.length(data), len(start))
    return tf.equal(tf.strings.substr(data, 0, size), start)


def _refuse(condition, text):
    """An operation that fails, with this text, unless the condition holds."""
    import tensorflow as tf

    return tf.debugging.Assert(tf.convert_to_tensor(condition), [text])


def _check_bmp(data):
    """TensorFlow reads what it does not know of a BMP as something else."""
    import tensorflow as tf

    number = functools.partial(_little, data)
    header, bits = number(14, 4), number(28, 2)
    compression, colours = number(30, 4), number(46, 4)
    most = _bytes.integer(256)
    colours = tf.where(colours == 0, most, tf.minimum(colours, most))
    palette = _bytes.read(data, 14 + header, 4 * colours)
    ramp = tf.range(colours)[:, None]
    is_ramp = tf.reduce_all(tf.reshape(palette, (-1, 4))[:, :3] == ramp)
    # 3: masks tell where the colours are; only the usual places are read.
    masks = [number(54 + 4 * i, 4) == 0xFF0000 >> 8 * i for i in range(3)]
    usual = (compression == 3) & (bits == 32) & tf.reduce_all(masks)
    return [
        _refuse(header >= BMP_HEADER, "a BMP of OS/2, which is not read"),
        _refuse((compression == 0) | usual, "a compressed BMP is not read"),
        _refuse(
            (bits == 8) | (bits == 24) | (bits == 32),
            "a BMP of less than 8 bits or of 16 is not read; save it as PNG",
        ),
        _refuse(
            (bits != 8) | is_ramp,
            "a BMP with a palette of colours is not read; save it as PNG",
        ),
    ]


def _little(data, at, count):
    return _bytes.number(_bytes.read(data, at, count), False)


def _with_channels(image, channels):
    """Changes gray, colours and colours with transparency into each other."""
    import tensorflow as tf

    if not channels:
        return image
    has = tf.shape(image)[-1]

    def gray():
        parts = tf.cast(image[..., :3], tf.int32) * tf.constant(GRAY)
        sums = tf.reduce_sum(parts, -1, keepdims=True)
        return tf.cast((sums + 2**15) // 2**16, tf.uint8)

    if channels == 1:
        return tf.cond(has > 1, gray, lambda: image)
    return tf.cond(
        has > 1,
        lambda: image[..., :3],
        lambda: tf.tile(image, (1, 1, 3)),
    )
