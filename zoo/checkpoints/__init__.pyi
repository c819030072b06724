from ._known import Checkpoint as Checkpoint
from ._load import (
    CheckpointError as CheckpointError,
    load_checkpoint as load_checkpoint,
)
