from ._classes import class_names as class_names
from ._decode import decode as decode, read as read
from ._fit_images import FitImages as FitImages
from ._formats import FORMATS as FORMATS
from ._preprocessing import Preprocessing as Preprocessing
from ._resize_and_crop import ResizeAndCrop as ResizeAndCrop
