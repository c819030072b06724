"""The history of convolutional networks, as Keras models.

    >>> import zoo
    >>> model = zoo.resnet18(num_classes=10, input_shape=(64, 64, 3))

`list_models()` names them all, `info(name)` tells about one, `create(name)`
builds one; each is also a function of its own name. Nothing is imported
before it is used: `__init__.pyi` says where each name lives.
"""

import importlib

import lazy_loader
import wrapt

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


REGISTERING = (
    "layers",
    "images._fit_images",
    "images._resize_and_crop",
    "models._initializers",
)


@wrapt.when_imported("keras")
def _register_layers(keras):
    """Lets `keras.models.load_model` know our classes, once there is Keras."""
    for module in REGISTERING:
        importlib.import_module(f"{__name__}.{module}")
