"""The parts of recipes/cartpole.py."""
