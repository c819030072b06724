"""Fifteen optimizers, each with its own learning rate: accuracy, time, paths.

    python recipes/optimizers.py

Each optimizer gets five rates around one that is usual for it, and as many
epochs at each; the best by held-out accuracy counts. The network is fully
connected, since Keras's Muon treats matrices only (and leaves all else, and
here the last layer, to AdamW). AdamW, Lion and Muon take the same part of the
weights away in each step, whatever their rate. On two surfaces, Rosenbrock's
valley and a saddle, each takes the one of ten rates whose path is lowest on
average, without that decay.

1,000 MNIST digits, 1,000 held out; 315 runs of 3 seconds in the median, 10
minutes in all with --threads=1 --jobs=2 on 2 CPU cores. At its best rate each,
SGD reaches 87.2 ± 0.8 %, Adam 86.6 ± 2.9 %, Muon 89.3 ± 0.2 % (3 runs).
"""

import contextlib

from zoo.recipes.lab import _experiment, _figures, _results
from zoo.recipes.lab._claims import above, claim, versus

OPTIMIZERS = {  # name in Keras, arguments, usual rate
    "SGD": ("SGD", {}, 0.1),
    "momentum": ("SGD", {"momentum": 0.9}, 0.03),
    "Nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}, 0.03),
    "Adagrad": ("Adagrad", {}, 0.03),
    "Adadelta": ("Adadelta", {}, 1.0),
    "RMSprop": ("RMSprop", {}, 0.001),
    "Adam": ("Adam", {}, 0.003),
    "AMSGrad": ("Adam", {"amsgrad": True}, 0.003),
    "Adamax": ("Adamax", {}, 0.003),
    "Nadam": ("Nadam", {}, 0.003),
    "AdamW": ("AdamW", {}, 0.003),
    "Lion": ("Lion", {}, 0.0003),
    # Keras's 1e-30 ends in 0 ÷ 0 where a silent unit meets a black pixel.
    "Adafactor": ("Adafactor", {"epsilon_1": 1e-15}, 0.03),
    "Lamb": ("Lamb", {}, 0.01),
    "Muon": ("Muon", {"exclude_layers": ["logits"]}, 0.01),
}
DECAYS = {  # arguments of decoupled weight decay
    "AdamW": ("weight_decay",),
    "Lion": ("weight_decay",),
    "Muon": ("weight_decay", "adam_weight_decay"),
}
DECAY = 0.05  # normalized, as Loshchilov and Hutter 2017 have it
SMOKE = ("SGD", "momentum", "Muon")
MULTIPLES = (0.1, 0.3, 1.0, 3.0, 10.0)  # of the usual rate
SURFACES = {"Rosenbrock": (-1.2, 1.0), "saddle": (1.0, 0.01)}  # starts
SURFACE_RATES = tuple(10 ** (k / 2) for k in range(-8, 2))
FAMILIES = (  # drawn together
    ("SGD", "momentum", "Nesterov"),
    ("Adagrad", "Adadelta", "RMSprop", "Adafactor"),
    ("Adam", "AMSGrad", "Adamax", "Nadam", "AdamW"),
    ("Lion", "Lamb", "Muon"),
)
LEFT = 0.5  # |y| at which the saddle has been left


def settings(options):
    names, multiples, rates, steps = OPTIMIZERS, MULTIPLES, SURFACE_RATES, 200
    if options.smoke:
        names, multiples, rates, steps = SMOKE, (1.0,), SURFACE_RATES[4:6], 20
    training = [
        {
            "what": "training",
            "optimizer": name,
            "multiple": multiple,
            "images_per_class": options.images_per_class or 100,
        }
        for name in names
        for multiple in multiples
    ]
    paths = [
        {"what": surface, "optimizer": n, "rates": len(rates), "steps": steps}
        for surface in SURFACES
        for n in names
    ]
    return training + paths


def run(setting):
    kind, options, rate = OPTIMIZERS[setting["optimizer"]]
    if setting["what"] != "training":
        options = options | decays(setting["optimizer"], 0.0)
        first = (len(SURFACE_RATES) - setting["rates"] + 1) // 2
        rates = SURFACE_RATES[first : first + setting["rates"]]
        return best_path(setting, kind, options, rates)
    return fitted(setting, kind, options, rate * setting["multiple"])


def fitted(setting, kind, options, rate):
    import keras

    from zoo.recipes.lab import _networks
    from zoo.training import _training

    data = _training.load(setting, batch_size=32)
    # Of the weights in each step; Keras multiplies it by the rate.
    taken = DECAY / (data.steps * setting["epochs"]) ** 0.5
    options = options | decays(setting["optimizer"], taken / rate)
    row = _training.train(
        _networks.mlp(data, units=64),
        data,
        epochs=setting["epochs"],
        optimizer=getattr(keras.optimizers, kind)(rate, **options),
        evaluate_training=True,
    )
    return row | {"rate": rate, "steps": data.steps}


