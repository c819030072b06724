"""What is said of vanishing and exploding gradients."""

from zoo.recipes.experiments.gradient_flow.design import OLD
from zoo.recipes.lab import evidence
from zoo.recipes.lab.claims import Measured, claim, reaches, together, versus
from zoo.recipes.lab.rows import NotMeasured

HOCHREITER = (
    "[Hochreiter and Schmidhuber 1997, section 3.1, on equation 2]"
    "(https://doi.org/10.1162/neco.1997.9.8.1735)"
)
GLOROT = (
    "[Glorot and Bengio 2010, {}]"
    "(https://proceedings.mlr.press/v9/glorot10a.html)"
).format
HE_2015 = "[He et al. 2015, section 2.2](https://arxiv.org/abs/1502.01852)"
IOFFE = "[Ioffe and Szegedy 2015, {}](https://arxiv.org/abs/1502.03167)".format
PASCANU = "[Pascanu et al. 2013, section 2](https://arxiv.org/abs/1211.5063)"
BROWNLEE = (
    "[Brownlee 2017, How to Fix Exploding Gradients](https://"
    "machinelearningmastery.com/exploding-gradients-in-neural-networks/)"
)
EXPLODING = ("exploding", "exploding a little")
LEARNS = 0.5  # accuracy; a guess has 0.1
NEAR = (0.9, 1.1)


def _grid(rows, activation, way):
    """The deepest networks."""
    group = rows.where(part="grid", activation=activation, way=way)
    return group.where(depth=max(group.values("depth")))


@claim(
    "A sigmoid layer multiplies the error by at most 1/4, its largest slope, "
    f"times the weights' factor: {OLD**0.5 / 4:.3f}.",
    HOCHREITER,
)
def quarter(rows):
    group = rows.where(part="grid", activation="sigmoid", way="plain")
    return reaches(
        group, "factor", "factor a layer", at_most=OLD**0.5 / 4, digits=3
    )


@claim(
    "The chain rule's mean sizes (slopes times weights) predict the error's "
    "factor a layer within 10 %, in every network.",
    GLOROT("section 4.2, equations 5 to 8"),
)
def forecast(rows):
    misses = {}
    for row in rows.where(part="grid"):
        if row.get("forecast") is not None and row.get("factor") is not None:
            key = row["activation"], row["way"], row["depth"], row["seed"]
            misses[key] = row["factor"] / row["forecast"] - 1
    if not misses:
        raise NotMeasured("no forecast")
    worst = max(misses, key=lambda key: abs(misses[key]))
    name, way, depth, _ = worst
    flags = (abs(miss) <= 0.1 for miss in misses.values())
    return Measured(
        f"of {len(misses)} networks the worst miss is "
        f"{100 * misses[worst]:+.1f} % ({name}, {way}, {depth} layers)",
        (evidence.every(flags, "within 10 %", "networks"),),
    )


@claim(
    "The deeper a sigmoid network, the less it learns, with weights made for "
    "it, too.",
    GLOROT("section 3.1, up to five layers"),
)
def depth_hurts(rows):
    groups = {
        way: rows.where(part="grid", activation="sigmoid", way=way)
        for way in ("initialization", "plain")
    }
    depths = groups["plain"].values("depth")
    if len(depths) < 2:
        raise NotMeasured("one depth only")
    few, many = (
        groups["initialization"].where(depth=f(depths)) for f in (min, max)
    )
    worse = versus(
        few, many, "test_accuracy", f"made for it: {min(depths)} layers",
        f"{max(depths)} layers", "%", 100, 1,
    )  # fmt: skip
    plain = groups["plain"].where(depth=min(depths))
    return worse.and_(
        f"Within ±1/√n, {min(depths)} layers have "
        f"{plain.text('test_accuracy', 100, 1)} %",
        between=". ",
    )


def _flat(activation, text, paper):
    @claim(text, paper)
    def judge(rows):
        made = _grid(rows, activation, "initialization")
        plain = _grid(rows, activation, "plain")
        return (
            reaches(made, "factor", "factor a layer", *NEAR, digits=3)
            .and_(
                reaches(
                    made, "test_accuracy",
                    f"accuracy at {made[0]['depth']} layers", LEARNS, 1.1,
                    "%", 100, 1,
                )
            )
            .and_(
                "with weights within ±1/√n "
                f"{plain.text('test_accuracy', 100, 1)} %"
            )
        )  # fmt: skip

    return judge


