"""Callbacks that show why a network does not train, while it trains."""

from callbacks._dead_relu_monitor import DeadReLUMonitor
from callbacks._gradient_monitor import GradientMonitor

__all__ = ["DeadReLUMonitor", "GradientMonitor"]
