"""Makes Keras's `fit` right for several devices of TensorFlow.

`prepare` sets hooks on one compiled model; docs/tensorflow.md tells each fault
that they work around. Models without a strategy are left as they are.
"""

import threading

import keras
import tensorflow as tf

from zoo.callbacks._hooks import Hook
from zoo.training.devices import Devices


def prepare(model: keras.Model, devices: Devices, spec, size: int) -> None:
    """Makes a compiled model ready for `fit` on its devices.

    Args:
        model: A model that was made and compiled in `devices.scope()`.
        devices: Devices with a strategy.
        spec: The element_spec of its batches.
        size: Images of a step, on all devices.
    """
    for hook in vars(model).pop("_devices_hooks", ()):
        hook.remove()
    with devices.scope():
        model._symbolic_build(data_batch=spec)
    hooks = [Hook(model, "_maybe_symbolic_build", _nothing)]
    optimizer = model.optimizer
    inner = getattr(optimizer, "inner_optimizer", optimizer)
    if size % devices.replicas:
        weights = _Weights(devices.replicas / size)
        hooks.append(Hook(model, "train_step", weights.step))
        hooks.append(Hook(optimizer, "scale_loss", weights.scale))
    if inner.clipnorm or inner.global_clipnorm or inner.clipvalue:
        hooks.append(Hook(inner, "_clip_gradients", _clip_sum))
        hooks.append(Hook(inner, "_all_reduce_sum_gradients", _already))
    if devices.role.workers > 1:
        hooks += [
            Hook(model, name, _as_vectors)
            for name in ("train_step", "test_step")
        ]
    object.__setattr__(model, "_devices_hooks", hooks)


def _nothing(build, **_):
    """In place of `_maybe_symbolic_build`, which adds the devices' images."""


class _Weights:
    """Weighs the losses of devices that have different numbers of images.

    Keras takes the mean of the devices' means. The devices are threads, of
    which another may go on in the middle of a step.
    """

    def __init__(self, share):
        self._share, self._images = share, {}

    def step(self, step, data):
        images = tf.shape(tf.nest.flatten(data)[0])[0]
        self._images[threading.get_ident()] = images
        return step(data)

    def scale(self, scale, loss):
        weight = (
            tf.cast(self._images[threading.get_ident()], "float32")
            * self._share
        )
        return scale(loss * tf.cast(weight, loss.dtype))


def _clip_sum(clip, gradients):
    """Clips the sum over the devices, where Keras clips each one's part."""
    context = tf.distribute.get_replica_context()
    there = [g for g in gradients if g is not None]
    summed = iter(context.all_reduce(tf.distribute.ReduceOp.SUM, there))
    return clip([g if g is None else next(summed) for g in gradients])


def _already(_, pairs):
    """In place of the sum over the devices, which `_clip_sum` has taken."""
    return pairs


def _as_vectors(step, data):
    """Logs of shape [1]: Keras reduces those of workers along an axis."""
    return {name: tf.reshape(v, [1]) for name, v in step(data).items()}


class AveragesStatistics(keras.callbacks.Callback):
    """Gives all devices the same moving averages, after each epoch's steps.

    Each device moves its own copy by its own images; the mean of the copies
    takes their place before the epoch is validated and saved.
    """

    def __init__(self, devices: Devices) -> None:
        super().__init__()
        self._devices = devices
        self._average = None

    def on_train_begin(self, logs=None):
        self._average = None

    def on_test_begin(self, logs=None):
        if self._average is None:
            self._average = _averager(self.model, self._devices.strategy)
        self._average()


def _averager(model, strategy):
    """A function that averages the devices' copies of float statistics."""
    variables = [
        v.value
        for v in model.non_trainable_weights
        if keras.backend.is_float_dtype(v.dtype)
    ]
    if not variables:
        return _nothing_to_do

    def average():
        context = tf.distribute.get_replica_context()
        means = context.all_reduce(
            tf.distribute.ReduceOp.MEAN, [tf.identity(v) for v in variables]
        )
        for variable, mean in zip(variables, means, strict=True):
            variable.assign(mean)

    return tf.function(lambda: strategy.run(average), autograph=False)


def _nothing_to_do():
    pass


def spread_seeds(model: keras.Model, devices: Devices) -> None:
    """Gives each device random numbers of its own, as dropout draws.

    The first device keeps its seeds, which are those that are saved.
    """
    seeds = [
        generator.state.value
        for layer in model._flatten_layers()
        for generator in getattr(layer, "_seed_generators", ())
    ]
    if not seeds:
        return

    def spread():
        number = tf.distribute.get_replica_context().replica_id_in_sync_group
        for seed in {id(s): s for s in seeds}.values():
            offset = tf.stack([tf.cast(number, seed.dtype) * 7919, 0])
            seed.assign(tf.identity(seed) + offset)

    tf.function(lambda: devices.strategy.run(spread), autograph=False)()


def plain(model: keras.Model) -> keras.Model:
    """The same model for one device, with the first device's weights."""
    alone = type(model).from_config(model.get_config())
    alone.set_weights(model.get_weights())
    return alone