def decays(name, value):
    """Keras's own differ: 0.004 times the rate would do nothing here."""
    return dict.fromkeys(DECAYS.get(name, ()), value)


def best_path(setting, kind, options, rates):
    """The path that is lowest on average; seeds move its start a little.

    Not the one that ends lowest: many end in the same minimum, and rounding
    would choose between them.
    """
    import keras
    import numpy as np

    surface = setting["what"]
    noise = np.random.default_rng(setting["seed"]).uniform(0.9, 1.1, 2)
    start = np.array(SURFACES[surface]) * noise
    best = None
    for rate in rates:
        optimizer = getattr(keras.optimizers, kind)(rate, **options)
        points = path(optimizer, surface, start, setting["steps"])
        with np.errstate(all="ignore"):  # of a path that diverges
            mean = np.mean(height(surface, *points.T))
        if np.isfinite(mean) and (best is None or mean < best["mean_height"]):
            best = {
                "mean_height": mean,
                "height": height(surface, *points[-1]),
                "rate": rate,
                "x": points[:, 0],
                "y": points[:, 1],
            }
    if best is not None and surface == "saddle":
        away = np.abs(best["y"]) > LEFT
        best["steps_left"] = int(away.argmax()) if away.any() else len(away)
    return best or {"mean_height": None}


def path(optimizer, surface, start, steps):
    import numpy as np
    import tensorflow as tf
    from keras import Variable

    x = Variable(start[:1].reshape(1, 1), dtype="float32")
    y = Variable(start[1:].reshape(1, 1), dtype="float32")
    optimizer.build([x, y])

    @tf.function(autograph=False)
    def step():
        with tf.GradientTape() as tape:
            value = tf.reduce_sum(height(surface, x.value, y.value))
        gradients = tape.gradient(value, [x.value, y.value])
        optimizer.apply(gradients, [x, y])

    points = [start]
    for _ in range(steps):
        step()
        points.append([float(x.numpy().item()), float(y.numpy().item())])
    return np.array(points)


def height(surface, x, y):
    if surface == "Rosenbrock":
        return (1 - x) ** 2 + 100 * (y - x**2) ** 2
    return x**2 / 2 - y**2 / 2 + y**4 / 4  # least at (0, ±1)


def best(rows):
    """{optimizer: rows of its best rate}."""
    found = {}
    for name, group in rows.where(what="training").groups("optimizer").items():
        rates = group.groups("multiple").values()
        found[name] = max(rates, key=lambda g: g.mean("test_accuracy"))
    return found


def at_equal_time(chosen):
    """{optimizer: Rows} with `timed`, accuracy when the quickest is done."""
    import numpy as np

    def cost(row):  # the same for all seeds
        times = chosen[row["optimizer"]]
        return row["steps"] * times.mean("processor_seconds_step")

    def timed(row, limit):
        curve = row["test_accuracy_curve"]
        return np.interp(limit, cost(row) * np.arange(1, len(curve) + 1), curve)

    limit = min(
        cost(group[0]) * len(group[0]["test_accuracy_curve"])
        for group in chosen.values()
    )
    return {
        name: _results.Rows({**r, "timed": timed(r, limit)} for r in group)
        for name, group in chosen.items()
    }


def sensitivity(rows):
    """A row a seed: `fall`, the best accuracy minus the mean of all rates."""
    return _results.Rows(
        {"fall": g.column("test_accuracy").max() - g.mean("test_accuracy")}
        for g in rows.groups("seed").values()
    )


def tables(rows):
    chosen = best(rows)
    with contextlib.suppress(_results.NotMeasured):  # a single epoch
        chosen = at_equal_time(chosen)
    lines = []
    for name, group in chosen.items():
        every = rows.where(what="training", optimizer=name)
        lines.append(
            [
                name,
                f"{group[0]['rate']:g}",
                group.text("test_accuracy", 100),
                group.text("timed", 100),
                group.text("fitted_loss", 1, 4),
                group.text("processor_seconds_step", 1000),
                sensitivity(every).text("fall", 100, 1),
            ]
        )
    headings = [
        "", "best rate", "accuracy, equal epochs, %",
        "accuracy, equal time, %", "training loss", "step, ms",
        "best − mean of all rates, %",
    ]  # fmt: skip
    note = "Equal time: processor time of the optimizer that is done first."
    surfaces = _results.Rows(r for r in rows if r["what"] != "training")
    columns = [
        _results.Column("mean height", "mean_height", 1, 4),
        _results.Column("height at the end", "height", 1, 5),
        _results.Column("rate", "rate", 1, 4),
        _results.Column("steps to leave the saddle", "steps_left", 1, 1),
    ]
    return [
        _results.Table("Accuracy by optimizer", headings, lines, note),
        _results.table(
            "Surfaces",
            surfaces,
            {"optimizer": "", "what": "surface"},
            columns,
            f"Left: |y| above {LEFT}; one that stays counts all its steps + 1.",
        ),
    ]


