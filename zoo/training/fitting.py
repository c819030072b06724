"""Fits a network phase by phase, from where its run stands."""

from zoo.training import (
    averages,
    doctors,
    loop,
    models,
    phases,
    progress,
    selection,
)
from zoo.training.stop_callback import StopBetweenSteps


def fit(config, images, model, run, speed, guard):
    """Trains a network; metrics and checkpoints land in its run directory.

    Args:
        config: A `TrainConfig`.
        images: Its `data.Data`.
        model: The network, not compiled.
        run: The open `RunDirectory`.
        speed: A `speed.Speed`.
        guard: A `stopping.Guard`.

    Returns:
        (TrainingDoctor or `doctors.Unwatched`, `selection.BestWeights` or
        None where the last epoch's are kept).
    """
    parts, epochs, first = phases.of(config), config.epochs, run.done
    devices = speed.devices
    decides = images.validation is not None

    def compile_for(part):
        with devices.scope():
            models.compile_for(model, part, config, images, speed.jit_compile)
            model.optimizer.build(model.trainable_variables)

    def is_over():
        patience = config.early_stopping if decides else 0
        return selection.is_over(run.rows, patience, config.freeze_epochs or 0)

    # The checkpoint's optimizer is that of the phase that wrote it.
    compile_for(next(p for p in reversed(parts) if p.first < max(1, first)))
    if run.resumed:
        run.restore_checkpoint(model)
    if devices.strategy is not None:
        from zoo.training import _tf_fit

        _tf_fit.spread_seeds(model, devices)
    if first in {part.last for part in parts} or is_over():
        averages.finish(model)
    if first:
        print(f"resumed after epoch {first}", flush=True)
    measured = "validation" if decides else "held out"
    bar = progress.bar(devices.role, epochs, images.steps, first, measured)
    doctor = doctors.make(model, images, run, _once(bar.line), devices)
    best = None
    if config.keep == "best" and decides and devices.role.is_chief:
        best = selection.BestWeights(run)
    if first >= epochs or is_over():
        return doctor, best

    def keep(epoch):
        # Metrics first: a row without its checkpoint is dropped on resuming.
        rate = images.steps * images.batch_size / epoch.seconds
        times = {
            "seconds": round(epoch.seconds, 3),
            "images_per_second": round(rate, 1),
        }
        run.add(epoch.metrics, times)
        with devices.alone():
            if best:
                best.keep(model)
            run.save_checkpoint(model, epoch.metrics["epoch"])
        if best:
            best.tidy()
        guard.check()
        if is_over():
            model.stop_training = True

    averaging = [averages.ValidatesAverages()] if config.ema else []
    try:
        for part in parts:
            if part.last <= first:
                continue
            if part.first >= max(1, first):
                compile_for(part)
            done = loop.fit(
                model,
                images,
                part.last,
                first_epoch=max(first, part.first),
                callbacks=[*averaging, doctor, bar, StopBetweenSteps(guard)],
                keep=keep,
                devices=devices,
            )
            if done[-1].diverged or is_over():
                break
    finally:
        guard.busy = False
        bar.close()
    return doctor, best


def _once(tell):
    """`tell` without what it told before, as the next phase would."""
    told = set()

    def once(text):
        if text not in told:
            tell(text)
        told.add(text)

    return once
