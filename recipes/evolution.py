"""Twenty-three networks from 1998 to 2022, small, trained with one budget.

    python recipes/evolution.py
    python recipes/evolution.py --dataset=cifar10 --images_per_class=1500 \\
        --epochs=1

Each sees 15,000 images (of mnist_5k its 4,000 four times) of 32×32 in batches
of 32 under Adam, whose rate rises over a tenth of the steps and falls as a
cosine. The highest is 0.003 with a normalizer and 0.001 without, as networks
without bear less (Ioffe and Szegedy 2015). Departures from the papers:

- a form of at most 45 million multiply–adds: the paper's own for CIFAR, or the
  one for ImageNet with a stem of stride 1 ("small"), then a share of the
  filters of each layer; AlexNet sees the images enlarged to 67×67
- no dropout, no stochastic depth: no image is seen often
- He's initialization where there is no normalizer: the papers' own were made
  for their widths, and for weeks of training
- running averages with momentum 0.9, as runs are short
- LeNet-5 is as published, with its own loss, but for Adam

Time and memory of a step are those of a process of its own with one thread
(`_footprint`). The papers stand beside the claims.

23 runs, together 30 to 40 minutes on 2 cores for a dataset; one seed, for
that reason. On 1,500 images a class of CIFAR-10, seen once, networks with a
normalizer and no depthwise convolutions reach 52.7 ± 5.7 % (mean ± deviation
over networks), those with both 41.3 ± 7.9 %.
"""

from zoo.recipes.lab import _experiment, _figures, _forms, _results
from zoo.recipes.lab._claims import claim, versus

BATCH_SIZE = 32
SMOKE = ("LeNet-5", "NiN")


def settings(options):
    names = SMOKE if options.smoke else _forms.NETWORKS
    timed = SMOKE[:1] if options.smoke else _forms.NETWORKS
    return [
        {
            "network": name,
            "year": _forms.NETWORKS[name][0],
            "share": _forms.NETWORKS[name][1],
            "timed_steps": 10 if name in timed else 0,
        }
        for name in names
    ]


def run(setting):
    import math

    import keras

    import zoo
    from zoo.recipes.lab import _footprint
    from zoo.training import _models, _training

    name = setting["network"]
    data = _training.load(
        setting,
        batch_size=BATCH_SIZE,
        image_size=2 * (_forms.SIZES.get(name, 32),),
    )
    model = _forms.network(name, len(data.classes), data.input_shape)
    normalized = _forms.is_normalized(model)
    steps = setting["epochs"] * data.steps
    row = _training.train(
        model,
        data,
        epochs=setting["epochs"],
        learning_rate=0.003 if normalized else 0.001,
        schedule="cosine",
        warmup_steps=steps // 10,
        loss=_models.own_loss(model),
    )
    depthwise = any(
        isinstance(layer, keras.layers.DepthwiseConv2D)
        for layer in model.layers
    )
    maps = [layer for layer in model.layers if hasattr(layer, "kernel")]
    row |= {
        "kind": KINDS[depthwise + normalized],
        "images": steps * BATCH_SIZE,
        "multiply_adds": zoo.count_macs(model),
        "outputs": sum(math.prod(layer.output.shape[1:]) for layer in maps),
    }
    if setting["timed_steps"]:
        row |= _footprint.measure(model, BATCH_SIZE, setting["timed_steps"])
        cost = row["processor_seconds_step"] / BATCH_SIZE / row["multiply_adds"]
        row["nanoseconds_multiply_add"] = 1e9 * cost
    return row


KINDS = ("no normalizer", "normalized", "normalized, depthwise")


