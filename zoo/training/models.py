"""A network of the zoo, built and compiled as the options say."""

import keras

import zoo
from zoo.models import _names
from zoo.training import loop, losses, optimizers
from zoo.training.config import TrainConfig
from zoo.training.data import Data
from zoo.training.errors import UserError


def check(config: TrainConfig) -> zoo.ModelInfo:
    """Refuses names that do not exist; returns the model's `zoo.info`."""
    optimizers.check(config.optimizer)
    try:
        if config.activation is not None:
            _names.activation(config.activation)
        if config.norm is not None:
            _names.norm(config.norm)
        info = zoo.info(config.model)
    except ValueError as error:
        raise UserError(str(error)) from error
    if config.aux_heads and info.aux_weight is None:
        raise UserError(f"--aux_heads: {info.name} has none.")
    return info


def scale(config: TrainConfig, info: zoo.ModelInfo) -> str:
    """The range of pixels that the options mean for the model."""
    if config.scale != "auto":
        return config.scale
    return "lenet" if info.name == "lenet5" else "standard"


def compiled(
    config: TrainConfig,
    info: zoo.ModelInfo,
    data: Data,
    jit_compile: bool | str,
) -> keras.Model:
    """Builds and compiles the model for the data.

    Raises:
        UserError: The model cannot be built so, as for too small images.
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
            config.model,
            num_classes=len(data.classes),
            input_shape=data.input_shape,
            **given,
        )
    except (TypeError, ValueError) as error:
        raise UserError(f"--model={config.model}: {error}") from error
    loop.compile_model(
        model,
        config.epochs * data.steps,
        optimizer=config.optimizer,
        loss=losses.make(model, config.loss, config.label_smoothing),
        aux_weight=info.aux_weight,
        jit_compile=jit_compile,
        learning_rate=config.learning_rate,
        schedule=config.schedule,
        warmup_steps=round(config.warmup_epochs * data.steps),
        weight_decay=config.weight_decay,
        clip_norm=config.clip_norm,
        # Biases, scales and slopes.
        frozen=[v for v in model.trainable_variables if len(v.shape) < 2],
    )
    return model
