"""What a model keeps of one watched `fit` for the next: the traced step.

Tracing a step takes as long as many steps. A `fit` whose listeners are equal
to those of the last one gets the function that was traced then, and writes to
the same variables.
"""

import dataclasses
import operator
from typing import Any

PLACE = "_zoo_watched"


@dataclasses.dataclass
class Kept:
    """A training function with listeners in it.

    Attributes:
        objects: What it was made of: the model's own function, its weights.
        settings: Settings of the model and of the listeners.
        shared: {class: its `Shared`}, whose hooks the function calls.
        states: What the listeners' parts of it write to.
        function: The function.
    """

    objects: list
    settings: list
    shared: dict
    states: list
    function: Any

    def serves(self, other):
        """Whether a function made now would do what this one does."""
        return (
            self.settings == other.settings
            and len(self.objects) == len(other.objects)
            and all(map(operator.is_, self.objects, other.objects))
            and list(self.shared) == list(other.shared)
            and all(
                shared.stands_for(other.shared[kind])
                for kind, shared in self.shared.items()
            )
        )


class Watched:
    """The training function of a model, with and without listeners.

    Attributes:
        probes: What `Probe`s have traced of the model, by what they read.
        changes: Functions that each step's data pass through first.
        look: Function that is called behind each step of this `fit` until it
            gives False. A callback of batches would make Keras wait for the
            logs of every step.
    """

    def __init__(self, model):
        self.model = model
        self.probes = {}
        self.changes = []
        self.look: Any = None
        self._fit = None
        self._shared = {}
        self._kept: Kept | None = None
        # The model's own function, while ours stands in its place.
        self._plain: Any = None
        self._ours: Any = None

    def attach(self, kind, listener, fit):
        """Lets a listener hear what passes a `kind` of `Shared`."""
        if self._fit is not fit:
            self._close()
            self._fit = fit
        if kind not in self._shared:
            self._shared[kind] = kind(self.model)
        self._shared[kind].listeners.append(listener)
        self._open()

    def detach(self, kind, listener):
        """Removes a listener, with the last one all hooks."""
        shared = self._shared.get(kind)
        if shared is None or listener not in shared.listeners:
            return
        shared.listeners.remove(listener)
        if not shared.listeners:
            self._shared.pop(kind).remove()
        if self._shared:
            self._open()
        else:
            self._close()

    def changed(self, data):
        """A step's data, after all `changes`."""
        for change in self.changes:
            data = change(data)
        return data

    def renew(self):
        """What is traced from now on is another training: nothing is kept."""
        for kind, shared in self._shared.items():
            listeners, shared.listeners = shared.listeners, []
            shared.remove()
            self._shared[kind] = kind(self.model)
            self._shared[kind].listeners = listeners
        self.probes.clear()
        self._kept = None
        for name in ("test_function", "predict_function"):
            setattr(self.model, name, None)
        if self._shared:
            self._open()
            self._plain = None
        else:
            self.model.make_train_function(force=True)

    def _open(self):
        """The next step has a function with the listeners of then."""
        if self._ours is None:
            self._plain = self.model.train_function
        self._ours = self.model.train_function = self._first_step

    def _first_step(self, *args):
        now = self._now()
        if self._kept is not None and self._kept.serves(now):
            self._resume(self._kept)
        else:
            self.model.make_train_function(force=True)
            now.function = self.model.train_function
            self._kept = now
        function = self._kept.function
        if self.look is not None:
            function = self._looked_at
        self._ours = self.model.train_function = function
        return function(*args)

    def _looked_at(self, *args):
        kept = self._kept
        assert kept is not None
        logs = kept.function(*args)
        if self.look is None or not self.look():
            self.look = None
            self._ours = self.model.train_function = kept.function
        return logs

    def _now(self):
        listeners = self._listeners()
        model = self.model
        # The user's own, also where a hook stands in its place.
        step = getattr(model.train_step, "method", model.train_step)
        return Kept(
            [self._plain, *model.trainable_variables],
            [
                *(bool(model.run_eagerly), bool(model.jit_compile)),
                *(step, model.steps_per_execution),
                getattr(model, "unrolled_steps_per_execution", 1),
                *self.changes,
                *((type(x), x.setting()) for x in listeners),
            ],
            dict(self._shared),
            [listener.state for listener in listeners],
            None,
        )

    def _resume(self, kept):
        for listener, state in zip(self._listeners(), kept.states, strict=True):
            listener.adopt(state)
        for kind, shared in self._shared.items():
            shared.remove()
            # What the function calls where it has to be traced once more.
            kept.shared[kind].listeners = shared.listeners
            kept.shared[kind].put()
        self._shared = dict(kept.shared)

    def _listeners(self):
        return [x for shared in self._shared.values() for x in shared.listeners]

    def _close(self):
        for shared in self._shared.values():
            shared.listeners.clear()
            shared.remove()
        self._shared.clear()
        self._fit = self.look = None
        if self._ours is None:
            return
        ours = self.model.train_function is self._ours
        self.model.train_function = self._plain
        if not ours or self._plain is None:  # one that has no hooks in it
            self.model.make_train_function(force=True)
        self._plain = self._ours = None


def of(model) -> Watched:
    """What is kept of a model; past Keras's tracking, as hooks are."""
    found = model.__dict__.get(PLACE)
    if found is None or found.model is not model:
        found = Watched(model)
        object.__setattr__(model, PLACE, found)
    return found
