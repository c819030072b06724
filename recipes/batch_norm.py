"""Batch normalization: what it buys, whether for the reason given, its price.

    python recipes/batch_norm.py

Six 3×3 convolutions of 8 and 16 filters, trained by plain SGD. Shift is how
far ActivationMonitor sees the inputs of the activations move from epoch to
epoch: the change of their mean in deviations, plus that of the logarithm of
their deviation. After Ioffe and Szegedy 2015, Santurkar et al. 2018 and Huang
et al. 2018.

4,000 MNIST digits, 1,000 held out; 93 runs of some 12 seconds of processor
time, 15 minutes in all with --threads=1 --jobs=2 on 2 CPU cores. At a rate of
0.1 the best epoch has 92.1 ± 1.9 % with batch normalization; after the first
epoch it has 51.7 ± 8.6 %, and 22.8 ± 1.8 % without (3 runs).
"""

from zoo.recipes.lab import _experiment, _figures, _results
from zoo.recipes.lab._claims import above, claim, versus

NORMS = ("none", "batch norm")
RATES = {"relu": (0.03, 0.1, 0.3, 1, 3, 10), "sigmoid": (0.1, 1, 10)}
RATE = 0.1  # of what is compared at one rate
GAINS = {  # center, scale
    "without γ, β": (False, False),
    "γ only": (False, True),
    "β only": (True, False),
}
WHITE = ("whitening", "Newton whitening")
SINGLE = ("noisy batch norm", *GAINS, *WHITE)
GHOSTS = (16, 8, 4, 2)
FEW = {"images_per_class": 30, "epochs": 40}
FEW_RATES = (0.03, 0.3)  # without and with a normalizer
USABLE = 0.8


def settings(options):
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
                rate=FEW_RATES[norm != "none"],
                **FEW,
                part="few images",
            )
            for norm in few
        ),
    ]


def normalizer(name):
    from zoo import layers
    from zoo.recipes.lab import _batch_noise

    options = {"momentum": 0.9, "epsilon": 1e-5}
    if name in GAINS:
        center, scale = GAINS[name]
        return lambda: layers.BatchNorm(center=center, scale=scale, **options)
    if name.endswith("at a time"):
        size = int(name.split()[0])
        return lambda: _batch_noise.GhostBatchNorm(size, **options)
    return {
        "none": "none",
        "batch norm": "batch_norm",
        "noisy batch norm": lambda: _batch_noise.NoisyBatchNorm(**options),
        "whitening": lambda: layers.DecorrelatedBatchNorm(8, momentum=0.9),
        "Newton whitening": lambda: layers.IterativeNorm(8, momentum=0.9),
    }[name]


def run(setting):
    import keras
    import numpy as np

    from zoo import callbacks
    from zoo.recipes.lab import _networks
    from zoo.training import _training

    class Shifting(callbacks.ActivationMonitor):
        """Sees the noise of training, too."""

        def on_epoch_end(self, epoch, logs=None):
            noisy = [x for x in self.model.layers if hasattr(x, "strength")]
            for strength in (1.0, 0.0):
                for layer in noisy:
                    layer.strength.assign(strength)
                if strength:
                    super().on_epoch_end(epoch, logs)

    name = setting["norm"]
    data = _training.load(setting, batch_size=32)
    model = _networks.cnn(
        data,
        depth=setting["depth"],
        filters=(8, 16),
        activation=setting["activation"],
        norm=normalizer(name),
        initializer="glorot_normal"
        if setting["activation"] == "sigmoid"
        else "he_normal",
    )
    images, labels = _training.probe(data)
    monitor = Shifting(images)
    row = _training.train(
        model,
        data,
        epochs=setting["epochs"],
        optimizer=keras.optimizers.SGD(float(setting["rate"])),
        callbacks=[monitor],
        evaluate_training=True,
    )
    inputs = "conv" if name == "none" else "norm"
    history = [record["layers"] for record in monitor.history]
    watched = [key for key in history[0] if key.startswith(inputs)]
    means, stds, *quantiles = (
        np.array([[layers[key][what] for key in watched] for layers in history])
        for what in ("mean", "std", "q05", "q50", "q95")
    )
    if len(history) > 1 and np.all(stds > 0):
        moves = abs(np.diff(means, axis=0)) / stds[:-1]
        moves += abs(np.diff(np.log(stds), axis=0))
        row["shift"] = moves.mean()
    row |= {
        "first_accuracy": row["test_accuracy_curve"][0],
        "epochs_to_90": _training.epochs_to(row["test_accuracy_curve"], 0.9),
        "gap": row["test_loss"] - row["fitted_loss"],
        **{
            f"last_{what}_curve": values[:, -1]
            for what, values in zip(
                ("q05", "q50", "q95"), quantiles, strict=True
            )
        },
    }
    for what in ("gamma", "beta"):
        learned = [
            np.asarray(getattr(layer, what))
            for layer in model.layers
            if getattr(layer, what, None) is not None
        ]
        if learned:
            row[what] = np.mean(np.concatenate(learned))
            row[f"{what}_std"] = np.std(np.concatenate(learned))
    if name == "batch norm" and not row["diverged"]:
        row |= by_batch(model, images, labels)
    return row


