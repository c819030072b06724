"""The parts of recipes/skip.py."""
