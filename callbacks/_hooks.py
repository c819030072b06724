"""Hooks: what stands in the place of a method of one object."""

import contextlib


class Hook:
    """Calls `around(method, *args, **kwargs)` in place of a method.

    It stands in the object's `__dict__`, set past Keras's attribute tracking:
    nothing that saves, clones or pickles a model can see it.

    Args:
        instance: The object.
        name: Name of the method.
        around: Function of the method that was there, and its arguments.
        shared: The `Shared` that the hook belongs to, if any.
    """

    def __init__(self, instance, name, around, shared=None):
        self.instance, self.name, self.shared = instance, name, shared
        self._own = instance.__dict__.get(name)
        self._method = getattr(instance, name)
        self._around = around
        object.__setattr__(instance, name, self)

    def __call__(self, *args, **kwargs):
        return self._around(self._method, *args, **kwargs)

    def remove(self):
        """Gives the object its method back."""
        if self._own is None:
            self.instance.__dict__.pop(self.name, None)
        else:
            object.__setattr__(self.instance, self.name, self._own)


class Shared:
    """Hooks that serve all listeners of one `fit`.

    Subclasses name the `place` of their first hook, `open` all of them, and
    tell `listeners` what passes.
    """

    def __init__(self, model, fit):
        self.fit = fit
        self.listeners = []
        with contextlib.ExitStack() as undo:
            self.hooks = []
            undo.callback(self.remove)
            self.open(model)
            undo.pop_all()

    @staticmethod
    def place(model):
        """(object, name of its method) of the first hook."""
        raise NotImplementedError

    def open(self, model):
        """Sets the hooks by `hook`."""
        raise NotImplementedError

    def hook(self, instance, name, around):
        self.hooks.append(Hook(instance, name, around, shared=self))

    def remove(self):
        while self.hooks:
            self.hooks.pop().remove()

    @classmethod
    def there(cls, model):
        """The one that is in place on `model`, or None."""
        instance, name = cls.place(model)
        shared = getattr(instance.__dict__.get(name), "shared", None)
        return shared if isinstance(shared, cls) else None

    @classmethod
    def attach(cls, model, listener, fit):
        """Lets `listener` hear what passes in the training steps of `model`.

        Args:
            model: A compiled model.
            listener: What `open` of the class expects.
            fit: Any object that stands for one call of `fit`. Hooks that
                another one left behind, as an exception does, are removed.
        """
        shared = cls.there(model)
        if shared is not None and shared.fit is not fit:
            shared.remove()
            shared = None
        shared = shared or cls(model, fit)
        shared.listeners.append(listener)
        model.make_train_function(force=True)

    @classmethod
    def detach(cls, model, listener):
        """Removes a listener, and the hooks with the last of them."""
        shared = cls.there(model)
        if shared is not None and listener in shared.listeners:
            shared.listeners.remove(listener)
            if not shared.listeners:
                shared.remove()
            model.make_train_function(force=True)
