"""Turns photographs upright, as their EXIF data says; TensorFlow operations.

A camera stores the pixels as its sensor has them and notes how it was held:
tag 0x0112, from 1 to 8, in a JPEG's APP1 segment or a PNG's chunk eXIf
(Exif 2.32, CIPA DC-008, section 4.6.4 A).
"""

from zoo.images import _bytes

MAX_SEGMENTS = 200  # in front of the pixels; five are usual
MAX_TAGS = 1000
TAG = 0x0112
SHORT = 3  # the tag's type: 16 bits


def upright(image, number):
    """Turns an image as an orientation says.

    Args:
        image: (height, width, channels).
        number: The orientation, from 1 (as it is) to 8.

    Returns:
        The image; from number 5 on, height and width are exchanged.
    """
    import tensorflow as tf

    def turned():
        x = _if(number >= 5, lambda x: tf.transpose(x, (1, 0, 2)), image)
        x = _if(_among(number, (2, 3, 6, 7)), lambda x: x[:, ::-1], x)
        return _if(_among(number, (3, 4, 7, 8)), lambda x: x[::-1], x)

    return tf.cond(number > 1, turned, lambda: tf.identity(image))


def jpeg(data):
    """The orientation that a JPEG's EXIF data tells; 1 where it tells none.

    Args:
        data: The file's bytes, a scalar string.

    Returns:
        A scalar int64 from 1 to 8.
    """
    import tensorflow as tf

    def body(at, found):
        head = _bytes.read(data, at, 10)
        fills = (head[0] == 0xFF) & (head[1] == 0xFF)
        ends = (head[0] != 0xFF) | (head[1] == 0xDA) | (head[1] == 0xD9)
        is_exif = (head[1] == 0xE1) & _bytes.equal(head[4:], b"Exif\0\0")
        found = tf.where(is_exif & ~fills, at + 10, found)
        step = tf.where(fills, _bytes.integer(1), 2 + 256 * head[2] + head[3])
        return tf.where(ends, _bytes.length(data), at + step), found

    return _tagged(data, _walk(data, body, 2))


def png(data):
    """The same of a PNG, whose chunk eXIf stands in front of the pixels."""
    import tensorflow as tf

    def body(at, found):
        head = _bytes.read(data, at, 8)
        found = tf.where(_bytes.equal(head[4:], b"eXIf"), at + 8, found)
        ends = _bytes.equal(head[4:], b"IDAT")
        size = _bytes.number(head[:4], True)
        return tf.where(ends, _bytes.length(data), at + 12 + size), found

    return _tagged(data, _walk(data, body, 8))


def _walk(data, body, start):
    """Where the EXIF data begins; -1 if there is none."""
    import tensorflow as tf

    length = _bytes.length(data)
    _, found = tf.while_loop(
        lambda at, found: (at < length) & (found < 0),
        body,
        (_bytes.integer(start), _bytes.integer(-1)),
        maximum_iterations=MAX_SEGMENTS,
    )
    return found


def _tagged(data, start):
    """The orientation in the EXIF data that begin at `start`, or 1."""
    import tensorflow as tf

    def read():
        head = _bytes.read(data, start, 8)
        big = _bytes.equal(head[:4], b"MM\0*")
        table = start + _bytes.number(head[4:], big)
        count = _bytes.number(_bytes.read(data, table, 2), big)
        count = tf.minimum(count, MAX_TAGS)
        rows = tf.reshape(_bytes.read(data, table + 2, 12 * count), (-1, 12))
        wanted = (
            (_bytes.number(rows[:, :2], big) == TAG)
            & (_bytes.number(rows[:, 2:4], big) == SHORT)
            & (_bytes.number(rows[:, 4:8], big) == 1)
        )
        values = tf.boolean_mask(_bytes.number(rows[:, 8:10], big), wanted)
        value = tf.concat([values, [_bytes.integer(1)]], 0)[0]
        is_exif = big | _bytes.equal(head[:4], b"II*\0")
        is_known = is_exif & (value >= 1) & (value <= 8)
        return tf.where(is_known, value, _bytes.integer(1))

    return tf.cond(start >= 0, read, lambda: _bytes.integer(1))


def _among(number, numbers):
    import tensorflow as tf

    return tf.reduce_any(number == tf.constant(numbers, number.dtype))


def _if(condition, change, image):
    import tensorflow as tf

    return tf.cond(condition, lambda: change(image), lambda: image)
