"""Images a second of one network on several devices, and of what feeds it.

    python bench/scaling.py --write                  # processes on this machine
    python bench/scaling.py --devices=1,2,4 --write  # GPUs

resnet20 on 32×32 images, 64 a step on all devices together: more devices have
smaller parts. On processors each process has one core, where there are as many,
and is compared with one process of as many threads on the same cores. Rates are
medians over steps and over three rounds, in which the settings take turns;
ratios within a round are what other work on the machine disturbs least. Then
what tf.data makes of JPEG files, and what a small network takes of it. Six
minutes on 2 cores that do nothing else.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(pathlib.Path(__file__).parent))

import _jobs
import _table

PAGE = pathlib.Path(__file__).parents[1] / "docs/scaling.md"
BATCH, STEPS, FIRST = 64, 14, 4  # the first steps trace
JPEGS, SIDE = 192, 256
SMALL = "mobilenet_v3_small"


def child(count, threads):
    """Trains in this process; prints images a second of a step."""
    import tensorflow as tf

    if threads:
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
    import keras
    import numpy as np

    import zoo
    from zoo.training import data, devices, given, loop

    found = devices.start(count or None)
    random = np.random.default_rng(0)
    images = random.integers(0, 255, (BATCH * 3, 32, 32, 3), np.uint8)
    raw = given.source((images, np.arange(len(images)) % 10)).raw
    loaded = data.load(
        raw, batch_size=BATCH, augment="none", replicas=found.replicas
    )
    with found.scope():
        model = zoo.resnet20(num_classes=10)
        loop.compile_model(
            model, 100, optimizer="sgd", jit_compile=found.strategy is None
            and bool(tf.config.list_physical_devices("GPU")),
        )  # fmt: skip
    seconds = []

    class Clock(keras.callbacks.Callback):
        def on_train_batch_begin(self, batch, logs=None):
            self.begun = time.perf_counter()

        def on_train_batch_end(self, batch, logs=None):
            seconds.append(time.perf_counter() - self.begun)

    epochs = -(-STEPS // loaded.steps)
    loop.fit(model, loaded, epochs, callbacks=[Clock()], devices=found)
    if found.role.is_chief:
        print(json.dumps([BATCH / s for s in seconds[FIRST:]]), flush=True)


def run(processes, cores, threads, devices=0):
    """Median images a second of processes that each have some cores."""
    children = []
    for index, config in enumerate(_jobs.configs(processes)):
        environment = dict(os.environ)
        if processes > 1:
            environment["TF_CONFIG"] = config
        own = cores[index::processes] or cores[index % len(cores) :][:1]
        words = [
            sys.executable, __file__, f"--child={devices}",
            f"--threads={threads}",
        ]  # fmt: skip
        if cores:
            words = ["taskset", "-c", ",".join(map(str, own)), *words]
        children.append(
            subprocess.Popen(
                words, env=environment, stdout=subprocess.PIPE, text=True,
                stderr=subprocess.DEVNULL,
            )
        )  # fmt: skip
    told = [child.communicate()[0] for child in children]
    return statistics.median(json.loads(told[0].strip().splitlines()[-1]))


def settings(devices):
    """{name: (processes, cores, threads, devices)}; the first is the base."""
    if devices:
        return {f"{n} × GPU": (1, [], 0, n) for n in devices}
    cores = sorted(os.sched_getaffinity(0))
    found = {"1 process, 1 core": (1, cores[:1], 1, 0)}
    for n in (2, 4, 8):
        if n <= max(4, len(cores)):
            own = cores[:n]
            where = f"on {len(own)} cores"
            found[f"1 process, {n} threads {where}"] = (1, own, n, 0)
            found[f"{n} processes, 1 thread each, {where}"] = (n, own, 1, 0)
    return found


def pipeline():
    """[(what, images a second)] of JPEG files on all cores."""
    import numpy as np
    import tensorflow as tf

    from zoo.training import data, reading, sources

    random = np.random.default_rng(0)
    rows = []
    with tempfile.TemporaryDirectory() as name:
        for i in range(JPEGS):
            coarse = random.uniform(0, 255, (1, 16, 16, 3))
            image = tf.image.resize(coarse, (SIDE, SIDE), "bicubic")[0]
            image = tf.cast(tf.clip_by_value(image, 0, 255), tf.uint8)
            path = pathlib.Path(name, f"class{i % 2}", f"{i}.jpg")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(tf.io.encode_jpeg(image).numpy())
        source = sources.find(name)
        for what, share in (("decoded anew", 0.0), ("from the cache", 1.0)):
            data.CACHE_SHARE = share
            loaded = data.load(
                reading.read(source), batch_size=32, image_size=(224, 224)
            )
            for _ in loaded.train(0, 1):
                pass
            begun, count = time.perf_counter(), 0
            for images, _ in loaded.train(1, 4):
                count += len(images)
            rows.append((what, count / (time.perf_counter() - begun)))
    return rows


def consumption(name):
    """Images a second that a network's training takes on all cores."""
    import keras
    import numpy as np

    import zoo

    model = zoo.create(name, num_classes=2)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("sgd", loss, jit_compile=False)
    images = np.random.default_rng(0).normal(size=(32, 224, 224, 3))
    batch = images.astype("float32"), np.arange(32) % 2
    rates = []
    for _ in range(4):
        begun = time.perf_counter()
        model.train_on_batch(*batch)
        rates.append(32 / (time.perf_counter() - begun))
    return statistics.median(rates[1:])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--devices", default="", help="numbers of GPUs: 1,2,4")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", type=int)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--write", action="store_true", help="to docs/")
    args = parser.parse_args()
    if args.child is not None:
        return child(args.child, args.threads)
    chosen = settings([int(n) for n in args.devices.split(",") if n])
    rounds = [
        {name: run(*setting) for name, setting in chosen.items()}
        for _ in range(args.rounds)
    ]
    base = next(iter(chosen))
    rows = []
    for name in chosen:
        rates = [found[name] for found in rounds]
        ratios = [found[name] / found[base] for found in rounds]
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        middle = statistics.median(ratios)
        row = (name, f"{statistics.median(rates):.0f}", f"{middle:.2f}", spread)
        rows.append(row)
        print(*row, sep="  ", flush=True)
    fed = [(f"tf.data, {what}", f"{rate:.0f}") for what, rate in pipeline()]
    fed.append((f"{SMALL} trains on", f"{consumption(SMALL):.0f}"))
    print(*fed, sep="\n", flush=True)
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    if args.write:
        header = ("resnet20, 32×32, 64 images a step", "images a second",
                  "ratio", "in the rounds")  # fmt: skip
        second = ("JPEG files of 256×256 for 224×224", "images a second")
        text = (
            _table.markdown(header, rows)
            + "\n\n"
            + _table.markdown(second, fed)
            + f"\n\nThe machine's load (1, 5, 15 minutes) was {load}."
        )
        _table.put(PAGE, "scaling", _table.command(__file__), text)


if __name__ == "__main__":
    main()
