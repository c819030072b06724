"""A tap on `optimizer.apply`: where the gradients of the real step pass.

One tap serves all monitors of one `fit`. It lives in the optimizer's
`__dict__`, set past Keras's attribute tracking, so that nothing that saves,
clones or pickles the model can see it.
"""

from zoo.callbacks._tf import tf


class Tap:
    def __init__(self, optimizer, fit):
        self.optimizer = optimizer
        self.fit = fit
        self.recorders = []
        # Clipping happens in the optimizer that a LossScaleOptimizer wraps.
        self.inner = getattr(optimizer, "inner_optimizer", optimizer)
        self._apply = optimizer.apply
        self._clip = self.inner._clip_gradients
        object.__setattr__(optimizer, "apply", self)
        object.__setattr__(self.inner, "_clip_gradients", self._clipped)

    def remove(self):
        self.optimizer.__dict__.pop("apply", None)
        self.inner.__dict__.pop("_clip_gradients", None)

    def __call__(self, grads, trainable_variables=None):
        grads = list(grads)
        variables = list(
            trainable_variables or self.optimizer._trainable_variables
        )
        self._names = dict(
            zip(map(id, variables), unique_paths(variables), strict=True)
        )
        self._updated = [
            v for g, v in zip(grads, variables, strict=True) if g is not None
        ]
        self._record(False, self._unscaled(grads, variables), variables)
        for recorder in self.recorders:
            recorder.before_update(self.optimizer, self._names, self._updated)
        self._apply(grads, trainable_variables)
        for recorder in self.recorders:
            recorder.after_update(self._names, self._updated)

    def _clipped(self, grads):
        grads = self._clip(grads)
        self._record(True, grads, self._updated)
        return grads

    def _record(self, after_clipping, grads, variables):
        recorders = [
            r for r in self.recorders if r.after_clipping == after_clipping
        ]
        if not recorders:
            return
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
    """Let `recorder` see the gradients of `model`'s training steps.

    `fit` is any object that stands for one call of `fit`: a tap that another
    one left behind, as an exception does, is taken away first.
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
    tap = optimizer.__dict__.get("apply")
    if not isinstance(tap, Tap) or tap.fit is not fit:
        if isinstance(tap, Tap):
            tap.remove()
        tap = Tap(optimizer, fit)
    tap.recorders.append(recorder)
    model.make_train_function(force=True)


def detach(model, recorder):
    tap = model.optimizer.__dict__.get("apply")
    if isinstance(tap, Tap) and recorder in tap.recorders:
        tap.recorders.remove(recorder)
        if not tap.recorders:
            tap.remove()
        model.make_train_function(force=True)


def unique_paths(variables):
    """Paths of `variables`; a second "conv/kernel" becomes "conv/kernel#2"."""
    seen = {}
    paths = []
    for variable in variables:
        path = getattr(variable, "path", variable.name)
        seen[path] = seen.get(path, 0) + 1
        paths.append(path if seen[path] == 1 else f"{path}#{seen[path]}")
    return paths
