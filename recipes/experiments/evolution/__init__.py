"""The parts of recipes/evolution.py."""
