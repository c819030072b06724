"""What is run."""

UNITS, RATE, RADIUS, REPEAT, STEPS, IMAGES = 64, 0.05, 1.2, 3, 200, 100

CURES = {
    "none": {},
    "clip norm 0.1": {"clip_norm": 0.1},
    "clip norm 0.3": {"clip_norm": 0.3},
    "clip norm 1": {"clip_norm": 1.0},
    "clip norm 3": {"clip_norm": 3.0},
    "clip norm 10": {"clip_norm": 10.0},
    "clip value 0.03": {"clip_value": 0.03},
    "L2, 0.001": {"l2": 0.001},
    "L2, 0.01": {"l2": 0.01},
    "L2, 0.1": {"l2": 0.1},
    "L1, 0.0001": {"l1": 0.0001},
    "L1, 0.001": {"l1": 0.001},
    "batch of 8": {"batch": 8},
    "batch of 128": {"batch": 128},
    "32 steps": {"repeat": 1},
    "ReLU": {"activation": "relu"},
}

NORMS = ("none", "batch", "batch, each step", "layer")

LENGTHS = (8, 12, 16, 20, 24, 28, 32)  # rows of 32 that are read

LONGEST, SHORTEST = 20, 8  # in training

LENGTH_STEPS = 300


def settings(options):
    """Each cure, and each normalizer on sequences of several lengths."""
    cures, norms, steps = CURES, NORMS, STEPS
    if options.smoke:
        cures, norms, steps = ("none", "clip norm 1"), NORMS[2:], 4
    images = {"images_per_class": options.images_per_class or IMAGES}
    return [
        *(
            {"part": "explosion", "cure": cure, "steps": steps, **images}
            for cure in cures
        ),
        *(
            {
                "part": "length",
                "norm": norm,
                "steps": 4 if options.smoke else LENGTH_STEPS,
                **images,
            }
            for norm in norms
        ),
    ]
