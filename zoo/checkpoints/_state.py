"""Finds the weights among what a training wrote into its checkpoint."""

from zoo.checkpoints import _told, _unpickle

DEEP = 4  # dictionaries within dictionaries
MOST = 10_000  # dictionaries that are looked at
USUAL = (
    "state_dict", "model", "model_state_dict", "net", "network", "weights",
    "params", "module",
)  # fmt: skip
AVERAGED = ("ema", "average", "swa", "teacher")
OTHERS = ("optim", "scheduler", "scaler", "discriminator")


def find(loaded, tensor, skipped, told):
    """{name: tensor} of the dictionary that holds the network's weights.

    That is one of those with the most tensors: averaged weights (EMA) before
    others, then the usual names, then the first.

    Args:
        loaded: What the pickle holds.
        tensor: The class of tensors.
        skipped: Names of the classes whose objects were not made.
        told: A list to which lines for the user are added.

    Raises:
        _unpickle.Refused: There are no tensors, but objects of a class.
        ValueError: There are neither.
    """
    found = dict(_candidates(loaded, tensor))
    if not found and skipped:
        raise _unpickle.Refused(
            f"the global {skipped[0]!r:.99} is not accepted"
        )
    if not found:
        raise ValueError("it holds no dictionary of tensors")
    most = max(map(len, found.values()))
    large = {k: v for k, v in found.items() if 2 * len(v) > most}
    path = min(large, key=lambda path: _rank(path, list(large)))
    if _is_averaged(path):
        others = [p for p in large if not _is_averaged(p)]
        beside = f" and not {_name(others[0])}" if others else ""
        told.append(f"loads the averaged weights {_name(path)}{beside}.")
    names = [n for n in skipped if n != "_codecs.encode"]
    if names:
        told.append(f"skipped objects beside the weights: {_told.some(names)}.")
    return large[path]


def _candidates(loaded, tensor):
    """(path, tensors) of each dictionary that holds any, outermost first."""
    level, seen = [((), loaded)], 0
    for _ in range(DEEP):
        below = []
        for path, value in level:
            if not isinstance(value, dict) or seen == MOST:
                continue
            seen += 1
            named = {k: v for k, v in value.items() if isinstance(k, str)}
            tensors = {k: v for k, v in named.items() if isinstance(v, tensor)}
            if tensors:
                yield path, tensors
            below += [
                ((*path, k), v)
                for k, v in named.items()
                if isinstance(v, dict) and not any(o in k for o in OTHERS)
            ]
        level = below


def _rank(path, paths):
    usual = [USUAL.index(name) for name in path if name in USUAL]
    return (
        not _is_averaged(path),
        bool(path) and not usual,
        min(usual, default=-1 if not path else len(USUAL)),
        paths.index(path),
    )


def _is_averaged(path):
    return any(word in name.lower() for name in path for word in AVERAGED)


def _name(path):
    return repr(".".join(path)) if path else "those outside"
