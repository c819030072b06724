"""Other packages' checkpoints: reading, downloading, mapping by name."""

from zoo._checkpoints._load import CheckpointError, load_checkpoint

__all__ = ["CheckpointError", "load_checkpoint"]
