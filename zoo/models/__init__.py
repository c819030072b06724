"""The families, a file each, and what they share."""
