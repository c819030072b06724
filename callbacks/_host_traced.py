"""A model's pass on JAX and PyTorch, and what is read off it.

There is no graph to read: layers are watched while they are called, and
activations where Keras's backend computes them.
"""

import contextlib
import importlib

import keras

from zoo.callbacks import _calls, _host_values, _naming
from zoo.callbacks._hooks import Hook
from zoo.callbacks._sites import Site, of_recurrent
from zoo.callbacks._structure import ENTRIES, Entry, Structure, kernel_of
from zoo.callbacks._traced import VALUES, Traced

KINDS = {
    "relu": "relu",
    "relu6": "relu",
    "leaky_relu": "leaky",
    "elu": "leaky",
    "selu": "leaky",
    "celu": "leaky",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
}
ENDS = ("softmax", "log_softmax", "sigmoid", "tanh", "relu", "relu6")
# Layers that are made of several ReLUs: none of them dies.
LEAKY = ("PReLU", "RReLU", "LeakyReLU", "ELU")


class HostTraced(Traced):
    """The `Traced` of JAX and PyTorch."""

    def _made(self, model, x, static, wanted):
        def run(x):
            with _Pass(model) as seen:
                outputs = seen.run(x)
            return self._read(seen, x, outputs, wanted)

        run = _compiled(model, run)
        run(keras.tree.map_structure(lambda a: a[: self.batch], x))
        return run

    def _read(self, seen, x, outputs, wanted):
        self._forget()
        values, rows, ranges, actives = [], [], [], []
        count = VALUES * len(keras.tree.flatten(x)[0])
        flat = keras.tree.flatten(outputs)
        if "structure" in wanted:
            self.structure = seen.structure(x, flat)
            ranges = [
                _host_values.extent(e.inputs) for e in self.structure.entries
            ]
            rows = [_host_values.rows(t) for t in flat]
        if "sites" in wanted:
            self.sites = seen.sites()
            ends = {id(tensor) for tensor in flat}
            for site in self.sites:
                site.is_output = id(site.output) in ends
            actives = [site.active for site in self.sites]
        if "layers" in wanted:
            for call in _calls.leaves(seen.calls):
                made = keras.tree.flatten(call.outputs)
                if made and _host_values.is_floating(made[0]):
                    self.layers.append(call.name)
                    values.append(_host_values.values(made[0], count))
        self._release()
        return actives, values, rows, ranges


def _compiled(model, run):
    """`run` as this backend runs it fast, without side effects."""
    if keras.backend.backend() != "jax":
        torch = importlib.import_module("torch")

        def without_gradients(x):
            x = keras.tree.map_structure(keras.ops.convert_to_tensor, x)
            with torch.no_grad():
                return run(x)

        return without_gradients
    import jax

    variables = model.variables

    @jax.jit
    def stateless(values, x):
        mapping = list(zip(variables, values, strict=True))
        with keras.StatelessScope(state_mapping=mapping):
            return run(x)

    return lambda x: stateless([v.value for v in variables], x)


class _Pass:
    """Watches the calls of layers and activations of one pass."""

    def __init__(self, model):
        self.model = model
        self.calls, self._uses, self._stack, self._found = [], {}, [], []

    def __enter__(self):
        self._hooks = contextlib.ExitStack()
        backend = keras.src.backend
        with contextlib.ExitStack() as undo:
            for operation in _calls.operations(self.model):
                undo.callback(self._watch(operation).remove)
            for module in (backend.nn, backend.numpy):
                for name in {*KINDS, *ENDS} & set(vars(module)):
                    undo.callback(_patch(module, name, self._activation))
            self._hooks = undo.pop_all()
        return self

    def __exit__(self, *error):
        self._hooks.close()

    def run(self, x):
        if self.model._call_has_training_arg:
            return self.model(x, training=False)
        return self.model(x)

    def _watch(self, operation):
        def around(call, *args, **kwargs):
            if any(_calls.loops(o) for o, _ in self._stack):
                return call(*args, **kwargs)  # in the loop of an RNN
            name = _naming.layer_name(operation)
            use = self._uses[id(operation)] = (
                self._uses.get(id(operation), 0) + 1
            )
            name = name if use == 1 else f"{name}#{use}"
            before = len(self.calls)
            self._stack.append((operation, name))
            try:
                outputs = call(*args, **kwargs)
            finally:
                self._stack.pop()
            inner = len(self.calls) - before
            self.calls.append(
                _calls.Call(operation, name, 0, 0, args, outputs, inner)
            )
            return outputs

        return Hook(operation, "call", around)

    def _activation(self, name, function, x, *args, **kwargs):
        outputs = function(x, *args, **kwargs)
        inside = any(_calls.loops(o) for o, _ in self._stack)
        if not inside and self._stack:
            self._found.append((name, *self._stack[-1], outputs))
        return outputs

    def sites(self):
        found, done = [], set()
        for name, layer, path, y in self._found:
            kind = KINDS.get(name)
            leaky = type(layer).__name__ in LEAKY
            if kind is None or len(y.shape) < 2 or (leaky and path in done):
                continue
            done.add(path)
            found.append((path, "leaky" if leaky else kind, layer, y))
        for call, kind, y in of_recurrent(_calls.leaves(self.calls)):
            found.append((call.name, kind, call.layer, y))
        names = _naming.unique([path for path, *_ in found])
        return [
            Site(name, kind, layer, y, _host_values.active(kind, y, layer))
            for name, (_, kind, layer, y) in zip(names, found, strict=True)
        ]

    def structure(self, x, outputs):
        """Last activations and first layers; chains are not looked for."""
        ends = {id(y): name for name, _, _, y in self._found if name in ENDS}
        weighted = {
            id(y)
            for call in _calls.leaves(self.calls)
            if kernel_of(call.layer) is not None
            for y in keras.tree.flatten(call.outputs)
        }
        last = [
            ends.get(id(y), "linear" if id(y) in weighted else "other")
            for y in outputs
        ]
        last = ["relu" if name == "relu6" else name for name in last]
        return Structure(last, self._entries(x)[:ENTRIES], [])

    def _entries(self, x):
        raw = {id(leaf) for leaf in keras.tree.flatten(x)}
        entries = []
        for call in _calls.leaves(self.calls):
            inputs = [
                t
                for t in keras.tree.flatten(call.inputs)
                if hasattr(t, "dtype")
            ]
            if not inputs or not all(id(t) in raw for t in inputs):
                continue
            if kernel_of(call.layer) is None:
                raw |= {id(t) for t in keras.tree.flatten(call.outputs)}
            elif _host_values.is_floating(inputs[0]) and not isinstance(
                call.layer, keras.layers.Embedding
            ):
                made = {id(t) for t in keras.tree.flatten(call.outputs)}
                normalized = any(
                    "Norm" in type(other.layer).__name__
                    and any(
                        id(t) in made for t in keras.tree.flatten(other.inputs)
                    )
                    for other in self.calls
                )
                entries.append(Entry(call.name, inputs[0], normalized))
        return entries


def _patch(module, name, around):
    """Puts `around` in the place of a function; returns what takes it away."""
    function = getattr(module, name)

    def patched(x, *args, **kwargs):
        return around(name, function, x, *args, **kwargs)

    setattr(module, name, patched)
    return lambda: setattr(module, name, function)
