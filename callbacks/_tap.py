"""A tap on `optimizer.apply`: where the gradients of the real step pass."""

from zoo.callbacks import _naming
from zoo.callbacks._hooks import Shared
from zoo.callbacks._tf import tf


class Tap(Shared):
    """Tells `Recorder`s of each step's gradients."""

    @staticmethod
    def place(model):
        return model.optimizer, "apply"

    def open(self, model):
        self.model, self.optimizer = model, model.optimizer
        # Clipping happens in the optimizer that a LossScaleOptimizer wraps.
        inner = getattr(self.optimizer, "inner_optimizer", self.optimizer)
        self.hook(self.optimizer, "apply", self._apply)
        self.hook(inner, "_clip_gradients", self._clip)

    def _apply(self, apply, grads, trainable_variables=None):
        grads = list(grads)
        variables = list(
            trainable_variables or self.optimizer._trainable_variables
        )
        names = _naming.unique_paths(variables)
        self._names = {id(v): n for v, n in zip(variables, names, strict=True)}
        self._updated = [
            v for g, v in zip(grads, variables, strict=True) if g is not None
        ]
        known = _naming.kernels(self.model)
        kernels = {
            self._names[id(v)]: v for v in self._updated if id(v) in known
        }
        self._record(False, self._unscaled(grads, variables), variables)
        for recorder in self.listeners:
            recorder.before_update(self.optimizer, kernels)
        apply(grads, trainable_variables)
        for recorder in self.listeners:
            recorder.after_update(kernels)

    def _clip(self, clip, grads):
        grads = clip(grads)
        self._record(True, grads, self._updated)
        return grads

    def _record(self, after_clipping, grads, variables):
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
            recorder.record(self.optimizer, names, grads)

    def _unscaled(self, grads, variables):
        optimizer = self.optimizer
        scale = optimizer.loss_scale_factor
        if hasattr(optimizer, "inner_optimizer"):
            built = optimizer.built
            scale = (
                optimizer.dynamic_scale if built else optimizer.initial_scale
            )
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
    optimizer = getattr(model, "optimizer", None)
    if optimizer is None:
        raise ValueError(
            "The gradients are read where the optimizer applies them, and "
            "this model has none: compile it with an optimizer."
        )
    if recorder.after_clipping and hasattr(optimizer, "optimizers"):
        raise ValueError(
            "after_clipping=True needs one optimizer, for each clips its own "
            f"gradients; received {type(optimizer).__name__}."
        )
    Tap.attach(model, recorder, fit)
