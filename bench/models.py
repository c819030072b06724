"""Speed of the zoo's models against keras.applications and torchvision.

    python bench/models.py                       # writes bench/results.md
    python bench/models.py --torch=/path/python  # a Python that has torchvision

Each side runs in a process of its own and they take turns: build, then rounds
of a few training steps and inference batches, one side after the other, so
that a slow minute of the machine hits all of them. A figure is the median of
the rounds; a ratio is the median of the rounds' ratios. Random images at
224x224, SGD with momentum, float32, oneDNN on for every side.
"""

import argparse
import datetime
import pathlib
import statistics
import sys

from _table import kept, machine
from _workers import Worker, work

RESULTS = pathlib.Path(__file__).with_name("results.md")

HEADER = f"""\
# Speed

`python bench/models.py`, {machine()}. Images a second; the ratio says how many
times faster the zoo is, as the median over the rounds.

| model | side | date | batch | rounds | build (s) | train | zoo is | infer | zoo is |
|---|---|---|---:|---:|---:|---:|---:|---:|---:|"""  # noqa: E501
UNGROUPED = "Conv2D(groups=…)"

# What is compared with what: the same network on each side.
MODELS = {
    "ResNet-50": ("resnet50", "ResNet50", None),
    "ResNet-50 v1.5": ("resnet50_v1_5", None, "resnet50"),
    "MobileNetV2": ("mobilenet_v2", "MobileNetV2", "mobilenet_v2"),
    "VGG-16": ("vgg16", "VGG16", "vgg16"),
    "DenseNet-121": ("densenet121", "DenseNet121", "densenet121"),
    "EfficientNet-B0": ("efficientnet_b0", "EfficientNetB0", "efficientnet_b0"),
    "ResNeXt-50 32x4d": (
        "resnext50_32x4d",
        UNGROUPED,
        "resnext50_32x4d",
    ),
}


def keras_side(build, batch):
    """What runs one training step and one inference batch."""
    import keras
    import numpy as np

    model = build()
    model.compile(
        keras.optimizers.SGD(0.01, momentum=0.9),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        jit_compile=False,
    )
    rng = np.random.default_rng(0)
    x = rng.normal(size=(batch, 224, 224, 3)).astype("float32")
    y = rng.integers(0, 1000, batch)
    return {
        "train": lambda: model.train_on_batch(x, y),
        "infer": lambda: model.predict_on_batch(x),
    }


def zoo_side(name, batch):
    import zoo

    return keras_side(lambda: zoo.create(name), batch)


def applications_side(name, batch):
    import keras

    if name == UNGROUPED:  # the same network on Keras's own grouping
        import layers
        import zoo

        layers.GroupedConv2D._native = lambda self: True
        return keras_side(zoo.resnext50_32x4d, batch)
    build = getattr(keras.applications, name)
    return keras_side(
        lambda: build(weights=None, classifier_activation=None), batch
    )


def torchvision_side(name, batch):
    import torch
    import torchvision

    model = getattr(torchvision.models, name)()
    model = model.to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(model.parameters(), 0.01, momentum=0.9)
    x = torch.randn(batch, 3, 224, 224)
    x = x.to(memory_format=torch.channels_last)
    y = torch.randint(0, 1000, (batch,))

    def train():
        model.train()
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()

    def infer():
        model.eval()
        with torch.inference_mode():
            model(x)

    return {"train": train, "infer": infer}


SIDES = {
    "zoo": zoo_side,
    "keras": applications_side,
    "torchvision": torchvision_side,
}


def compare(names, torch_python, rounds, batch):
    """Rows of (side, build seconds, {task: seconds by round})."""
    pythons = {
        "zoo": sys.executable,
        "keras": sys.executable,
        "torchvision": torch_python,
    }
    workers = {
        side: Worker(
            [pythons[side], __file__, f"--batch={batch}", "--work", side, name],
            TF_ENABLE_ONEDNN_OPTS="1",
            KERAS_BACKEND="tensorflow",
        )
        for side, name in zip(SIDES, names, strict=True)
        if name and pythons[side]
    }
    for worker in workers.values():  # trace and warm up
        worker.time("train"), worker.time("infer")
    times = {side: {"train": [], "infer": []} for side in workers}
    for _ in range(rounds):
        for task in ("train", "infer"):
            for side, worker in workers.items():
                times[side][task].append(worker.time(task))
    for worker in workers.values():
        worker.close()
    return {s: (w.build, times[s]) for s, w in workers.items()}


def rows(model, measured, rounds, batch):
    """Lines of the table: images a second, and the zoo's ratio to them."""
    zoo_times = measured["zoo"][1]
    for side, (build, times) in measured.items():
        cells = [model, side, f"{datetime.date.today()}"]
        cells += [f"{batch}", f"{rounds}", f"{build:.2f}"]
        for task in ("train", "infer"):
            speed = batch / statistics.median(times[task])
            ratio = statistics.median(
                theirs / ours
                for ours, theirs in zip(
                    zoo_times[task], times[task], strict=True
                )
            )
            cells += [f"{speed:.2f}", "" if side == "zoo" else f"{ratio:.2f}×"]
        yield f"| {' | '.join(cells)} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("models", nargs="*", default=[])
    parser.add_argument("--torch", help="a Python that has torchvision")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.work:
        side, name = args.work
        return work(lambda: SIDES[side](name, args.batch))
    lines = kept(RESULTS, MODELS, args.models)
    for model in args.models or MODELS:
        sides = MODELS[model]
        # A minute and more a step: its ratio needs no second one.
        rounds = 1 if sides[1] == UNGROUPED else args.rounds
        measured = compare(sides, args.torch, rounds, args.batch)
        for row in rows(model, measured, rounds, args.batch):
            print(row, flush=True)
            lines.append(row)
        RESULTS.write_text("\n".join([HEADER, *lines]) + "\n")


if __name__ == "__main__":
    main()
