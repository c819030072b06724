"""Callbacks that show why a network does not train, while it trains."""

from zoo.callbacks._activation_monitor import ActivationMonitor
from zoo.callbacks._dead_relu_monitor import DeadReLUMonitor
from zoo.callbacks._doctor import TrainingDoctor, TrainingWarning
from zoo.callbacks._gradient_monitor import GradientMonitor

__all__ = [
    "ActivationMonitor",
    "DeadReLUMonitor",
    "GradientMonitor",
    "TrainingDoctor",
    "TrainingWarning",
]
