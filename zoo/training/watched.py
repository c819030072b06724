"""Trains under a TrainingDoctor, evaluates, reports, exports."""

import dataclasses
import math

import keras

from zoo import _keras_file
from zoo.export import _network
from zoo.training import (
    data,
    disk,
    evaluation,
    fitting,
    losses,
    models,
    optimizers,
    phases,
    pretrained,
    rate_finder,
    reading,
    report,
    run_found,
    stopping,
    together,
)
from zoo.training.errors import Stopped, Terminated, UserError

PICTURE = "learning_rate.png"
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
        (classifier, `RunDirectory`, `evaluation.HeldOut` or None in all
        processes of a job but the first, path of the SavedModel or None,
        `data.Data`).
    """
    together.check(config, speed.devices)
    info = models.check(config)
    images = _load(config, source, info, speed.devices.replicas)
    together.check_batch(images.batch_size, speed.devices)
    keras.utils.set_random_seed(config.seed)
    with speed.devices.scope():
        model = models.build(config, info, images)
    with (
        disk.explained(workdir, command),
        together.open_run(config, workdir, speed.devices) as run,
        stopping.between_steps() as guard,
    ):
        return _train(config, images, model, run, speed, command, guard)


def _train(config, images, model, run, speed, command, guard):
    """Trains in an open run directory; returns what `train` does."""
    config, search = _with_rate(config, images, model, run, speed)
    run.save_config(
        flags=dataclasses.asdict(config),
        data=images.describe(),
        model={"parameters": model.count_params()},
        speed=speed.line,
        **search,
    )
    is_chief = speed.devices.role.is_chief
    origin = f" from the weights {config.weights}" if config.weights else ""
    validated = images.validation_count
    line = (
        f"{config.model}{origin}, {model.count_params():,} parameters, on "
        f"{images.name}: {images.train_count:,} images to train on, "
        + (f"{validated:,} to validate on, " if validated else "")
        + f"{images.test_count:,} held out, "
        f"{'×'.join(map(str, images.input_shape))}, "
        f"{_classes(images.classes)}; run directory {run.path}"
    )
    if is_chief:
        print(line, flush=True)
    if is_chief and not report.can_draw():
        print("without figures: matplotlib is not installed", flush=True)
    try:
        doctor, best = fitting.fit(
            _scaled(config, run), images, model, run, speed, guard
        )
        model = _alone(model, speed.devices)
        if not is_chief:
            return model, run, None, None, images
        kept = best.restore(model) if best else run.done
        phases.thaw(model)  # for whoever trains it further
        model = _network.classifier(model)
        held_out = evaluation.evaluate(
            model, images, SERVED_IMAGES, config.model
        )
        _tell(run, doctor, model, held_out.evaluation, images, kept)
        saved_model = None
        if config.export and keras.backend.backend() == "tensorflow":
            saved_model = _export(model, images, run, held_out)
        elif config.export:
            print(
                f"without a SavedModel: KERAS_BACKEND=tensorflow zoo export "
                f"{run.path} makes it",
                flush=True,
            )
    except KeyboardInterrupt as stop:
        kind = Terminated if isinstance(stop, Terminated) else Stopped
        raise kind(
            f"stopped after epoch {run.done}; continue with "
            f"{command} --workdir={run.path} --resume"
        ) from None
    return model, run, held_out, saved_model, images


def _scaled(config, run):
    """The options with the rate for the devices on which the run began.

    It grows with their number (Goyal et al. 2017).
    """
    if not config.scale_rate or run.replicas == 1:
        return config
    rate = optimizers.rate(config.optimizer or "", config.learning_rate)
    scaled = run.replicas * rate
    print(f"learning rate {scaled:g}, {run.replicas} × {rate:g}", flush=True)
    return dataclasses.replace(config, learning_rate=scaled)


def _alone(model, devices):
    """The model for one process and, on TensorFlow, for one device."""
    if devices.strategy is None:
        if devices.role.workers == 1:
            return model
        from zoo.training import _jax_workers

        return _jax_workers.leave(model)
    from zoo.training import _tf_fit

    model = _tf_fit.plain(model)
    models.synchronize(model, False)
    return model


def _load(config, source, info, replicas):
    like = pretrained.preprocessing(config)
    size = (config.image_size,) * 2 if config.image_size else None
    if size is None and like is None:
        size = pretrained.size(config)
    raw = reading.read(source, config.data_dir, config.validation_share or 0)
    if like is not None:
        like = pretrained.for_channels(like, raw.channels)
    return data.load(
        raw,
        batch_size=config.batch_size,
        image_size=size,
        default_size=info.input_shape[:2],
        resize=config.resize,
        scale=models.scale(config, info, like),
        like=like,
        augment=config.augment,
        images_per_class=config.images_per_class,
        rows=losses.needs_rows(config.loss, config.label_smoothing),
        strengths=models.strengths(config),
        seed=config.seed,
        replicas=replicas,
    )


def _with_rate(config, images, model, run, speed):
    """(the options with a rate that is found, what config.json tells of it)."""
    if config.learning_rate != "auto":
        return config, {}
    if images.validation is None:
        raise UserError(
            "--learning_rate=auto: no class has enough images to set one "
            "apart that decides; give a number."
        )
    plain = dataclasses.replace(
        config,
        learning_rate=0.001,
        schedule="constant",
        warmup_epochs=0.0,
        ema=0.0,
    )
    first = phases.of(config)[0]
    models.compile_for(model, first, plain, images, speed.jit_compile)
    found = rate_finder.find(model, images)
    print(f"learning rate {found.rate:g}", flush=True)
    if report.can_draw():
        rate_finder.draw(found, run / PICTURE)
    config = dataclasses.replace(config, learning_rate=found.rate)
    return config, {"learning_rate": found.as_dict()}


def _classes(names, most=10):
    """How many, and which if they are few."""
    shown = f" ({', '.join(names)})" if len(names) <= most else ""
    return f"{len(names)} classes{shown}"


def _tell(run, doctor, model, found, images, kept):
    """Writes figures, evaluation, report, model.keras; prints the accuracy.

    Raises:
        UserError: The last loss was no finite number.
    """
    results = {
        "held-out accuracy": f"{found.accuracy:.2%}",
        "held-out images": f"{images.test_count:,}",
        "parameters": f"{model.count_params():,}",
        "epochs": run.done,
        "weights of epoch": kept,
    }
    report.draw(run, doctor)
    found.save(run.path)
    first = found.fragment() + rate_finder.fragment(run / PICTURE)
    doctor.write_report(report.sections(run, results), first)
    model.compiled = False  # model.keras is for use, not for more training
    run.save_model(model)
    _keras_file.add_facts(
        run / run_found.MODEL,
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

    held_out.save(run / run_found.HELD_OUT)
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
            f"{run / run_found.MODEL} is trained and kept, but there is no "
            f"SavedModel: {error}"
        ) from error
    run.note_export(path)
    return path