def tables(rows):
    column = _results.Column
    names = {"network": "network", "year": "year"}
    count = {"share": "share of the filters", "kind": "kind"}
    quality = [
        column("held-out accuracy, %", "test_accuracy", 100),
        column("parameters, thousands", "parameters", 1e-3, 0),
        column("multiply–adds, millions", "multiply_adds", 1e-6, 1),
        column("outputs of convolutions, thousands", "outputs", 1e-3, 0),
    ]
    cost = [
        column("step, ms", "processor_seconds_step", 1000, 1),
        column("a multiply–add, ns", "nanoseconds_multiply_add", 1, 3),
        column("peak of memory, MB", "peak_megabytes", 1, 0),
        column("of it for the batch, MB", "batch_megabytes", 1, 0),
    ]
    note = "After {:,.0f} images.".format(rows.mean("images"))
    made = (
        f"A training step of {BATCH_SIZE} images: processor time, one thread; "
        "the process's memory above what it had without the network, and what "
        "of that more than one image a step has added."
    )
    return [
        _results.table("Networks", rows, names | count, quality, note),
        _results.table("Cost", rows, names, cost, made),
    ]


def _points(rows, x, y, scale_x=1, scale_y=1):
    """{kind: {network: (x, y)}}, means over seeds."""
    points = {}
    for (kind, name), group in rows.groups("kind", "network").items():
        at = scale_x * group.mean(x), scale_y * group.mean(y)
        points.setdefault(kind, {})[name] = at
    return points


ACCURACY = "held-out accuracy, %"
MACS = "multiply–adds, millions (LeNet-5 is far to the left)"


def years(rows):
    figure, axes = _figures.new(width=10.5, height=5.5)
    points = _points(rows, "year", "test_accuracy", scale_y=100)
    ticks = sorted(rows.values("year"))
    points = {
        kind: {name: (ticks.index(x), y) for name, (x, y) in named.items()}
        for kind, named in points.items()
    }
    axes[0, 0].set_xticks(range(len(ticks)), ticks)
    axes[0, 0].margins(x=0.08, y=0.1)
    labels = {"xlabel": "year (not to scale)", "ylabel": ACCURACY}
    _figures.points(axes[0, 0], points, **labels)
    return figure


def cost(rows):
    figure, axes = _figures.new(width=8, height=5.5)
    rows = _results.Rows(row for row in rows if row["year"] > 2000)
    points = _points(rows, "multiply_adds", "test_accuracy", 1e-6, 100)
    front = sorted(_front(rows).values())
    axes[0, 0].step(
        *zip(*front, strict=True), where="post", color="gray", lw=1, ls=":"
    )
    axes[0, 0].margins(0.1)
    labels = {"xlabel": MACS, "ylabel": ACCURACY, "xscale": "log"}
    _figures.points(axes[0, 0], points, **labels)
    _figures.plain(axes[0, 0].xaxis, (10, 15, 20, 30, 40))
    return figure


def time(rows):
    figure, axes = _figures.new(width=8, height=5.5)
    rows = _results.Rows(row for row in rows if row["year"] > 2000)
    points = _points(
        rows, "multiply_adds", "processor_seconds_step", 1e-6, 1000
    )
    axes[0, 0].margins(0.1)
    _figures.points(
        axes[0, 0], points, xlabel=MACS, ylabel="training step, ms",
        xscale="log", yscale="log",
    )  # fmt: skip
    _figures.plain(axes[0, 0].xaxis, (10, 15, 20, 30, 40))
    _figures.plain(axes[0, 0].yaxis, (50, 100, 200, 400))
    return figure


def _front(rows):
    """{network: (millions of multiply–adds, %)} that none beats in both."""
    points = _points(rows, "multiply_adds", "test_accuracy", 1e-6, 100)
    points = {n: at for named in points.values() for n, at in named.items()}
    return {
        name: (x, y)
        for name, (x, y) in points.items()
        if not any(a <= x and b >= y and (a, b) != (x, y)
                   for a, b in points.values())
    }  # fmt: skip


def _rank(rows, x, y="test_accuracy"):
    """Spearman's rank correlation of the networks' means, and its p."""
    from scipy.stats import spearmanr

    groups = rows.groups("network").values()
    if len(groups) < 5:
        raise _results.NotMeasured("fewer than five networks")
    return spearmanr(*([g.mean(name) for g in groups] for name in (x, y)))


