"""Skip connections: what the shortcut leads around, and where it is added.

    python recipes/skip.py

Forty fully connected layers of 64 units with weights within ±1/√n, in which
sigmoid, tanh and ReLU learn nothing; the same with shortcuts in the forms that
were published, and in one that He et al. 2016 report as worse. Networks of
NumPy arrays with written-out gradients (recipes/lab/by_hand).

1,000 MNIST digits, which the seed draws; 90 runs of some 3 seconds of
processor time, 3 minutes in all on one CPU core. Held-out accuracy of ReLU in
%, mean ± std (5 runs): no shortcut 10.0 ± 0.0, pre-activation with batch
normalization 88.9 ± 1.6.
"""

from zoo.recipes.lab import experiment, figures
from zoo.recipes.lab.claims import claim, reaches, versus
from zoo.recipes.lab.rows import NotMeasured
from zoo.recipes.lab.tables import Column, pivot, table

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
LEARNS = 0.5  # accuracy; a guess has 0.1
HE_2016 = "[He et al. 2016, {}](https://arxiv.org/abs/1603.05027)".format


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


def run(setting):
    """One training of one network."""
    import numpy as np

    from zoo.recipes.lab import by_hand

    (x, y), _, (test_x, test_y) = by_hand.drawn(
        setting, setting["images_per_class"]
    )
    x, test_x = (images.reshape(len(images), -1) for images in (x, test_x))
    random = np.random.default_rng([setting["seed"], 0])
    net = network(setting, x.shape[1], int(y.max()) + 1, random)
    ratios = []

    def watch(step, loss):
        if not step:
            kernels = [
                np.linalg.norm(layer.gradients[0])
                for layer in by_hand.every_layer(net)
                if isinstance(layer, by_hand.Dense)
            ]
            ratios.append(kernels[1] / max(kernels[-2], 1e-300))

    losses = by_hand.fit(
        net, by_hand.Momentum(net, RATE), x, y, steps=setting["steps"],
        seed=setting["seed"], watch=watch,
    )  # fmt: skip
    accuracy, loss = by_hand.accuracy(net, test_x, test_y)
    return {
        "test_accuracy": accuracy,
        "test_loss": loss,
        "train_loss": losses[-1],
        "losses": [
            np.mean(part)
            for part in np.array_split(losses, min(20, len(losses)))
        ],
        "gradient_ratio": ratios[0],
        "logarithm": np.log10(max(ratios[0], 1e-300)),
    }


def network(setting, inputs, classes, random):
    """The layers of one form."""
    from zoo.recipes.lab.by_hand import Act, Dense, Normalize, Residual

    name, form = setting["activation"], setting["form"]

    def dense(width, units):
        bound = width**-0.5
        return Dense(random.uniform(-bound, bound, (width, units)))

    net: list = [dense(inputs, UNITS)]
    if form in ("none", "ReLU before addition", "batch norm only"):
        net += [Normalize(UNITS)] if form == "batch norm only" else []
        net.append(Act(name))
    for _ in range(setting["depth"] - 1):
        layer = dense(UNITS, UNITS)
        net += {
            "none": lambda layer: [layer, Act(name)],
            "batch norm only": lambda layer: [
                layer, Normalize(UNITS), Act(name),
            ],
            "ReLU before addition": lambda layer: [
                Residual([layer, Act(name)])
            ],
            "scaled": lambda layer: [
                Residual([Act(name), layer], setting["depth"] ** -0.5)
            ],
            "original": lambda layer: [
                Residual([layer, Normalize(UNITS)], after=Act(name))
            ],
            "pre-activation": lambda layer: [
                Residual([Normalize(UNITS), Act(name), layer])
            ],
        }[form](layer)  # fmt: skip
    if form == "pre-activation":
        net += [Normalize(UNITS), Act(name)]
    return [*net, dense(UNITS, classes)]


def tables(rows):
    rows = rows.derive("written", lambda row: FORMS[row["form"]])
    columns = [
        Column("held-out accuracy, %", "test_accuracy", 100, 1),
        Column("training loss, last step", "train_loss", 1, 3),
        Column("log₁₀ (first ÷ last gradient)", "logarithm", 1, 1),
    ]
    by = {"activation": "", "form": "form", "written": "a layer"}
    note = (
        "The gradient of the second layer's weights over that of the last but "
        "one's, before any step; 0: equal, −10: ten orders smaller."
    )
    return [
        pivot(
            "Accuracy by form, %", rows, ("form", "form"),
            ("activation", "activation"), "test_accuracy", 100, 1,
        ),
        table("Forms of shortcuts", rows, by, columns, note),
    ]  # fmt: skip


