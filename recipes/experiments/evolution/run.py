"""One training of one network, and what a step takes."""

import math

import keras

import zoo
from zoo.recipes.experiments.evolution.design import (
    AS_PUBLISHED,
    BATCH_SIZE,
    NETWORKS,
    SIDE,
    SIZES,
    kind,
)
from zoo.recipes.lab import footprint, networks, runs
from zoo.training import losses


def run(setting):
    name = setting["network"]
    data = runs.load(
        setting,
        batch_size=BATCH_SIZE,
        image_size=2 * (SIZES.get(name, SIDE),),
    )
    model = network(name, data)
    normalized = networks.is_normalized(model)
    steps = setting["epochs"] * data.steps
    row = runs.train(
        model,
        data,
        epochs=setting["epochs"],
        learning_rate=0.003 if normalized else 0.001,
        schedule="cosine",
        warmup_steps=steps // 10,
        loss=losses.make(model),
    )
    depthwise = any(
        isinstance(layer, keras.layers.DepthwiseConv2D)
        for layer in model.layers
    )
    maps = [layer for layer in model.layers if hasattr(layer, "kernel")]
    row |= {
        "kind": kind(normalized, depthwise),
        "images": steps * BATCH_SIZE,
        "multiply_adds": zoo.count_macs(model),
        "outputs": sum(math.prod(layer.output.shape[1:]) for layer in maps),
    }
    if setting["timed_steps"]:
        row |= footprint.measure(model, BATCH_SIZE, setting["timed_steps"])
        cost = row["processor_seconds_step"] / BATCH_SIZE / row["multiply_adds"]
        row["nanoseconds_multiply_add"] = 1e9 * cost
    return row


def network(name, data):
    """The small form of a network of the design."""
    _, share, form, options = NETWORKS[name]
    model = networks.form(form, data, **options)
    return model if name in AS_PUBLISHED else networks.adapted(model, share)
