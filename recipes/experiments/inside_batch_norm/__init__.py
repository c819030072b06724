"""The parts of recipes/inside_batch_norm.py."""
