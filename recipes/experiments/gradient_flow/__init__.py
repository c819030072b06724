"""The parts of recipes/gradient_flow.py."""
