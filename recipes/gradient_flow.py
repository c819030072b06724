"""Vanishing and exploding gradients: the chain rule's forecast, what helps.

    python recipes/gradient_flow.py

Fully connected layers of 64 units. In the first epoch the rate is 0, so that
the gradients are those of the initial weights over all training images; then
SGD with momentum trains. Gradients are GradientMonitor's. A layer's error is
the gradient at its sum of inputs (of its bias, or of batch norm's beta); from
layer to layer it is multiplied by the slope and by the weights. After Bengio
et al. 1994, Glorot and Bengio 2010, Pascanu et al. 2013, He et al. 2015.

1,000 MNIST digits; 249 runs of some 5 seconds of processor time, 12 minutes in
all with --threads=1 --jobs=2 on 2 CPU cores. A sigmoid layer multiplies the
error by 0.138 ± 0.005, the chain rule says at most 0.144; 20 layers of sigmoids
reach 10.0 ± 0.0 %, with batch normalization 80.8 ± 0.8 % (3 runs).
"""

from zoo.recipes.lab import _experiment, _figures, _results
from zoo.recipes.lab._claims import above, claim, versus

DEPTHS = (5, 10, 20, 40)
ACTIVATIONS = ("sigmoid", "tanh", "relu")
WAYS = ("plain", "initialization", "batch norm", "skip")
OLD = 1 / 3  # fan_in times the variance of uniform numbers within ±1/√fan_in
MADE_FOR = {"sigmoid": 3.6**2, "tanh": 1.0, "relu": 2.0}  # the same
GAINS = (1, 1.5, 2, 4, 16)  # times He's weights
UNITS, RATE, IMAGES = 64, 0.01, 100  # images of each class, if not all
FLOOR = 1e-17  # below it the square of a float32 begins to vanish
ILL = {
    "vanishing": {"depth": 20, "activation": "sigmoid"},
    "exploding": {"depth": 20, "activation": "relu", "gain": 2},
    "exploding a little": {"depth": 20, "activation": "relu", "gain": 1.3},
}
CURES = {  # the first is different for the two
    "better activation": {},
    "batch norm": {"way": "batch norm"},
    "L1, 0.001": {"l1": 0.001},
    "L2, 0.01": {"l2": 0.01},
    "clip value 0.5": {"clipvalue": 0.5},
    "clip norm 1": {"clipnorm": 1.0},
    "clip global norm 1": {"global_clipnorm": 1.0},
    "3 layers": {"depth": 3},
    "batch of 8": {"batch_size": 8},
}
BETTER = {
    "vanishing": {"activation": "relu", "way": "initialization"},
    "exploding": {"activation": "tanh"},
    "exploding a little": {"activation": "tanh"},
}


def settings(options):
    depths, ways, gains, cures = DEPTHS, WAYS, GAINS, ["none", *CURES]
    activations, ills, deep = ACTIVATIONS, ILL, DEPTHS[-1]
    if options.smoke:
        depths, ways, gains, deep = DEPTHS[:1], ["plain"], GAINS[-1:], 5
        cures, activations, ills = [], ACTIVATIONS[:1], {}
    grid = [
        {"part": "grid", "depth": depth, "activation": name, "way": way}
        for depth in depths
        for name in activations
        for way in ways
    ]
    explosion = [
        {"part": "explosion", "depth": deep, "gain": gain} for gain in gains
    ]
    cured = [
        {"part": "cures", "ill": ill, "cure": cure}
        for ill in ills
        for cure in cures
    ]
    images = {"images_per_class": options.images_per_class or IMAGES}
    return [images | each for each in (*grid, *explosion, *cured)]


def plan(setting):
    """What is built and how it is trained."""
    if setting["part"] == "grid":
        return {k: setting[k] for k in ("depth", "activation", "way")}
    if setting["part"] == "explosion":
        return {
            "activation": "relu",
            **{k: setting[k] for k in ("depth", "gain")},
        }
    ill, cure = setting["ill"], setting["cure"]
    change = BETTER[ill] if cure == "better activation" else {}
    return {**ILL[ill], **CURES.get(cure, {}), **change}


