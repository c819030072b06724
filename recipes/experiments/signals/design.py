"""What is run."""

ACTIVATIONS = ("sigmoid", "tanh", "relu")

WEIGHTS = {  # standard deviation of a weight, by the width of its input
    "uniform ±1/√n": lambda n: (3 * n) ** -0.5,
    "LeCun": lambda n: n**-0.5,
    "Glorot": lambda n: n**-0.5,  # n = m in the middle of the network
    "He": lambda n: (2 / n) ** 0.5,
    "N(0, 0.01)": lambda n: 0.01,
    "N(0, 0.05)": lambda n: 0.05,
    "N(0, 1)": lambda n: 1.0,
    "orthogonal": None,
}

DEPTH, UNITS, FAR = 20, 64, 2  # orders of magnitude between last and first

DRAWN = 60  # networks a run, with a gain drawn between 0.1 and 10

GAINS = (1, 2, 3, 4)  # standard deviation of a weight times √n

DEPTHS = (2, 5, 10, 20, 40)

NARROW, NARROW_NETWORKS = 4, 200

SELU_DEPTH, SELU_UNITS = 32, 256

STARTS = {"inside": (0.1, 1.5**0.5), "outside": (1.0, 2.0)}  # mean, deviation


def settings(options):
    """Every choice of weights, gains, starts and depths."""
    weights, gains, depths = WEIGHTS, GAINS, DEPTHS
    drawn, starts = DRAWN, STARTS
    if options.smoke:
        weights, gains, depths = ("He", "N(0, 0.01)"), (2,), (2, 5)
        drawn, starts = 4, ("inside",)
    return [
        *(
            {"part": "in use", "activation": name, "weights": kind}
            for name in ACTIVATIONS
            for kind in weights
        ),
        *(
            {"part": "drawn", "activation": name, "networks": drawn}
            for name in ACTIVATIONS
        ),
        *(
            {"part": "equal weights", "activation": name, "gain": gain}
            for name in ACTIVATIONS
            for gain in gains
        ),
        *(
            {"part": "fixed point", "activation": name, "start": start}
            for start in starts
            for name in ("selu", "relu", "tanh")
        ),
        *({"part": "born dead", "depth": depth} for depth in depths),
    ]
