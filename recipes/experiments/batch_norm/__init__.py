"""The parts of recipes/batch_norm.py."""
