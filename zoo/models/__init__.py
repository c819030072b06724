"""The families, a file each, and what they share.

`Network` makes the layers of a network under construction, `register` makes a
constructor a public builder with its `Paper`, and `Norm` says how a network
normalizes. With these a family outside this package is written like ours.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
