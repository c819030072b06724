"""Trains under a TrainingDoctor, evaluates, reports, exports."""

import dataclasses
import math

import keras

from zoo import _keras_file, callbacks
from zoo.training import (
    data,
    evaluation,
    loop,
    models,
    reading,
    report,
    run_directory,
)
from zoo.training.errors import Stopped, UserError
from zoo.training.progress import ProgressBar

SERVED_IMAGES = 1000  # held-out images that are kept with their answers


def train(config, source, workdir, speed, command):
    """Trains in a run directory, with TensorFlow set up.

    Args:
        config: A `TrainConfig`.
        source: The `sources.Source` of its data set.
        workdir: The run directory, checked.
        speed: A `speed.Speed`.
        command: What a user types to train, for messages.

    Returns:
        (classifier, `RunDirectory`, `evaluation.HeldOut`, path of the
        SavedModel or None, `data.Data`).
    """
    info = models.check(config)
    images = _load(config, source, info)
    keras.utils.set_random_seed(config.seed)
    model = models.compiled(config, info, images, speed.jit_compile)
    run = run_directory.open_run(workdir, config.resume)
    run.save_config(
        flags=dataclasses.asdict(config),
        data=images.describe(),
        model={"parameters": model.count_params()},
        speed=speed.line,
    )
    print(
        f"{config.model}, {model.count_params():,} parameters, on "
        f"{images.name}: {images.train_count:,} images to train on, "
        f"{images.test_count:,} held out, "
        f"{'×'.join(map(str, images.input_shape))}, "
        f"{_classes(images.classes)}; run directory {workdir}",
        flush=True,
    )
    if not report.can_draw():
        print("without figures: matplotlib is not installed", flush=True)
    try:
        doctor = _fit(model, images, config.epochs, run)
    except KeyboardInterrupt:
        raise Stopped(
            f"stopped after epoch {len(run.rows)}; continue with\n"
            f"  {command} --workdir={workdir} --resume"
        ) from None
    model = evaluation.classifier(model)
    held_out = evaluation.evaluate(model, images, SERVED_IMAGES, config.model)
    found = held_out.evaluation
    _tell(run, doctor, model, found, images)
    saved_model = None
    if config.export:
        saved_model = _export(model, images, run, held_out, found.temperature)
    return model, run, held_out, saved_model, images


def _load(config, source, info):
    side = config.image_size
    return data.load(
        reading.read(source, config.data_dir),
        batch_size=config.batch_size,
        image_size=(side, side) if side else None,
        default_size=info.input_shape[:2],
        resize=config.resize,
        scale=models.scale(config, info),
        augment=config.augment,
        images_per_class=config.images_per_class,
        label_smoothing=config.label_smoothing,
        seed=config.seed,
    )


def _classes(names, most=10):
    """How many, and which if they are few."""
    shown = f" ({', '.join(names)})" if len(names) <= most else ""
    return f"{len(names)} classes{shown}"


def _fit(model, images, epochs, run):
    """Trains from where the run stands; returns its TrainingDoctor."""
    first = run.restore_checkpoint(model) if run.resumed else 0
    if first:
        print(f"resumed after epoch {first}")
    bar = ProgressBar(epochs, images.steps, first)
    # Gradients, dead units and activations, with a diagnosis of all three.
    doctor = callbacks.TrainingDoctor(
        probe=next(iter(images.test))[0].numpy(),  # the same after resuming
        on_issue=lambda issue: bar.line(f"doctor: {issue.text}"),
        report=run / "report.html",
        path=run / "doctor.jsonl",
    )
    if first >= epochs:
        doctor.recall(model, first)
        return doctor

    def keep(epoch):
        # Metrics first: a row without its checkpoint is dropped on resuming.
        rate = images.steps * images.batch_size / epoch.seconds
        times = {
            "seconds": round(epoch.seconds, 3),
            "images_per_second": round(rate, 1),
        }
        run.add(epoch.metrics, times)
        run.save_checkpoint(model, epoch.metrics["epoch"])

    try:
        loop.fit(
            model,
            images,
            epochs,
            first_epoch=first,
            callbacks=[doctor, bar],
            keep=keep,
        )
    finally:
        bar.close()
    return doctor


def _tell(run, doctor, model, found, images):
    """Writes figures, evaluation, report, model.keras; prints the accuracy.

    Raises:
        UserError: The last loss was no finite number.
    """
    results = {
        "held-out accuracy": f"{found.accuracy:.2%}",
        "held-out images": f"{images.test_count:,}",
        "parameters": f"{model.count_params():,}",
        "epochs": len(run.rows),
    }
    report.draw(run, doctor)
    found.save(run.path)
    doctor.write_report(report.sections(run, results), found.fragment())
    model.compiled = False  # model.keras is for use, not for more training
    run.save_model(model)
    _keras_file.add_facts(
        run / "model.keras",
        images.preprocessing,
        images.classes,
        found.temperature,
    )
    print(f"held-out {found.text()}\nreport: {run / 'report.html'}", flush=True)
    if not math.isfinite(run.rows[-1]["loss"]):
        raise UserError(
            f"the loss was no finite number in epoch {len(run.rows)}; "
            "try a smaller --learning_rate or --clip_norm=1."
        )


def _export(model, images, run, held_out, temperature):
    from zoo.export import export

    held_out.save(run / "held_out.npz")
    return export(
        model,
        run / "saved_model",
        preprocessing=images.preprocessing,
        class_names=images.classes,
        temperature=temperature,
    )
