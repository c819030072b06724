"""A tap on `optimizer.apply`: where the gradients of the real step pass."""

import functools

import keras

from zoo.callbacks import _naming
from zoo.callbacks._hooks import Shared
from zoo.callbacks._tf import tf


class Tap(Shared):
    """Tells `Recorder`s of each step's gradients."""

    def open(self, model):
        self.model = model
        for optimizer in optimizers(model):
            self.hook(
                optimizer, "apply", functools.partial(self._apply, optimizer)
            )
            self.hook(
                inner(optimizer),  # where clipping happens
                "_clip_gradients",
                functools.partial(self._clip, optimizer),
            )

    def _apply(self, optimizer, apply, grads, trainable_variables=None):
        grads = list(grads)
        variables = list(trainable_variables or optimizer._trainable_variables)
        names = _naming.unique_paths(variables)
        self._names = {id(v): n for v, n in zip(variables, names, strict=True)}
        self._updated = [
            v for g, v in zip(grads, variables, strict=True) if g is not None
        ]
        known = _naming.kernels(self.model)
        kernels = {
            self._names[id(v)]: v for v in self._updated if id(v) in known
        }
        self._record(
            optimizer, False, _unscaled(optimizer, grads, variables), variables
        )
        for recorder in self.listeners:
            recorder.before_update(optimizer, kernels)
        apply(grads, trainable_variables)
        for recorder in self.listeners:
            recorder.after_update(optimizer, kernels)

    def _clip(self, optimizer, clip, grads):
        grads = clip(grads)
        self._record(optimizer, True, grads, self._updated)
        return grads

    def _record(self, optimizer, after_clipping, grads, variables):
        recorders = [
            r for r in self.listeners if r.after_clipping == after_clipping
        ]
        if not recorders or not self._updated:
            return  # without any gradient Keras says so itself
        pairs = [
            (self._names[id(v)], tf.convert_to_tensor(g))
            for g, v in zip(grads, variables, strict=True)
            if g is not None
        ]
        names, grads = (list(column) for column in zip(*pairs, strict=True))
        context = tf.distribute.get_replica_context()
        if context and context.num_replicas_in_sync > 1:
            # Keras sums them too, but only later, inside the update.
            grads = context.all_reduce(tf.distribute.ReduceOp.SUM, grads)
        for recorder in recorders:
            recorder.record(optimizer, names, grads)


def optimizers(model):
    """The model's optimizer, then those that its own `train_step` applies.

    The latter are attributes of the model, such as a GAN's two.
    """
    own = [
        value
        for attribute in vars(model).values()
        for value in _flat(attribute)
        if isinstance(value, keras.optimizers.Optimizer)
    ]
    first = getattr(model, "optimizer", None)
    found = [first, *own] if first is not None else own
    # A wrapped or combined one is applied by the one that holds it.
    held = [
        inner
        for optimizer in found
        for inner in (
            getattr(optimizer, "inner_optimizer", None),
            *getattr(optimizer, "optimizers", ()),
        )
    ]
    return [
        o
        for o in {id(o): o for o in found}.values()
        if not any(o is inner for inner in held)
    ]


def inner(optimizer):
    """The one that a LossScaleOptimizer wraps, or itself."""
    return getattr(optimizer, "inner_optimizer", optimizer)


def _flat(value):
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _unscaled(optimizer, grads, variables):
    scale = optimizer.loss_scale_factor
    if hasattr(optimizer, "inner_optimizer"):
        built = optimizer.built
        scale = optimizer.dynamic_scale if built else optimizer.initial_scale
    if scale is None:
        return grads
    return [
        g
        if g is None or getattr(v, "overwrite_with_gradient", False)
        else tf.convert_to_tensor(g) / tf.cast(scale, g.dtype)
        for g, v in zip(grads, variables, strict=True)
    ]


def attach(model, recorder, fit):
    """Lets `recorder` see the gradients of `model`'s training steps.

    Raises:
        ValueError: The model has no optimizer, or several of which each clips
            its own gradients.
    """
    found = optimizers(model)
    if not found:
        raise ValueError(
            "The gradients are read where the optimizer applies them, and "
            "this model has none: compile it with an optimizer."
        )
    for optimizer in found:
        if recorder.after_clipping and hasattr(optimizer, "optimizers"):
            raise ValueError(
                "after_clipping=True needs one optimizer, for each clips its "
                f"own gradients; received {type(optimizer).__name__}."
            )
    Tap.attach(model, recorder, fit)
