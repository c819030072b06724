"""The kinds of image files that every entrance reads, told by their header."""

import struct
import zlib

SUFFIXES = {
    "JPEG": (".jpeg", ".jpg"),
    "PNG": (".png",),
    "GIF": (".gif",),
    "BMP": (".bmp",),
}
STARTS = {
    "JPEG": b"\xff\xd8\xff",
    "PNG": b"\x89PNG\r\n\x1a\n",
    "GIF": b"GIF8",
    "BMP": b"BM",
}
FORMATS = tuple(SUFFIXES)
UNKNOWN = "not JPEG, PNG, GIF or BMP"
MAX_SCANS = 100  # passes of a progressive JPEG; ten are usual
MAX_SEGMENTS = 10_000  # of a JPEG; some tens are usual
MAX_BLOCKS = 200_000  # of a GIF; one holds up to 255 bytes
MAX_CHUNKS = 20_000  # of a PNG; one of pixels usually holds 8 kB
# Bytes to which libpng expands a remark of a PNG, those that are usual, and
# those that take as long as a pixel.
MAX_REMARK, USUAL_REMARK, REMARK_PIXEL = 8_000_000, 2**16, 3
# Start-of-frame markers of a JPEG; C4, C8 and CC are something else.
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def pixels(data):
    """(height, width, pixels to decode) of an encoded image, undecoded.

    The pixels of a GIF are those of all its frames, for all are decoded. Of a
    PNG, compressed remarks count too, for the decoder expands them.

    Args:
        data: The bytes of a file.

    Raises:
        ValueError: It is of no known format, has no size, or would take much
            longer than its size tells.

    Example:
        >>> pixels(b"BM" + bytes(16) + bytes([3, 0, 0, 0, 2, 0, 0, 0]))
        (2, 3, 6)
    """
    name = next((n for n in FORMATS if data.startswith(STARTS[n])), None)
    if name is None:
        raise ValueError(f"neither {' nor '.join(FORMATS)}")
    try:
        height, width, *frames = SIZES[name](data)
    except (struct.error, IndexError) as error:
        raise ValueError(f"a broken {name}") from error
    if not height or not width:
        raise ValueError("it has no pixels")
    return height, width, max(height * width, *frames, 0)


def _jpeg(data):
    if data.count(b"\xff\xda") > MAX_SCANS:
        raise ValueError(f"more than {MAX_SCANS} scans")
    at = 2
    for _ in range(MAX_SEGMENTS):
        if data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == 0xFF:  # a byte that fills
            at += 1
        elif marker in FRAMES:
            return struct.unpack_from(">HH", data, at + 5)
        elif marker == 0x01 or 0xD0 <= marker <= 0xD9:  # without contents
            at += 2
        else:
            at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    raise ValueError("a broken JPEG")


def _png(data):
    """(height, width, pixels that its compressed remarks count for)."""
    width, height = struct.unpack(">II", data[16:24].ljust(8, b"\0"))
    at, expanded = 8, 0
    for _ in range(MAX_CHUNKS):
        if at + 8 > len(data):
            return height, width, expanded // REMARK_PIXEL
        size, kind = struct.unpack_from(">I4s", data, at)
        if kind in (b"zTXt", b"iTXt"):
            expanded += _expanded(kind, data[at + 8 : at + 8 + size])
        at += 12 + size
    raise ValueError(f"more than {MAX_CHUNKS:,} chunks")


def _expanded(kind, remark):
    """The bytes of a PNG's remark, or the most that they can be."""
    _, _, text = remark.partition(b"\0")  # the keyword
    if kind == b"iTXt":
        if text[:1] != b"\1":  # it is not compressed
            return 0
        text = text[1:].split(b"\0", 3)[-1]  # the languages stand before it
    else:
        text = text[1:]  # the method
    try:
        usual = zlib.decompressobj().decompress(text, USUAL_REMARK)
    except zlib.error:
        return USUAL_REMARK
    if len(usual) < USUAL_REMARK:
        return len(usual)
    return min(1032 * len(text), MAX_REMARK)  # as zlib can at most


def _bmp(data):
    width, height = struct.unpack_from("<ii", data, 18)
    return abs(height), abs(width)


def _gif(data):
    """(height, width of the first frame's screen, pixels of all frames)."""
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    at = 13 + _colours(flags)
    total = blocks = 0
    while at < len(data) and data[at] != 0x3B:
        if data[at] == 0x2C:  # a frame
            *_, w, h, flags = struct.unpack_from("<HHHHB", data, at + 1)
            total += max(w * h, width * height)
            at += 11 + _colours(flags)
        elif data[at] == 0x21:  # a remark
            at += 2
        else:
            raise ValueError("a broken GIF")
        while data[at]:
            at += 1 + data[at]
            blocks += 1
            if blocks > MAX_BLOCKS:
                raise ValueError("a broken GIF")
        at += 1
    return height, width, total


def _colours(flags):
    """Bytes of a GIF's table of colours."""
    return 3 << (1 + (flags & 7)) if flags & 0x80 else 0


SIZES = {"JPEG": _jpeg, "PNG": _png, "GIF": _gif, "BMP": _bmp}
