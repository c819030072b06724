"""Speed of exported models against keras.applications and other runtimes.

    python bench/serving.py                        # writes bench/serving.md
    python bench/serving.py --torch=/path/python   # that has torchvision
    python bench/serving.py MobileNetV2 --rounds=50

Needs `pip install '.[onnx,openvino]'`. The zoo's and keras.applications' models
are exported; each side then runs in a process of its own, and they take turns
image by image. Latency is the median of the rounds; a ratio is the median of
the rounds' ratios to keras.applications' SavedModel as TensorFlow runs it by
default. Random weights and images, 224x224, float32.
"""

import argparse
import datetime
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from _table import kept, machine
from _workers import Worker, work

BATCHES = (1, 16)
RESULTS = Path(__file__).with_name("serving.md")
HEADER = f"""\
# Serving

`python bench/serving.py`, {machine()}. Milliseconds a batch; the ratio says how
many times faster than keras.applications' `model.export` under TensorFlow's own
settings (without oneDNN on this processor), as the median over the rounds.

| model | side | date | batch 1 | ratio | batch 16 | ratio |
|---|---|---|---:|---:|---:|---:|"""
MODELS = {
    "ResNet-50": ("resnet50", "ResNet50"),
    "MobileNetV2": ("mobilenet_v2", "MobileNetV2"),
    "DenseNet-121": ("densenet121", "DenseNet121"),
    "VGG-16": ("vgg16", "VGG16"),
}
PLAIN = "keras.applications"
# Name: (how it runs, which export, oneDNN)
SIDES = {
    PLAIN: ("tensorflow", "keras", "0"),
    "keras.applications, oneDNN": ("tensorflow", "keras", "1"),
    "zoo": ("tensorflow", "zoo/1", "0"),
    "zoo, oneDNN": ("tensorflow", "zoo/1", "1"),
    "zoo in ONNX Runtime": ("onnx", "zoo/1/model.onnx", "0"),
    "zoo in OpenVINO": ("openvino", "zoo/1", "0"),
    "torchvision": ("torch", None, "0"),
}


def images(batch):
    import numpy as np

    rng = np.random.default_rng(0)
    return rng.standard_normal((batch, 224, 224, 3), "float32")


def tensorflow_side(path):
    import tensorflow as tf

    loaded = tf.saved_model.load(path)
    serve = loaded.signatures["serving_default"]
    (name,) = serve.structured_input_signature[1]
    inputs = {n: tf.constant(images(n)) for n in BATCHES}

    def run(batch):
        for output in serve(**{name: inputs[batch]}).values():
            output.numpy()

    run.keep = loaded
    return run


def onnx_side(path):
    import onnxruntime

    session = onnxruntime.InferenceSession(path)
    name = session.get_inputs()[0].name
    inputs = {n: images(n) for n in BATCHES}
    return lambda batch: session.run(None, {name: inputs[batch]})


def openvino_side(path):
    import openvino

    # A model for one fixed batch each: faster than one for any.
    compiled, inputs = {}, {n: images(n) for n in BATCHES}
    for batch in BATCHES:
        model = openvino.convert_model(path)
        model.reshape([batch, 224, 224, 3])
        compiled[batch] = openvino.compile_model(model, "CPU")
    return lambda batch: compiled[batch](inputs[batch])


def torch_side(name):
    import torch
    import torchvision

    model = getattr(torchvision.models, name)().eval()
    model = model.to(memory_format=torch.channels_last)
    inputs = {
        n: torch.randn(n, 3, 224, 224).to(memory_format=torch.channels_last)
        for n in BATCHES
    }

    def run(batch):
        with torch.inference_mode():
            model(inputs[batch])

    return run


RUNTIMES = {
    "tensorflow": tensorflow_side,
    "onnx": onnx_side,
    "openvino": openvino_side,
    "torch": torch_side,
}


def tasks(runtime, path):
    run = RUNTIMES[runtime](path)
    return {str(batch): lambda b=batch: run(b) for batch in BATCHES}


def export(ours, theirs, folder):
    """Exports both models; in a process that this one does not keep."""
    import keras

    import zoo
    from zoo.export import _formats

    model = zoo.create(ours)
    formats = ["saved_model"]
    if model.count_params() < _formats.LARGE_FOR_ONNX:  # else it takes 28 GB
        formats.append("onnx")
    zoo.export(model, f"{folder}/zoo", formats=formats)
    model = getattr(keras.applications, theirs)(weights=None)
    model.export(f"{folder}/keras", verbose=False)


def compare(model, folder, torch_python, rounds):
    """{side: {batch: seconds by round}}."""
    ours, theirs = MODELS[model]
    subprocess.run(
        [sys.executable, __file__, "--export", ours, theirs, folder], check=True
    )
    workers = {}
    for side, (runtime, path, onednn) in SIDES.items():
        python = torch_python if runtime == "torch" else sys.executable
        argument = f"{folder}/{path}" if path else ours
        written = path is None or Path(argument).exists()
        if python and written:
            workers[side] = Worker(
                [python, __file__, "--work", runtime, argument],
                TF_ENABLE_ONEDNN_OPTS=onednn,
                KERAS_BACKEND="tensorflow",
            )
    times = {side: {batch: [] for batch in BATCHES} for side in workers}
    for batch in BATCHES:
        for round_ in range(-2, rounds if batch == 1 else rounds // 4):
            for side, worker in workers.items():
                seconds = worker.time(batch)
                if round_ >= 0:  # the first two warm up
                    times[side][batch].append(seconds)
    for worker in workers.values():
        worker.close()
    return times


def rows(model, times):
    for side, measured in times.items():
        cells = [model, side, f"{datetime.date.today()}"]
        for batch, seconds in measured.items():
            ratio = statistics.median(
                plain / own
                for plain, own in zip(times[PLAIN][batch], seconds, strict=True)
            )
            cells.append(f"{1000 * statistics.median(seconds):.1f}")
            cells.append("" if side == PLAIN else f"{ratio:.2f}×")
        yield f"| {' | '.join(cells)} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("models", nargs="*", default=[])
    parser.add_argument("--torch", help="a Python that has torchvision")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--export", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.work:
        return work(lambda: tasks(*args.work))
    if args.export:
        return export(*args.export)
    lines = kept(RESULTS, MODELS, args.models)
    for model in args.models or MODELS:
        with tempfile.TemporaryDirectory() as folder:
            times = compare(model, folder, args.torch, args.rounds)
        for row in rows(model, times):
            print(row, flush=True)
            lines.append(row)
        RESULTS.write_text("\n".join([HEADER, *lines]) + "\n")


if __name__ == "__main__":
    main()
