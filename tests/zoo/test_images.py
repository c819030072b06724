"""A file is the same pixels, and gets the same answer, at every entrance."""

import contextlib
import dataclasses
import doctest
import importlib
import io
import json
import shutil
import struct
import time

import keras
import numpy as np
import pytest
import tensorflow as tf

from zoo import Preprocessing, _classify, export, images
from zoo.export import _metadata, _saved_model
from zoo.images import _decode, _formats
from zoo.serve import _model
from zoo.training import reading, run_directory

Image = pytest.importorskip("PIL.Image")
ImageOps = pytest.importorskip("PIL.ImageOps")
PngImagePlugin = pytest.importorskip("PIL.PngImagePlugin")

RAMP = np.arange(256, dtype=np.uint8)
# (mode, format): those that every entrance reads. A JPEG's gray is the file's
# brightness, of which Pillow's from its colours differs by rounding.
READ = [
    ("RGB", "JPEG"), ("L", "JPEG"), ("CMYK", "JPEG"),
    ("RGB", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("RGBA", "PNG"),
    ("P", "PNG"), ("1", "PNG"), ("RGB", "GIF"), ("L", "GIF"),
    ("RGB", "BMP"), ("L", "BMP"), ("RGBA", "BMP"),
]  # fmt: skip
ROUNDING = {("RGB", "JPEG"): 8} | {(m, "PNG"): 1 for m in ("RGB", "RGBA", "P")}


def picture(height=12, width=20, mode="RGB"):
    random = np.random.default_rng(0)
    pixels = random.integers(0, 256, (height, width, 3), np.uint8)
    return Image.fromarray(pixels).convert(mode)


def file(mode="RGB", kind="PNG", size=(12, 20), **options):
    written = io.BytesIO()
    picture(*size, mode).save(written, kind, **options)
    return written.getvalue()


def turned(number, kind="JPEG", endian="<"):
    exif = Image.Exif()
    exif.endian = endian
    exif[0x010F] = "the maker's name, longer than four bytes"
    exif[0x0112] = number
    return file(kind=kind, exif=exif)


def as_pillow(data, mode="RGB"):
    """Pillow's pixels, upright."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert(mode)
    pixels = np.asarray(image)
    return pixels[..., None] if mode == "L" else pixels


@pytest.mark.parametrize(("mode", "kind"), READ)
@pytest.mark.parametrize("channels", [1, 3])
def test_decodes_as_pillow(mode, kind, channels):
    data = file(mode, kind)
    pixels = images.decode(data, channels).numpy()
    wanted = as_pillow(data, {1: "L", 3: "RGB"}[channels])
    assert pixels.dtype == "uint8"
    most = ROUNDING.get((mode, kind), 0) if channels == 1 else 0
    assert np.abs(pixels.astype(int) - wanted).max() <= most
    assert _formats.pixels(data)[:2] == pixels.shape[:2]


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_palettes_of_few_colours(kind, bits):
    written = {name: io.BytesIO() for name in ("plain", "transparent")}
    indices = picture().quantize(2**bits)
    options = {"bits": bits} if kind == "PNG" else {}
    indices.save(written["plain"], kind, **options)
    indices.save(written["transparent"], kind, transparency=1, **options)
    plain = written["plain"].getvalue()
    wanted = as_pillow(plain)
    np.testing.assert_array_equal(images.decode(plain), wanted)
    see_through = images.decode(written["transparent"].getvalue()).numpy()
    if kind == "GIF":  # black there
        hidden = np.all(see_through == 0, -1)
        assert hidden.any()
        wanted = np.where(hidden[..., None], 0, wanted)
    np.testing.assert_array_equal(see_through, wanted)


def test_sixteen_bits_become_eight():
    values = (RAMP.astype(np.uint16).reshape(16, 16) << 8) + 99
    written = io.BytesIO()
    Image.fromarray(values).save(written, "PNG")
    pixels = images.decode(written.getvalue(), 1).numpy()[..., 0]
    np.testing.assert_array_equal(pixels, values >> 8)


@pytest.mark.parametrize("endian", "<>")
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("number", range(1, 9))
def test_turns_upright(number, kind, endian):
    data = turned(number, kind, endian)
    pixels = images.decode(data).numpy()
    assert pixels.shape == ((20, 12, 3) if number >= 5 else (12, 20, 3))
    np.testing.assert_array_equal(pixels, as_pillow(data))
    stored = images.decode(data, orientation="stored").numpy()
    assert stored.shape == (12, 20, 3)
    gray = images.decode(data, 1).numpy()
    assert gray.shape == (*pixels.shape[:2], 1)


def segment(marker, content):
    return (
        b"\xff"
        + bytes([marker])
        + struct.pack(">H", len(content) + 2)
        + content
    )


def exif(*entries, order="<", count=None, offset=8):
    head = {"<": b"II*\0", ">": b"MM\0*"}[order]
    head += struct.pack(f"{order}I", offset) + bytes(offset - 8)
    table = struct.pack(f"{order}H", len(entries) if count is None else count)
    for tag, kind, many, value in entries:
        value = struct.pack(f"{order}{'H' if kind == 3 else 'I'}", value)
        table += struct.pack(f"{order}HHI", tag, kind, many) + value.ljust(
            4, b"\0"
        )
    return b"Exif\0\0" + head + table


ORIENTED = (0x0112, 3, 1, 6)
ADOBE, XMP = (
    segment(0xEE, b"Adobe" + bytes(7)),
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
)
SEGMENTS = {
    "first": (segment(0xE1, exif(ORIENTED)), 6),
    "behind others": (ADOBE + XMP + segment(0xE1, exif(ORIENTED)), 6),
    "filled": (b"\xff\xff" + segment(0xE1, exif(ORIENTED)), 6),
    "a table further on": (segment(0xE1, exif(ORIENTED, offset=99)), 6),
    "big": (segment(0xE1, exif((1, 4, 1, 7), ORIENTED, order=">")), 6),
    "only XMP": (XMP, 1),
    "no entry": (segment(0xE1, exif()), 1),
    "a number too large": (segment(0xE1, exif((0x0112, 3, 1, 9))), 1),
    "zero": (segment(0xE1, exif((0x0112, 3, 1, 0))), 1),
    "another type": (segment(0xE1, exif((0x0112, 5, 1, 6))), 1),
    "several values": (segment(0xE1, exif((0x0112, 3, 2, 6))), 1),
    "no byte order": (segment(0xE1, b"Exif\0\0XX" + exif(ORIENTED)[8:]), 1),
    "cut": (segment(0xE1, exif(ORIENTED)[:20]), 1),
    "a table behind the file": (
        segment(0xE1, exif(offset=8)[:10] + b"\xff" * 4),
        1,
    ),
    "a long table": (segment(0xE1, exif(ORIENTED, count=65535)), 6),
    "comment": (segment(0xFE, exif(ORIENTED)), 1),
}


@pytest.mark.parametrize("name", SEGMENTS)
def test_what_exif_data_look_like(name):
    between, number = SEGMENTS[name]
    plain = file(kind="JPEG")
    data = plain[:2] + between + plain[2:]
    upright = images.decode(data).numpy()
    wanted = images.decode(plain).numpy()
    if number == 6:
        wanted = np.rot90(wanted, -1)
    np.testing.assert_array_equal(upright, wanted)


def bmp(bits=8, compression=0, header=40, palette=None, masks=b""):
    """A BMP of 4×4 pixels."""
    table = b"" if palette is None else palette.tobytes()
    start = 14 + header + len(masks) + len(table)
    rows = np.arange(16 * bits // 8, dtype=np.uint8).tobytes()
    used = 0 if palette is None else len(palette)
    info = struct.pack(
        "<IiiHHIIiiII", header, 4, 4, 1, bits, compression, 0, 0, 0, used, 0
    )
    head = struct.pack("<2sIHHI", b"BM", start + len(rows), 0, 0, start)
    return head + info[:header] + masks + table + rows


def ramp(count=256):
    return np.stack([RAMP, RAMP, RAMP, 0 * RAMP], 1)[:count]


USUAL = struct.pack("<III", 0xFF0000, 0xFF00, 0xFF)
REFUSED = {
    "palette": (bmp(palette=ramp()[::-1].copy()), "a palette of colours"),
    "a few colours": (bmp(palette=ramp()[[0, 255] + 14 * [9]]), "a palette"),
    "Pillow's palette": (file("P", "BMP"), "a palette of colours"),
    "one bit": (file("1", "BMP"), "less than 8 bits"),
    "run lengths": (bmp(palette=ramp(), compression=1), "compressed"),
    "masks": (bmp(32, 3, masks=USUAL[::-1]), "compressed"),
    "OS/2": (bmp(24, header=12), "OS/2"),
    "text": (b"no image", "not JPEG, PNG, GIF or BMP"),
    "empty": (b"", "not JPEG, PNG, GIF or BMP"),
    "TIFF": (file(kind="TIFF"), "not JPEG, PNG, GIF or BMP"),
    "WebP": (b"RIFF\x24\0\0\0WEBPVP8 ", "not JPEG, PNG, GIF or BMP"),
    "cut PNG": (file()[:99], "PNG"),
    "cut JPEG": (file(kind="JPEG")[:200], "JPEG"),
    "cut GIF": (file(kind="GIF")[:30], "GIF"),
    "cut BMP": (file(kind="BMP")[:60], "size"),
    "a PNG's start": (b"\x89PNG\r\n\x1a\n", "PNG"),
    "a BMP's start": (b"BM", "BMP"),
}


@pytest.mark.program
@pytest.mark.parametrize("name", REFUSED)
def test_refuses_at_every_entrance(name, tmp_path, answering):
    """With the file's name and the reason, without the names of nodes."""
    data, message = REFUSED[name]
    path = tmp_path / "photographs" / "y" / "1.png"
    for other in ("x/0.png", "x/1.png", "y/0.png"):
        (path.parents[1] / other).parent.mkdir(parents=True, exist_ok=True)
        (path.parents[1] / other).write_bytes(file())
    path.write_bytes(data)
    with pytest.raises(ValueError, match=message) as one:
        images.read(path)
    with pytest.raises(ValueError, match=message) as two:
        reading.read_folder(tmp_path / "photographs", "photographs")
    with pytest.raises(tf.errors.InvalidArgumentError) as three:
        answering[1](image_bytes=tf.constant([data]))
    told = _decode.unreadable(path, three.value)
    assert message in str(told)
    for error in (one.value, two.value, told):
        assert str(path) in str(error)
        assert not any(odd in str(error) for odd in ("node", "[[", "Op:", "{{"))


@pytest.mark.parametrize(
    "data",
    [
        bmp(palette=ramp()),
        bmp(palette=ramp(20)),
        bmp(32, 3, masks=USUAL),
        bmp(24),
        file("L", "BMP"),
    ],
)
def test_bmps_that_are_read(data):
    if data[28] == 8:  # not mirrored by us, but by the order of rows
        wanted = as_pillow(data, "L")
        np.testing.assert_array_equal(images.decode(data, 1), wanted)
    np.testing.assert_array_equal(images.decode(data), as_pillow(data))


def test_channels():
    with pytest.raises(ValueError, match=r"channels must be 1 .* received 4"):
        images.decode(file(), 4)
    assert images.decode(file("LA"), 0).shape == (12, 20, 2)


def test_sizes_from_headers():
    with pytest.raises(ValueError, match="neither JPEG nor PNG"):
        _formats.pixels(b"RIFF")
    for kind in ("JPEG", "PNG", "GIF", "BMP"):
        data = file(kind=kind)
        assert _formats.pixels(data) == (12, 20, 240)
        for end in range(3, 40):
            with contextlib.suppress(ValueError):
                _formats.pixels(data[:end])
    endless = {
        "JPEG": b"\xff\xd8" + 5_000_000 * b"\xff",
        "GIF": file(kind="GIF")[:13] + b"\x21\xfe" + 5_000_000 * b"\1",
    }
    for kind, data in endless.items():
        started = time.perf_counter()
        with pytest.raises(ValueError, match=f"a broken {kind}"):
            _formats.pixels(data)
        assert time.perf_counter() - started < 1
    for text, compressed, pixels in (
        ("a" * 9_000_000, True, 8_000_000 // 3),
        ("a" * 9_000, True, 3_000),
        ("a" * 9_000, False, 240),
    ):
        for add in ("add_text", "add_itxt"):
            remarks = PngImagePlugin.PngInfo()
            getattr(remarks, add)("key", text, zip=compressed)
            data = file(pnginfo=remarks)
            assert _formats.pixels(data) == (12, 20, pixels)
    with pytest.raises(ValueError, match="more than 20,000 chunks"):
        _formats.pixels(data[:33] + 20_000 * bytes(12) + data[33:])
    frames = [picture(mode="L").rotate(angle) for angle in range(0, 90, 10)]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    assert _formats.pixels(written.getvalue()) == (12, 20, 9 * 240)


UNIT = Preprocessing((10, 10), (1 / 255,) * 3, (-0.5,) * 3, resize="crop")


@pytest.fixture(scope="module")
def answering(tmp_path_factory):
    """(path, classify_bytes, model) of an export with `UNIT`."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input((10, 10, 3)),
            keras.layers.Flatten(),
            keras.layers.Dense(4),
        ]
    )
    path = export(
        model, tmp_path_factory.mktemp("answering"), preprocessing=UNIT
    )
    saved = tf.saved_model.load(str(path))
    call = saved.signatures["classify_bytes"]
    call.kept = saved
    return path, call, model


@pytest.mark.program
@pytest.mark.parametrize(
    "data",
    [*(turned(n, k) for n in (1, 6, 7) for k in ("JPEG", "PNG"))]
    + [file(mode, kind) for mode, kind in READ if mode != "L"],
)
def test_same_file_same_answer(data, answering, tmp_path):
    """Training's reader, `read`, the exported graph and the other runtimes."""
    path, call, model = answering
    for name in ("x/0.png", "x/1.png", "y/0.png", "y/1.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    raw = reading.read_folder(tmp_path, "set")
    trained, _ = next(iter(raw.train))
    np.testing.assert_array_equal(
        trained, images.read(tmp_path / "x/0.png", raw.channels)
    )
    alone = images.read(tmp_path / "x/0.png")
    entered = UNIT(alone)
    np.testing.assert_allclose(
        UNIT.model()(alone[None].astype("float32"))[0], entered, atol=1e-6
    )
    metadata = _metadata.read(path)
    served = _metadata.read_bytes_input(metadata).read(data)
    np.testing.assert_allclose(served, entered, atol=1e-6)
    logits = model(entered[None])
    wanted = np.sort(np.asarray(keras.ops.softmax(logits)))[:, ::-1]
    answer = call(image_bytes=tf.constant([data]))["probabilities"]
    np.testing.assert_allclose(answer, wanted, atol=1e-5)


def test_metadata_tells_how_images_are_read(answering):
    metadata = json.loads((answering[0] / _metadata.FILE).read_text())
    assert metadata["image_formats"] == ["JPEG", "PNG", "GIF", "BMP"]
    assert metadata["orientation"] == "exif"
    assert Preprocessing.from_dict(metadata["preprocessing"]) == UNIT


def test_warns_where_an_earlier_export_does_not_turn(answering, tmp_path):
    """By REST and `zoo classify` it cannot; the page turns upright itself."""
    path, *_ = answering
    old = tmp_path / "1"
    shutil.copytree(path, old)
    metadata = json.loads((old / _metadata.FILE).read_text())
    del metadata["orientation"]
    (old / _metadata.FILE).write_text(json.dumps(metadata))
    for number in (1, 6):
        for kind in ("JPEG", "PNG"):
            data = turned(number, kind)
            assert _decode.orientation_of(data) == number
            (tmp_path / f"{number}.{kind}").write_bytes(data)
    assert _decode.orientation_of(file(kind="GIF")) == 1
    _classify.saved_classifier(path)(tmp_path / "6.JPEG")
    classify = _classify.saved_classifier(old)
    classify(tmp_path / "1.JPEG")
    for kind in ("JPEG", "PNG"):
        with pytest.warns(UserWarning, match=f"6.{kind} is .*export the model"):
            classify(tmp_path / f"6.{kind}")
    assert _model.Model(old, "tensorflow").leaves_orientation
    assert not _model.Model(path, "tensorflow").leaves_orientation


def test_metadata_of_earlier_versions_leaves_images_as_stored(answering):
    metadata = json.loads((answering[0] / _metadata.FILE).read_text())
    del metadata["orientation"], metadata["image_formats"]
    described = keras.saving.serialize_keras_object(UNIT.model())
    old = _metadata.read_bytes_input({**metadata, "preprocessing": described})
    data = turned(6)
    stored = images.decode(data, orientation="stored")
    np.testing.assert_allclose(old.read(data), UNIT(stored), atol=1e-6)
    assert _metadata.read_bytes_input({}) is None
    strange = {**metadata, "preprocessing": {"a": 1}}
    assert _metadata.read_bytes_input(strange) is None
    newer = {**metadata, "preprocessing": {**UNIT.as_dict(), "version": 7}}
    with pytest.raises(ValueError, match="version 7 is not known"):
        _metadata.read_bytes_input(newer)


PREPROCESSINGS = [
    UNIT,
    dataclasses.replace(UNIT, resize="stretch", orientation="stored"),
    Preprocessing((12, 10), [0.5], [1], resize="pad", own_size=[8, 9]),
    Preprocessing(
        (8, 8), (1, 2, 3), (4, 5, 6), resize="shorter_side",
        shorter_side=9, interpolation="bicubic",
    ),
]  # fmt: skip


@pytest.mark.parametrize("made", PREPROCESSINGS)
def test_preprocessing_as_text_and_as_model(made, tmp_path):
    assert Preprocessing.from_json(made.to_json()) == made
    assert hash(made) == hash(Preprocessing.from_dict(made.as_dict()))
    assert made.as_dict()["version"] == 1
    random = np.random.default_rng(0)
    batch = random.integers(0, 256, (2, 30, 21, made.channels), np.uint8)
    dataset = tf.data.Dataset.from_tensor_slices(batch).map(made)
    mapped = np.stack(list(dataset.as_numpy_iterator()))
    model = made.model()
    model.save(tmp_path / "prepare.keras")
    loaded = keras.saving.load_model(tmp_path / "prepare.keras")
    assert mapped.shape == (2, *made.size, made.channels)
    np.testing.assert_allclose(made(batch), mapped, atol=1e-4)
    np.testing.assert_allclose(loaded(batch), mapped, atol=1e-4)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": 10}, "size must be .height, width. in pixels; received 10"),
        ({"size": (0, 10)}, "size must be"),
        ({"multiplier": 1.0}, "multiplier must be finite numbers"),
        ({"offset": (1.0, float("nan"), 0)}, "offset must be finite"),
        ({"offset": (1.0,)}, "a number for each channel"),
        ({"resize": "croop"}, "Did you mean 'crop'"),
        ({"resize": "pad"}, "needs an own_size of at most the size"),
        ({"resize": "pad", "own_size": (11, 9)}, "own_size=.11, 9."),
        ({"resize": "shorter_side"}, "an int shorter_side"),
        ({"resize": "shorter_side", "shorter_side": 9}, "shorter_side=9"),
        ({"interpolation": "bicubic"}, "is for resize='shorter_side'"),
        ({"orientation": "up"}, "'exif', 'stored'"),
    ],
)
def test_preprocessing_refuses(options, message):
    with pytest.raises(ValueError, match=message):
        dataclasses.replace(UNIT, **options)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({**UNIT.as_dict(), "version": 2}, "version 2 is not known.*newer"),
        ({**UNIT.as_dict(), "blur": 2}, r"\['blur'\] missing or not known"),
        ({"schema": "zoo.Preprocessing", "version": 1}, "multiplier"),
        ({"class_name": "Functional"}, "no preprocessing"),
        ([1], "no preprocessing"),
    ],
)
def test_preprocessing_of_something_else(values, message):
    with pytest.raises(ValueError, match=message):
        Preprocessing.from_dict(values)


