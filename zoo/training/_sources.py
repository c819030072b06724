"""(Goes as soon as recipes use `sources` and `layouts`.)"""

from zoo.training.layouts import list_folder  # noqa: F401
from zoo.training.sources import find  # noqa: F401
