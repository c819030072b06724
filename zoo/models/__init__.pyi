from ._names import Norm as Norm
from ._network import Network as Network
from ._registry import Paper as Paper, register as register
