"""One comparison of a network with a reference."""

from typing import NamedTuple


class Case(NamedTuple):
    """One comparison.

    Args:
        source: "torchvision", "timm", "keras" (keras.applications),
            "imgclsmob" (pytorchcv), "authors" or "akamaster": a file of
            theirs.
        theirs: The reference's name in its package, or file:class.
        ours: Our builder's name.
        size: Height and width of the image; small, and not square where both
            sides take that.
        options: Arguments of our builder. With "aux_heads", their logits are
            compared too.
        their_options: Arguments of the reference's.
        scale: Times the image, for references that rescale it themselves.
        gain: Times the kernels; below 1 where gates turn the rounding of
            large numbers into other logits.
        program: Whether it takes so long that `make programs` runs it.
        wide: Whether it is a further member of a family, for `make grid`.
    """

    source: str
    theirs: str
    ours: str
    size: tuple[int, int]
    options: dict = {}  # noqa: RUF012 (never changed)
    their_options: dict = {}  # noqa: RUF012
    scale: float = 1.0
    gain: float = 1.0
    program: bool = False
    wide: bool = False

    @property
    def name(self):
        return f"{self.source}-{self.ours}"
