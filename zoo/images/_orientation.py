"""Turns photographs upright, as their EXIF data says; TensorFlow operations.

A camera stores the pixels as its sensor has them and notes how it was held:
tag 0x0112, from 1 to 8, in a JPEG's APP1 segment or a PNG's chunk eXIf
(Exif 2.32, CIPA DC-008, section 4.6.4 A).
"""

from zoo.images import _bytes

MAX_SEGMENTS = 200  # in front of the pixels; five are usual
MAX_TAGS = 1000
# For each orientation: whether height and width change places, and then
# whether rows and columns are reversed.
TURNS = (
    (False, (False, False)),
    (False, (False, True)),
    (False, (True, True)),
    (False, (True, False)),
    (True, (False, False)),
    (True, (False, True)),
    (True, (True, True)),
    (True, (True, False)),
)


def upright(image, number):
    """Turns an image as an orientation says.

    Args:
        image: (height, width, channels).
        number: The orientation, from 1 (as it is) to 8.

    Returns:
        The image; from number 5 on, height and width are exchanged.
    """
    import tensorflow as tf

    orders = [(1, 0, 2) if swapped else (0, 1, 2) for swapped, _ in TURNS]
    reversals = [(*axes, False) for _, axes in TURNS]

    def turned():
        swapped = tf.transpose(image, tf.gather(orders, number - 1))
        reverse = tf.gather(reversals, number - 1)
        return tf.raw_ops.Reverse(tensor=swapped, dims=reverse)

    return tf.cond(number > 1, turned, lambda: tf.identity(image))


def in_jpeg(data):
    """Where the EXIF data of a JPEG begin; -1 if there are none.

    Args:
        data: The file's bytes, a scalar string.
    """
    import tensorflow as tf

    def look(at):
        marker, size, name = _bytes.big(data, at, 2, 2, 6)
        is_exif = (marker == 0xFFE1) & (name == _number(b"Exif\0\0"))
        fills = marker == 0xFFFF
        ends = (marker < 0xFF00) | (marker == 0xFFDA) | (marker == 0xFFD9)
        return is_exif, ends, tf.where(fills, _bytes.integer(1), 2 + size)

    return _walk(data, look, 2, 10)


def in_png(data):
    """The same of a PNG, whose chunk eXIf stands in front of the pixels."""

    def look(at):
        size, name = _bytes.big(data, at, 4, 4)
        return name == _number(b"eXIf"), name == _number(b"IDAT"), 12 + size

    return _walk(data, look, 8, 8)


def _walk(data, look, start, header):
    """Goes from segment to segment until one is EXIF data, or the last."""
    import tensorflow as tf

    length = _bytes.length(data)

    def step(at, found):
        is_exif, ends, size = look(at)
        found = tf.where(is_exif, at + header, found)
        return tf.where(ends | is_exif, length, at + size), found

    _, found = tf.while_loop(
        lambda at, found: at < length,
        step,
        (_bytes.integer(start), _bytes.integer(-1)),
        maximum_iterations=MAX_SEGMENTS,
    )
    return found


def read(data, start):
    """The orientation that EXIF data tell; 1 where they tell none.

    Args:
        data: The file's bytes, a scalar string.
        start: Where the EXIF data begin; -1 if there are none.

    Returns:
        A scalar int64 from 1 to 8.
    """
    import tensorflow as tf

    # A row of the table, in words of 16 bits: tag, type, how many values (two
    # words), the first value, nothing. Wanted is one short at tag 0x0112.
    weights = _bytes.integer([[2**40, 2**20, 1, 1, 0, 0], [0, 0, 0, 0, 1, 0]])
    wanted = 0x0112 * 2**40 + 3 * 2**20 + 1

    def tagged():
        (order,) = _bytes.big(data, start, 4)
        is_big = order == _number(b"MM\0*")
        is_tiff = is_big | (order == _number(b"II*\0"))
        pair = _bytes.integer([1, 256])
        pair = tf.where(is_big, tf.reverse(pair, [0]), pair)

        def words(at, count):
            found = tf.reshape(_bytes.read(data, at, 2 * count), (-1, 2))
            return tf.reduce_sum(found * pair, -1)

        far, near = tf.unstack(words(start + 4, 2))
        table = start + tf.where(is_big, far * 2**16 + near, near * 2**16 + far)
        count = tf.clip_by_value(tf.squeeze(words(table, 1)), 1, MAX_TAGS)
        rows = tf.reshape(words(table + 2, 6 * count), (-1, 1, 6))
        keys, values = tf.unstack(tf.reduce_sum(rows * weights, -1), axis=-1)
        found = tf.boolean_mask(values, keys == wanted)
        value = tf.concat([found, [1]], 0)[0]
        is_known = is_tiff & (value >= 1) & (value <= 8)
        return tf.where(is_known, value, _bytes.integer(1))

    return tf.cond(start >= 0, tagged, lambda: _bytes.integer(1))


def _number(text):
    return int.from_bytes(text, "big")
