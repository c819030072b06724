"""The parts of recipes/signals.py."""
