"""Other packages' checkpoints: reading, downloading, mapping by name."""

from zoo.checkpoints._known import Checkpoint
from zoo.checkpoints._load import CheckpointError, load_checkpoint

__all__ = ["Checkpoint", "CheckpointError", "load_checkpoint"]
