"""What is said of batch normalization's consequences, and of its price."""

from zoo.recipes.experiments.inside_batch_norm.design import LOSS, WIDTHS
from zoo.recipes.lab.claims import claim, reaches, versus

IOFFE = "[Ioffe and Szegedy 2015, {}](https://arxiv.org/abs/1502.03167)".format
RENORM = "[Ioffe 2017, abstract](https://arxiv.org/abs/1702.03275)"


def _equal(rows, norm):
    return rows.where(part="equal loss", norm=norm)


@claim(
    f"At an equal training loss (first below {LOSS}, as at inference) batch "
    "normalization leaves a smaller gap to the test.",
    IOFFE("section 3.4"),
)
def regularizes(rows):
    return versus(
        _equal(rows, "none"), _equal(rows, "batch norm"), "gap",
        "gap of the loss: without", "with", digits=3, paired=True,
    )  # fmt: skip


@claim(
    "Its noise regularizes: at an equal training loss, means over 8 images "
    "leave a smaller gap than means over 32.",
    "[Luo et al. 2019, abstract: an implicit regularizer; that it is the "
    "batch's noise, from memory](https://arxiv.org/abs/1809.00846)",
)
def noise(rows):
    least = _equal(rows, "2 at a time")
    return versus(
        _equal(rows, "batch norm"), _equal(rows, "8 at a time"), "gap",
        "gap of the loss: of 32", "of 8", digits=3, paired=True,
    ).and_(
        "Means over 2 never reach that training loss: after "
        f"{least.mean('steps'):.0f} steps {least.text('fitted_loss')}",
        between=". ",
    )  # fmt: skip


def _by(group, what):
    return group.derive("accuracy", lambda row: row[f"accuracy_{what}"])


def _worse(what, label, text):
    @claim(text, RENORM)
    def judge(rows):
        group = rows.where(part="test time")
        return versus(
            _by(group, "averages"), _by(group, what), "accuracy", "averages",
            label, "%", 100, 1, paired=True,
        )  # fmt: skip

    return judge


@claim(
    "Averages answer as well as the statistics of large batches (250): within "
    "a point.",
    IOFFE("section 3.1"),
)
def averages(rows):
    group = rows.where(part="test time")
    return versus(
        _by(group, "averages"), _by(group, 250), "accuracy", "averages",
        "batches of 250", "%", 100, 1, paired=True, limits=(-0.01, 0.01),
    )  # fmt: skip


def _times(rows, width):
    """How many times as long whitening takes, seed by seed."""
    part = rows.where(part="whitening", width=width)
    plain, white = (
        part.where(way=way) for way in ("batch norm", "whitening, all channels")
    )
    times = {row["seed"]: row["milliseconds"] for row in plain}
    return white.derive(
        "times", lambda row: row["milliseconds"] / times[row["seed"]]
    )


@claim(
    "Whitening all of 256 channels takes at least ten times as long as batch "
    "normalization.",
    IOFFE("section 2, which gives no factor: ten is ours"),
)
def costs(rows):
    return reaches(
        _times(rows, WIDTHS[-1]), "times", "times as long", 10, digits=1
    )


@claim(
    "The wider the layer, the more whitening costs against batch "
    "normalization.",
    IOFFE("section 2"),
)
def costs_by_width(rows):
    texts = ", ".join(
        f"{_times(rows, width).text('times', 1, 1)} at {width}"
        for width in WIDTHS[1:-1]
    )
    return versus(
        _times(rows, WIDTHS[-1]), _times(rows, WIDTHS[0]), "times",
        f"times as long: {WIDTHS[-1]} channels", f"{WIDTHS[0]}", digits=1,
        paired=True,
    ).and_(f"Between: {texts}", between=". ")  # fmt: skip


CONSEQUENCES = [
    regularizes, noise,
    _worse(2, "batches of 2", "Batches of 2 answer worse than averages."),
    _worse(
        "class",
        "batches of 20, sorted by class",
        "Batches of one class answer worse than averages.",
    ),
    averages, costs, costs_by_width,
]  # fmt: skip
