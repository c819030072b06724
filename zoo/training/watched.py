"""Trains under a TrainingDoctor, evaluates, reports, exports."""

import dataclasses
import math

import keras

from zoo import _keras_file
from zoo.training import (
    data,
    disk,
    doctors,
    evaluation,
    loop,
    models,
    reading,
    report,
    run_directory,
    stopping,
)
from zoo.training.errors import Stopped, Terminated, UserError
from zoo.training.progress import ProgressBar
from zoo.training.stop_callback import StopBetweenSteps

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
    with (
        disk.explained(workdir, command),
        run_directory.open_run(workdir, config.resume, config.overwrite) as run,
        stopping.between_steps() as guard,
    ):
        return _train(config, images, model, run, speed, command, guard)


def _train(config, images, model, run, speed, command, guard):
    """Trains in an open run directory; returns what `train` does."""
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
        f"{_classes(images.classes)}; run directory {run.path}",
        flush=True,
    )
    if not report.can_draw():
        print("without figures: matplotlib is not installed", flush=True)
    try:
        doctor = _fit(model, images, config.epochs, run, guard)
        model = evaluation.classifier(model)
        held_out = evaluation.evaluate(
            model, images, SERVED_IMAGES, config.model
        )
        _tell(run, doctor, model, held_out.evaluation, images)
        saved_model = None
        if config.export:
            saved_model = _export(model, images, run, held_out)
    except KeyboardInterrupt as stop:
        kind = Terminated if isinstance(stop, Terminated) else Stopped
        raise kind(
            f"stopped after epoch {run.done}; continue with "
            f"{command} --workdir={run.path} --resume"
        ) from None
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


def _fit(model, images, epochs, run, guard):
    """Trains from where the run stands; returns its TrainingDoctor."""
    first = run.restore_checkpoint(model) if run.resumed else 0
    if first:
        print(f"resumed after epoch {first}", flush=True)
    bar = ProgressBar(epochs, images.steps, first)
    doctor = doctors.make(model, images, run, bar.line)
    if first >= epochs:
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
        guard.check()

    try:
        loop.fit(
            model,
            images,
            epochs,
            first_epoch=first,
            callbacks=[doctor, bar, StopBetweenSteps(guard)],
            keep=keep,
        )
    finally:
        guard.busy = False
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
        "epochs": run.done,
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
    if run.rows and not math.isfinite(run.rows[-1]["loss"]):
        raise UserError(
            f"the loss was no finite number in epoch {run.done}; "
            "try a smaller --learning_rate or --clip_norm=1."
        )


def _export(model, images, run, held_out):
    from zoo.export import export

    held_out.save(run / "held_out.npz")
    if path := run.exported():  # by a process that did all of it
        return path
    try:
        path = export(
            model,
            run / "saved_model",
            preprocessing=images.preprocessing,
            class_names=images.classes,
            temperature=held_out.evaluation.temperature,
        )
    except (ValueError, RuntimeError) as error:
        raise UserError(
            f"{run / 'model.keras'} is trained and kept, but there is no "
            f"SavedModel: {error}"
        ) from error
    run.note_export(path)
    return path
