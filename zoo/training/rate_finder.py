"""Finds a learning rate: a rising rate shows the range, validation decides.

The rate rises exponentially over some steps, until the loss does (Smith 2015,
https://arxiv.org/abs/1506.01186). Of some rates below that where the loss was
least, each then trains from the same weights for some steps; the one with the
lowest loss on the validation images is taken.
"""

import base64
import dataclasses
import math
from pathlib import Path
from typing import Any

import keras
import numpy as np

from zoo.training import loop
from zoo.training.data import Data

LOWEST, HIGHEST = 1e-6, 10.0
STEPS = 70  # of the rising rate: ten for a factor of ten
TOO_MUCH = 3.0  # times the least loss: no higher rates are tried
SMOOTHING = 0.8
SHARES = (0.03, 0.1, 0.3)  # of the rate where the loss is least
TRIED_STEPS = 20, 100  # at least and at most


@dataclasses.dataclass(frozen=True)
class Found:
    """What the search for a learning rate came to.

    Attributes:
        rate: The rate that was taken.
        rates, losses: The rising rates and the smoothed training losses.
        tried: {rate: loss on the validation images} of those that trained.
    """

    rate: float
    rates: list[float]
    losses: list[float]
    tried: dict[float, float]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for config.json."""
        return dataclasses.asdict(self)


def find(model: keras.Model, data: Data) -> Found:
    """Searches for the learning rate of a compiled model; leaves it as it was.

    Args:
        model: A model whose optimizer has a learning rate that can be set.
        data: Its data, with validation images.
    """
    model.optimizer.build(model.trainable_variables)
    variables = [*model.variables, *model.optimizer.variables]
    before = [(variable, variable.numpy()) for variable in variables]

    def restore():
        for variable, value in before:
            variable.assign(value)

    rising = _Rising(np.geomspace(LOWEST, HIGHEST, STEPS).tolist())
    _fit(model, data, STEPS, rising)
    restore()
    losses = _smooth(rising.losses)
    rates = rising.rates[: len(losses)]
    least = rates[int(np.argmin(losses))]
    tried = {}
    for share in SHARES:
        model.optimizer.learning_rate = least * share
        low, high = TRIED_STEPS
        _fit(model, data, max(low, min(high, data.steps)))
        images = loop.for_outputs(model, data.validation)
        loss = model.evaluate(images, verbose=0, return_dict=True)["loss"]
        tried[round_rate(least * share)] = float(loss)
        restore()
    best = min(tried, key=lambda rate: _rank(tried[rate]))
    return Found(best, rates, losses, tried)


def round_rate(rate: float) -> float:
    """Two digits of a rate.

    Example:
        >>> round_rate(0.00123456)
        0.0012
    """
    return float(f"{rate:.1e}")


def draw(found: Found, path: Path) -> None:
    """Writes a picture of the search."""
    from zoo import _figures  # needs matplotlib

    figure, axes = _figures.new(width=6)
    _figures.lines(
        axes[0, 0],
        {"training loss": found.losses},
        found.rates,
        xlabel="learning rate",
        ylabel="smoothed training loss",
        xscale="log",
    )
    axes[0, 0].axvline(found.rate, color=_figures.COLORS[3], ls="--")
    axes[0, 0].set_title(f"learning rate {found.rate:g}")
    _figures.save(figure, path)


def fragment(path: Path) -> str:
    """HTML with the picture at `path`; nothing where there is none."""
    if not path.is_file():
        return ""
    data = base64.b64encode(path.read_bytes()).decode()
    return (
        '<section class="card"><h2>Learning rate</h2><img alt="training loss '
        'at rising learning rates" style="max-width:100%" '
        f'src="data:image/png;base64,{data}"></section>'
    )


class _Rising(keras.callbacks.Callback):
    """Sets the rate of each step, and keeps its loss."""

    def __init__(self, rates):
        super().__init__()
        self.rates, self.losses = rates, []
        self._sum = 0.0

    def on_train_batch_begin(self, batch, logs=None):
        self.model.optimizer.learning_rate = self.rates[batch]

    def on_train_batch_end(self, batch, logs=None):
        total = float(logs["loss"]) * (batch + 1)  # `fit` tells the mean
        loss, self._sum = total - self._sum, total
        self.losses.append(loss)
        lost = not math.isfinite(loss)
        if lost or loss > TOO_MUCH * max(1e-3, min(self.losses)):
            self.model.stop_training = True


def _fit(model, data, steps, *callbacks):
    epochs = -(-steps // data.steps)
    model.fit(
        loop.for_outputs(model, data.train(0, epochs)),
        steps_per_epoch=steps,
        epochs=1,
        shuffle=False,
        verbose=0,
        callbacks=list(callbacks),
    )


def _smooth(losses):
    """Averages in which older losses count less, without a bias to 0."""
    smoothed, average = [], 0.0
    for i, loss in enumerate(x for x in losses if math.isfinite(x)):
        average = SMOOTHING * average + (1 - SMOOTHING) * loss
        smoothed.append(average / (1 - SMOOTHING ** (i + 1)))
    return smoothed or [0.0]


def _rank(loss):
    return loss if math.isfinite(loss) else math.inf
