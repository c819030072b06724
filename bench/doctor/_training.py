"""Builds a training out of data, a network, and settings."""

import keras
import numpy as np

from bench.doctor._program import Training

SPARSE = "sparse_categorical_crossentropy"
COMPILE = (
    "loss",
    "optimizer",
    "metrics",
    "weighted_metrics",
    "run_eagerly",
    "steps_per_execution",
    "auto_scale_loss",
)
FIT = ("epochs", "batch_size", "shuffle", "class_weight", "callbacks")


def same(value):
    return value


def build(
    data,
    net,
    score,
    rows=None,
    x=same,
    train_x=same,
    valid_x=same,
    unit=same,
    labels=same,
    train_labels=same,
    encode=same,
    select=None,
    validation=True,
    sample_weight=None,
    prepare=None,
    dataset=None,
    copy=False,
    **settings,
):
    """A `Training`.

    Args:
        data: Function that gives it; see _data.py.
        net: Function of the inputs' shape and of `settings`.
        score: A function of _quality.py.
        rows: Trains on the first so many rows.
        x: Changes all inputs; `train_x` those to train on, `valid_x` the
            others.
        unit: Changes all targets, those that it is judged by too.
        labels: Makes all labels wrong; `train_labels` those to train on.
        encode: How the labels are written for the loss: one-hot, say.
        select: Gives indices of the rows to train on, from their labels.
        validation: Whether `fit` validates.
        sample_weight: Function of the labels to train on.
        prepare: Is given the model before it is compiled, and may give
            another.
        dataset: Turns (x, y, batch size) into what `fit` is given.
        copy: The targets are the inputs.
        **settings: Arguments of the network, `compile` and `fit`.
    """
    a, b, va, vb = data()
    if copy:
        b, vb = x(a), x(va)
    if select is not None:
        index = select(b)
        a, b = a[index], b[index]
    a, b = train_x(x(a[:rows])), unit(b[:rows])
    va, truth = valid_x(x(va)), unit(vb)
    b, vb = encode(train_labels(labels(b))), encode(labels(truth))
    compiled = {k: settings.pop(k) for k in COMPILE if k in settings}
    fit = {k: settings.pop(k) for k in FIT if k in settings}
    model = net(a.shape[1:], **settings)
    if prepare:
        model = prepare(model) or model
    if callable(compiled["optimizer"]):
        compiled["optimizer"] = compiled["optimizer"]()
    metrics = [m if isinstance(m, str) else m() for m in compiled["metrics"]]
    compiled["metrics"] = metrics or None
    model.compile(**{"jit_compile": False, **compiled})
    if sample_weight:
        fit["sample_weight"] = sample_weight(b)
    if validation:
        fit["validation_data"] = (va, vb)
    if callable(fit.get("callbacks")):
        fit["callbacks"] = fit["callbacks"]()
    fit |= {"x": a, "y": b, "verbose": 0}
    if dataset:
        fit |= {"x": dataset(a, b, fit.pop("batch_size")), "y": None}
    return Training(
        model,
        fit,
        lambda model: score(model, va, truth),
        (a[:256], np.asarray(b)[:256]),
    )


def fit(model, x, y, validation, score, epochs=8, **settings):
    settings = {"batch_size": 32, "verbose": 0, **settings}
    fit = {"x": x, "y": y, "epochs": epochs, **settings}
    fit["validation_data"] = validation
    sample = keras.tree.map_structure(lambda a: a[:256], (x, y))
    return Training(model, fit, score, sample)


def compiled(model, loss=SPARSE, rate=1e-3, metrics=("accuracy",), **settings):
    model.compile(
        keras.optimizers.Adam(rate),
        loss,
        metrics=list(metrics) or None,
        jit_compile=False,
        **settings,
    )
    return model
