"""What is looked at inside batch normalization."""

NORMS = ("none", "batch norm")
ACTIVATIONS = ("sigmoid", "tanh", "relu")
DEPTH, UNITS = 10, 64
BATCHES = (2, 8, 32)  # of the derivation
GAINS = (0.1, 0.3, 1, 3, 10)  # times the usual weights
EQUAL = ("none", "batch norm", "8 at a time", "2 at a time")
LOSS = 0.05  # training loss at which training ends
WIDTHS = (16, 32, 64, 128, 256)  # channels that are whitened
WAYS = ("batch norm", "whitening, groups of 16", "whitening, all channels")
SATURATED = 0.05  # of the largest slope


def settings(options):
    """Each part at a few settings."""
    batches, names, gains = BATCHES, ACTIVATIONS, GAINS
    equal, widths, steps = EQUAL, WIDTHS, 186
    if options.smoke:
        batches, names, gains = BATCHES[1:2], ("sigmoid",), ()
        equal, widths, steps = (), (), 12
    images = {"images_per_class": options.images_per_class or 100}
    few = {"images_per_class": options.images_per_class or 30}
    return [
        *({"part": "derivation", "batch": batch} for batch in batches),
        *(
            {"part": "inside", "activation": name, "norm": norm,
             "steps": steps, **images}
            for name in names
            for norm in NORMS
        ),
        *(
            {"part": "gain", "gain": gain, "norm": norm, "steps": steps,
             **images}
            for gain in gains
            for norm in NORMS
        ),
        *({"part": "equal loss", "norm": norm, **few} for norm in equal),
        *({"part": "test time", "steps": steps, **images} for _ in equal[:1]),
        *(
            {"part": "whitening", "width": width, "way": way}
            for width in widths
            for way in WAYS
        ),
    ]  # fmt: skip