def run(setting):
    import keras
    import numpy as np

    from zoo import callbacks
    from zoo.training import _training

    chosen = plan(setting)
    data = _training.load(setting, batch_size=chosen.get("batch_size", 32))
    model = build(data, chosen)
    predicted = chain_rule(model, data, chosen)
    monitor, losses = callbacks.GradientMonitor(), []
    clips = {k: v for k, v in chosen.items() if "clip" in k}
    row = _training.train(
        model,
        data,
        epochs=setting["epochs"] + 1,
        optimizer=keras.optimizers.SGD(RATE, momentum=0.9, **clips),
        callbacks=[
            keras.callbacks.LearningRateScheduler(
                lambda epoch, _: RATE if epoch else 0.0
            ),
            keras.callbacks.LambdaCallback(
                on_train_batch_end=lambda _, logs: losses.append(logs["loss"])
            ),
            monitor,
        ],
    )
    first = monitor.history[0]
    depth, norms = chosen["depth"], first["variables"]
    offset = "norm{}/beta" if "norm1/beta" in norms else "dense{}/bias"
    at = range(1, depth + 1)
    errors = [norms[offset.format(i)]["norm"] for i in at]
    kernels = [norms[f"dense{i}/kernel"]["norm"] for i in at]
    bad = np.flatnonzero(~np.isfinite(losses))
    row |= {
        "errors": errors,
        "kernels": kernels,
        "first_kernel": kernels[0],
        "gradient": first["grad_norm"],
        "factor": factor(errors),
        "kernel_factor": factor(kernels[1:]),
        "losses": losses[data.steps :][:20],
        "steps_to_nan": max(0, bad[0] - data.steps + 1) if bad.size else None,
        "broken": not all(np.isfinite(w).all() for w in model.get_weights()),
    }
    if predicted is not None:
        seen = depth - len(readable(errors))
        if row["factor"] is not None:
            row["forecast"] = np.exp(np.mean(np.log(predicted[seen:])))
        row["forecasts"] = [
            errors[-1] * np.prod(predicted[i:]) for i in range(depth)
        ]
    return row


def build(data, chosen):
    import keras

    from zoo.recipes.lab import _networks

    name, way = chosen["activation"], chosen.get("way", "plain")
    variance = OLD if way != "initialization" else MADE_FOR[name]
    if "gain" in chosen:
        variance = 2.0 * chosen["gain"] ** 2
    model = _networks.mlp(
        data,
        depth=chosen["depth"],
        units=UNITS,
        activation=name,
        norm="batch_norm" if way == "batch norm" else "none",
        initializer=keras.initializers.VarianceScaling(
            variance, "fan_in", "uniform" if variance == OLD else "normal"
        ),
        skip=way == "skip",
    )
    if "l1" in chosen or "l2" in chosen:
        for i in range(1, chosen["depth"] + 1):
            model.get_layer(
                f"dense{i}"
            ).kernel.regularizer = keras.regularizers.L1L2(
                chosen.get("l1"), chosen.get("l2")
            )
    return model


def chain_rule(model, data, chosen):
    """By what the error is multiplied between layers i + 1 and i, i = 1, …

    The root mean square of the slopes, times the weights' factor: that by
    which they lengthen a random vector. None with shortcuts or batch norm.
    """
    import numpy as np

    from zoo.training import _training

    if chosen.get("way", "plain") in ("skip", "batch norm"):
        return None
    slope = {
        "sigmoid": lambda y: y * (1 - y),
        "tanh": lambda y: 1 - y**2,
        "relu": lambda y: y > 0,
    }[chosen["activation"]]
    images, _ = _training.probe(data)
    outputs = list(_training.outputs(model, images).values())[:-1]
    return [
        np.sqrt(np.mean(np.square(slope(y), dtype="float64")) / UNITS)
        * np.linalg.norm(model.get_layer(f"dense{i}").kernel)
        for i, y in enumerate(outputs, 2)
    ]


def readable(norms):
    """The norms behind the last one that is too small or no number."""
    start = len(norms)
    while start and (norms[start - 1] or 0) > FLOOR:
        start -= 1
    return norms[start:]


def factor(norms):
    """By what a norm is multiplied from one layer to the one before it."""
    left = readable(norms)
    if len(left) < 2:
        return None
    return (left[0] / left[-1]) ** (1 / (len(left) - 1))


