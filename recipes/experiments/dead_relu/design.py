"""Which remedies are tried, at which learning rates."""

RATES = (0.001, 0.003, 0.01, 0.03)
GLOROT, HE, LARGE = 1.0, 2.0, 18.0  # variance of weights · mean or input width
REMEDIES = {  # activation, normalizer, variance of the weights
    "ReLU": ("relu", "none", GLOROT),
    "ReLU, large weights": ("relu", "none", LARGE),
    "ReLU, He": ("relu", "none", HE),
    "ReLU, batch norm": ("relu", "batch_norm", HE),
    "leaky 0.01": ("leaky_relu", "none", HE),
    "PReLU": ("prelu", "none", HE),
    "RReLU": ("rrelu", "none", HE),
    "ELU": ("elu", "none", HE),
}
RELUS = tuple(name for name in REMEDIES if name.startswith("ReLU"))
LEAKY = tuple(name for name in REMEDIES if name not in RELUS)
SMOKE = ("ReLU", "leaky 0.01")


def settings(options):
    """Each remedy at each rate."""
    remedies, rates = REMEDIES, RATES
    if options.smoke:
        remedies, rates = SMOKE, RATES[-1:]
    return [
        {"remedy": remedy, "rate": rate}
        for remedy in remedies
        for rate in rates
    ]
