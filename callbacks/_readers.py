"""Readers: what a monitor records, read off a recorder or a probe.

Each gives one part of an epoch's record; monitors and TrainingDoctor are made
of them.
"""

import math

import keras
import numpy as np

from zoo.callbacks import _naming

QUANTILES = (5, 25, 50, 75, 95)
NEAR_ZERO = 0.01  # of a PReLU's slope, where it turns into a ReLU
NEARLY_DEAD = 0.01


def read_gradients(recorder, model):
    """What a `Recorder` has of the steps since the epoch began.

    Returns:
        {grad_norm, grad_norm_max, grad_first_last_ratio,
        grad_nonfinite_steps, variables, layers}, as GradientMonitor tells.
    """
    norms, updates = recorder.norms(), recorder.updates()
    if recorder.known is None:
        weights = model.trainable_variables
        kernels = _naming.kernels(model)
        recorder.known = (
            _naming.unique_paths(weights),
            [id(v) in kernels for v in weights],
        )
    paths, are_kernels = recorder.known
    variables = {
        path: _norms(norms.get(("variable", path)), updates.get(path))
        for path in paths
    }
    of_kernels = [
        variables[path]["norm"]
        for path, is_kernel in zip(paths, are_kernels, strict=True)
        if is_kernel and variables[path]["norm"] is not None
    ]
    total = norms.get(("all", ""))
    return {
        "grad_norm": total["mean"] if total else math.nan,
        "grad_norm_max": total["max"] if total else math.nan,
        "grad_first_last_ratio": _first_to_last(of_kernels),
        "grad_nonfinite_steps": total["nonfinite_steps"] if total else 0,
        "variables": variables,
        "layers": {
            name: _norms(statistics)
            for (kind, name), statistics in norms.items()
            if kind == "layer"
        },
    }


def read_units(results, nearly=NEARLY_DEAD):
    """Dead and saturated units, of what `Probe.run` returned.

    Args:
        results: With "sites".
        nearly: Firing rate below which a channel is nearly dead.

    Returns:
        {dead_relu, sites}, as DeadReLUMonitor tells.
    """
    sites = {
        name: _activity(site, active, nearly)
        for name, (site, active) in results["sites"].items()
    }
    relus = [s for s in sites.values() if s["kind"] == "relu"]
    channels = sum(s["channels"] for s in relus)
    dead = sum(s["dead"] * s["channels"] for s in relus)
    return {"dead_relu": dead / channels if channels else 0.0, "sites": sites}


def read_activations(results):
    """Distributions of outputs, of what `Probe.run` returned.

    Returns:
        {layers}, as ActivationMonitor tells.
    """
    return {
        "layers": {
            name: _distribution(moments, values)
            for name, (moments, values) in results["layers"].items()
        }
    }


def numbers(part):
    """The numbers of a part that belong to no name: they go to `logs`."""
    return {k: v for k, v in part.items() if not isinstance(v, dict)}


def _norms(norms, updates=None):
    if norms is None or not norms["steps"]:
        return {"norm": None, "norm_max": None, "nonfinite_steps": 0}
    entry = {
        "norm": norms["mean"],
        "norm_max": norms["max"],
        "nonfinite_steps": norms["nonfinite_steps"],
    }
    if norms["nonfinite_steps"]:
        entry["first_nonfinite_step"] = norms["first_nonfinite_step"]
    if updates is not None and updates["steps"]:
        entry["update_ratio"] = updates["mean"]
        entry["update_ratio_max"] = updates["max"]
    return entry


def _first_to_last(norms):
    return norms[0] / norms[-1] if norms and norms[-1] else math.nan


def _activity(site, active, nearly):
    entry = {"kind": site.kind, "channels": len(active)}
    if site.is_output:
        entry["output"] = True
    rate = float(np.mean(active))
    if site.kind == "relu":
        entry["dead"] = float(np.mean(active == 0))
        entry["nearly_dead"] = float(np.mean(active < nearly))
        entry["active"] = rate
    elif site.kind == "leaky":
        entry["negative"] = 1 - rate
        entry.update(_slopes(site.layer))
    else:
        entry["saturated"] = 1 - rate
    return entry


def _slopes(layer):
    alpha = getattr(layer, "alpha", None)
    if type(layer).__name__ != "PReLU" or alpha is None:
        return {}
    near = np.abs(keras.ops.convert_to_numpy(alpha)) < NEAR_ZERO
    return {"slopes_near_zero": float(np.mean(near))}


def _distribution(moments, values):
    mean, square = (float(m) for m in moments)
    entry = {"mean": mean, "std": float(np.sqrt(max(square - mean**2, 0)))}
    if np.isnan(values).any() or not np.isfinite(square):
        quantiles = [float("nan")] * len(QUANTILES)
        entry["std"] = float("nan")
    else:
        quantiles = np.percentile(values, QUANTILES).tolist()
    names = (f"q{q:02d}" for q in QUANTILES)
    return {**entry, **dict(zip(names, quantiles, strict=True))}
