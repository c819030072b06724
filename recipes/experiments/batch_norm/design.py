"""Which normalizers, rates and images are tried."""

NORMS = ("none", "batch norm")
RATES = {"relu": (0.03, 0.1, 0.3, 1, 3, 10), "sigmoid": (0.1, 1, 10)}
RATE = 0.1  # at which the variants are compared
GAINS = {  # center, scale
    "without γ, β": (False, False),
    "γ only": (False, True),
    "β only": (True, False),
}
WHITE = ("whitening", "Newton whitening")
SINGLE = ("noisy batch norm", *GAINS, *WHITE)
GHOSTS = (16, 8, 4, 2)
FEW: dict = {"images_per_class": 30, "epochs": 40}
FEW_RATES = {"without": 0.03, "with": 0.3}  # a normalizer, few images


def settings(options):
    """Normalizers at several rates, variants at one rate, few images."""

    def one(norm, activation="relu", rate=RATE, **more):
        chosen = {"norm": norm, "activation": activation, "rate": rate}
        depth = 2 if options.smoke else 6
        return {"part": "all images", **chosen, "depth": depth, **more}

    if options.smoke:
        few = {"images_per_class": 20, "epochs": 1, "part": "few images"}
        names = (*NORMS, "noisy batch norm")
        return [*map(one, names), one("4 at a time", **few)]
    few = ("none", "batch norm", *(f"{size} at a time" for size in GHOSTS))
    return [
        *(
            one(norm, activation, rate)
            for activation, rates in RATES.items()
            for rate in rates
            for norm in NORMS
        ),
        *map(one, SINGLE),
        one("without γ, β", "sigmoid", 1),
        *(
            one(
                norm,
                rate=FEW_RATES["without" if norm == "none" else "with"],
                **FEW,
                part="few images",
            )
            for norm in few
        ),
    ]
