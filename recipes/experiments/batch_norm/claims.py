"""What is said of batch normalization."""

import math

from zoo.recipes.experiments.batch_norm.design import GHOSTS, NORMS, RATE
from zoo.recipes.experiments.batch_norm.tell import at, best_rate
from zoo.recipes.lab import evidence
from zoo.recipes.lab.claims import Measured, claim, reaches, same, versus
from zoo.recipes.lab.rows import NotMeasured

IOFFE = "[Ioffe and Szegedy 2015, {}](https://arxiv.org/abs/1502.03167)".format
SANTURKAR = "[Santurkar et al. 2018, {}](https://arxiv.org/abs/1805.11604)"
RENORM = "[Ioffe 2017, {}](https://arxiv.org/abs/1702.03275)".format
KERAS = (
    "[Keras, argument scale](https://keras.io/api/layers/normalization_layers/"
    "batch_normalization/)"
)
USABLE, LEARNS, POINT = 0.8, 0.5, 0.01
ALIKE = 2  # times: training losses further apart cannot be compared


def _pair(rows, activation="relu"):
    """Without and with batch norm, at several rates."""
    rows = rows.where(part="all images", activation=activation)
    pair = [rows.where(norm=norm) for norm in NORMS]
    if len(pair[0].values("rate")) < 2:
        raise NotMeasured("one learning rate only")
    return pair


def _accuracies(more, less, more_name, less_name, **options):
    """`versus` of the best epoch's accuracy.

    The last epoch's is chance: rates are constant here, the weights move, and
    the moving averages after them.
    """
    return versus(
        more, less, "best_test_accuracy", more_name, less_name, "%", 100, 1,
        **options,
    )  # fmt: skip


@claim(
    "At the same rate batch normalization learns faster.",
    IOFFE("section 4.2.2, BN-Baseline"),
)
def faster(rows):
    without, with_it = (at(rows, norm) for norm in NORMS)
    return versus(
        with_it, without, "first_accuracy",
        f"after the first epoch at a rate of {RATE}: with", "without",
        "%", 100, 1,
    )  # fmt: skip


@claim(
    "Batch normalization learns faster, each network at its best rate.",
    IOFFE("section 4.2.2 and figure 2"),
)
def fastest(rows):
    without, with_it = map(best_rate, _pair(rows))
    return versus(
        with_it, without, "first_accuracy",
        f"after the first epoch: with, at {with_it[0]['rate']},",
        f"without, at {without[0]['rate']},", "%", 100, 1,
    )  # fmt: skip


@claim(
    "Batch normalization bears learning rates five times as high, or more.",
    IOFFE("sections 3.3 and 4.2.2"),
)
def high_rates(rows):
    pairs = []
    for group in _pair(rows):
        highest = {}
        for seed, runs in group.groups("seed").items():
            usable = [
                row["rate"]
                for row in runs
                if (row["best_test_accuracy"] or 0) >= USABLE
            ]
            highest[seed] = max(usable, default=0)
        pairs.append(highest)
    without, with_it = pairs
    texts = [
        ", ".join(f"{highest[seed]:g}" for seed in without)
        for highest in (with_it, without)
    ]
    found = evidence.every(
        (with_it[s] >= 5 * without[s] > 0 for s in without),
        "five times as high",
        "seeds",
    )
    return Measured(
        f"the highest that reaches {100 * USABLE:.0f} %, seed by seed: with "
        f"{texts[0]}; without {texts[1]}",
        (found,),
    )


@claim(
    "Batch normalization makes a network of sigmoids learn that does not "
    "learn without (less than 50 %).",
    IOFFE("section 4.2.2, BN-x5-Sigmoid"),
)
def sigmoids(rows):
    without, with_it = (
        group.where(rate=group.best("rate", "best_test_accuracy"))
        for group in _pair(rows, "sigmoid")
    )
    return _accuracies(
        with_it,
        without,
        f"accuracy with, at {with_it[0]['rate']},",
        f"without, at {without[0]['rate']},",
    ).and_(
        reaches(
            without,
            "best_test_accuracy",
            "without",
            at_most=LEARNS,
            unit="%",
            scale=100,
            digits=1,
        )
    )


@claim(
    "Batch normalization lessens the drift of a layer's inputs from epoch to "
    "epoch (a part of internal covariate shift).",
    IOFFE("section 4.1 and figure 1"),
)
def less_shift(rows):
    without, with_it = (at(rows, norm) for norm in NORMS)
    return versus(without, with_it, "shift", "drift without", "with", digits=3)


