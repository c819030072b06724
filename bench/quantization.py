"""What 8 bits cost and save: LiteRT in float32 and int8, on real digits.

    python bench/quantization.py

trains LeNet-5 and ResNet-20 on 4,000 digits (mnist_5k) with recipes/train.py,
exports both ways, calibrates on training images, and measures size, time for
one image and accuracy on the 1,000 held-out digits. Writes
`bench/quantization.md`. Runs that are there already are taken as they are.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import _table
import keras
import numpy as np

import zoo
from zoo import layers  # noqa: F401 (registers what the models are made of)
from zoo.training import data as loading, reading, sources

HERE = Path(__file__).parent
RUNS = {
    "lenet5": ("--model=lenet5", "--epochs=20"),
    "resnet20": ("--model=resnet20", "--epochs=10"),
}
FORMATS = {"float32": "litert", "int8": "litert_int8"}
FILES = {"float32": "model.tflite", "int8": "model_int8.tflite"}
CALIBRATION = 500  # images
ROUNDS = 300
HEADER = (
    "model", "weights", "file, kB", "one image, ms", "accuracy",
    "same class as Keras", "logits off by",
)  # fmt: skip
INTRODUCTION = f"""\
# LiteRT in 8 bits

`zoo.export(model, directory, formats=("litert", "litert_int8"),
calibration=images)`: the second has weights and activations in 8 bits, scaled
after {CALIBRATION} training images; input and output stay float32. The networks
were trained on 4,000 MNIST digits of `mnist_5k`; accuracy is that on the 1,000
held out. Time is the processor's for one image on one thread, both files turn
by turn, the median of {ROUNDS}. How far the logits are off is the standard
deviation of their difference from Keras's, divided by that of Keras's own.

<!-- table -->
<!-- /table -->
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", default="runs", help="of recipes/train.py")
    parser.add_argument("--data_dir", help="where TFDS keeps its sets")
    args = parser.parse_args()
    rows = []
    for name, flags in RUNS.items():
        run = Path(args.runs) / f"{name}_quantization"
        if not (run / "model.keras").exists():
            train(run, flags, args.data_dir)
        rows += measure(name, run, args.data_dir)
    page = HERE / "quantization.md"
    page.write_text(INTRODUCTION)
    table = _table.markdown(HEADER, rows)
    _table.put(page, "table", "python bench/quantization.py", table)
    print(table)


def train(run, flags, data_dir):
    recipe = HERE.parent / "recipes" / "train.py"
    where = [f"--workdir={run}", "--noexport", "--overwrite"]
    if data_dir:
        where.append(f"--data_dir={data_dir}")
    subprocess.run([sys.executable, recipe, *flags, *where], check=True)


def measure(name, run, data_dir):
    """A row of the table for each way of storing the network."""
    model = keras.models.load_model(run / "model.keras")
    (images, labels), calibration = load(model, name, data_dir)
    logits = model.predict(images, verbose=0)
    with tempfile.TemporaryDirectory() as directory:
        path = zoo.export(
            model,
            directory,
            formats=FORMATS.values(),
            calibration=calibration,
        )
        files = {kind: path / FILES[kind] for kind in FORMATS}
        sizes = {kind: file.stat().st_size for kind, file in files.items()}
        answers = {kind: runner(file) for kind, file in files.items()}
        times = {kind: [] for kind in FORMATS}
        for number in range(ROUNDS):
            for kind, answer in answers.items():
                start = time.process_time()
                answer(images[number % len(images)][None])
                times[kind].append(time.process_time() - start)
        rows = []
        for kind, answer in answers.items():
            own = np.concatenate([answer(image[None]) for image in images])
            off = np.std(own - logits) / np.std(logits)
            rows.append(
                (
                    name,
                    kind,
                    f"{sizes[kind] / 1000:,.0f}",
                    f"{1000 * np.median(times[kind]):.2f}",
                    f"{np.mean(own.argmax(1) == labels):.1%}",
                    f"{np.mean(own.argmax(1) == logits.argmax(1)):.1%}",
                    f"{off:.1e}",
                )
            )
    return rows


def load(model, name, data_dir):
    """((held-out images, labels), calibration images), as they enter it."""
    data = loading.load(
        reading.read(sources.find("mnist_5k", data_dir), data_dir),
        batch_size=CALIBRATION,
        image_size=model.input_shape[1:3],
        scale="lenet" if name == "lenet5" else "standard",
        augment="none",
    )
    held_out = [
        np.concatenate(a)
        for a in zip(*data.test.as_numpy_iterator(), strict=True)
    ]
    calibration, _ = next(data.train(0, 1).as_numpy_iterator())
    return held_out, calibration


def runner(file):
    """A function from one image to its logits, on one thread."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tf.lite is to move
        from tensorflow import lite

        interpreter = lite.Interpreter(str(file), num_threads=1)
    run = interpreter.get_signature_runner()
    return lambda images: run(images=images)["logits"]


if __name__ == "__main__":
    main()