def by_batch(model, images, labels):
    """Accuracy with each batch's own statistics, of the same images."""
    import numpy as np

    start = model.get_weights()  # with the moving averages

    def accuracy(order, size):
        right = [
            np.argmax(model(images[some], training=True), -1) == labels[some]
            for some in np.split(order, range(size, len(order), size))
        ]
        model.set_weights(start)
        return np.mean(np.concatenate(right))

    order = np.arange(len(images))
    row = {f"accuracy_of_{size}": accuracy(order, size) for size in (4, 16, 64)}
    row["accuracy_of_a_class"] = accuracy(np.argsort(labels, kind="stable"), 16)
    averaged = np.argmax(model(images, training=False), -1) == labels
    return row | {"accuracy_of_averages": np.mean(averaged)}


def tables(rows):
    column = _results.Column
    accuracy = column("best held-out accuracy, %", "best_test_accuracy", 100, 1)
    groups = rows.groups("part")
    full = groups["all images"]
    single = _results.Rows(
        row
        for row in full
        if row["activation"] == "relu" and row["rate"] == RATE
    )
    made = [
        _results.table(
            "Learning rates",
            _results.Rows(row for row in full if row["norm"] in NORMS),
            {"activation": "activation", "rate": "rate", "norm": "normalizer"},
            [
                column("after the first epoch, %", "first_accuracy", 100, 1),
                accuracy,
                column("epochs to 90 %", "epochs_to_90", 1, 1),
            ],
        ),
        _results.table(
            f"Variants at a rate of {RATE}",
            single,
            {"norm": "normalizer"},
            [
                column("after the first epoch, %", "first_accuracy", 100, 1),
                accuracy,
                column("shift", "shift"),
                column("mean γ", "gamma"),
                column("deviation", "gamma_std"),
                column("mean β", "beta"),
                column("deviation", "beta_std"),
                column("step, ms", "processor_seconds_step", 1000, 1),
            ],
            "Step: processor time, of both cores.",
        ),
        _results.table(
            "Statistics of the batch",
            _results.Rows(r for r in single if r["norm"] == "batch norm"),
            {"norm": "accuracy, %, by"},
            [
                column("moving averages", "accuracy_of_averages", 100, 1),
                column("batches of 64", "accuracy_of_64", 100, 1),
                column("of 16", "accuracy_of_16", 100, 1),
                column("of 4", "accuracy_of_4", 100, 1),
                column("of 16, sorted by class", "accuracy_of_a_class", 100, 1),
            ],
        ),
    ]
    if "few images" in groups:
        made.append(
            _results.table(
                "Few images",
                groups["few images"],
                {"norm": "normalized"},
                [
                    column("training loss", "fitted_loss", 1, 3),
                    column("held-out loss", "test_loss", 1, 3),
                    column("gap", "gap", 1, 3),
                    accuracy,
                ],
                "Batches of 32; losses as in inference. At a rate of "
                "{} without, {} with.".format(*FEW_RATES),
            )
        )
    return made


def rates(rows):
    rows = rows.where(part="all images")
    names = rows.values("activation")
    figure, axes = _figures.new(len(names), width=5)
    for axis, name in zip(axes[0], names, strict=True):
        of = rows.where(activation=name)
        series = {
            norm: of.where(norm=norm).against("rate", "best_test_accuracy")
            for norm in NORMS
        }
        at = of.where(norm=NORMS[0]).values("rate")
        _figures.lines(
            axis, series, at, marker="o", xscale="log", ylim=(0, 1),
            title=name, xlabel="learning rate", ylabel="held-out accuracy",
        )  # fmt: skip
        _figures.plain(axis.xaxis, at)
    return figure


def speed(rows):
    rows = rows.where(part="all images")
    series = {}
    for name in rows.values("activation"):
        for norm in NORMS:
            best = _best(rows.where(activation=name, norm=norm))
            label = f"{name}, {norm}, rate {best[0]['rate']}"
            series[label] = best.curves("test_accuracy_curve")
    figure, axes = _figures.new()
    _figures.lines(
        axes[0, 0], series, xlabel="epoch", ylabel="held-out accuracy"
    )
    return figure