@claim(
    "With noise behind it that makes the drift larger than without batch "
    "normalization, it still learns faster.",
    SANTURKAR.format("section 2.1 and figure 2"),
)
def noise(rows):
    noisy, plain = at(rows, "noisy batch norm"), at(rows, "none")
    more = versus(
        noisy, plain, "shift", "drift with noise",
        "without batch normalization", digits=3,
    )  # fmt: skip
    if more.verdict != evidence.HELD:
        raise NotMeasured(
            f"the noise did not make the drift larger ({more.text}), so the "
            "claim's condition is not met"
        )
    return versus(
        noisy, plain, "first_accuracy", "after the first epoch: with noise",
        "without batch normalization", "%", 100, 1,
    )  # fmt: skip


@claim(
    "Noise behind batch normalization costs less than a point of accuracy.",
    SANTURKAR.format("section 2.1 and figure 2"),
)
def noise_costs_little(rows):
    noisy, clean = at(rows, "noisy batch norm"), at(rows, "batch norm")
    return _accuracies(
        clean, noisy, "without noise", "with", limits=(-math.inf, POINT)
    )


@claim(
    "Without γ and β a sigmoid stays in its linear part and learns worse.",
    IOFFE("section 3"),
)
def linear_part(rows):
    full, bare = (
        at(rows, norm, "sigmoid", 1) for norm in ("batch norm", "without γ, β")
    )
    return _accuracies(full, bare, "with γ, β", "without")


@claim(
    "Before a ReLU, leaving γ out costs less than a point of accuracy.", KERAS
)
def no_gamma(rows):
    full, bare = at(rows, "batch norm"), at(rows, "β only")
    return same(
        full, bare, "best_test_accuracy", "with γ, β", "with β only", POINT,
        "%", 100, 1,
    )  # fmt: skip


def _by(rows, what):
    """The accuracy with these statistics, as a column of its own."""
    return rows.derive("accuracy", lambda row: row[f"accuracy_of_{what}"])


@claim(
    "The statistics of batches of 4 are worse at test time than averages.",
    RENORM("abstract, on training and inference"),
)
def small_batches(rows):
    group = at(rows, "batch norm")
    texts = [
        f"of {size} {group.text(f'accuracy_of_{size}', 100, 1)} %"
        for size in (64, 16)
    ]
    return versus(
        _by(group, "averages"), _by(group, 4), "accuracy", "averages",
        "batches of 4", "%", 100, 1, paired=True,
    ).and_(f"Batches {', '.join(texts)}", between=". ")  # fmt: skip


@claim(
    "The statistics of a batch of one class are worse than averages.",
    RENORM("abstract, on batches that are not independent samples"),
)
def one_class(rows):
    group = at(rows, "batch norm")
    return versus(
        _by(group, "averages"), _by(group, "a_class"), "accuracy", "averages",
        "batches of 16, sorted by class", "%", 100, 1, paired=True,
    )  # fmt: skip


def _comparable(*groups):
    """Raises NotMeasured where training losses are too far apart."""
    losses = [group.mean("fitted_loss") for group in groups]
    if max(losses) > ALIKE * min(losses):
        texts = " and ".join(f"{loss:.3f}" for loss in losses)
        raise NotMeasured(
            f"the training losses, {texts}, are too far apart to compare gaps"
        )


@claim(
    "Batch normalization regularizes: at an equal training loss (within a "
    "factor of 2) a smaller gap to the test.",
    IOFFE("section 3.4"),
)
def regularizes(rows):
    without, with_it = (rows.where(part="few images", norm=n) for n in NORMS)
    _comparable(without, with_it)
    return versus(without, with_it, "gap", "gap without", "with", digits=3)


@claim(
    "Its noise regularizes: at an equal training loss (within a factor of 2), "
    "means over 2 images leave a smaller gap than means over 32.",
    "[Luo et al. 2019, abstract: an implicit regularizer; that it is the "
    "batch's noise, from memory](https://arxiv.org/abs/1809.00846)",
)
def noise_regularizes(rows):
    few = rows.where(part="few images")
    many, least = few.where(norm="batch norm"), GHOSTS[-1]
    single = few.where(norm=f"{least} at a time")
    _comparable(many, single)
    return versus(many, single, "gap", "gap: of 32", f"of {least}", digits=3)


@claim(
    "Whitening, which batch norm stands in for, learns better.",
    "[Huang et al. 2018, section 4](https://arxiv.org/abs/1804.08450)",
)
def whitening(rows):
    white, plain = at(rows, "whitening"), at(rows, "batch norm")
    return _accuracies(white, plain, "whitening", "batch norm")


CLAIMS = [
    faster, fastest, high_rates, sigmoids, less_shift, noise,
    noise_costs_little, linear_part, no_gamma, small_batches, one_class,
    regularizes, noise_regularizes, whitening,
]  # fmt: skip
