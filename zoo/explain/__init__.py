"""What in an image speaks for a class: maps over the image.

_explain     the public function: checks, and the order of the steps
_methods     their names; needs no Keras
_graph       the calls of a model, of models in it, too; which map is the last
_squashing   leaves the last softmax or sigmoid out
_network     answers, feature maps and gradients of one model
_gradients   gradients in TensorFlow and in JAX
_cam         Grad-CAM and Grad-CAM++
_pixels      saliency, SmoothGrad, integrated gradients
_occlusion   what hiding a part of the image costs; needs no gradients
_geometry    from a network's pixels back to those of the image it was made of
_curves      deletion and insertion: whether a map names what matters
_overlay     a map over an image, in colours
_pictures    maps, feature maps and filters as pictures
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