def _pick(rows, *names):
    return [rows.where(network=name) for name in names]


def _better(text, paper, better, worse):
    """The claim that the first of two networks is the more accurate one."""

    @claim(text, paper)
    def judge(rows):
        pair = _pick(rows, better, worse)
        return versus(*pair, "test_accuracy", better, worse, "%", 100)

    return judge


IOFFE = "[Ioffe and Szegedy 2015](https://arxiv.org/abs/1502.03167)"
PAIRS = [
    _better(*pair)
    for pair in (
        (
            "VGG learns better with batch normalization.",
            IOFFE, "VGG-11 BN", "VGG-11",
        ),
        ("So does Inception.", IOFFE, "Inception-v2", "GoogLeNet"),
        (
            "A residual network beats VGG at the same multiply–adds.",
            "[He et al. 2015](https://arxiv.org/abs/1512.03385)",
            "ResNet-20", "VGG-11 BN",
        ),
        (
            "It learns better with activations before the convolutions.",
            "[He et al. 2016](https://arxiv.org/abs/1603.05027)",
            "PreResNet-20", "ResNet-20",
        ),
        (
            "Wide and shallow beats thin and deep.",
            "[Zagoruyko and Komodakis 2016](https://arxiv.org/abs/1605.07146)",
            "WRN-10-2", "PreResNet-20",
        ),
        (
            "A ResNet made modern step by step is better: ConvNeXt.",
            "[Liu et al. 2022](https://arxiv.org/abs/2201.03545)",
            "ConvNeXt", "ResNet-20",
        ),
    )
]  # fmt: skip


@claim(
    "Newer networks are more accurate: year and accuracy rise together.",
    "[Russakovsky et al. 2014](https://arxiv.org/abs/1409.0575)",
)
def newer_is_better(rows):
    found = _rank(rows, "year")
    text = f"rank correlation {found.statistic:.2f} (p = {found.pvalue:.3f})."
    return text, found.statistic > 0 and found.pvalue < 0.05


@claim(
    "Every later network is more accurate than LeNet-5.",
    "[Krizhevsky et al. 2012](https://papers.nips.cc/paper/4824)",
)
def all_beat_lenet(rows):
    groups = rows.groups("network")
    lenet = groups.pop("LeNet-5")
    worst = min(groups, key=lambda name: groups[name].mean("test_accuracy"))
    return versus(
        groups[worst], lenet, "test_accuracy", f"the least of them, {worst},",
        "LeNet-5", "%", 100,
    )  # fmt: skip


@claim(
    "AlexNet's accuracy is later had for fewer multiply–adds.",
    "[Hernandez and Brown 2020](https://arxiv.org/abs/2005.04305)",
)
def efficiency(rows):
    (alexnet,) = _pick(rows, "AlexNet")
    later = [
        group
        for group in rows.groups("network").values()
        if group.mean("year") > 2012
        and group.mean("test_accuracy") >= alexnet.mean("test_accuracy")
    ]
    if not later:
        return "no later network is as accurate.", False
    cheapest = min(later, key=lambda group: group.mean("multiply_adds"))
    return versus(
        alexnet, cheapest, "multiply_adds", "AlexNet",
        f"the cheapest as accurate, {cheapest[0]['network']},", "million", 1e-6,
        1,
    )  # fmt: skip


def _saving(rows, small, large):
    """(text, whether the small one is worse, times fewer parameters)."""
    thrifty, other = _pick(rows, small, large)
    text, worse = versus(
        other, thrifty, "test_accuracy", large, small, "%", 100
    )
    times = other.mean("parameters") / thrifty.mean("parameters")
    return f"{text} Parameters: {times:.1f} times fewer.", worse, times


@claim(
    "DenseNet is as accurate with a fraction of the parameters.",
    "[Huang et al. 2016](https://arxiv.org/abs/1608.06993)",
)
def dense(rows):
    text, worse, times = _saving(rows, "DenseNet-22", "ResNet-20")
    return text, not worse and times > 1