def shift(rows):
    chosen = [*NORMS, "noisy batch norm"]
    figure, axes = _figures.new(len(chosen), width=4.6, height=3.4)
    for axis, norm in zip(axes[0], chosen, strict=True):
        group = _at(rows, norm)
        series = {
            f"{int(q)} %": group.curves(f"last_q{q}_curve")
            for q in ("95", "50", "05")
        }
        _figures.lines(
            axis, series, title=norm, xlabel="epoch",
            ylabel="inputs of the last activation",
        )  # fmt: skip
    return figure


def few(rows):
    groups = rows.where(part="few images").groups("norm")
    figure, axes = _figures.new(2, width=5, height=3)
    for axis, name, label in zip(
        axes[0],
        ("gap", "best_test_accuracy"),
        ("held-out loss − training loss", "held-out accuracy"),
        strict=True,
    ):
        values = {norm: group.column(name) for norm, group in groups.items()}
        _figures.bars(axis, values, xlabel=label)
    return figure


IOFFE = "[Ioffe and Szegedy 2015](https://arxiv.org/abs/1502.03167)"
SANTURKAR = "[Santurkar et al. 2018](https://arxiv.org/abs/1805.11604)"
HUANG = "[Huang et al. 2018](https://arxiv.org/abs/1804.08450)"
LUO = "[Luo et al. 2019](https://arxiv.org/abs/1809.00846)"
RENORM = "[Ioffe 2017](https://arxiv.org/abs/1702.03275)"
KERAS = (
    "[Keras](https://keras.io/api/layers/normalization_layers/"
    "batch_normalization/)"
)


def _at(rows, norm, activation="relu", rate=RATE):
    return rows.where(
        part="all images", norm=norm, activation=activation, rate=rate
    )


def _best(rows):
    """The runs at the rate that is furthest after the first epoch."""
    groups = rows.groups("rate").values()
    return max(groups, key=lambda group: group.mean("first_accuracy"))


def _pair(rows, activation="relu"):
    """Without and with batch norm, at several rates."""
    rows = rows.where(part="all images", activation=activation)
    pair = [rows.where(norm=norm) for norm in NORMS]
    if len(pair[0].values("rate")) < 2:
        raise _results.NotMeasured("one learning rate only")
    return pair


def _accuracies(more, less, more_name, less_name):
    """`versus` of the best epoch's accuracy.

    The last epoch's is chance: rates are constant here, the weights move, and
    the moving averages after them.
    """
    return versus(
        more, less, "best_test_accuracy", more_name, less_name, "%", 100, 1
    )


@claim("At the same rate batch normalization learns faster.", IOFFE)
def faster(rows):
    without, with_it = (_at(rows, norm) for norm in NORMS)
    return versus(
        with_it, without, "first_accuracy",
        f"after the first epoch at a rate of {RATE}: with", "without",
        "%", 100, 1,
    )  # fmt: skip


@claim("And each at the rate that suits it best.", IOFFE)
def fastest(rows):
    without, with_it = map(_best, _pair(rows))
    return versus(
        with_it, without, "first_accuracy",
        f"after the first epoch: with, at {with_it[0]['rate']},",
        f"without, at {without[0]['rate']},", "%", 100, 1,
    )  # fmt: skip


@claim("It bears learning rates five times as high, or more.", IOFFE)
def high_rates(rows):
    highest = []
    for group in _pair(rows):
        usable = [
            rate
            for rate, runs in group.groups("rate").items()
            if runs.mean("best_test_accuracy") >= USABLE
        ]
        highest.append(max(usable, default=0))
    text = f"the highest that reaches {100 * USABLE:.0f} % is {highest[1]} "
    held = highest[1] >= 5 * highest[0] and highest[1] > 0
    return f"{text}with, {highest[0]} without.", held


@claim("It makes a network of sigmoids learn that does not without.", IOFFE)
def sigmoids(rows):
    without, with_it = (
        max(
            group.groups("rate").values(),
            key=lambda runs: runs.mean("best_test_accuracy"),
        )
        for group in _pair(rows, "sigmoid")
    )
    text, held = _accuracies(
        with_it,
        without,
        f"accuracy with, at {with_it[0]['rate']},",
        f"without, at {without[0]['rate']},",
    )
    return text, held and without.mean("best_test_accuracy") < USABLE


@claim("It lessens internal covariate shift.", IOFFE)
def less_shift(rows):
    without, with_it = (_at(rows, norm) for norm in NORMS)
    return versus(without, with_it, "shift", "shift without", "with", digits=3)