def _of(rows, form, activation):
    return rows.where(form=form, activation=activation)


def _all(found):
    first, *others = found
    for other in others:
        first = first.and_(other)
    return first


def _learns(form, text, paper):
    @claim(text, paper)
    def judge(rows):
        names = rows.values("activation")
        return _all(
            [
                reaches(
                    _of(rows, form, name), "test_accuracy", name, LEARNS, 1.1,
                    "%", 100, 1,
                )
                for name in names
            ]
        )  # fmt: skip

    return judge


plain = claim(
    "Without shortcuts and normalizers forty layers of sigmoid, tanh or ReLU "
    "with weights within ±1/√n do not learn (less than 50 %).",
    "[Glorot and Bengio 2010, section 4.2, on these weights]"
    "(https://proceedings.mlr.press/v9/glorot10a.html)",
)(
    lambda rows: _all(
        [
            reaches(
                _of(rows, "none", name), "test_accuracy", name,
                at_most=LEARNS, unit="%", scale=100, digits=1,
            )
            for name in rows.values("activation")
        ]
    )
)  # fmt: skip


def _beats(one, other, text, paper, names=ACTIVATIONS):
    @claim(text, paper)
    def judge(rows):
        if not set(names) <= set(rows.values("activation")):
            raise NotMeasured("not all activations")
        return _all(
            [
                versus(
                    _of(rows, one, name), _of(rows, other, name),
                    "test_accuracy", f"{name}: {one}", other, "%", 100, 1,
                    paired=True,
                )
                for name in names
            ]
        )  # fmt: skip

    return judge


CLAIMS = [
    plain,
    _learns(
        "pre-activation",
        "The pre-activation form, x + W f(BN(x)), lets forty layers learn "
        "(above 50 %) with any of the three activations.",
        HE_2016("section 4.2, of ReLU; 1,001 layers"),
    ),
    _learns(
        "scaled",
        "So does a shortcut without a normalizer, if the branch is scaled by "
        "1/√40: x + W f(x)/√40.",
        "[De and Smith 2020, abstract: a factor of the order √depth]"
        "(https://arxiv.org/abs/2002.10444)",
    ),
    _beats(
        "pre-activation",
        "ReLU before addition",
        "A branch that ends in its ReLU and is then added learns worse than "
        "the pre-activation form.",
        HE_2016("table 2: 7.84 and 6.37 % error; figure 4c"),
        ("relu",),
    ),
    _beats(
        "pre-activation",
        "batch norm only",
        "It is the shortcut and not the normalizer alone: pre-activation is "
        "better than batch normalization without shortcuts.",
        "[Yang et al. 2019, abstract: batch normalization without shortcuts "
        "explodes](https://arxiv.org/abs/1902.08129)",
    ),
    _beats(
        "pre-activation",
        "original",
        "Pre-activation is better than the original form, f(x + BN(W x)).",
        HE_2016("section 4.2, from 110 layers on"),
        ("relu",),
    ),
]


def by_form(rows):
    figure, axes = figures.new(len(ACTIVATIONS), width=4.2, height=3.2)
    for axis, name in zip(axes[0], rows.values("activation"), strict=False):
        values = {
            FORMS[form]: 100 * group.column("test_accuracy")
            for form, group in rows.where(activation=name)
            .groups("form")
            .items()
        }
        figures.bars(
            axis, values, title=name, xlabel="held-out accuracy, %",
            xlim=(0, 100),
        )  # fmt: skip
        axis.axvline(10, color="gray", lw=1, ls=":")
    return figure


def losses(rows):
    figure, axes = figures.new(len(ACTIVATIONS), width=4.2, height=3.2)
    for axis, name in zip(axes[0], rows.values("activation"), strict=False):
        series = {
            FORMS[form]: group.curves("losses")
            for form, group in rows.where(activation=name)
            .groups("form")
            .items()
        }
        figures.lines(
            axis, series, title=name, xlabel="twentieths of the training",
            ylabel="training loss", ylim=(0, 3), legend=axis is axes[0, 0],
        )  # fmt: skip
    return figure


EXPERIMENT = experiment.Experiment(
    name="skip",
    title="Skip connections",
    settings=settings,
    run=run,
    tables=tables,
    figures={"forms.png": by_form, "losses.png": losses},
    claims=CLAIMS,
    epochs=6,
    seeds=5,
)

if __name__ == "__main__":
    experiment.start(EXPERIMENT)
