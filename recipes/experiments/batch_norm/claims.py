"""What is said of batch normalization."""

from zoo.recipes.experiments.batch_norm.design import GHOSTS, NORMS, RATE
from zoo.recipes.experiments.batch_norm.tell import at, best_rate
from zoo.recipes.lab.claims import Measured, above, claim, versus
from zoo.recipes.lab.rows import NotMeasured

IOFFE = "[Ioffe and Szegedy 2015](https://arxiv.org/abs/1502.03167)"
SANTURKAR = "[Santurkar et al. 2018](https://arxiv.org/abs/1805.11604)"
HUANG = "[Huang et al. 2018](https://arxiv.org/abs/1804.08450)"
LUO = "[Luo et al. 2019](https://arxiv.org/abs/1809.00846)"
RENORM = "[Ioffe 2017](https://arxiv.org/abs/1702.03275)"
KERAS = (
    "[Keras](https://keras.io/api/layers/normalization_layers/"
    "batch_normalization/)"
)
USABLE = 0.8


def _pair(rows, activation="relu"):
    """Without and with batch norm, at several rates."""
    rows = rows.where(part="all images", activation=activation)
    pair = [rows.where(norm=norm) for norm in NORMS]
    if len(pair[0].values("rate")) < 2:
        raise NotMeasured("one learning rate only")
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
    without, with_it = (at(rows, norm) for norm in NORMS)
    return versus(
        with_it, without, "first_accuracy",
        f"after the first epoch at a rate of {RATE}: with", "without",
        "%", 100, 1,
    )  # fmt: skip


@claim("And each at the rate that suits it best.", IOFFE)
def fastest(rows):
    without, with_it = map(best_rate, _pair(rows))
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
    without, with_it = highest
    return Measured(
        f"the highest that reaches {100 * USABLE:.0f} % is {with_it} with, "
        f"{without} without",
        with_it >= 5 * without and with_it > 0,
    )


@claim("It makes a network of sigmoids learn that does not without.", IOFFE)
def sigmoids(rows):
    without, with_it = (
        max(
            group.groups("rate").values(),
            key=lambda runs: runs.mean("best_test_accuracy"),
        )
        for group in _pair(rows, "sigmoid")
    )
    measured = _accuracies(
        with_it,
        without,
        f"accuracy with, at {with_it[0]['rate']},",
        f"without, at {without[0]['rate']},",
    )
    fails = without.mean("best_test_accuracy") < USABLE
    return Measured(measured.text, measured.held and fails)


@claim("It lessens internal covariate shift.", IOFFE)
def less_shift(rows):
    without, with_it = (at(rows, norm) for norm in NORMS)
    return versus(without, with_it, "shift", "shift without", "with", digits=3)


@claim(
    "The shift does not explain the gain: with noise that makes it larger than "
    "without batch normalization, it still learns faster.",
    SANTURKAR,
)
def noise(rows):
    noisy, plain = at(rows, "noisy batch norm"), at(rows, "none")
    more = versus(
        noisy, plain, "shift", "shift with noise",
        "without batch normalization", digits=3,
    )  # fmt: skip
    fast = versus(
        noisy, plain, "first_accuracy", "After the first epoch: with noise",
        "without batch normalization", "%", 100, 1,
    )  # fmt: skip
    return more.and_(fast, between=". ")


@claim("Noise after it costs little: less than a point of accuracy.", SANTURKAR)
def noise_costs_little(rows):
    noisy, clean = at(rows, "noisy batch norm"), at(rows, "batch norm")
    loss = clean.mean("best_test_accuracy") - noisy.mean("best_test_accuracy")
    measured = _accuracies(noisy, clean, "with noise", "without")
    return Measured(measured.text, loss < 0.01)


@claim(
    "Without γ and β a sigmoid stays in its linear part and learns worse.",
    IOFFE,
)
def linear_part(rows):
    full, bare = (
        at(rows, norm, "sigmoid", 1) for norm in ("batch norm", "without γ, β")
    )
    return _accuracies(full, bare, "with γ, β", "without")


@claim("Before a ReLU γ can be left out.", KERAS)
def no_gamma(rows):
    full, bare = at(rows, "batch norm"), at(rows, "β only")
    return _accuracies(full, bare, "with γ, β", "with β only").not_()


@claim(
    "The statistics of small batches are worse at test time than averages.",
    RENORM,
)
def small_batches(rows):
    group = at(rows, "batch norm")
    texts = [
        f"{label} {group.text(f'accuracy_of_{what}', 100, 1)} %"
        for label, what in (
            ("averages", "averages"), ("batches of 64", 64), ("of 16", 16),
            ("of 4", 4),
        )
    ]  # fmt: skip
    less = group.column("accuracy_of_averages") - group.column("accuracy_of_4")
    return Measured(", ".join(texts), less.min() > 0)


@claim("So are those of a batch whose images are all alike.", RENORM)
def one_class(rows):
    group = at(rows, "batch norm")
    mixed, alike = (
        group.column(f"accuracy_of_{what}") for what in ("averages", "a_class")
    )
    return Measured(
        "in batches of 16, sorted by class, "
        f"{group.text('accuracy_of_a_class', 100, 1)} %; by averages "
        f"{group.text('accuracy_of_averages', 100, 1)} %",
        (mixed - alike).min() > 0,
    )


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
    return Measured(
        f"gap by images {text}", above(groups[32], groups[2], "gap")
    )


@claim("Whitening, which batch norm stands in for, learns better.", HUANG)
def whitening(rows):
    white, plain = at(rows, "whitening"), at(rows, "batch norm")
    return _accuracies(white, plain, "whitening", "batch norm")


@claim("But it costs more time.", IOFFE)
def price(rows):
    white, plain = at(rows, "whitening"), at(rows, "batch norm")
    newton = at(rows, "Newton whitening")
    newton = newton.text("processor_seconds_step", 1000, 1)
    slower = versus(
        white, plain, "processor_seconds_step", "step: whitening", "batch norm",
        "ms", 1000, 1,
    )  # fmt: skip
    return slower.and_(
        f"whitening by Newton's iteration {newton} ms", between=", "
    )


CLAIMS = [
    faster, fastest, high_rates, sigmoids, less_shift, noise,
    noise_costs_little, linear_part, no_gamma, small_batches, one_class,
    regularizes, noise_regularizes, whitening, price,
]  # fmt: skip