@claim(
    "Batch normalization alone lets 40 layers learn (above 50 %): with "
    "sigmoid, with tanh and with ReLU.",
    "[our own question; Ioffe and Szegedy 2015, abstract, promise saturating "
    "nonlinearities](https://arxiv.org/abs/1502.03167)",
)
def batch_norm_deep(rows):
    part = rows.where(part="grid", way="batch norm")
    groups = {
        name: _grid(rows, name, "batch norm")
        for name in part.values("activation")
    }
    return together(
        reaches(
            group, "test_accuracy", f"{name} at {group[0]['depth']} layers",
            LEARNS, 1.1, "%", 100, 1,
        )
        for name, group in groups.items()
    )  # fmt: skip


@claim(
    "Batch normalization without shortcuts makes ReLU's gradients explode, by "
    "√(π/(π−1)) = 1.21 a layer (within 10 %).",
    "[Yang et al. 2019, abstract; the number is that of ReLU]"
    "(https://arxiv.org/abs/1902.08129)",
)
def batch_norm_explodes(rows):
    group = _grid(rows, "relu", "batch norm")
    return reaches(
        group, "kernel_factor",
        f"factor of the weights' gradients, {group[0]['depth']} layers",
        0.9 * 1.211, 1.1 * 1.211,
    )  # fmt: skip


@claim(
    "Weights g times He's multiply the error by g a layer (within 10 %).",
    HE_2015,
)
def gains(rows):
    group = rows.where(part="explosion").filter(
        lambda row: row.get("factor") is not None
    )
    if not group:
        raise NotMeasured("no error within float32's range")
    text = ", ".join(
        f"{gain}: {runs.text('factor')}"
        for gain, runs in group.groups("gain").items()
    )
    flags = (abs(row["factor"] / row["gain"] - 1) <= 0.1 for row in group)
    return Measured(text, (evidence.every(flags, "within 10 %"),))


@claim(
    "An exploding gradient ends in overflow and NaN: in every network of 40 "
    "layers with weights of 1.5 times He's or more.",
    BROWNLEE,
)
def overflow(rows):
    groups = rows.where(part="explosion").groups("gain")
    parts = [
        f"{gain} · He {sum(row['broken'] for row in group)} of {len(group)}"
        for gain, group in groups.items()
    ]
    large = [r["broken"] for g, rs in groups.items() if g >= 1.5 for r in rs]
    return Measured(
        f"runs with NaN among the weights: {', '.join(parts)}",
        (evidence.every(large, "NaN among the weights"),),
    )


def _cure(ills, name, text, paper):
    @claim(text, paper)
    def judge(rows):
        part = rows.where(part="cures")
        return together(
            (
                versus(
                    part.where(ill=ill, cure=name),
                    part.where(ill=ill, cure="none"), "test_accuracy",
                    f"{ill}: with", "without", "%", 100, 1,
                )
                for ill in ills
            ),
            between=". ",
        )  # fmt: skip

    return judge


CLAIMS = [
    quarter,
    forecast,
    depth_hurts,
    _flat(
        "tanh",
        "Glorot's weights keep tanh's error within 10 % a layer, and 40 "
        "layers learn (above 50 %).",
        GLOROT("section 4.2"),
    ),
    _flat(
        "relu",
        "He's weights keep ReLU's error within 10 % a layer, and 40 layers "
        "learn (above 50 %).",
        "[He et al. 2015, section 2.2 and figure 3, 30 layers]"
        "(https://arxiv.org/abs/1502.01852)",
    ),
    _flat(
        "sigmoid",
        "Weights with standard deviation 3.6/√n keep the sigmoid's error "
        "within 10 % a layer, and 40 layers learn (above 50 %).",
        "[Kumar 2017, the case of the sigmoid](https://arxiv.org/abs/1704.08863)",
    ),
    batch_norm_deep,
    batch_norm_explodes,
    gains,
    overflow,
    *(
        _cure(["vanishing"], name, f"{text} against vanishing.", paper)
        for name, text, paper in (
            (
                "better activation",
                "ReLU with He's weights helps",
                HE_2015,
            ),
            ("3 layers", "A network of fewer layers helps", BROWNLEE),
            (
                "batch norm",
                "Batch normalization helps",
                IOFFE("section 3.3"),
            ),
        )
    ),
    *(
        _cure(EXPLODING, name, f"{text} against explosion.", paper)
        for name, text, paper in (
            ("3 layers", "A network of fewer layers helps", BROWNLEE),
            ("batch norm", "Batch normalization helps", IOFFE("section 3.3")),
        )
    ),
]