def tables(rows):
    of = rows.groups("part")
    empty = _results.Rows()
    grid, cures = of.get("grid", empty), of.get("cures", empty)
    column = _results.Column
    inside = [
        column("error's factor a layer", "factor", 1, 3),
        column("forecast", "forecast", 1, 3),
        column("weights' gradient, factor a layer", "kernel_factor", 1, 3),
        column("accuracy, %", "test_accuracy", 100, 1),
    ]
    wild = [
        column("error's factor a layer", "factor"),
        column("forecast", "forecast"),
        column("runs with NaN among the weights, %", "broken", 100, 0),
        column("as the loss, %", "diverged", 100, 0),
        column("after steps", "steps_to_nan", 1, 1),
        column("accuracy, %", "test_accuracy", 100, 1),
    ]
    by = {"activation": "activation", "way": "way", "depth": "depth"}
    made = [
        _results.table("Gradients by depth", grid, by, inside),
        _results.table(
            "Exploding gradients",
            of.get("explosion", empty),
            {"gain": "weights ÷ He's"},
            wild,
            "ReLU layers. –: no two neighbours within float32's range.",
        ),
    ]
    if cures:
        lines, across = ("cure", ""), ("ill", "accuracy, %")
        made.append(
            _results.pivot(
                "Cures", cures, lines, across, "test_accuracy", 100, 1
            )
        )
    return made


def layers(rows):
    grid = rows.where(part="grid")
    depth = max(d for d in grid.values("depth") if d <= 20)
    names = grid.values("activation")
    figure, axes = _figures.new(len(names), width=4.6)
    for axis, name in zip(axes[0], names, strict=True):
        group = grid.where(depth=depth, activation=name)
        series = {
            way: runs.curves("errors")
            for way, runs in group.groups("way").items()
        }
        plain = group.where(way="plain").curves("forecasts")
        axis.plot(
            range(1, depth + 1), _log(plain).mean(axis=0), "k:", zorder=9,
            label="plain, by the chain rule",
        )  # fmt: skip
        _lines(
            axis, series, title=f"{name}, {depth} layers", xlabel="layer",
            ylabel="norm of the error", legend=axis is axes[0, 0],
        )  # fmt: skip
    return figure


def _log(values):
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(values > 0, np.log10(values), np.nan)


def _lines(axis, series, x=None, **labels):
    """On a logarithmic axis: geometric means."""
    logs = {name: _log(values) for name, values in series.items()}
    labels["ylabel"] = f"log₁₀ of the {labels['ylabel']}"
    _figures.lines(axis, logs, x, **labels)


def depths(rows):
    grid = rows.where(part="grid")
    names, at = grid.values("activation"), grid.values("depth")
    figure, axes = _figures.new(len(names), 2, width=4.6, height=3.4)
    labels = {"x": at, "marker": "o", "xscale": "log", "xlabel": "layers"}
    for (upper, lower), name in zip(axes.T, names, strict=True):
        ways = grid.where(activation=name).groups("way").items()
        gradients = {w: r.against("depth", "first_kernel") for w, r in ways}
        accuracies = {w: r.against("depth", "test_accuracy") for w, r in ways}
        _lines(
            upper, gradients, title=name, ylabel="first weights' gradient",
            legend=upper is axes[0, 0], **labels,
        )  # fmt: skip
        _figures.lines(
            lower, accuracies, ylabel="held-out accuracy", legend=False,
            ylim=(0, 1), **labels,
        )  # fmt: skip
        for axis in (upper, lower):
            _figures.plain(axis.xaxis, at)
    return figure


def explosion(rows):
    groups = rows.where(part="explosion").groups("gain").items()
    figure, axes = _figures.new(2)
    for axis, name, x, y in (
        (axes[0, 0], "errors", "layer", "norm of the error"),
        (axes[0, 1], "losses", "step", "loss, mean of the epoch so far"),
    ):
        series = {}
        for gain, group in groups:
            try:
                series[f"{gain} · He"] = group.curves(name)
            except _results.NotMeasured:
                continue  # no number is finite
        _lines(axis, series, xlabel=x, ylabel=y)
    return figure


