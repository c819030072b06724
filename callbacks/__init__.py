"""Callbacks that show why a network does not train, while it trains."""

from zoo.callbacks._activation_monitor import ActivationMonitor
from zoo.callbacks._dead_relu_monitor import DeadReLUMonitor
from zoo.callbacks._diagnosis import Finding, Issue, Rule, rule
from zoo.callbacks._doctor import TrainingDoctor, TrainingWarning
from zoo.callbacks._gradient_monitor import GradientMonitor
from zoo.callbacks._quantities import Quantity, quantity
from zoo.callbacks._thresholds import Thresholds
from zoo.callbacks._trial import Treatment

__all__ = [
    "ActivationMonitor",
    "DeadReLUMonitor",
    "Finding",
    "GradientMonitor",
    "Issue",
    "Quantity",
    "Rule",
    "Thresholds",
    "TrainingDoctor",
    "TrainingWarning",
    "Treatment",
    "quantity",
    "rule",
]
