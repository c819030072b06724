"""Speed of the zoo's models against keras.applications and torchvision.

    python bench/models.py                       # writes bench/results.md
    python bench/models.py --torch=/path/python  # a Python that has torchvision

    python bench/models.py --building            # writes bench/building.md

Each side runs in a process of its own and they take turns: rounds of a training
step and an inference batch, one side after the other, so that a slow minute of
the machine hits all of them. A figure is the median of the rounds; a ratio is
the median of the rounds' ratios. Random images at 224x224, SGD with momentum,
float32, oneDNN on for every side. With --building the model is only built, with
everything imported before.
"""

import argparse
import datetime
import functools
import pathlib
import statistics
import sys

from _table import kept, machine
from _workers import Worker, work

RESULTS = pathlib.Path(__file__).with_name("results.md")
BUILDING = pathlib.Path(__file__).with_name("building.md")

HEADER = f"""\
# Speed

`python bench/models.py`, {machine()}. Images a second; the ratio says how many
times faster the zoo is, as the median over the rounds.

| model | side | date | batch | rounds | train | zoo is | infer | zoo is |
|---|---|---|---:|---:|---:|---:|---:|---:|"""
BUILDING_HEADER = f"""\
# Building

`python bench/models.py --building`, {machine()}. Seconds to build a model with
random weights, everything imported before; the ratio says how many times faster
the zoo is, as the median over the rounds. The zoo draws from truncated normals,
as the papers do, keras.applications from uniform numbers, which are cheaper.

| model | side | date | rounds | seconds | zoo is |
|---|---|---|---:|---:|---:|"""
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


def keras_tasks(build, batch):
    """What builds, and runs one training step and one inference batch."""
    import keras
    import numpy as np

    rng = np.random.default_rng(0)
    x = rng.normal(size=(batch, 224, 224, 3)).astype("float32")
    y = rng.integers(0, 1000, batch)

    @functools.cache
    def model():
        model = build()
        model.compile(
            keras.optimizers.SGD(0.01, momentum=0.9),
            keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            jit_compile=False,
        )
        return model

    return {
        "build": build,
        "train": lambda: model().train_on_batch(x, y),
        "infer": lambda: model().predict_on_batch(x),
    }


def zoo_side(name, batch):
    import zoo

    return keras_tasks(lambda: zoo.create(name), batch)


def applications_side(name, batch):
    import keras

    if name == UNGROUPED:  # the same network on Keras's own grouping
        import zoo
        from zoo import layers

        layers.GroupedConv2D._native = lambda self: True
        return keras_tasks(zoo.resnext50_32x4d, batch)
    build = getattr(keras.applications, name)
    return keras_tasks(
        lambda: build(weights=None, classifier_activation=None), batch
    )


def torchvision_side(name, batch):
    import torch
    import torchvision

    build = getattr(torchvision.models, name)
    x = torch.randn(batch, 3, 224, 224)
    x = x.to(memory_format=torch.channels_last)
    y = torch.randint(0, 1000, (batch,))

    @functools.cache
    def model():
        model = build().to(memory_format=torch.channels_last)
        return model, torch.optim.SGD(model.parameters(), 0.01, momentum=0.9)

    def train():
        network, optimizer = model()
        network.train()
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(network(x), y).backward()
        optimizer.step()

    def infer():
        network, _ = model()
        network.eval()
        with torch.inference_mode():
            network(x)

    return {"build": build, "train": train, "infer": infer}


SIDES = {
    "zoo": zoo_side,
    "keras": applications_side,
    "torchvision": torchvision_side,
}


def compare(names, torch_python, tasks, rounds, batch):
    """{side: {task: seconds by round}}."""
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
        for task in tasks:
            worker.time(task)
    times = {side: {task: [] for task in tasks} for side in workers}
    for _ in range(rounds):
        for task in tasks:
            for side, worker in workers.items():
                times[side][task].append(worker.time(task))
    for worker in workers.values():
        worker.close()
    return times


def ratio(ours, theirs):
    """How many times faster the zoo is: the median of the rounds' ratios."""
    pairs = zip(ours, theirs, strict=True)
    return f"{statistics.median(b / a for a, b in pairs):.2f}×"


def rows(model, times, facts, figure):
    """Lines of the table, and the zoo's ratio to each side.

    Args:
        model: Its name.
        times: What `compare` returned.
        facts: Columns that all lines share.
        figure: Function from seconds to what the table tells.
    """
    for side, measured in times.items():
        cells = [model, side, datetime.date.today(), *facts]
        for task, seconds in measured.items():
            cells.append(f"{figure(statistics.median(seconds)):.2f}")
            zoo = times["zoo"][task]
            cells.append("" if side == "zoo" else ratio(zoo, seconds))
        yield f"| {' | '.join(map(str, cells))} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("models", nargs="*", default=[])
    parser.add_argument("--torch", help="a Python that has torchvision")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--building", action="store_true")
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.work:
        side, name = args.work
        return work(lambda: SIDES[side](name, args.batch))
    path, header, tasks = RESULTS, HEADER, ("train", "infer")
    if args.building:
        path, header, tasks = BUILDING, BUILDING_HEADER, ("build",)
    lines = kept(path, MODELS, args.models)
    for model in args.models or MODELS:
        sides = MODELS[model]
        rounds = args.rounds
        if sides[1] == UNGROUPED and not args.building:
            rounds = 1  # a minute and more a step: its ratio needs no second
        times = compare(sides, args.torch, tasks, rounds, args.batch)
        if args.building:
            made = rows(model, times, [rounds], lambda seconds: seconds)
        else:
            facts = [args.batch, rounds]
            made = rows(model, times, facts, lambda s: args.batch / s)
        for line in made:
            print(line, flush=True)
            lines.append(line)
        path.write_text("\n".join([header, *lines]) + "\n")


if __name__ == "__main__":
    main()
