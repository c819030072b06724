"""From an encoded image to the tensor that a network takes.

`decode` and `read` give the pixels of a file, upright; a `Preprocessing` makes
the network's input of them. Every entrance uses these: training, `zoo
classify`, exported models, `zoo serve`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
