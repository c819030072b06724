"""Small networks for experiments, all of which fit any `Data`."""

from zoo.recipes.lab.networks.forms import adapted, form, is_normalized
from zoo.recipes.lab.networks.plain import cnn, mlp
from zoo.recipes.lab.networks.pretrained import pretrained
from zoo.recipes.lab.networks.recurrent import recurrent
from zoo.recipes.lab.networks.residual import residual

__all__ = [
    "adapted",
    "cnn",
    "form",
    "is_normalized",
    "mlp",
    "pretrained",
    "recurrent",
    "residual",
]