def cured(rows):
    groups = rows.where(part="cures").groups("ill")
    figure, axes = _figures.new(len(groups), width=5)
    for axis, (ill, group) in zip(axes[0], groups.items(), strict=True):
        values = {
            cure: 100 * runs.column("test_accuracy")
            for cure, runs in group.groups("cure").items()
        }
        label = "held-out accuracy, %"
        _figures.bars(axis, values, title=ill, xlabel=label, xlim=(0, 100))
    return figure


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
    text = f"{group.text('factor', 1, 3)}, bound {bound:.3f}."
    return text, group.mean("factor") <= bound


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
    text = f"of {len(misses)} networks the worst miss is "
    text += f"{100 * misses[worst]:+.1f} % ({name}, {way}, {depth} layers)."
    return text, abs(misses[worst]) <= 0.1


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
        raise _results.NotMeasured("one depth only")
    few, many = (
        groups["initialization"].where(depth=f(depths)) for f in (min, max)
    )
    text, held = versus(
        few, many, "test_accuracy", f"made for it: {min(depths)} layers",
        f"{max(depths)} layers", "%", 100, 1,
    )  # fmt: skip
    plain = groups["plain"].where(depth=min(depths))
    text += f" Within ±1/√n, {min(depths)} layers have "
    return f"{text}{plain.text('test_accuracy', 100, 1)} %.", held


def _flat(activation, text, paper):
    @claim(text, paper)
    def judge(rows):
        made = _grid(rows, activation, "initialization")
        plain = _grid(rows, activation, "plain")
        text = f"factor a layer {made.text('factor', 1, 3)}; "
        accuracy, better = versus(
            made, plain, "test_accuracy",
            f"accuracy at {made[0]['depth']} layers",
            "with weights within ±1/√n", "%", 100, 1,
        )  # fmt: skip
        return text + accuracy, 0.9 <= made.mean("factor") <= 1.1 and better

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
        return f"at {with_it[0]['depth']} layers {', '.join(parts)}.", all(held)

    return judge


@claim(
    "Batch normalization without shortcuts makes ReLU's gradients explode, by "
    "√(π/(π−1)) = 1.21 a layer (within 10 %).",
    "[Yang et al. 2019](https://arxiv.org/abs/1902.08129)",
)
def batch_norm_explodes(rows):
    group = _grid(rows, "relu", "batch norm")
    text = f"factor of the weights' gradients {group.text('kernel_factor')} "
    text += f"a layer, {group[0]['depth']} layers."
    return text, abs(group.mean("kernel_factor") / 1.211 - 1) <= 0.1


@claim("Weights g times He's multiply the error by g a layer.", HE_2015)
def gains(rows):
    found = {
        gain: group.mean("factor")
        for gain, group in rows.where(part="explosion").groups("gain").items()
        if any(row.get("factor") is not None for row in group)
    }
    if not found:
        raise _results.NotMeasured("no error within float32's range")
    text = ", ".join(f"{gain}: {value:.2f}" for gain, value in found.items())
    return f"{text}.", all(abs(v / g - 1) <= 0.1 for g, v in found.items())


@claim("An exploding gradient ends in overflow and NaN.", PASCANU)
def overflow(rows):
    groups = rows.where(part="explosion").groups("gain")
    parts = [
        f"{gain} · He {sum(row['broken'] for row in group)} of {len(group)}"
        for gain, group in groups.items()
    ]
    large = [row for g, group in groups.items() if g >= 2 for row in group]
    text = f"runs with NaN among the weights: {', '.join(parts)}."
    return text, all(row["broken"] for row in large)


EXPLODING = ("exploding", "exploding a little")


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
            texts.append(f"{ill}: {', '.join(parts)}; without {none} %.")
        return " ".join(texts), all(held)

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

EXPERIMENT = _experiment.Experiment(
    name="gradient_flow",
    title="Vanishing and exploding gradients",
    settings=settings,
    run=run,
    tables=tables,
    figures={
        "layers.png": layers,
        "depths.png": depths,
        "explosion.png": explosion,
        "cures.png": cured,
    },
    claims=CLAIMS,
    epochs=6,
)

if __name__ == "__main__":
    _experiment.start(EXPERIMENT)
