"""What is said of skip connections."""

from zoo.recipes.experiments.skip.design import ACTIVATIONS
from zoo.recipes.lab.claims import claim, reaches, together, versus
from zoo.recipes.lab.rows import NotMeasured

LEARNS = 0.5  # accuracy; a guess has 0.1
HE_2016 = "[He et al. 2016, {}](https://arxiv.org/abs/1603.05027)".format


def _of(rows, form, activation):
    return rows.where(form=form, activation=activation)


def _learns(form, text, paper):
    @claim(text, paper)
    def judge(rows):
        return together(
            reaches(
                _of(rows, form, name), "test_accuracy", name, LEARNS, 1.1, "%",
                100, 1,
            )
            for name in rows.values("activation")
        )  # fmt: skip

    return judge


plain = claim(
    "Without shortcuts and normalizers forty layers of sigmoid, tanh or ReLU "
    "with weights within ±1/√n do not learn (less than 50 %).",
    "[Glorot and Bengio 2010, section 4.2, on these weights]"
    "(https://proceedings.mlr.press/v9/glorot10a.html)",
)(
    lambda rows: together(
        reaches(
            _of(rows, "none", name), "test_accuracy", name, at_most=LEARNS,
            unit="%", scale=100, digits=1,
        )
        for name in rows.values("activation")
    )
)  # fmt: skip


def _beats(one, other, text, paper, names=ACTIVATIONS):
    @claim(text, paper)
    def judge(rows):
        if not set(names) <= set(rows.values("activation")):
            raise NotMeasured("not all activations")
        return together(
            versus(
                _of(rows, one, name), _of(rows, other, name), "test_accuracy",
                f"{name}: {one}", other, "%", 100, 1, paired=True,
            )
            for name in names
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