def rates(rows):
    import numpy as np

    figure, axes = _figures.new(width=8, height=5.5)
    training = rows.where(what="training")
    names, multiples = (training.values(c) for c in ("optimizer", "multiple"))
    grid = [
        [
            100 * training.where(optimizer=n, multiple=m).mean("test_accuracy")
            for m in multiples
        ]
        for n in names
    ]
    usual = [f"{n} ({OPTIMIZERS[n][2]:g})" for n in names]
    _figures.heat(
        axes[0, 0], np.array(grid), usual, [f"{m:g}" for m in multiples],
        label="held-out accuracy, %", digits=1,
        xlabel="learning rate / usual rate (in brackets)",
    )  # fmt: skip
    return figure


def epochs(rows):
    figure, axes = _figures.new(width=8, height=4.6)
    series = {n: g.curves("train_loss_curve") for n, g in best(rows).items()}
    _figures.lines(
        axes[0, 0], series, xlabel="epoch", ylabel="training loss",
        yscale="log",
    )  # fmt: skip
    return figure


def paths(rows):
    import numpy as np

    figure, axes = _figures.new(len(FAMILIES), 2, width=2.6, height=2.5)
    limits = {
        "Rosenbrock": ((-1.5, 1.5), (-0.5, 1.7), (1, 1)),
        "saddle": ((-0.9, 1.2), (-0.2, 1.4), (0, 1)),
    }
    drawn = rows.where(seed=rows[0]["seed"])
    for line, (surface, (xs, ys, goal)) in zip(
        axes, limits.items(), strict=True
    ):
        x, y = np.meshgrid(np.linspace(*xs, 100), np.linspace(*ys, 100))
        z = height(surface, x, y)
        levels = np.quantile(z, np.linspace(0.05, 0.95, 6))
        groups = drawn.where(what=surface).groups("optimizer")
        for axis, family in zip(line, FAMILIES, strict=True):
            axis.contour(x, y, z, levels, colors="gray", linewidths=0.4)
            for name, color in zip(family, _figures.COLORS, strict=False):
                if name in groups and groups[name][0].get("x"):
                    row = groups[name][0]
                    axis.plot(
                        *_until(np.array([row["x"], row["y"]]), goal),
                        color=color, lw=1.3, label=name,
                    )  # fmt: skip
            axis.plot(*goal, "*", color="black", ms=10)
            axis.set(xlim=xs, ylim=ys, title=surface)
            if surface == "Rosenbrock" and axis.get_legend_handles_labels()[0]:
                axis.legend(fontsize="x-small", loc="lower left")
    return figure


def _until(points, goal):
    """A path until it is near its goal, where many circle."""
    import numpy as np

    near = np.hypot(points[0] - goal[0], points[1] - goal[1]) < 0.05
    return points[:, : near.argmax() + 1] if near.any() else points


SUTSKEVER = (
    "[Sutskever et al. 2013]"
    "(https://proceedings.mlr.press/v28/sutskever13.html)"
)
KINGMA = "[Kingma and Ba 2014](https://arxiv.org/abs/1412.6980)"


def _pick(rows, *names):
    chosen = best(rows)
    for name in names:
        if name not in chosen:
            raise _results.NotMeasured(f"no run with {name}")
    return [chosen[name] for name in names]


def _better(one, other):
    def measure(rows):
        pair = _pick(rows, one, other)
        text, held = versus(
            *pair, "test_accuracy", f"each at its best rate: {one}", other,
            "%", 100,
        )  # fmt: skip
        losses = " and ".join(group.text("fitted_loss", 1, 3) for group in pair)
        return f"{text[:-1]}; training loss {losses}.", held

    return measure


