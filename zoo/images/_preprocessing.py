"""From pixels to what a network takes, as one value that can be kept."""

import dataclasses
import json
import math
from typing import TYPE_CHECKING, Any

from zoo import _json
from zoo._choices import one_of

if TYPE_CHECKING:
    import keras
    import tensorflow as tf

SCHEMA = "zoo.Preprocessing"
VERSION = 1
RESIZES = ("crop", "pad", "stretch", "shorter_side")
INTERPOLATIONS = ("bilinear", "bicubic")
ORIENTATIONS = ("exif", "stored")


@dataclasses.dataclass(frozen=True)
class Preprocessing:
    """What images go through before they meet a network.

    Training, `zoo classify`, exported models and the server all take theirs
    from here, so that a picture becomes the same tensor everywhere. A pixel
    from 0 to 255 enters the network as pixel · multiplier + offset.

    Args:
        size: (height, width) of the results.
        multiplier, offset: Numbers, one for each channel of the images.
        resize: How images get their size. "crop" cuts the middle out in the
            result's proportions and scales it; "stretch" scales without
            cutting; "pad" crops to `own_size` and sets that into a frame of
            zeros; "shorter_side" scales the shorter side to `shorter_side`
            pixels and cuts a square from the middle, as torchvision does.
        own_size: (height, width) of the data set's images, for "pad".
        shorter_side: Pixels, for "shorter_side".
        interpolation: "bilinear", or "bicubic" with "shorter_side" and
            "stretch"; both antialiased.
        orientation: "exif" turns photographs upright as their file says,
            "stored" leaves the pixels as they are stored.

    Raises:
        ValueError: An argument is not of the form above.

    Example:
        >>> unit = Preprocessing((32, 32), (1 / 255,) * 3, (0.0,) * 3)
        >>> unit.model().output_shape
        (None, 32, 32, 3)
        >>> Preprocessing.from_json(unit.to_json()) == unit
        True
    """

    size: tuple[int, int]
    multiplier: tuple[float, ...]
    offset: tuple[float, ...]
    resize: str = "crop"
    own_size: tuple[int, int] | None = None
    shorter_side: int | None = None
    interpolation: str = "bilinear"
    orientation: str = "exif"

    def __post_init__(self):
        def keep(name, value):
            object.__setattr__(self, name, value)

        keep("size", _size("size", self.size))
        if self.own_size is not None:
            keep("own_size", _size("own_size", self.own_size))
        keep("multiplier", _numbers("multiplier", self.multiplier))
        keep("offset", _numbers("offset", self.offset))
        if len(self.multiplier) != len(self.offset):
            raise ValueError(
                "multiplier and offset must have a number for each channel; "
                f"received {self.multiplier}, {self.offset}."
            )
        one_of("resize", self.resize, RESIZES)
        one_of("interpolation", self.interpolation, INTERPOLATIONS)
        one_of("orientation", self.orientation, ORIENTATIONS)
        if self.resize == "shorter_side":
            side = self.shorter_side
            square = self.size[0] == self.size[1]
            if type(side) is not int or side < self.size[0] or not square:
                raise ValueError(
                    "resize='shorter_side' needs a square size and an int "
                    "shorter_side of at least its side; received "
                    f"size={self.size}, shorter_side={side!r}."
                )
        elif self.interpolation != "bilinear" and self.resize != "stretch":
            raise ValueError(
                f"interpolation={self.interpolation!r} is for "
                "resize='shorter_side' and 'stretch'; received "
                f"resize={self.resize!r}."
            )
        if self.resize == "pad" and not (
            self.own_size
            and self.own_size[0] <= self.size[0]
            and self.own_size[1] <= self.size[1]
        ):
            raise ValueError(
                "resize='pad' needs an own_size of at most the size; received "
                f"own_size={self.own_size}, size={self.size}."
            )

    @property
    def channels(self) -> int:
        """How many channels images have."""
        return len(self.multiplier)

    def decode(self, data: "tf.Tensor | bytes") -> "tf.Tensor":
        """The uint8 pixels (height, width, channels) of an encoded image."""
        from zoo.images._decode import decode

        return decode(data, self.channels, self.orientation)

    def fit(self, images: "tf.Tensor") -> "tf.Tensor":
        """Brings one image, or a batch of one size, to the network's size.

        Args:
            images: A tensor (…, height, width, channels), values 0 to 255.

        Returns:
            A tensor (…, *size, channels), whole numbers from 0 to 255.
        """
        from zoo.images._fit_images import fit

        if self.resize == "shorter_side":
            batch = images if len(images.shape) == 4 else images[None]
            fitted = self._resizing()(batch)
            return fitted if len(images.shape) == 4 else fitted[0]
        return fit(
            images, self.size, self.resize, self.own_size, self.interpolation
        )

    def scale(self, images: "tf.Tensor") -> "tf.Tensor":
        """pixel · multiplier + offset, in float32."""
        import tensorflow as tf

        multiplier = tf.constant(self.multiplier, tf.float32)
        offset = tf.constant(self.offset, tf.float32)
        return tf.cast(images, tf.float32) * multiplier + offset

    def __call__(self, images: "tf.Tensor") -> "tf.Tensor":
        """Fits and scales images, as in a `tf.data.Dataset.map`."""
        return self.scale(self.fit(images))

    def model(self, name: str = "preprocessing") -> "keras.Model":
        """The same as a `keras.Model`, to save or to put before a network.

        It takes images of any size, (N, height, width, channels), with values
        from 0 to 255.
        """
        import keras

        image = keras.Input((None, None, self.channels), name="image")
        x = self._resizing()(image)
        x = keras.layers.Rescaling(
            list(self.multiplier),
            list(self.offset),
            name="scale",
            dtype="float32",
        )(x)
        return keras.Model(image, x, name=name)

    def as_dict(self) -> dict[str, Any]:
        """What `from_dict` reads: plain values with a schema and a version."""
        values = dataclasses.asdict(self)
        values = {k: _plain(value) for k, value in values.items()}
        return {"schema": SCHEMA, "version": VERSION} | values

    def to_json(self) -> str:
        """`as_dict` as text."""
        return json.dumps(self.as_dict())

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "Preprocessing":
        """The `Preprocessing` of an `as_dict`.

        Raises:
            ValueError: It is none, or of a version that is not known here.
        """
        if not isinstance(values, dict) or values.get("schema") != SCHEMA:
            raise ValueError(
                f"no preprocessing: expected a dictionary with the schema "
                f"{SCHEMA!r}; received {values!r:.200}."
            )
        version = values.get("version")
        if version != VERSION:
            raise ValueError(
                f"preprocessing of version {version!r} is not known; this "
                f"cnn-zoo reads version {VERSION}. Install a newer one."
            )
        given = dict(values)
        del given["schema"], given["version"]
        names = {field.name for field in dataclasses.fields(cls)}
        needed = {"size", "multiplier", "offset"}
        if not needed <= given.keys() <= names:
            wrong = sorted((needed - given.keys()) | (given.keys() - names))
            raise ValueError(
                f"preprocessing: {wrong} missing or not known; it has "
                f"{sorted(names)}."
            )
        return cls(**given)

    @classmethod
    def from_json(cls, text: str) -> "Preprocessing":
        """The `Preprocessing` of a `to_json`."""
        return cls.from_dict(_json.parse(text))

    def _resizing(self):
        if self.resize == "shorter_side":
            from zoo.images._resize_and_crop import ResizeAndCrop

            return ResizeAndCrop(
                self.shorter_side,
                self.size[0],
                self.interpolation,
                name="resize_and_crop",
                dtype="float32",
            )
        from zoo.images._fit_images import FitImages

        return FitImages(
            self.size,
            self.resize,
            self.own_size,
            self.interpolation,
            name="fit",
            dtype="float32",
        )


def _size(name, value):
    try:
        height, width = (int(side) for side in value)
    except (TypeError, ValueError):
        height = width = 0
    if height < 1 or width < 1:
        raise ValueError(
            f"{name} must be (height, width) in pixels; received {value!r}."
        )
    return height, width


def _numbers(name, values):
    try:
        numbers = tuple(float(value) for value in values)
    except TypeError:
        numbers = ()
    if not numbers or not all(map(math.isfinite, numbers)):
        raise ValueError(
            f"{name} must be finite numbers, one for each channel; received "
            f"{values!r}."
        )
    return numbers


def _plain(value):
    return list(value) if isinstance(value, tuple) else value
