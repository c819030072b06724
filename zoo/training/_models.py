"""A network of the zoo, compiled as the flags say."""

import dataclasses

import keras
import numpy as np

import zoo
from zoo import layers
from zoo.models import _names
from zoo.training import _optimizer
from zoo.training._cli import UserError


def check(options):
    """Refuses names that do not exist; returns the model's `zoo.info`."""
    _optimizer.check(options.optimizer)
    try:
        if options.activation is not None:
            _names.activation(options.activation)
        if options.norm is not None:
            _names.norm(options.norm)
        return zoo.info(options.model)
    except ValueError as error:
        raise UserError(str(error)) from error


def scale(options, info):
    """The range of pixels that `--scale` means for the model."""
    if options.scale != "auto":
        return options.scale
    return "lenet" if info.name == "lenet5" else "standard"


def compiled(options, data, jit_compile):
    """Builds and compiles the model for the data.

    Raises:
        UserError: The model cannot be built so, as for too small images.
    """
    given = {
        name: getattr(options, name)
        for name in ("activation", "norm", "dropout_rate")
        if getattr(options, name) is not None
    }
    info = zoo.info(options.model)
    if options.aux_heads:
        if info.aux_weight is None:
            raise UserError(f"--aux_heads: {info.name} has none.")
        given["aux_heads"] = True
    try:
        model = zoo.create(
            options.model,
            num_classes=len(data.classes),
            input_shape=data.input_shape,
            **given,
        )
    except (TypeError, ValueError) as error:
        raise UserError(f"--model={options.model}: {error}") from error
    optimizer = _optimizer.make(
        options.optimizer,
        steps=options.epochs * data.steps,
        learning_rate=options.learning_rate,
        schedule=options.schedule,
        warmup_steps=round(options.warmup_epochs * data.steps),
        weight_decay=options.weight_decay,
        clip_norm=options.clip_norm,
        # Biases, scales and slopes.
        frozen=[v for v in model.trainable_variables if len(v.shape) < 2],
    )
    loss, weights, metrics = _loss(options, model), None, ["accuracy"]
    if options.aux_heads:
        loss = dict.fromkeys(model.output, loss)
        weights = dict.fromkeys(model.output, info.aux_weight) | {"logits": 1.0}
        metrics = {"logits": metrics}
    model.compile(
        optimizer,
        loss,
        loss_weights=weights,
        metrics=metrics,
        jit_compile=jit_compile,
    )
    return model


def classifier(model):
    """The model, without auxiliary classifiers."""
    if not isinstance(model.output, dict):
        return model
    return keras.Model(
        model.input, model.output["logits"], name=f"{model.name}_classifier"
    )


def _loss(options, model):
    has_codes = _has_codes(model)
    code = options.loss == "code" or (
        options.loss == "auto" and has_codes and not options.label_smoothing
    )
    if code and (not has_codes or options.label_smoothing):
        raise UserError(
            "--loss=code is for a network that ends in codes, such as lenet5, "
            "without --label_smoothing."
        )
    if code:
        return own_loss(model)
    if options.label_smoothing:
        return keras.losses.CategoricalCrossentropy(
            from_logits=True, label_smoothing=options.label_smoothing
        )
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def own_loss(model):
    """The loss that a network is made for, of integer labels."""
    if _has_codes(model):
        return _code_loss(model.layers[-1].codes.shape[1])
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def _has_codes(model):
    return isinstance(model.layers[-1], layers.RBFOutput)


def _code_loss(units):
    """Squared distance to the right class's code: LeCun et al. 1998, eq. 8.

    Divided by the length of the code, which keeps the gradients near 1.
    """

    def loss(labels, logits):
        labels = keras.ops.reshape(labels, (-1, 1))
        return -keras.ops.take_along_axis(logits, labels, axis=1)[:, 0] / units

    return loss


@dataclasses.dataclass
class HeldOut:
    """The held-out images that are kept, and how the model did on all."""

    right: int
    accuracy: float
    images: np.ndarray
    labels: np.ndarray
    logits: np.ndarray
    classes: list

    def save(self, path):
        """Writes what classify_saved_model.py reads."""
        np.savez_compressed(
            path,
            images=self.images,
            labels=self.labels,
            logits=self.logits,
            classes=self.classes,
        )


def predict(model, data, keep):
    """Evaluates on the held-out images; keeps the first `keep` of them."""
    right, kept = 0, []
    for images, labels in data.test:
        images, labels = images.numpy(), labels.numpy()
        if labels.ndim == 2:  # one-hot, for label smoothing
            labels = labels.argmax(axis=1)
        logits = model.predict_on_batch(images)
        right += int(np.sum(np.argmax(logits, axis=1) == labels))
        if sum(len(batch[0]) for batch in kept) < keep:
            kept.append((images, labels, logits))
    images, labels, logits = (
        np.concatenate(arrays)[:keep] for arrays in zip(*kept, strict=True)
    )
    return HeldOut(
        right=right,
        accuracy=right / data.test_count,
        images=images,
        labels=labels,
        logits=logits.astype("float32"),
        classes=data.classes,
    )
