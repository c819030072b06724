"""The parts of recipes/normalizers.py."""
