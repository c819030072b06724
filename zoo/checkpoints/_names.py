"""Names of tensors without what training scripts and old versions add."""

import collections

# Of a network in another module: torch.compile's, DataParallel's, Lightning's.
WRAPPERS = ("_orig_mod.", "module.", "model.")
MOST = 8  # of them, one around the other


def plain(tensors, source):
    """{name: array} with the names that the network itself gives.

    Args:
        tensors: Mapping from the names in the file.
        source: Whose names they are, as `load_checkpoint` takes it.
    """
    if source == "keras":
        return dict(_keras(tensors))
    for _ in range(MOST):
        prefix = _wrapper(tensors)
        tensors = within(tensors, prefix)
    return dict(tensors)


def prefixes(tensors, most=12):
    """What may stand before the network's own names, the commonest first.

    A training module holds the network beside losses and averaged copies:
    "model.conv1.weight", "backbone.conv1.weight", "ema_model.module.…".
    """
    counts = collections.Counter()
    for name in tensors:
        parts = name.split(".")[:-2]
        for i in range(1, min(len(parts), 3) + 1):
            counts[".".join(parts[:i]) + "."] += 1
    return [prefix for prefix, _ in counts.most_common(most)]


def within(tensors, prefix):
    """Those whose names begin with the prefix, without it."""
    return {
        name[len(prefix) :]: array
        for name, array in tensors.items()
        if name.startswith(prefix)
    }


def _wrapper(tensors):
    """The wrapper that begins all names, or ""."""
    for prefix in WRAPPERS:
        if tensors and all(name.startswith(prefix) for name in tensors):
            return prefix
    return ""


def _keras(tensors):
    """Keras 2 called a depthwise kernel so, and ended names in ":0"."""
    tensors = {
        name.removesuffix(":0"): array for name, array in tensors.items()
    }
    for name, array in tensors.items():
        layer, _, variable = name.rpartition("/")
        is_kernel = (
            variable == "depthwise_kernel"
            and f"{layer}/pointwise_kernel" not in tensors
        )
        yield (f"{layer}/kernel" if is_kernel else name), array
