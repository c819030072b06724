"""Which optimizers are compared, at which learning rates."""

OPTIMIZERS = {  # name in Keras, arguments, usual rate
    "SGD": ("SGD", {}, 0.1),
    "momentum": ("SGD", {"momentum": 0.9}, 0.03),
    "Nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}, 0.03),
    "Adagrad": ("Adagrad", {}, 0.03),
    "Adadelta": ("Adadelta", {}, 1.0),
    "RMSprop": ("RMSprop", {}, 0.001),
    "Adam": ("Adam", {}, 0.003),
    "AMSGrad": ("Adam", {"amsgrad": True}, 0.003),
    "Adamax": ("Adamax", {}, 0.003),
    "Nadam": ("Nadam", {}, 0.003),
    "AdamW": ("AdamW", {}, 0.003),
    "Lion": ("Lion", {}, 0.0003),
    # Keras's 1e-30 ends in 0 ÷ 0 where a silent unit meets a black pixel.
    "Adafactor": ("Adafactor", {"epsilon_1": 1e-15}, 0.03),
    "Lamb": ("Lamb", {}, 0.01),
    "Muon": ("Muon", {"exclude_layers": ["logits"]}, 0.01),
}
SMOKE = ("SGD", "momentum", "Muon")
MULTIPLES = (0.1, 0.3, 1.0, 3.0, 10.0)  # of the usual rate
SURFACES = {"Rosenbrock": (-1.2, 1.0), "saddle": (1.0, 0.01)}  # starts
LEFT = 0.5  # |y| at which the saddle has been left
SURFACE_RATES = tuple(10 ** (k / 2) for k in range(-8, 2))


def settings(options):
    """Each optimizer at five rates, and on each surface."""
    names, multiples, rates, steps = OPTIMIZERS, MULTIPLES, SURFACE_RATES, 200
    if options.smoke:
        names, multiples, rates, steps = SMOKE, (1.0,), SURFACE_RATES[4:6], 20
    training = [
        {
            "what": "training",
            "optimizer": name,
            "multiple": multiple,
            "images_per_class": options.images_per_class or 100,
        }
        for name in names
        for multiple in multiples
    ]
    paths = [
        {"what": surface, "optimizer": n, "rates": len(rates), "steps": steps}
        for surface in SURFACES
        for n in names
    ]
    return training + paths


def height(surface, x, y):
    """The surface's height at (x, y): numbers, arrays or tensors."""
    if surface == "Rosenbrock":
        return (1 - x) ** 2 + 100 * (y - x**2) ** 2
    return x**2 / 2 - y**2 / 2 + y**4 / 4  # least at (0, ±1)
