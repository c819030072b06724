"""One pass of the model over fixed data, and what is read off it."""

import keras
import numpy as np

from zoo._warnings import warn
from zoo.callbacks import _watched
from zoo.callbacks._inputs import Inputs
from zoo.callbacks._instruments import Sample, Traced
from zoo.callbacks._traced import OUTPUTS, layers_of


class Probe:
    """Reads activations in inference mode; leaves the model untouched.

    Args:
        data: What `Inputs` takes, or None for the first inputs that the model
            trains on.
        size: How many inputs of a dataset or of the training data to use.
        wanted: What to read: "sites" (activations that can be dead or
            saturated), "layers" (distributions of outputs), "structure"
            (what the model returns, and how it hangs together).
        sample: The `Sample` to take inputs from, kept by somebody else; not
            where there is `data`.
    """

    def __init__(self, data, size, wanted, sample=None):
        self.wanted = wanted
        self._lent = sample is not None and data is None
        self._sample = None
        if data is None:
            self._sample = sample or Sample(size)
        self._inputs = None if data is None else Inputs(data, size)
        self._traced = Traced()

    def __getstate__(self):
        return {**self.__dict__, "_traced": Traced()}

    @property
    def structure(self):
        """The `_structure.Structure` of the model that was run, or None."""
        return self._traced.structure

    def attach(self, model, fit):
        if self._sample is not None and not self._lent:
            self._sample.attach(model, fit)

    def reset(self):
        """Nothing is carried from epoch to epoch."""

    def detach(self, model):
        if self._sample is not None and not self._lent:
            self._sample.detach(model)

    def run(self, model):
        """What the model makes of the data.

        Returns:
            A dictionary: "finite", whether the data is; "sites", {name:
            (site, how often each channel is active)}; "layers", {name:
            ((mean, mean square), values)}; "outputs", an array of the first
            rows of each output; "entries", {name: (least, largest, root
            mean square, that of the largest column, normalized)} of the
            first layers' inputs.
        """
        if self._sample is not None:
            x = self._sample.inputs()
        else:
            x = self._inputs.of(model)
        if x is None or not self._trace(model, x):
            return {
                **{"sites": {}, "layers": {}, "outputs": [], "entries": {}},
                "finite": x is None or _finite(x),
            }
        traced = self._traced
        weights, found = [], []
        for start in range(0, _length(x), traced.batch):
            batch = keras.tree.map_structure(
                lambda a, i=start: a[i : i + traced.batch], x
            )
            weights.append(_length(batch))
            found.append(
                keras.tree.map_structure(
                    keras.ops.convert_to_numpy, traced.function(batch)
                )
            )
        actives, layers, outputs, entries = zip(*found, strict=True)

        def mean(arrays):
            if len(arrays) == 1:
                return arrays[0].astype(float)
            return np.average(arrays, axis=0, weights=weights)

        structure = traced.structure
        return {
            "finite": _finite(x),
            "sites": {
                site.name: (site, mean([a[i] for a in actives]))
                for i, site in enumerate(traced.sites)
            },
            "layers": {
                name: (
                    mean([v[i][0] for v in layers]),
                    np.concatenate([v[i][1] for v in layers]),
                )
                for i, name in enumerate(traced.layers)
            },
            "outputs": _first_rows(outputs),
            "entries": {
                entry.name: _range([e[i] for e in entries], entry.normalized)
                for i, entry in enumerate(
                    structure.entries if structure else ()
                )
            },
        }

    def _trace(self, model, x):
        """Whether the model can be run on `x`; traces it where it is new."""
        static = _static_batch(model)
        signature = keras.tree.map_structure(
            lambda a: ((static, *a.shape[1:]), a.dtype.name), x
        )
        # Kept with the model: the next `fit` may have another monitor.
        kept = _watched.of(model).probes
        kind = repr((self.wanted, signature))
        layers = layers_of(model)
        if kind not in kept or kept[kind].made_of != layers:
            kept[kind] = Traced(layers)
            kept[kind].trace(model, x, static, self.wanted)
        if kept[kind].failure and self._traced is not kept[kind]:
            warn(
                f"{model.name} cannot be run on its training inputs alone "
                f"({kept[kind].failure:.200}): its units, activations and "
                "outputs are not watched.",
                RuntimeWarning,
            )
        self._traced = kept[kind]
        return self._traced.function is not None


def _first_rows(batches):
    """Each output's first rows: more batches only while all rows are kept."""
    joined = []
    for parts in zip(*batches, strict=True):
        size = max(parts[0][:1].size, 1)
        room = max(OUTPUTS // size, len(parts[0]))
        whole = parts if room >= sum(map(len, parts)) else parts[:1]
        joined.append(np.concatenate(whole))
    return joined


def _range(parts, normalized):
    low, high, square, column = np.stack(parts).T
    return (
        float(low.min()),
        float(high.max()),
        float(np.sqrt(square.mean())),
        float(np.sqrt(column.max())),
        normalized,
    )


def _length(x):
    return len(keras.tree.flatten(x)[0])


def _static_batch(model):
    """The batch size that the model is fixed to, or None."""
    if isinstance(model, keras.Sequential):
        # One that is built by an eager batch keeps that batch's size.
        return None
    specs = getattr(model, "inputs", None) or ()
    sizes = [s.shape[0] for s in specs if s.shape and s.shape[0]]
    return sizes[0] if sizes else None


def _finite(x):
    return all(
        bool(np.isfinite(a).all())
        for a in keras.tree.flatten(x)
        if a.dtype.kind == "f"
    )
