"""Writes a model for a server: complete, compared with itself, all or nothing.

_export      the order of the steps
_head        whether a model ends in logits or in probabilities
_network     logits, probabilities and features as one model
_fold        the model with its normalizers in the kernels
_saved_model the SavedModel and its signatures
_fences      keeps apart in it what TensorFlow would merge wrongly
_portable    convolutions that other runtimes read
_files       the formats, and what each needs
_formats     ONNX, LiteRT, OpenVINO, through Keras's exporters
_metadata    what assets.extra/metadata.json tells
_versions    directory/<version>/, as TensorFlow Serving reads it
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