def test_run_directories_of_before(tmp_path):
    old = {
        "classes": ["a", "b"], "input_shape": [12, 10, 1], "resize": "pad",
        "own_size": [8, 9], "multiplier": [0.5], "offset": [1.0],
    }  # fmt: skip
    config = tmp_path / "config.json"
    config.write_text(json.dumps({"data": old}))
    read = run_directory.read_data(tmp_path)
    assert read["preprocessing"] == PREPROCESSINGS[2]
    made = {"classes": ["a", "b"], "preprocessing": UNIT.as_dict()}
    config.write_text(json.dumps({"data": made}))
    assert run_directory.read_data(tmp_path)["preprocessing"] == UNIT
    made["preprocessing"]["version"] = 2
    config.write_text(json.dumps({"data": made}))
    with pytest.raises(ValueError, match=r"config.json .* version 2 is not"):
        run_directory.read_data(tmp_path)


def test_preprocessing_must_fit_the_model(answering):
    _, _, model = answering
    with pytest.raises(ValueError, match=r"makes images of \(9, 9, 3\)"):
        _saved_model.bytes_input(
            dataclasses.replace(UNIT, size=(9, 9)), model.input_shape[1:]
        )


@pytest.mark.parametrize(
    "module",
    [
        "images._classes",
        "images._decode",
        "images._fit_images",
        "images._formats",
        "images._preprocessing",
        "images._resize_and_crop",
        "checkpoints._preprocessing",
    ],
)
def test_examples(module):
    failed, tried = doctest.testmod(importlib.import_module(f"zoo.{module}"))
    assert tried
    assert not failed
