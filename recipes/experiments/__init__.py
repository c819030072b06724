"""The parts of long experiments; recipes/NAME.py starts each."""
