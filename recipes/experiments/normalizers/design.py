"""Which normalizers are compared, at which batch sizes."""

BATCHES = (2, 4, 8, 32, 128)
NAMES = (
    "none", "batch", "batch renorm", "layer", "group", "instance", "weight",
    "weight, mean-only batch", "weight standardization",
)  # fmt: skip
RECURRENT = (
    "none", "batch", "batch, each row", "layer", "group", "weight",
    "weight, mean-only batch", "weight standardization",
)  # fmt: skip


def settings(options):
    """Each normalizer at each batch size, and in the recurrent network."""
    names, batches, recurrent = NAMES, BATCHES, RECURRENT
    if options.smoke:
        names, batches = ("batch", "group"), (4,)
        recurrent = ("layer",)
    images = {"images_per_class": options.images_per_class or 100}
    cnn = [
        {"network": "convolutional", "norm": name, "batch": batch, **images}
        for batch in batches
        for name in names
    ]
    return cnn + [
        {
            "network": "recurrent",
            "norm": name,
            "batch": 32,
            **images,
            "epochs": 2 * options.epochs,  # it learns more slowly
        }
        for name in recurrent
    ]
