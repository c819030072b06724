"""The parts of a training: the new classifier alone, then all layers."""

import dataclasses

import keras

from zoo.training import pretrained
from zoo.training.config import TrainConfig


@dataclasses.dataclass(frozen=True)
class Phase:
    """Epochs in which the same layers are trained.

    Attributes:
        first, last: Epochs that are done before and after it.
        rate: Its learning rate, as a share of the training's.
        only_new: Whether the classifier alone is trained.
        keeps_averages: Whether batch normalizations stay as they are: they
            normalize by the averages that they came with, which are not
            updated, and their scales and offsets are not trained.
        pretrained: Whether the layers but the new ones had weights before.
    """

    first: int
    last: int
    rate: float = 1.0
    only_new: bool = False
    keeps_averages: bool = False
    pretrained: bool = False

    @property
    def epochs(self) -> int:
        """How many epochs it has."""
        return self.last - self.first

    def apply(self, model: keras.Model) -> None:
        """Sets which layers are trained; compile the model afterwards."""
        thaw(model)
        for layer in model._flatten_layers(include_self=False):
            if self._freezes(layer):
                layer.trainable = False

    def _freezes(self, layer):
        if pretrained.is_new(layer):
            return False
        return self.only_new or (self.keeps_averages and _has_averages(layer))


def thaw(model: keras.Model) -> None:
    """Lets all layers be trained; to be compiled afterwards."""
    for layer in model._flatten_layers():
        layer.trainable = True


def of(config: TrainConfig) -> list[Phase]:
    """The parts of a training, in order."""
    epochs, frozen = config.epochs or 0, config.freeze_epochs or 0
    if config.weights is None:
        return [Phase(0, epochs)]
    keeps = config.batch_norm == "frozen"
    parts = [
        Phase(0, frozen, 1.0, True, keeps, True),
        Phase(frozen, epochs, config.thawed_rate, False, keeps, True),
    ]
    return [part for part in parts if part.epochs]


def _has_averages(layer):
    return hasattr(layer, "moving_mean")
