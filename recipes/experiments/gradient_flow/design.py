"""Which networks are built, ill or cured."""

DEPTHS = (5, 10, 20, 40)
ACTIVATIONS = ("sigmoid", "tanh", "relu")
WAYS = ("plain", "initialization", "batch norm", "skip")
# Variance of the weights times fan_in.
OLD = 1 / 3  # of uniform numbers within ±1/√fan_in
HE = 2.0
MADE_FOR = {"sigmoid": 3.6**2, "tanh": 1.0, "relu": HE}
GAINS = (1, 1.5, 2, 4, 16)  # times He's weights
UNITS, RATE, IMAGES = 64, 0.01, 100  # images of each class
ILL = {
    "vanishing": {"depth": 20, "activation": "sigmoid"},
    "exploding": {"depth": 20, "activation": "relu", "gain": 2},
    "exploding a little": {"depth": 20, "activation": "relu", "gain": 1.3},
}
CURES = {
    "better activation": {},  # which one is better depends: BETTER
    "batch norm": {"way": "batch norm"},
    "L1, 0.001": {"l1": 0.001},
    "L2, 0.01": {"l2": 0.01},
    "clip value 0.5": {"clipvalue": 0.5},
    "clip norm 1": {"clipnorm": 1.0},
    "clip global norm 1": {"global_clipnorm": 1.0},
    "3 layers": {"depth": 3},
    "batch of 8": {"batch_size": 8},
}
BETTER = {
    "vanishing": {"activation": "relu", "way": "initialization"},
    "exploding": {"activation": "tanh"},
    "exploding a little": {"activation": "tanh"},
}


def settings(options):
    """The grid of ways, growing weights, and each ill with each cure."""
    depths, ways, gains, cures = DEPTHS, WAYS, GAINS, ["none", *CURES]
    activations, ills, deep = ACTIVATIONS, ILL, DEPTHS[-1]
    if options.smoke:
        depths, ways, gains, deep = DEPTHS[:1], ["plain"], GAINS[-1:], 5
        cures, activations, ills = [], ACTIVATIONS[:1], {}
    grid = [
        {"part": "grid", "depth": depth, "activation": name, "way": way}
        for depth in depths
        for name in activations
        for way in ways
    ]
    explosion = [
        {"part": "explosion", "depth": deep, "gain": gain} for gain in gains
    ]
    cured = [
        {"part": "cures", "ill": ill, "cure": cure}
        for ill in ills
        for cure in cures
    ]
    images = {"images_per_class": options.images_per_class or IMAGES}
    return [images | each for each in (*grid, *explosion, *cured)]


def plan(setting):
    """What is built and how it is trained."""
    if setting["part"] == "grid":
        return {k: setting[k] for k in ("depth", "activation", "way")}
    if setting["part"] == "explosion":
        return {
            "activation": "relu",
            **{k: setting[k] for k in ("depth", "gain")},
        }
    ill, cure = setting["ill"], setting["cure"]
    change = BETTER[ill] if cure == "better activation" else {}
    return {**ILL[ill], **CURES.get(cure, {}), **change}