@claim(
    "But it needs more memory for its maps.",
    "[Pleiss et al. 2017](https://arxiv.org/abs/1707.06990)",
)
def dense_memory(rows):
    pair = _pick(rows, "DenseNet-22", "ResNet-20")
    return versus(
        *pair, "batch_megabytes", "for the batch: DenseNet-22", "ResNet-20",
        "MB", digits=0,
    )  # fmt: skip


@claim(
    "SqueezeNet has AlexNet's accuracy with a tenth of the parameters or less.",
    "[Iandola et al. 2016](https://arxiv.org/abs/1602.07360)",
)
def squeeze(rows):
    text, worse, times = _saving(rows, "SqueezeNet", "AlexNet")
    return text, not worse and times >= 10


@claim(
    "Depthwise convolutions save multiply–adds, not accuracy.",
    "[Howard et al. 2017](https://arxiv.org/abs/1704.04861)",
)
def depthwise(rows):
    full, thin = (rows.where(kind=kind) for kind in KINDS[1:])
    text, saved = versus(
        full, thin, "multiply_adds", "normalized networks, mean:",
        "depthwise ones", "million", 1e-6, 1,
    )  # fmt: skip
    quality, lost = versus(
        full, thin, "test_accuracy", "Accuracy:", "depthwise", "%", 100
    )
    return f"{text} {quality}", saved and not lost


@claim(
    "But multiply–adds are not speed: theirs take longer.",
    "[Ma et al. 2018](https://arxiv.org/abs/1807.11164)",
)
def not_speed(rows):
    full, thin = (rows.where(kind=kind) for kind in KINDS[1:])
    return versus(
        thin, full, "nanoseconds_multiply_add",
        "one takes: depthwise networks", "others", "ns", digits=3,
    )  # fmt: skip


@claim(
    "The number of operations tells the time: rank correlation above 0.8.",
    "[Canziani et al. 2016](https://arxiv.org/abs/1605.07678)",
)
def time_by_operations(rows):
    found = _rank(rows, "multiply_adds", "processor_seconds_step").statistic
    return f"rank correlation {found:.2f}.", found > 0.8


@claim(
    "The number of the convolutions' outputs tells it better.",
    "[Dollár et al. 2021](https://arxiv.org/abs/2103.06877)",
)
def time_by_outputs(rows):
    by, macs = (
        _rank(rows, name, "processor_seconds_step").statistic
        for name in ("outputs", "multiply_adds")
    )
    return f"rank correlation {by:.2f}, multiply–adds {macs:.2f}.", by > macs


@claim(
    "More parameters or operations do not make a network more accurate.",
    "[Bianco et al. 2018](https://arxiv.org/abs/1810.00736)",
)
def size_is_not_all(rows):
    pair = [_rank(rows, name) for name in ("parameters", "multiply_adds")]
    texts = [f"{f.statistic:.2f} (p = {f.pvalue:.3f})" for f in pair]
    text = f"rank correlation: parameters {texts[0]}, multiply–adds {texts[1]}."
    return text, all(f.pvalue >= 0.05 or f.statistic < 0 for f in pair)


@claim(
    "EfficientNet is best for its price: none is both cheaper and better.",
    "[Tan and Le 2019](https://arxiv.org/abs/1905.11946)",
)
def efficient(rows):
    _pick(rows, "EfficientNet")
    front = _front(rows)
    names = ", ".join(sorted(front, key=front.get))
    return f"true of {names}.", "EfficientNet" in front


EXPERIMENT = _experiment.Experiment(
    name="evolution",
    title="Evolution of architectures",
    settings=settings,
    run=run,
    tables=tables,
    figures={"years.png": years, "cost.png": cost, "time.png": time},
    claims=[
        newer_is_better, all_beat_lenet, efficiency, *PAIRS, dense,
        dense_memory, squeeze, depthwise, not_speed, time_by_operations,
        time_by_outputs, size_is_not_all, efficient,
    ],
    epochs=4,
    seeds=1,
)  # fmt: skip

if __name__ == "__main__":
    _experiment.start(EXPERIMENT)
