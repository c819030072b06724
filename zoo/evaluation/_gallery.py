"""Keeps small pictures of the images that the page shows, as they go by."""

import base64
import collections

import numpy as np

SIDE = 112  # pixels of the longer side of a picture
WRONG, RIGHT = 24, 6  # pictures of each cell of the confusion matrix
MOST_WRONG, MOST_RIGHT = 800, 300  # pictures of all cells
SURE = 24  # the most confidently wrong images: listed, and kept in any case


class Gallery:
    """Pictures by the number of their image.

    Attributes:
        pictures: {number: URL with the picture in it}.
    """

    def __init__(self):
        self.pictures = {}
        self._cells = collections.Counter()
        self._sure = []  # (confidence, number), the least confident first
        self._kept = collections.Counter()

    def add(self, first, images, labels, answers, confidences):
        """Looks at a batch.

        Args:
            first: The number of its first image.
            images: uint8 pixels (N, H, W, channels).
            labels, answers, confidences: The class of each image, the class
                that the model names, and how sure it is.
        """
        rows = zip(images, labels, answers, confidences, strict=True)
        for number, (image, label, answer, sure) in enumerate(rows, first):
            wrong = bool(label != answer)
            self._cells[label, answer] += 1
            most, all_of_them = (
                (WRONG, MOST_WRONG) if wrong else (RIGHT, MOST_RIGHT)
            )
            wanted = (
                self._cells[label, answer] <= most
                and self._kept[wrong] < all_of_them
            )
            if wanted:
                self._kept[wrong] += 1
            if wrong:
                wanted |= self._is_among_the_surest(float(sure), number)
            if wanted:
                self.pictures[number] = picture(image)

    def _is_among_the_surest(self, sure, number):
        if not np.isfinite(sure):
            return False
        self._sure.append((sure, number))
        self._sure.sort()
        self._sure = self._sure[-SURE:]
        return (sure, number) in self._sure


def picture(image: np.ndarray) -> str:
    """A data URL of uint8 pixels (H, W, 1 or 3), made smaller where large."""
    import tensorflow as tf

    height, width = image.shape[:2]
    small = min(1.0, SIDE / max(height, width))
    if small < 1:
        size = max(1, round(height * small)), max(1, round(width * small))
        resized = tf.image.resize(image, size, antialias=True)
        image = np.clip(np.rint(resized), 0, 255).astype(np.uint8)
    if max(height, width) <= 64:
        kind, data = "png", tf.io.encode_png(image)
    else:
        kind, data = "jpeg", tf.io.encode_jpeg(image, quality=85)
    text = base64.b64encode(data.numpy()).decode()
    return f"data:image/{kind};base64,{text}"
