"""The parts of recipes/transfer.py."""
