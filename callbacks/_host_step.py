"""What passes in a training step on JAX and PyTorch.

On JAX the step is a function without side effects: the numbers are returned
beside its logs, and taken out of them before Keras sees them. PyTorch's step
runs line by line: they are handed on as they come.
"""

import functools

import keras

from zoo.callbacks import _naming, _watched
from zoo.callbacks._hooks import Shared
from zoo.callbacks._tap import inner, optimizers

KEY = "_zoo_passed"


class HostStep(Shared):
    """Tells listeners of each step, by `hear`.

    What passed is {kind: (names, numbers)}. Kinds: "gradients" and "clipped",
    halves of sums of squares; "updates", of kernels; "loss".
    """

    def open(self, model):
        self.model = model
        self._passing, self._names = {}, {}
        found = optimizers(model)
        self.optimizer = found[0] if len(found) == 1 else None
        self.hook(model, "train_step", self._train_step)
        if self.optimizer is not None:
            self.hook(inner(self.optimizer), "_clip_gradients", self._clip)

    def _train_step(self, train_step, *args):
        """Stands in the step's place."""
        raise NotImplementedError

    def _wants(self, setting):
        return any(getattr(x, setting, False) for x in self.listeners)

    def _pass(self, kind, names, numbers):
        self._names[kind] = tuple(names)
        self._passing[kind] = numbers

    def _tell(self, passed, data):
        named = {
            kind: (self._names.get(kind, ()), numbers)
            for kind, numbers in passed.items()
        }
        for listener in self.listeners:
            listener.hear(self, named, data)

    def _gradients(self, kind, grads, variables, scale=None):
        names = _naming.unique_paths(variables)
        pairs = [
            (name, keras.ops.cast(g, "float32"))
            for name, g in zip(names, grads, strict=True)
            if g is not None
        ]
        if not pairs:
            return
        factor = 1.0 if scale is None else 1.0 / scale
        squares = [keras.ops.sum((factor * g) ** 2) / 2 for _, g in pairs]
        self._pass(kind, [n for n, _ in pairs], keras.ops.stack(squares))

    def _clip(self, clip, grads):
        grads = clip(grads)
        if self._wants("after_clipping"):
            variables = self._clipped_of or self.model.trainable_variables
            self._gradients("clipped", grads, variables)
        return grads

    _clipped_of = None

    def _kernels(self, variables):
        """(index, path) of kernels among `variables`; none if not asked for."""
        if not self._wants("update_every"):
            return []
        known = _naming.kernels(self.model)
        names = _naming.unique_paths(variables)
        return [
            (i, name)
            for i, (name, v) in enumerate(zip(names, variables, strict=True))
            if id(v) in known
        ]

    def _updates(self, kernels, before, after):
        if not kernels:
            return
        ops = keras.ops
        ratios = []
        for (index, _), old in zip(kernels, before, strict=True):
            old = ops.cast(old, "float32")
            change = ops.norm(ops.cast(after[index], "float32") - old)
            size = ops.norm(old)
            ratios.append(ops.where(size > 0, change / size, 0.0))
        self._pass("updates", [n for _, n in kernels], ops.stack(ratios))


class JaxStep(HostStep):
    """The step of JAX."""

    def open(self, model):
        super().open(model)
        self.hook(model, "_update_metrics_variables", self._metrics)
        self.hook(model, "_make_function", self._make)
        if self.optimizer is not None:
            self.hook(self.optimizer, "stateless_apply", self._apply)

    def _train_step(self, train_step, state, data):
        self._passing = {}
        data = _watched.of(self.model).changed(data)
        logs, state = train_step(state, data)
        passed, self._passing = self._passing, {}
        return {**logs, KEY: passed}, state

    def _metrics(self, update, variables, loss, *args, **kwargs):
        self._pass("loss", (), loss)
        return update(variables, loss, *args, **kwargs)

    def _make(self, make, step, *args, **kwargs):
        @functools.wraps(step)
        def taken(state, data):
            logs, state = step(state, data)
            if isinstance(logs, dict) and KEY in logs:
                logs = dict(logs)
                self._tell(logs.pop(KEY), data)
            return logs, state

        return make(taken, *args, **kwargs)

    def _apply(self, apply, optimizer_variables, grads, trainable_variables):
        variables = self.model.trainable_variables
        optimizer = self.optimizer
        scale = getattr(optimizer, "loss_scale_factor", None)
        if hasattr(optimizer, "inner_optimizer"):
            place = [v is optimizer.dynamic_scale for v in optimizer.variables]
            scale = optimizer_variables[place.index(True)]
        self._gradients("gradients", grads, variables, scale)
        result = apply(optimizer_variables, grads, trainable_variables)
        kernels = self._kernels(variables)
        before = [trainable_variables[i] for i, _ in kernels]
        self._updates(kernels, before, result[0])
        return result


class TorchStep(HostStep):
    """The step of PyTorch."""

    def open(self, model):
        super().open(model)
        self.hook(model, "compute_loss", self._compute_loss)
        if self.optimizer is not None:
            self.hook(self.optimizer, "apply", self._apply)

    def _train_step(self, train_step, data):
        self._passing = {}
        data = _watched.of(self.model).changed(data)
        logs = train_step(data)
        passed, self._passing = self._passing, {}
        self._tell(passed, data)
        return logs

    def _compute_loss(self, compute_loss, *args, **kwargs):
        loss = compute_loss(*args, **kwargs)
        self._pass("loss", (), keras.ops.stop_gradient(loss))
        return loss

    def _apply(self, apply, grads, trainable_variables=None):
        optimizer = self.optimizer
        grads = list(grads)
        variables = list(trainable_variables or optimizer._trainable_variables)
        there = [
            (g, v)
            for g, v in zip(grads, variables, strict=True)
            if g is not None
        ]
        there, variables = [g for g, _ in there], [v for _, v in there]
        scale = getattr(optimizer, "loss_scale_factor", None)
        if hasattr(optimizer, "inner_optimizer"):
            built = optimizer.built
            scale = (
                optimizer.dynamic_scale.value
                if built
                else optimizer.initial_scale
            )
        self._gradients("gradients", there, variables, scale)
        self._clipped_of = variables
        kernels = self._kernels(variables)
        before = [keras.ops.copy(variables[i].value) for i, _ in kernels]
        apply(grads, trainable_variables)
        self._updates(kernels, before, [v.value for v in variables])


def step_of(model, recorder=None):
    """The kind of step of this backend.

    Raises:
        ValueError: What `recorder` is to see cannot be seen here.
    """
    backend = keras.backend.backend()
    if recorder is not None:
        found = optimizers(model)
        if len(found) != 1:
            raise ValueError(
                f"On {backend} the gradients of one optimizer can be seen; "
                f"this model has {len(found)}."
            )
        (optimizer,) = found
        several = getattr(optimizer, "gradient_accumulation_steps", None)
        wraps = hasattr(optimizer, "inner_optimizer")
        if recorder.after_clipping and backend == "jax" and (several or wraps):
            raise ValueError(
                "after_clipping=True cannot be seen on jax under gradient "
                "accumulation or a dynamic loss scale: they are clipped in a "
                "branch of the step."
            )
    if backend == "torch" and model.jit_compile:
        raise ValueError(
            "torch.compile hides the training step: compile the model with "
            "jit_compile=False to watch it on torch."
        )
    return {"jax": JaxStep, "torch": TorchStep}[backend]
