"""Callbacks that show why a network does not train, while it trains."""

from callbacks._activation_monitor import ActivationMonitor
from callbacks._dead_relu_monitor import DeadReLUMonitor
from callbacks._doctor import TrainingDoctor, TrainingWarning
from callbacks._gradient_monitor import GradientMonitor

__all__ = [
    "ActivationMonitor",
    "DeadReLUMonitor",
    "GradientMonitor",
    "TrainingDoctor",
    "TrainingWarning",
]
