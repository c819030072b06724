"""The parts of recipes/optimizers.py."""
