"""Figures of explanations, of feature maps and of filters."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from zoo.explain import _overlay

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 64  # feature maps in a picture
SIDE = 3.2  # inches


class Explained(NamedTuple):
    """An image with its map.

    Attributes:
        title: Above the image.
        image: (H, W, 1 or 3), values from 0 to 255.
        chart: The map, (H, W).
        method: What made the map.
        about: The class that it is about.
        classes: (name, probability), the most probable first.
    """

    title: str
    image: np.ndarray
    chart: np.ndarray
    method: str
    about: str
    classes: Sequence[tuple[str, float]]


def explanations(rows: Sequence[Explained]) -> "Figure":
    """Image, map over the image, and classes with their probabilities."""
    from zoo import _figures

    figure, axes = _figures.new(3, len(rows), SIDE, SIDE, grid=False)
    for (left, middle, right), row in zip(axes, rows, strict=True):
        _show(left, row.image, row.title)
        over = _overlay.overlay(row.image, row.chart, row.method)
        _show(middle, over, f"{row.method}: {row.about}")
        names = [_short(name) for name, _ in row.classes]
        places = np.arange(len(names))
        own = [name == row.about for name, _ in row.classes]
        colours = [_figures.COLORS[3 if each else 0] for each in own]
        values = [100 * p for _, p in row.classes]
        right.barh(places, values, color=colours)
        right.set_yticks([])
        for place, name, value in zip(places, names, values, strict=True):
            text = f"{name}  {value:.1f} %"
            right.text(0, place - 0.45, text, va="top", fontsize="small")
        right.set(xlim=(0, 100), ylim=(len(names) - 0.5, -0.6))
        right.set_xlabel("probability, %")
        right.spines[["top", "right", "left"]].set_visible(False)
        for bar in right.patches:
            bar.set_height(0.25)
            bar.set_y(bar.get_y() + 0.45)
    return figure


def feature_maps(maps: np.ndarray, title: str) -> "Figure":
    """The channels (H, W, K) of a feature map, those that respond most first.

    Each is scaled by itself; its number stands in its corner.
    """
    order = np.argsort(-np.abs(maps).max(axis=(0, 1)), kind="stable")[:MOST]
    tiles = [_overlay.scaled(maps[..., i]) for i in order]
    signed = maps.min() < 0
    few = f", the {MOST} strongest" if maps.shape[-1] > MOST else ""
    heading = f"{title}: {maps.shape[-1]} maps of {_size(maps)}{few}"
    return _mosaic(tiles, list(order), heading, "RdBu_r" if signed else "magma")


def filters(kernel: np.ndarray, title: str) -> "Figure":
    """The filters of a first convolution (h, w, channels, filters).

    Three channels are shown as colours; gray is 0. Other numbers of channels
    are averaged: red is above 0, blue below.
    """
    kernel = np.asarray(kernel, "float32")
    heading = f"{title}: {kernel.shape[-1]} filters of {_size(kernel)}"
    largest = np.abs(kernel).max(axis=(0, 1, 2)) + 1e-12
    tiles = list(np.moveaxis(kernel / largest, -1, 0))
    if kernel.shape[2] == 3:
        tiles = [0.5 + 0.5 * tile for tile in tiles]
    else:
        tiles = [tile.mean(axis=-1) for tile in tiles]
    return _mosaic(tiles, list(range(len(tiles))), heading, "RdBu_r")


def _mosaic(tiles, numbers, heading, colours):
    from zoo import _figures

    columns = int(np.ceil(np.sqrt(len(tiles))))
    rows = -(-len(tiles) // columns)
    side = max(0.8, 7 / columns)
    figure, axes = _figures.new(columns, rows, side, side, grid=False)
    figure.suptitle(heading, fontsize="medium")
    for each in axes.flat:
        each.axis("off")
    low = -1 if colours == "RdBu_r" else 0
    for each, tile, number in zip(axes.flat, tiles, numbers, strict=False):
        each.imshow(
            tile, cmap=colours, vmin=low, vmax=1, interpolation="nearest"
        )
        each.set_title(str(number), fontsize=6, pad=1)
    return figure


def _show(axes, image, title):
    image = np.asarray(image).round().astype("uint8")
    axes.imshow(np.repeat(image, 3 // image.shape[-1], axis=-1))
    axes.set_title(_short(title, 40), fontsize="small")
    axes.axis("off")


def _size(array):
    return f"{array.shape[0]}×{array.shape[1]}"


def _short(text, most=32):
    return text if len(text) <= most else f"{text[: most - 1]}…"
