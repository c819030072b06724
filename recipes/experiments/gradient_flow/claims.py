"""What is said of vanishing and exploding gradients."""

from zoo.recipes.experiments.gradient_flow.design import CURES, OLD
from zoo.recipes.lab.claims import Measured, above, claim, versus
from zoo.recipes.lab.rows import NotMeasured

BENGIO = "[Bengio et al. 1994](https://doi.org/10.1109/72.279181)"
GLOROT = (
    "[Glorot and Bengio 2010](https://proceedings.mlr.press/v9/glorot10a.html)"
)
HE_2015 = "[He et al. 2015](https://arxiv.org/abs/1502.01852)"
IOFFE = "[Ioffe and Szegedy 2015](https://arxiv.org/abs/1502.03167)"
PASCANU = "[Pascanu et al. 2013](https://arxiv.org/abs/1211.5063)"
BROWNLEE = (
    "[Brownlee 2017](https://machinelearningmastery.com/"
    "exploding-gradients-in-neural-networks/)"
)
EXPLODING = ("exploding", "exploding a little")


def _grid(rows, activation, way):
    """The deepest networks."""
    group = rows.where(part="grid", activation=activation, way=way)
    return group.where(depth=max(group.values("depth")))


@claim(
    "A sigmoid layer multiplies the error by at most 1/4, its largest slope, "
    "times the weights' factor.",
    BENGIO,
)
def quarter(rows):
    group = rows.where(part="grid", activation="sigmoid", way="plain")
    bound = OLD**0.5 / 4
    return Measured(
        f"{group.text('factor', 1, 3)}, bound {bound:.3f}",
        group.mean("factor") <= bound,
    )


@claim(
    "The chain rule's mean sizes (slopes times weights) predict the error's "
    "factor a layer within 10 %.",
    GLOROT,
)
def forecast(rows):
    chosen = rows.where(part="grid")
    misses = {}
    for key, group in chosen.groups("activation", "way", "depth").items():
        if group[0].get("forecast") is not None:
            ratio = group.mean("factor") / group.mean("forecast")
            misses[key] = ratio - 1
    worst = max(misses, key=lambda key: abs(misses[key]))
    name, way, depth = worst
    return Measured(
        f"of {len(misses)} networks the worst miss is "
        f"{100 * misses[worst]:+.1f} % ({name}, {way}, {depth} layers)",
        abs(misses[worst]) <= 0.1,
    )


@claim(
    "The deeper a sigmoid network, the less it learns, with weights made for "
    "it, too.",
    GLOROT,
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
        better = versus(
            made, plain, "test_accuracy",
            f"accuracy at {made[0]['depth']} layers",
            "with weights within ±1/√n", "%", 100, 1,
        )  # fmt: skip
        return Measured(
            f"factor a layer {made.text('factor', 1, 3)}",
            0.9 <= made.mean("factor") <= 1.1,
        ).and_(better)

    return judge


def _deep(way, text, paper):
    @claim(text, paper)
    def judge(rows):
        parts, held = [], []
        for name in rows.where(part="grid", way=way).values("activation"):
            with_it, plain = (_grid(rows, name, w) for w in (way, "plain"))
            accuracies = (
                runs.text("test_accuracy", 100, 1) for runs in (plain, with_it)
            )
            parts.append(f"{name} {' % → '.join(accuracies)} %")
            held.append(above(with_it, plain, "test_accuracy"))
        return Measured(
            f"at {with_it[0]['depth']} layers {', '.join(parts)}", all(held)
        )

    return judge


@claim(
    "Batch normalization without shortcuts makes ReLU's gradients explode, by "
    "√(π/(π−1)) = 1.21 a layer (within 10 %).",
    "[Yang et al. 2019](https://arxiv.org/abs/1902.08129)",
)
def batch_norm_explodes(rows):
    group = _grid(rows, "relu", "batch norm")
    return Measured(
        f"factor of the weights' gradients {group.text('kernel_factor')} a "
        f"layer, {group[0]['depth']} layers",
        abs(group.mean("kernel_factor") / 1.211 - 1) <= 0.1,
    )


@claim("Weights g times He's multiply the error by g a layer.", HE_2015)
def gains(rows):
    found = {
        gain: group.mean("factor")
        for gain, group in rows.where(part="explosion").groups("gain").items()
        if any(row.get("factor") is not None for row in group)
    }
    if not found:
        raise NotMeasured("no error within float32's range")
    text = ", ".join(f"{gain}: {value:.2f}" for gain, value in found.items())
    return Measured(text, all(abs(v / g - 1) <= 0.1 for g, v in found.items()))


@claim("An exploding gradient ends in overflow and NaN.", PASCANU)
def overflow(rows):
    groups = rows.where(part="explosion").groups("gain")
    parts = [
        f"{gain} · He {sum(row['broken'] for row in group)} of {len(group)}"
        for gain, group in groups.items()
    ]
    large = [row for g, group in groups.items() if g >= 2 for row in group]
    return Measured(
        f"runs with NaN among the weights: {', '.join(parts)}",
        all(row["broken"] for row in large),
    )


def _cure(ills, names, text, paper):
    @claim(text, paper)
    def judge(rows):
        texts, held = [], []
        for ill in ills:
            group = rows.where(part="cures", ill=ill)
            without, parts = group.where(cure="none"), []
            for name in names:
                with_it = group.where(cure=name)
                accuracy = with_it.text("test_accuracy", 100, 1)
                parts.append(f"{name} {accuracy} %")
                held.append(above(with_it, without, "test_accuracy"))
            none = without.text("test_accuracy", 100, 1)
            texts.append(f"{ill}: {', '.join(parts)}; without {none} %")
        return Measured(". ".join(texts), all(held))

    return judge


CLAIMS = [
    quarter,
    forecast,
    depth_hurts,
    _flat(
        "tanh",
        "Glorot's weights keep tanh's error within 10 % a layer: it learns.",
        GLOROT,
    ),
    _flat(
        "relu",
        "He's weights keep ReLU's error within 10 % a layer: it learns.",
        HE_2015,
    ),
    _flat(
        "sigmoid",
        "Weights of deviation 3.6/√n keep the sigmoid's: it learns.",
        "[Kumar 2017](https://arxiv.org/abs/1704.08863)",
    ),
    _deep(
        "batch norm",
        "Batch normalization lets deep networks learn with any activation.",
        IOFFE,
    ),
    _deep(
        "skip",
        "Skip connections let deep networks learn with any activation.",
        "[He et al. 2016](https://arxiv.org/abs/1603.05027)",
    ),
    batch_norm_explodes,
    gains,
    overflow,
    *(
        _cure(
            ["vanishing"], [name], f"{text} cures vanishing gradients.", paper
        )
        for name, text, paper in (
            ("better activation", "ReLU with He's weights", HE_2015),
            ("3 layers", "A network of fewer layers", GLOROT),
            ("batch norm", "Batch normalization", IOFFE),
        )
    ),
    *(
        _cure(EXPLODING, names, f"{text} cures exploding gradients.", paper)
        for names, text, paper in (
            (
                [name for name in CURES if name.startswith("clip")],
                "Clipping, by value, norm or global norm,",
                PASCANU,
            ),
            (
                [name for name in CURES if name.startswith("L")],
                "A penalty on the weights, L1 or L2,",
                PASCANU,
            ),
            (["3 layers"], "A network of fewer layers", BROWNLEE),
            (["batch of 8"], "A smaller batch", BROWNLEE),
            (["batch norm"], "Batch normalization", IOFFE),
        )
    ),
]
