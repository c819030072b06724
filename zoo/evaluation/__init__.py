"""How good a classifier is, from its answers to images and their labels.

_metrics      accuracy and its interval, confusion, precision, recall, F1
_calibration  reliability, expected calibration error, temperature
_corruptions  images that are noisy, blurred, compressed, …
_gallery      the images behind the figures, small
_result       `Evaluation`: all of it, as JSON and as a page
_page         the page

`zoo.evaluate` and `zoo evaluate` find model and images, and end here.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
