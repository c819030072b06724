"""Names of variables and layers, and which variables are kernels."""

# A layer's weights that are kernels whatever they are called elsewhere.
KERNELS = ("kernel", "embeddings")
NO_KERNELS = ("bias", "gamma", "beta", "alpha", "scale", "gain", "g", "b")


def unique(names):
    """Gives the second "conv/kernel" of a list the name "conv/kernel#2"."""
    seen, named = {}, []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        named.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return named


def unique_paths(variables):
    """Paths of `variables`, each of its own."""
    return unique([getattr(v, "path", v.name) for v in variables])


def layer_of(path):
    """Path of the layer that owns the variable at `path`."""
    layer, _, name = path.rpartition("/")
    _, mark, number = name.partition("#")
    return (layer or name) + mark + number


def layer_name(layer):
    """A layer's path; its name where it was never built."""
    return getattr(layer, "path", None) or layer.name


def kernels(model):
    """Ids of the model's kernels, also of those that are frozen."""
    return {
        id(variable)
        for layer in model._flatten_layers()
        # Moving averages are in another list, kernels of frozen layers in this.
        for variable in layer._trainable_variables
        if is_kernel(layer, variable)
    }


def is_kernel(layer, variable):
    """Whether a weight of `layer` is a kernel, and no gain, bias or slope.

    A layer that has a `kernel` (or `recurrent_kernel`, `embeddings`, …) says
    so itself. Of a layer that has none, every matrix or larger array is one
    that is not called like a bias or gain.
    """
    if any(kernel in variable.name for kernel in KERNELS):
        return True
    if any(getattr(layer, kernel, None) is not None for kernel in KERNELS):
        return False
    if variable.name in NO_KERNELS or variable.name.endswith("bias"):
        return False
    others = tuple(variable.shape)[:-1]
    return len(others) == 1 or any(size > 1 for size in others)
