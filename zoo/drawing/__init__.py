"""Drawings of networks and of their blocks, as SVG.

    >>> import zoo
    >>> from zoo.models._weightless import weightless
    >>> with weightless():
    ...     svg = zoo.draw(zoo.resnet18(), block="stage2_block1")
    >>> svg.startswith("<svg")
    True

They are made of the graph of the model itself: what it has is what is drawn.
The colours follow the reader's light or dark mode, and no drawing is wider than
it must be, so that it can be read on a phone.
"""

from zoo.drawing._draw import blocks, draw

__all__ = ["blocks", "draw"]