momentum = claim("Momentum learns faster than plain SGD.", SUTSKEVER)(
    _better("momentum", "SGD")
)
nesterov = claim(
    "Nesterov's momentum is better than the classical one.", SUTSKEVER
)(_better("Nesterov", "momentum"))
adam = claim("Adam learns faster than plain SGD.", KINGMA)(
    _better("Adam", "SGD")
)
amsgrad = claim(
    "AMSGrad is better than Adam.",
    "[Reddi et al. 2018](https://arxiv.org/abs/1904.09237)",
)(_better("AMSGrad", "Adam"))
nadam = claim(
    "Nadam is better than Adam.",
    "[Dozat 2016](https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ)",
)(_better("Nadam", "Adam"))
adamw = claim(
    "Decoupled weight decay generalizes better than plain Adam.",
    "[Loshchilov and Hutter 2017](https://arxiv.org/abs/1711.05101)",
)(_better("AdamW", "Adam"))
lion = claim(
    "Lion is better than AdamW.",
    "[Chen et al. 2023](https://arxiv.org/abs/2302.06675)",
)(_better("Lion", "AdamW"))


@claim(
    "Tuned as carefully, adaptive methods are no better than momentum.",
    "[Wilson et al. 2017](https://arxiv.org/abs/1705.08292)",
)
def not_adaptive(rows):
    names = ("momentum", "Adagrad", "RMSprop", "Adam")
    plain, *others = _pick(rows, *names)
    text = ", ".join(
        f"{name} {group.text('test_accuracy', 100)} %"
        for name, group in zip(names, (plain, *others), strict=True)
    )
    return f"{text}.", not any(above(o, plain, "test_accuracy") for o in others)


@claim("Adam forgives a wrong rate more than SGD does.", KINGMA)
def forgiving(rows):
    sgd, other = (
        sensitivity(rows.where(what="training", optimizer=name))
        for name in ("SGD", "Adam")
    )
    if not sgd.mean("fall"):
        raise _results.NotMeasured("one rate only")
    return versus(
        sgd, other, "fall", "best − mean of all rates: SGD", "Adam", "%", 100
    )


@claim(
    "Adadelta needs no learning rate: 1 is as good as the best.",
    "[Zeiler 2012](https://arxiv.org/abs/1212.5701)",
)
def no_rate(rows):
    (tuned,) = _pick(rows, "Adadelta")
    plain = rows.where(optimizer="Adadelta", multiple=1.0)
    if tuned[0]["rate"] == 1:
        text = f"1 is the best, {tuned.text('test_accuracy', 100)} %."
        return text, True
    text, better = versus(
        tuned, plain, "test_accuracy", f"at {tuned[0]['rate']:g}", "at 1", "%",
        100,
    )  # fmt: skip
    return text, not better


@claim(
    "Lion wants a rate three to ten times smaller than AdamW's.",
    "[Chen et al. 2023](https://arxiv.org/abs/2302.06675)",
)
def lion_rate(rows):
    own, other = (g[0]["rate"] for g in _pick(rows, "Lion", "AdamW"))
    text = f"best rates: Lion {own:g}, AdamW {other:g}."
    return text, 2.9 <= other / own <= 10.1


@claim(
    "Muon learns faster than AdamW, by epochs and by time.",
    "[Liu et al. 2025](https://arxiv.org/abs/2502.16982)",
)
def muon(rows):
    names = ("Muon", "AdamW")
    _pick(rows, *names)
    chosen = at_equal_time(best(rows))
    muon, other = (chosen[name] for name in names)
    text, held = versus(muon, other, "test_accuracy", *names, "%", 100)
    timed, too = versus(muon, other, "timed", "in equal time", "and", "%", 100)
    return f"{text[:-1]}; {timed}", held and too


@claim(
    "Momentum leaves a saddle in fewer steps than SGD, RMSprop in fewer still.",
    "[Ruder 2016](https://arxiv.org/abs/1609.04747)",
)
def saddle(rows):
    names = ("SGD", "momentum", "RMSprop")
    plain, moving, other = (
        rows.where(what="saddle", optimizer=name) for name in names
    )
    text = ", ".join(
        f"{name} {group.text('steps_left', 1, 1)} steps"
        for name, group in zip(names, (plain, moving, other), strict=True)
    )
    held = above(plain, moving, "steps_left")
    return f"{text}.", held and above(moving, other, "steps_left")


EXPERIMENT = _experiment.Experiment(
    name="optimizers",
    title="Optimizers",
    settings=settings,
    run=run,
    tables=tables,
    figures={"rates.png": rates, "epochs.png": epochs, "paths.png": paths},
    claims=[
        momentum, nesterov, adam, amsgrad, nadam, adamw, lion, not_adaptive,
        forgiving, no_rate, lion_rate, muon, saddle,
    ],
    epochs=6,
)  # fmt: skip

if __name__ == "__main__":
    _experiment.start(EXPERIMENT)
