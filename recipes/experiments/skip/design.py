"""Which forms are run."""

DEPTH, UNITS, RATE, IMAGES, STEPS = 40, 64, 0.01, 100, 186


ACTIVATIONS = ("sigmoid", "tanh", "relu")


FORMS = {  # what the tables call them
    "none": "f(W x)",
    "ReLU before addition": "x + f(W x)",
    "scaled": "x + W f(x) / √40",
    "original": "f(x + BN(W x))",
    "pre-activation": "x + W f(BN(x))",
    "batch norm only": "f(BN(W x))",
}


def settings(options):
    """Each form with each activation."""
    names, forms, depth = ACTIVATIONS, FORMS, DEPTH
    if options.smoke:
        names, forms, depth = ("tanh",), ("none", "pre-activation"), 4
    return [
        {
            "activation": name,
            "form": form,
            "depth": depth,
            "steps": 20 if options.smoke else STEPS,
            "images_per_class": options.images_per_class or IMAGES,
        }
        for name in names
        for form in forms
    ]
