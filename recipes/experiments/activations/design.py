"""Which activations are compared, and in which network."""

MEAN_SLOPE = (1 / 8 + 1 / 3) / 2  # RReLU's slope at test time
LEAKY = {"leaky 0.01": 0.01, "leaky 0.1": 0.1, "leaky 0.23": MEAN_SLOPE}
NAMES = (
    "sigmoid", "tanh", "relu", *LEAKY, "prelu", "rrelu", "elu", "selu", "gelu",
    "maxout",
)  # fmt: skip
SMOKE = ("leaky 0.23", "prelu", "rrelu")
INITIALIZERS = {
    "sigmoid": "glorot_normal",
    "tanh": "glorot_normal",
    "selu": "lecun_normal",
}


def settings(options):
    """One setting for each activation, all in the same network."""
    names, depth, times = NAMES, 6, 30
    if options.smoke:
        names, depth, times = SMOKE, 2, 3
    return [{"activation": n, "depth": depth, "times": times} for n in names]
