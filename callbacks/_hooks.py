"""Hooks: what stands in the place of a method of one object."""

import contextlib

from zoo.callbacks import _watched


class Hook:
    """Calls `around(method, *args, **kwargs)` in place of a method.

    It stands in the object's `__dict__`, set past Keras's attribute tracking:
    nothing that saves, clones or pickles a model can see it.

    Args:
        instance: The object.
        name: Name of the method.
        around: Function of the method that was there, and its arguments.
    """

    def __init__(self, instance, name, around):
        self.instance, self.name = instance, name
        self._own = instance.__dict__.get(name)
        self.method = getattr(instance, name)
        self._around = around
        self.put()

    def __call__(self, *args, **kwargs):
        return self._around(self.method, *args, **kwargs)

    def put(self):
        """Stands in the method's place, again where it was removed."""
        object.__setattr__(self.instance, self.name, self)

    def remove(self):
        """Gives the object its method back."""
        if self._own is None:
            self.instance.__dict__.pop(self.name, None)
        else:
            object.__setattr__(self.instance, self.name, self._own)

    def stands_for(self, other):
        """Whether both are around the same method of the same object."""
        same = self.instance is other.instance and self.name == other.name
        return same and self.method == other.method


class Shared:
    """Hooks that serve all listeners of one `fit`.

    Subclasses set all of them in `open`, by `hook`, and tell `listeners` what
    passes. A listener has a `state`, what the traced step writes to; `adopt`
    takes the state of an equal one, and `setting` tells which are equal.
    """

    def __init__(self, model):
        self.listeners = []
        with contextlib.ExitStack() as undo:
            self.hooks = []
            undo.callback(self.remove)
            self.open(model)
            undo.pop_all()

    def open(self, model):
        """Sets the hooks by `hook`."""
        raise NotImplementedError

    def hook(self, instance, name, around):
        self.hooks.append(Hook(instance, name, around))

    def put(self):
        """Sets hooks that were removed."""
        for hook in self.hooks:
            hook.put()

    def remove(self):
        """Removes the hooks; `put` sets them again."""
        for hook in reversed(self.hooks):
            hook.remove()

    def stands_for(self, other):
        """Whether its hooks are where those of `other` are."""
        return len(self.hooks) == len(other.hooks) and all(
            a.stands_for(b)
            for a, b in zip(self.hooks, other.hooks, strict=True)
        )

    @classmethod
    def attach(cls, model, listener, fit):
        """Lets `listener` hear what passes in the training steps of `model`.

        Args:
            model: A compiled model.
            listener: What `open` of the class expects.
            fit: Any object that stands for one call of `fit`. Hooks that
                another one left behind, as an exception does, are removed.
        """
        _watched.of(model).attach(cls, listener, fit)

    @classmethod
    def detach(cls, model, listener):
        """Removes a listener, and the hooks with the last of them."""
        _watched.of(model).detach(cls, listener)
