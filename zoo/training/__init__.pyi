from ._train import (
    Trained as Trained,
    directory as directory,
    resume as resume,
    train as train,
)
from .config import TrainConfig as TrainConfig
from .errors import (
    Stopped as Stopped,
    Terminated as Terminated,
    UserError as UserError,
)
