"""The parts of recipes/dead_relu.py."""
