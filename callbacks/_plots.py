"""Pictures, with matplotlib but without its global state.

Each function returns its figure, and writes it where it is given a path.
"""

import numpy as np

from zoo.callbacks._grid import grid


def gradients(history, path=None):
    """Norm of each layer's gradient over epochs, and through depth."""
    epochs, names, values = _grid(history, "layers", "norm")
    values = _log(values)
    figure, (left, right) = _figure(len(names), 2)
    image = _heat(left, values, epochs, names, "viridis")
    figure.colorbar(image, ax=left, label="log10 of the gradient's norm")
    left.set_title("Gradient norm, layer × epoch")
    depth = np.arange(len(names))
    for column, label in _moments(epochs):
        right.plot(values[:, column], depth, marker=".", label=label)
    right.set(
        ylim=left.get_ylim(),
        xlabel="log10 of the gradient's norm",
        title="Gradient flow, first to last layer",
    )
    right.tick_params(labelleft=False)
    right.grid(alpha=0.3)
    if names:
        right.legend(fontsize="small")
    return _saved(figure, path)


def dead_units(history, path=None):
    """Share of each ReLU's channels that are dead, or of values saturated."""
    epochs, names, values = _grid(history, "sites", "dead", "saturated")
    figure, (axes,) = _figure(len(names), 1)
    axes.set_title("Dead ReLU channels, saturated tanh and sigmoid")
    if names:
        image = _heat(axes, values, epochs, names, "magma_r", 0, 1)
        figure.colorbar(image, ax=axes, label="share of channels or values")
    else:
        axes.text(0.5, 0.5, "no ReLU, tanh or sigmoid", ha="center")
        axes.set_axis_off()
    return _saved(figure, path)


def activations(history, path=None):
    """Deviation and mean of each layer's outputs, over epochs."""
    epochs, names, values = _grid(history, "layers", "std")
    figure, (left, right) = _figure(len(names), 2)
    image = _heat(left, _log(values), epochs, names, "viridis")
    figure.colorbar(image, ax=left, label="log10 of the deviation")
    left.set_title("Standard deviation of outputs")
    _, _, values = _grid(history, "layers", "mean")
    limit = np.nanmax(np.abs(values), initial=0.0)
    image = _heat(right, values, epochs, names, "coolwarm", -limit, limit)
    figure.colorbar(image, ax=right, label="mean")
    right.set_title("Mean of outputs")
    right.tick_params(labelleft=False)
    return _saved(figure, path)


def _grid(history, kind, *statistics):
    """Epochs counted from 1, as `fit` shows them; names; an array."""
    names, rows = grid([record[kind] for record in history], *statistics)
    epochs = [record["epoch"] + 1 for record in history]
    values = np.array(rows, dtype=float).reshape(len(names), len(epochs))
    return epochs, names, values


def _log(values):
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log10(np.where(values > 0, values, np.nan))


def _moments(epochs):
    columns = sorted({0, len(epochs) // 2, len(epochs) - 1})
    return [(c, f"epoch {epochs[c]}") for c in columns if 0 <= c < len(epochs)]


def _figure(rows, columns):
    from zoo import _figures  # needs matplotlib

    height = float(np.clip(1.6 + 0.2 * rows, 3, 24))
    width = (6 * columns + 1) / columns
    figure, axes = _figures.new(columns, 1, width, height, grid=False)
    return figure, axes[0]


def _heat(axes, values, epochs, names, colours, low=None, high=None):
    if not values.size:
        values = np.full((1, 1), np.nan)
    image = axes.imshow(
        values,
        aspect="auto",
        interpolation="nearest",
        cmap=colours,
        vmin=low,
        vmax=high,
    )
    axes.set_xlabel("epoch")
    ticks = np.unique(np.linspace(0, max(len(epochs) - 1, 0), 8).astype(int))
    axes.set_xticks(ticks[: len(epochs)], [epochs[i] for i in ticks][:8])
    # More than 110 names would not be readable.
    step = -(-len(names) // 110) or 1
    axes.set_yticks(range(0, len(names), step), names[::step], fontsize=7)
    return image


def _saved(figure, path):
    """The figure, written where there is a path."""
    from zoo import _figures

    if path is not None:
        _figures.save(figure, path, dpi=110)
    return figure
