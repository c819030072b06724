"""What is said of recurrent networks."""

from zoo.recipes.experiments.recurrent.design import LENGTHS, LONGEST
from zoo.recipes.experiments.recurrent.tell import growth
from zoo.recipes.lab.claims import claim, reaches, together, versus

PASCANU = "[Pascanu et al. 2013, {}](https://arxiv.org/abs/1211.5063)".format
BROWNLEE = (
    "[Brownlee 2017, How to Fix Exploding Gradients](https://"
    "machinelearningmastery.com/exploding-gradients-in-neural-networks/)"
)
ADDED = (
    "[our own question, added after a look; the cure is that of Pascanu et al. "
    "2013, section 3.2](https://arxiv.org/abs/1211.5063)"
)
BA = "[Ba et al. 2016, {}](https://arxiv.org/abs/1607.06450)".format


def _cure(rows, name):
    return rows.where(part="explosion", cure=name)


@claim(
    "The gradient explodes during training: its largest norm is more than ten "
    "times the first (in orders of magnitude: more than 1).",
    PASCANU("section 2.1 and figure 6"),
)
def explodes(rows):
    group = _cure(rows, "none").derive("growth", growth)
    return reaches(group, "growth", "orders of magnitude", 1, digits=1)


def _helps(names, text, paper):
    @claim(text, paper)
    def judge(rows):
        return together(
            versus(
                _cure(rows, name), _cure(rows, "none"), "test_accuracy", name,
                "none", "%", 100, 1, paired=True,
            )
            for name in names
        )  # fmt: skip

    return judge


def _less_than_clipping(names, text):
    @claim(text, ADDED)
    def judge(rows):
        return together(
            versus(
                _cure(rows, "clip norm 0.3"), _cure(rows, name),
                "test_accuracy", "clip norm 0.3", name, "%", 100, 1,
                paired=True,
            )
            for name in names
        )  # fmt: skip

    return judge


def _norm(rows, name):
    return rows.where(part="length", norm=name)


def _trained(rows, name):
    """Accuracy over the lengths that training had, as a column."""
    count = sum(length <= LONGEST for length in LENGTHS)
    return _norm(rows, name).derive(
        "accuracy",
        lambda row: sum(row["accuracy_by_length"][:count]) / count,
    )


@claim(
    "With sequences of several lengths (8 to 20 rows) batch normalization is "
    "worse than layer normalization, at the lengths of the training.",
    "[Ba et al. 2016, abstract: not obvious how to apply it to recurrent "
    "networks](https://arxiv.org/abs/1607.06450)",
)
def several_lengths(rows):
    return versus(
        _trained(rows, "layer"), _trained(rows, "batch, each step"),
        "accuracy", "mean over 8, 12, 16 and 20 rows: layer",
        "batch, each step", "%", 100, 1, paired=True,
    ).and_(
        f"None {_trained(rows, 'none').text('accuracy', 100, 1)} %",
        between=". ",
    )  # fmt: skip


@claim(
    "Sequences longer than in training spoil batch normalization with "
    "averages for each step: it loses more from 20 to 32 rows than layer "
    "normalization does.",
    BA("section 3.1: test sequences longer than any in training"),
)
def longer(rows):
    return versus(
        _norm(rows, "batch, each step"), _norm(rows, "layer"),
        "loss_by_length", "lost from 20 to 32 rows: batch, each step", "layer",
        "%", 100, 1, paired=True,
    )  # fmt: skip


@claim(
    "One pair of averages for all steps does not help: at 20 rows it is worse "
    "than averages for each step.",
    "[Cooijmans et al. 2016, section 3](https://arxiv.org/abs/1603.09025)",
)
def shared(rows):
    return versus(
        _norm(rows, "batch, each step"), _norm(rows, "batch"),
        "accuracy_known", "at 20 rows: batch, each step", "batch", "%", 100, 1,
        paired=True,
    )  # fmt: skip


@claim(
    "Layer normalization does not mind the length: from 20 to 32 rows it "
    "loses no more than a network without a normalizer (by 5 points or more).",
    BA("section 3.1"),
)
def layer_length(rows):
    return versus(
        _norm(rows, "layer"), _norm(rows, "none"), "loss_by_length",
        "lost: layer", "none", "%", 100, 1, paired=True, limits=(-2.0, 0.05),
    )  # fmt: skip


L2 = ("L2, 0.001", "L2, 0.01", "L2, 0.1")
L1 = ("L1, 0.0001", "L1, 0.001")
CLAIMS = [
    explodes,
    *(
        _helps(
            (f"clip norm {limit}",),
            f"Clipping the gradient's norm at {limit} helps.",
            PASCANU("section 3.2, algorithm 1"),
        )
        for limit in ("0.3", "1", "3")
    ),
    _helps(
        ("clip value 0.03",),
        "Clipping each number of the gradient helps, too.",
        BROWNLEE,
    ),
    _helps(
        L2,
        "An L2 penalty on the weights helps (0.001, 0.01 and 0.1).",
        PASCANU("section 3.1: it helps with explosion and keeps short memory"),
    ),
    _helps(
        L1,
        "An L1 penalty on the weights helps (0.0001 and 0.001).",
        PASCANU("section 3.1"),
    ),
    _helps(("batch of 8",), "A smaller batch (8 for 32) helps.", BROWNLEE),
    _helps(("32 steps",), "Fewer factors (32 steps for 96) help.", BROWNLEE),
    _helps(("ReLU",), "ReLU in place of tanh helps.", BROWNLEE),
    several_lengths,
    longer,
    shared,
    layer_length,
    _less_than_clipping(
        (*L2, *L1),
        "Clipping the norm at 0.3 helps more than any of these penalties.",
    ),
    _less_than_clipping(
        ("batch of 8",),
        "Clipping the norm at 0.3 helps more than a smaller batch (8 for 32).",
    ),
]