@claim(
    "The shift does not explain the gain: with noise that makes it larger than "
    "without batch normalization, it still learns faster.",
    SANTURKAR,
)
def noise(rows):
    noisy, plain = _at(rows, "noisy batch norm"), _at(rows, "none")
    text, more = versus(
        noisy, plain, "shift", "shift with noise",
        "without batch normalization", digits=3,
    )  # fmt: skip
    gain, fast = versus(
        noisy, plain, "first_accuracy", "After the first epoch: with noise",
        "without batch normalization", "%", 100, 1,
    )  # fmt: skip
    return f"{text} {gain}", more and fast


@claim("Noise after it costs little: less than a point of accuracy.", SANTURKAR)
def noise_costs_little(rows):
    noisy, clean = _at(rows, "noisy batch norm"), _at(rows, "batch norm")
    text, _ = _accuracies(noisy, clean, "with noise", "without")
    loss = clean.mean("best_test_accuracy") - noisy.mean("best_test_accuracy")
    return text, loss < 0.01


@claim(
    "Without γ and β a sigmoid stays in its linear part and learns worse.",
    IOFFE,
)
def linear_part(rows):
    full, bare = (
        _at(rows, norm, "sigmoid", 1) for norm in ("batch norm", "without γ, β")
    )
    return _accuracies(full, bare, "with γ, β", "without")


@claim("Before a ReLU γ can be left out.", KERAS)
def no_gamma(rows):
    full, bare = _at(rows, "batch norm"), _at(rows, "β only")
    text, lost = _accuracies(full, bare, "with γ, β", "with β only")
    return text, not lost


@claim(
    "The statistics of small batches are worse at test time than averages.",
    RENORM,
)
def small_batches(rows):
    group = _at(rows, "batch norm")
    texts = [
        f"{label} {group.text(f'accuracy_of_{what}', 100, 1)} %"
        for label, what in (
            ("averages", "averages"), ("batches of 64", 64), ("of 16", 16),
            ("of 4", 4),
        )
    ]  # fmt: skip
    less = group.column("accuracy_of_averages") - group.column("accuracy_of_4")
    return f"{', '.join(texts)}.", less.min() > 0


@claim("So are those of a batch whose images are all alike.", RENORM)
def one_class(rows):
    group = _at(rows, "batch norm")
    mixed, alike = (
        group.column(f"accuracy_of_{what}") for what in ("averages", "a_class")
    )
    text = "in batches of 16, sorted by class, "
    text += f"{group.text('accuracy_of_a_class', 100, 1)} %; by averages "
    text += f"{group.text('accuracy_of_averages', 100, 1)} %."
    return text, (mixed - alike).min() > 0


@claim("Batch normalization regularizes: a smaller gap to the test.", IOFFE)
def regularizes(rows):
    without, with_it = (rows.where(part="few images", norm=n) for n in NORMS)
    return versus(without, with_it, "gap", "gap without", "with", digits=3)


@claim("It is its noise that does: fewer images a mean, a smaller gap.", LUO)
def noise_regularizes(rows):
    few = rows.where(part="few images")
    groups = {32: few.where(norm="batch norm")}
    for size in GHOSTS:
        groups[size] = few.where(norm=f"{size} at a time")
    text = ", ".join(f"{s}: {g.text('gap', 1, 3)}" for s, g in groups.items())
    return f"gap by images {text}.", above(groups[32], groups[2], "gap")


@claim("Whitening, which batch norm stands in for, learns better.", HUANG)
def whitening(rows):
    white, plain = _at(rows, "whitening"), _at(rows, "batch norm")
    return _accuracies(white, plain, "whitening", "batch norm")


@claim("But it costs more time.", IOFFE)
def price(rows):
    white, plain = _at(rows, "whitening"), _at(rows, "batch norm")
    text, held = versus(
        white, plain, "processor_seconds_step", "step: whitening", "batch norm",
        "ms", 1000, 1,
    )  # fmt: skip
    newton = _at(rows, "Newton whitening")
    newton = newton.text("processor_seconds_step", 1000, 1)
    return f"{text[:-1]}, whitening by Newton's iteration {newton} ms.", held


EXPERIMENT = _experiment.Experiment(
    name="batch_norm",
    title="Batch normalization",
    settings=settings,
    run=run,
    tables=tables,
    figures={
        "rates.png": rates,
        "speed.png": speed,
        "shift.png": shift,
        "few.png": few,
    },
    claims=[
        faster, fastest, high_rates, sigmoids, less_shift, noise,
        noise_costs_little, linear_part, no_gamma, small_batches, one_class,
        regularizes, noise_regularizes, whitening, price,
    ],
    epochs=5,
)  # fmt: skip

if __name__ == "__main__":
    _experiment.start(EXPERIMENT)
