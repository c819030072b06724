"""The parts of recipes/activations.py."""
