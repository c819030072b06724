"""A network of the zoo, built and compiled as the options say."""

import keras

import zoo
from zoo.images import Preprocessing
from zoo.models import _names
from zoo.training import (
    layer_rates,
    loop,
    losses,
    optimizers,
    phases,
    pretrained,
    regularize,
)
from zoo.training.config import TrainConfig
from zoo.training.data import Data
from zoo.training.errors import UserError


def check(config: TrainConfig) -> zoo.ModelInfo:
    """Refuses names that do not exist; returns the model's `zoo.info`."""
    _arguments(config)
    try:
        if config.activation is not None:
            _names.activation(config.activation)
        if config.norm is not None:
            _names.norm(config.norm)
        info = zoo.info(config.model or "")
    except ValueError as error:
        raise UserError(str(error)) from error
    if config.aux_heads and info.aux_weight is None:
        raise UserError(f"--aux_heads: {info.name} has none.")
    pretrained.check(config)
    return info


def scale(
    config: TrainConfig,
    info: zoo.ModelInfo,
    like: Preprocessing | None = None,
) -> str:
    """The range of pixels that the options mean for the model.

    Args:
        config, info: The options, and facts about their model.
        like: Preprocessing of the pretrained weights. None: there are none.
    """
    if config.scale != "auto":
        return config.scale
    if like is not None:
        return "given"
    return "lenet" if info.name == "lenet5" else "standard"


def build(config: TrainConfig, info: zoo.ModelInfo, data: Data) -> keras.Model:
    """Builds the model for the data, with the pretrained weights if any.

    Raises:
        UserError: The model cannot be built so, as for too small images, or
            the weights are not its own.
    """
    given = {
        name: getattr(config, name)
        for name in ("activation", "norm", "dropout_rate")
        if getattr(config, name) is not None
    }
    if config.aux_heads:
        given["aux_heads"] = True
    try:
        model = zoo.create(
            info.name,
            num_classes=len(data.classes),
            input_shape=data.input_shape,
            **given,
        )
    except (TypeError, ValueError) as error:
        raise UserError(f"--model={config.model}: {error}") from error
    if config.synchronized and keras.backend.backend() == "tensorflow":
        synchronize(model)  # JAX does in any case
    _loss(model, config, data)  # refuses what the model is not made for
    if config.weights is not None:
        pretrained.load(model, config)
    return model


def synchronize(model: keras.Model, on: bool = True) -> None:
    """Has its batch normalizations take the images of all devices, or not."""
    for layer in model._flatten_layers():
        if hasattr(layer, "synchronized"):
            layer.synchronized = on


def _loss(model, config, data):
    weights = None
    if config.class_weights == "balanced":
        weights = losses.balanced(data.class_counts)
    return losses.make(
        model,
        config.loss,
        config.label_smoothing or 0.0,
        rows=strengths(config).mixes,
        class_weights=weights,
    )


def compile_for(
    model: keras.Model,
    phase: phases.Phase,
    config: TrainConfig,
    data: Data,
    jit_compile: bool | str,
) -> None:
    """Compiles the model for the epochs of a phase, in its devices' scope."""
    phase.apply(model)
    warmup = 0 if phase.only_new else config.warmup_epochs
    given = config.learning_rate
    rate = None if given is None else float(given)
    if phase.rate != 1:
        rate = phase.rate * optimizers.rate(config.optimizer or "", rate)
    loop.compile_model(
        model,
        phase.epochs * data.steps,
        optimizer=config.optimizer,
        loss=_loss(model, config, data),
        aux_weight=zoo.info(config.model or "").aux_weight,
        jit_compile=jit_compile,
        learning_rate=rate,
        schedule=config.schedule,
        warmup_steps=round((warmup or 0) * data.steps),
        step_at=_falls(config, phase, data),
        step_factor=config.step_factor,
        weight_decay=config.weight_decay,
        l2=config.l2,
        clip_norm=config.clip_norm,
        adaptive_clip=config.adaptive_clip,
        unclipped=[v for v in model.trainable_variables if "logits" in v.path],
        rates=_rates(model, phase, config),
        ema=config.ema,
        accumulate=config.accumulate,
        arguments=_arguments(config),
        # Biases, scales and slopes.
        frozen=[
            v
            for v in model.trainable_variables
            if len(v.shape) < 2 and not config.decay_all
        ],
    )


def _arguments(config):
    return optimizers.arguments(
        config.optimizer or "", config.optimizer_arguments or ""
    )


def _falls(config, phase, data):
    """The steps of a phase at, or between, which the rate falls."""
    begun = phase.first if config.schedule == "step" else 0
    return [round((epoch - begun) * data.steps) for epoch in config.falls()]


def strengths(config: TrainConfig) -> regularize.Strengths:
    """How strongly the options change the training images."""
    return regularize.Strengths(
        crop=config.random_crop or 1.0,
        rand_augment=config.rand_augment or 0.0,
        trivial_augment=config.trivial_augment,
        erasing=config.random_erasing or 0.0,
        mixup=config.mixup or 0.0,
        cutmix=config.cutmix or 0.0,
    )


def _rates(model, phase, config):
    """The rate of each variable, where they differ."""
    if config.layer_decay == 1 or phase.only_new or not phase.pretrained:
        return None
    return layer_rates.decayed(model, config.layer_decay)
