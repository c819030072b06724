"""The parts of recipes/recurrent.py."""
