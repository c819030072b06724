# Written by `python -m tests.zoo.make_index`; a test compares it with the
# builders.

import os
from collections.abc import Callable
from typing import Any, Literal

import keras

from . import (
    callbacks as callbacks,
    checkpoints as checkpoints,
    drawing as drawing,
    evaluation as evaluation,
    images as images,
    layers as layers,
    models as models,
    recipes as recipes,
    serve as serve,
    training as training,
)
from ._evaluate import (
    evaluate as evaluate,
)
from ._version import (
    __version__ as __version__,
)
from .checkpoints import (
    Checkpoint as Checkpoint,
    CheckpointError as CheckpointError,
    load_checkpoint as load_checkpoint,
)
from .checkpoints._preprocessing import (
    preprocessing as preprocessing,
)
from .drawing import (
    draw as draw,
)
from .explain import (
    explain as explain,
)
from .export import (
    export as export,
)
from .export._fold import (
    fold_batch_norm as fold_batch_norm,
)
from .export._reparameterize import (
    reparameterize as reparameterize,
)
from .images import (
    Preprocessing as Preprocessing,
    ResizeAndCrop as ResizeAndCrop,
)
from .models._feature_extractor import (
    feature_extractor as feature_extractor,
)
from .models._index import (
    ModelInfo as ModelInfo,
    info as info,
    list_models as list_models,
)
from .models._layer_table import (
    layer_table as layer_table,
)
from .models._macs import (
    count_macs as count_macs,
)
from .models._registry import (
    create as create,
)
from .training._fine_tune import (
    fine_tune as fine_tune,
)

Activation = str | Callable[[], keras.Layer] | None
Norm = str | Callable[[], keras.Layer] | None
Shape = tuple[int | None, int | None, int] | None

def alexnet(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    dropout_rate: float = 0.5,
) -> keras.Model:
    """AlexNet as published: two towers, response normalization, 227x227.

    ImageNet Classification with Deep Convolutional Neural Networks (2012)
    https://papers.nips.cc/paper/4824
    60,965,224 parameters.
    """

def alexnet_owt(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.5,
) -> keras.Model:
    """AlexNet of 2014 as torchvision ships it: one tower, no groups.

    One weird trick for parallelizing convolutional neural networks (2014)
    https://arxiv.org/abs/1404.5997
    61,100,840 parameters.
    """

def all_cnn_c(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    input_dropout_rate: float = 0.2,
    dropout_rate: float = 0.5,
) -> keras.Model:
    """All-CNN-C, the network without pooling of Table 2.

    Striving for Simplicity: The All Convolutional Net (2014)
    https://arxiv.org/abs/1412.6806
    1,369,738 parameters.
    """

def cbam_resnet101(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-101 + CBAM (49.33 M in Table 4).

    CBAM: Convolutional Block Attention Module (2018)
    https://arxiv.org/abs/1807.06521
    49,330,172 parameters.
    """

def cbam_resnet18(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-18 + CBAM (11.78 M in Table 4).

    CBAM: Convolutional Block Attention Module (2018)
    https://arxiv.org/abs/1807.06521
    11,779,392 parameters.
    """

def cbam_resnet34(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-34 + CBAM (21.96 M in Table 4).

    CBAM: Convolutional Block Attention Module (2018)
    https://arxiv.org/abs/1807.06521
    21,960,468 parameters.
    """

def cbam_resnet50(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-50 + CBAM (28.09 M in Table 4).

    CBAM: Convolutional Block Attention Module (2018)
    https://arxiv.org/abs/1807.06521
    28,089,624 parameters.
    """

def condensenet74_c4(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CondenseNet-74, G = C = 4.

    CondenseNet: An Efficient DenseNet using Learned Group Convolutions (2018)
    https://arxiv.org/abs/1711.09224
    11,922,680 parameters.
    """

def condensenet74_c8(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CondenseNet-74, G = C = 8.

    CondenseNet: An Efficient DenseNet using Learned Group Convolutions (2018)
    https://arxiv.org/abs/1711.09224
    11,103,608 parameters.
    """

def condensenet86(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """CondenseNet-86 for CIFAR, G = C = 4.

    CondenseNet: An Efficient DenseNet using Learned Group Convolutions (2018)
    https://arxiv.org/abs/1711.09224
    1,451,594 parameters.
    """

def convnext_atto(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt-Atto, of timm.

    A ConvNet for the 2020s (2022)
    https://arxiv.org/abs/2201.03545
    3,695,520 parameters.
    """

def convnext_base(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt-B.

    A ConvNet for the 2020s (2022)
    https://arxiv.org/abs/2201.03545
    88,591,464 parameters.
    """

def convnext_femto(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt-Femto, of timm.

    A ConvNet for the 2020s (2022)
    https://arxiv.org/abs/2201.03545
    5,217,784 parameters.
    """

def convnext_large(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt-L.

    A ConvNet for the 2020s (2022)
    https://arxiv.org/abs/2201.03545
    197,767,336 parameters.
    """

def convnext_nano(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt-Nano, of timm.

    A ConvNet for the 2020s (2022)
    https://arxiv.org/abs/2201.03545
    15,593,560 parameters.
    """

def convnext_pico(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt-Pico, of timm.

    A ConvNet for the 2020s (2022)
    https://arxiv.org/abs/2201.03545
    9,045,672 parameters.
    """

def convnext_small(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt-S.

    A ConvNet for the 2020s (2022)
    https://arxiv.org/abs/2201.03545
    50,223,688 parameters.
    """

def convnext_tiny(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt-T.

    A ConvNet for the 2020s (2022)
    https://arxiv.org/abs/2201.03545
    28,589,128 parameters.
    """

def convnext_v2_atto(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt V2-A.

    ConvNeXt V2: Co-designing and Scaling ConvNets with Masked Autoencoders
    (2023)
    https://arxiv.org/abs/2301.00808
    3,708,400 parameters.
    """

def convnext_v2_base(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt V2-B.

    ConvNeXt V2: Co-designing and Scaling ConvNets with Masked Autoencoders
    (2023)
    https://arxiv.org/abs/2301.00808
    88,717,800 parameters.
    """

def convnext_v2_femto(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt V2-F.

    ConvNeXt V2: Co-designing and Scaling ConvNets with Masked Autoencoders
    (2023)
    https://arxiv.org/abs/2301.00808
    5,233,240 parameters.
    """

def convnext_v2_huge(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt V2-H.

    ConvNeXt V2: Co-designing and Scaling ConvNets with Masked Autoencoders
    (2023)
    https://arxiv.org/abs/2301.00808
    660,289,640 parameters.
    """

def convnext_v2_large(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt V2-L.

    ConvNeXt V2: Co-designing and Scaling ConvNets with Masked Autoencoders
    (2023)
    https://arxiv.org/abs/2301.00808
    197,956,840 parameters.
    """

def convnext_v2_nano(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt V2-N.

    ConvNeXt V2: Co-designing and Scaling ConvNets with Masked Autoencoders
    (2023)
    https://arxiv.org/abs/2301.00808
    15,623,800 parameters.
    """

def convnext_v2_pico(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt V2-P.

    ConvNeXt V2: Co-designing and Scaling ConvNets with Masked Autoencoders
    (2023)
    https://arxiv.org/abs/2301.00808
    9,066,280 parameters.
    """

def convnext_v2_tiny(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt V2-T.

    ConvNeXt V2: Co-designing and Scaling ConvNets with Masked Autoencoders
    (2023)
    https://arxiv.org/abs/2301.00808
    28,635,496 parameters.
    """

def convnext_xlarge(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """ConvNeXt-XL.

    A ConvNet for the 2020s (2022)
    https://arxiv.org/abs/2201.03545
    350,196,968 parameters.
    """

def cs3darknet_focus_l(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CS3DarkNet-Focus-L: a 6x6 convolution as stem.

    CSPNet: A New Backbone that can Enhance Learning Capability of CNN (2019)
    https://arxiv.org/abs/1911.11929
    21,151,720 parameters.
    """

def cs3darknet_focus_m(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CS3DarkNet-Focus-M: a 6x6 convolution as stem.

    CSPNet: A New Backbone that can Enhance Learning Capability of CNN (2019)
    https://arxiv.org/abs/1911.11929
    9,304,360 parameters.
    """

def cs3darknet_focus_s(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CS3DarkNet-Focus-S: a 6x6 convolution as stem.

    CSPNet: A New Backbone that can Enhance Learning Capability of CNN (2019)
    https://arxiv.org/abs/1911.11929
    3,274,728 parameters.
    """

def cs3darknet_focus_x(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CS3DarkNet-Focus-X: a 6x6 convolution as stem.

    CSPNet: A New Backbone that can Enhance Learning Capability of CNN (2019)
    https://arxiv.org/abs/1911.11929
    35,025,000 parameters.
    """

def cs3darknet_l(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CS3DarkNet-L.

    CSPNet: A New Backbone that can Enhance Learning Capability of CNN (2019)
    https://arxiv.org/abs/1911.11929
    21,164,168 parameters.
    """

def cs3darknet_m(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CS3DarkNet-M.

    CSPNet: A New Backbone that can Enhance Learning Capability of CNN (2019)
    https://arxiv.org/abs/1911.11929
    9,310,240 parameters.
    """

def cs3darknet_s(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CS3DarkNet-S.

    CSPNet: A New Backbone that can Enhance Learning Capability of CNN (2019)
    https://arxiv.org/abs/1911.11929
    3,276,344 parameters.
    """

def cs3darknet_x(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CS3DarkNet-X.

    CSPNet: A New Backbone that can Enhance Learning Capability of CNN (2019)
    https://arxiv.org/abs/1911.11929
    35,046,320 parameters.
    """

def cs3edgenet_x(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CS3EdgeNet-X: edge blocks.

    CSPNet: A New Backbone that can Enhance Learning Capability of CNN (2019)
    https://arxiv.org/abs/1911.11929
    47,821,120 parameters.
    """

def cs3se_edgenet_x(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CS3SE-EdgeNet-X: edge blocks, squeeze-and-excitation.

    CSPNet: A New Backbone that can Enhance Learning Capability of CNN (2019)
    https://arxiv.org/abs/1911.11929
    50,721,584 parameters.
    """

def cs3sedarknet_l(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CS3SEDarkNet-L: squeeze-and-excitation.

    CSPNet: A New Backbone that can Enhance Learning Capability of CNN (2019)
    https://arxiv.org/abs/1911.11929
    21,913,592 parameters.
    """

def cs3sedarknet_x(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CS3SEDarkNet-X: squeeze-and-excitation.

    CSPNet: A New Backbone that can Enhance Learning Capability of CNN (2019)
    https://arxiv.org/abs/1911.11929
    35,397,904 parameters.
    """

def cspdarknet53(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CSPDarknet-53.

    CSPNet: A New Backbone that can Enhance Learning Capability of CNN (2019)
    https://arxiv.org/abs/1911.11929
    27,642,184 parameters.
    """

def cspresnet50(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CSPResNet-50.

    CSPNet: A New Backbone that can Enhance Learning Capability of CNN (2019)
    https://arxiv.org/abs/1911.11929
    21,616,168 parameters.
    """

def cspresnext50(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """CSPResNeXt-50: bottlenecks of 32 groups.

    CSPNet: A New Backbone that can Enhance Learning Capability of CNN (2019)
    https://arxiv.org/abs/1911.11929
    20,569,896 parameters.
    """

def cuda_convnet_cifar(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """cuda-convnet's network of 18 % error on CIFAR-10.

    cuda-convnet: High-performance C++/CUDA implementation of convolutional
    neural networks (2012)
    https://code.google.com/archive/p/cuda-convnet/
    89,578 parameters.
    """

def dan_net(
    *,
    num_classes: int = 43,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """Dan-Net for traffic signs: one column.

    A Committee of Neural Networks for Traffic Sign Classification (2011)
    https://doi.org/10.1109/IJCNN.2011.6033458
    1,543,443 parameters.
    """

def darknet53(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DarkNet-53.

    YOLOv3: An Incremental Improvement (2018)
    https://arxiv.org/abs/1804.02767
    41,609,928 parameters.
    """

def densenet121(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DenseNet-121 of Table 1.

    Densely Connected Convolutional Networks (2016)
    https://arxiv.org/abs/1608.06993
    7,978,856 parameters.
    """

def densenet161(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DenseNet-161, growth 48, of the first version's Table 1.

    Densely Connected Convolutional Networks (2016)
    https://arxiv.org/abs/1608.06993
    28,681,000 parameters.
    """

def densenet169(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DenseNet-169 of Table 1.

    Densely Connected Convolutional Networks (2016)
    https://arxiv.org/abs/1608.06993
    14,149,480 parameters.
    """

def densenet201(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DenseNet-201 of Table 1.

    Densely Connected Convolutional Networks (2016)
    https://arxiv.org/abs/1608.06993
    20,013,928 parameters.
    """

def densenet_bc100_12(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    dropout_rate: float = 0.0,
) -> keras.Model:
    """DenseNet-BC for CIFAR, 100 layers, growth 12 (0.8 M in Table 2).

    Densely Connected Convolutional Networks (2016)
    https://arxiv.org/abs/1608.06993
    769,162 parameters.
    """

def densenet_bc190_40(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    dropout_rate: float = 0.0,
) -> keras.Model:
    """DenseNet-BC for CIFAR, 190 layers, growth 40 (25.6 M in Table 2).

    Densely Connected Convolutional Networks (2016)
    https://arxiv.org/abs/1608.06993
    25,624,430 parameters.
    """

def densenet_bc250_24(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    dropout_rate: float = 0.0,
) -> keras.Model:
    """DenseNet-BC for CIFAR, 250 layers, growth 24 (15.3 M in Table 2).

    Densely Connected Convolutional Networks (2016)
    https://arxiv.org/abs/1608.06993
    15,324,406 parameters.
    """

def dla102(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DLA-102: bottlenecks, residual roots.

    Deep Layer Aggregation (2018)
    https://arxiv.org/abs/1707.06484
    33,268,888 parameters.
    """

def dla102x(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DLA-X-102: bottlenecks of 32 groups, residual roots.

    Deep Layer Aggregation (2018)
    https://arxiv.org/abs/1707.06484
    26,309,272 parameters.
    """

def dla102x2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DLA-X-102 64: bottlenecks of 64 groups, residual roots.

    Deep Layer Aggregation (2018)
    https://arxiv.org/abs/1707.06484
    41,282,200 parameters.
    """

def dla169(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DLA-169: bottlenecks, residual roots.

    Deep Layer Aggregation (2018)
    https://arxiv.org/abs/1707.06484
    53,389,720 parameters.
    """

def dla34(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DLA-34: basic blocks.

    Deep Layer Aggregation (2018)
    https://arxiv.org/abs/1707.06484
    15,742,104 parameters.
    """

def dla46_c(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DLA-46-C: compact bottlenecks.

    Deep Layer Aggregation (2018)
    https://arxiv.org/abs/1707.06484
    1,301,400 parameters.
    """

def dla46x_c(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DLA-X-46-C: compact bottlenecks of 32 groups.

    Deep Layer Aggregation (2018)
    https://arxiv.org/abs/1707.06484
    1,068,440 parameters.
    """

def dla60(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DLA-60: bottlenecks.

    Deep Layer Aggregation (2018)
    https://arxiv.org/abs/1707.06484
    22,036,632 parameters.
    """

def dla60x(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DLA-X-60: bottlenecks of 32 groups.

    Deep Layer Aggregation (2018)
    https://arxiv.org/abs/1707.06484
    17,352,344 parameters.
    """

def dla60x_c(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DLA-X-60-C: compact bottlenecks of 32 groups.

    Deep Layer Aggregation (2018)
    https://arxiv.org/abs/1707.06484
    1,319,832 parameters.
    """

def dm_nfnet_f0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
    dropout_rate: float | None = None,
) -> keras.Model:
    """NFNet-F0, of DeepMind.

    High-Performance Large-Scale Image Recognition Without Normalization (2021)
    https://arxiv.org/abs/2102.06171
    71,489,284 parameters.
    """

def dm_nfnet_f1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
    dropout_rate: float | None = None,
) -> keras.Model:
    """NFNet-F1, of DeepMind.

    High-Performance Large-Scale Image Recognition Without Normalization (2021)
    https://arxiv.org/abs/2102.06171
    132,634,256 parameters.
    """

def dm_nfnet_f2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
    dropout_rate: float | None = None,
) -> keras.Model:
    """NFNet-F2, of DeepMind.

    High-Performance Large-Scale Image Recognition Without Normalization (2021)
    https://arxiv.org/abs/2102.06171
    193,779,228 parameters.
    """

def dm_nfnet_f3(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
    dropout_rate: float | None = None,
) -> keras.Model:
    """NFNet-F3, of DeepMind.

    High-Performance Large-Scale Image Recognition Without Normalization (2021)
    https://arxiv.org/abs/2102.06171
    254,924,200 parameters.
    """

def dm_nfnet_f4(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
    dropout_rate: float | None = None,
) -> keras.Model:
    """NFNet-F4, of DeepMind.

    High-Performance Large-Scale Image Recognition Without Normalization (2021)
    https://arxiv.org/abs/2102.06171
    316,069,172 parameters.
    """

def dm_nfnet_f5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
    dropout_rate: float | None = None,
) -> keras.Model:
    """NFNet-F5, of DeepMind.

    High-Performance Large-Scale Image Recognition Without Normalization (2021)
    https://arxiv.org/abs/2102.06171
    377,214,144 parameters.
    """

def dm_nfnet_f6(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
    dropout_rate: float | None = None,
) -> keras.Model:
    """NFNet-F6, of DeepMind.

    High-Performance Large-Scale Image Recognition Without Normalization (2021)
    https://arxiv.org/abs/2102.06171
    438,359,116 parameters.
    """

def dpn107(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DPN-107.

    Dual Path Networks (2017)
    https://arxiv.org/abs/1707.01629
    86,917,800 parameters.
    """

def dpn131(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DPN-131.

    Dual Path Networks (2017)
    https://arxiv.org/abs/1707.01629
    79,254,504 parameters.
    """

def dpn68(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DPN-68.

    Dual Path Networks (2017)
    https://arxiv.org/abs/1707.01629
    12,611,602 parameters.
    """

def dpn92(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DPN-92.

    Dual Path Networks (2017)
    https://arxiv.org/abs/1707.01629
    37,668,392 parameters.
    """

def dpn98(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """DPN-98.

    Dual Path Networks (2017)
    https://arxiv.org/abs/1707.01629
    61,570,728 parameters.
    """

def eca_nfnet_l0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
    dropout_rate: float | None = None,
) -> keras.Model:
    """ECA-NFNet-L0, of timm.

    High-Performance Large-Scale Image Recognition Without Normalization (2021)
    https://arxiv.org/abs/2102.06171
    24,143,924 parameters.
    """

def eca_nfnet_l1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
    dropout_rate: float | None = None,
) -> keras.Model:
    """ECA-NFNet-L1, of timm.

    High-Performance Large-Scale Image Recognition Without Normalization (2021)
    https://arxiv.org/abs/2102.06171
    41,407,728 parameters.
    """

def eca_nfnet_l2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
    dropout_rate: float | None = None,
) -> keras.Model:
    """ECA-NFNet-L2, of timm.

    High-Performance Large-Scale Image Recognition Without Normalization (2021)
    https://arxiv.org/abs/2102.06171
    56,722,348 parameters.
    """

def eca_resnet101d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ECA-ResNet-101-D.

    ECA-Net: Efficient Channel Attention for Deep Convolutional Neural Networks
    (2020)
    https://arxiv.org/abs/1910.03151
    44,568,563 parameters.
    """

def eca_resnet269d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ECA-ResNet-269-D.

    ECA-Net: Efficient Channel Attention for Deep Convolutional Neural Networks
    (2020)
    https://arxiv.org/abs/1910.03151
    102,093,077 parameters.
    """

def eca_resnet26t(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ECA-ResNet-26-T.

    ECA-Net: Efficient Channel Attention for Deep Convolutional Neural Networks
    (2020)
    https://arxiv.org/abs/1910.03151
    16,011,916 parameters.
    """

def eca_resnet50d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ECA-ResNet-50-D.

    ECA-Net: Efficient Channel Attention for Deep Convolutional Neural Networks
    (2020)
    https://arxiv.org/abs/1910.03151
    25,576,350 parameters.
    """

def eca_resnet50t(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ECA-ResNet-50-T.

    ECA-Net: Efficient Channel Attention for Deep Convolutional Neural Networks
    (2020)
    https://arxiv.org/abs/1910.03151
    25,573,814 parameters.
    """

def eca_resnetlight(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ECA-ResNet-light.

    ECA-Net: Efficient Channel Attention for Deep Convolutional Neural Networks
    (2020)
    https://arxiv.org/abs/1910.03151
    30,162,046 parameters.
    """

def efficientnet_b0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B0 of Table 1.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    5,288,548 parameters.
    """

def efficientnet_b1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B1: depth 1.1.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    7,794,184 parameters.
    """

def efficientnet_b2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B2: width 1.1, depth 1.2.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    9,109,994 parameters.
    """

def efficientnet_b3(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B3: width 1.2, depth 1.4.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    12,233,232 parameters.
    """

def efficientnet_b4(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B4: width 1.4, depth 1.8.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    19,341,616 parameters.
    """

def efficientnet_b5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B5: width 1.6, depth 2.2.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    30,389,784 parameters.
    """

def efficientnet_b6(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B6: width 1.8, depth 2.6.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    43,040,704 parameters.
    """

def efficientnet_b7(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B7: width 2.0, depth 3.1.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    66,347,960 parameters.
    """

def efficientnet_lite0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-Lite0: B0 with relu6, no squeeze-and-excitation.

    Higher accuracy on vision models with EfficientNet-Lite (2020)
    https://blog.tensorflow.org/2020/03/higher-accuracy-on-vision-models-with-efficientnet-lite.html
    4,652,008 parameters.
    """

def efficientnet_lite1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-Lite1: depth 1.1.

    Higher accuracy on vision models with EfficientNet-Lite (2020)
    https://blog.tensorflow.org/2020/03/higher-accuracy-on-vision-models-with-efficientnet-lite.html
    5,416,680 parameters.
    """

def efficientnet_lite2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-Lite2: width 1.1, depth 1.2.

    Higher accuracy on vision models with EfficientNet-Lite (2020)
    https://blog.tensorflow.org/2020/03/higher-accuracy-on-vision-models-with-efficientnet-lite.html
    6,092,072 parameters.
    """

def efficientnet_lite3(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-Lite3: width 1.2, depth 1.4.

    Higher accuracy on vision models with EfficientNet-Lite (2020)
    https://blog.tensorflow.org/2020/03/higher-accuracy-on-vision-models-with-efficientnet-lite.html
    8,197,096 parameters.
    """

def efficientnet_lite4(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-Lite4: width 1.4, depth 1.8.

    Higher accuracy on vision models with EfficientNet-Lite (2020)
    https://blog.tensorflow.org/2020/03/higher-accuracy-on-vision-models-with-efficientnet-lite.html
    13,006,568 parameters.
    """

def efficientnet_v2_l(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNetV2-L.

    EfficientNetV2: Smaller Models and Faster Training (2021)
    https://arxiv.org/abs/2104.00298
    118,515,272 parameters.
    """

def efficientnet_v2_m(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNetV2-M.

    EfficientNetV2: Smaller Models and Faster Training (2021)
    https://arxiv.org/abs/2104.00298
    54,139,356 parameters.
    """

def efficientnet_v2_s(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNetV2-S of Table 4.

    EfficientNetV2: Smaller Models and Faster Training (2021)
    https://arxiv.org/abs/2104.00298
    21,458,488 parameters.
    """

def ese_vovnet19b_dw(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """VoVNetV2-19 of depthwise separable convolutions.

    CenterMask: Real-Time Anchor-Free Instance Segmentation (2019)
    https://arxiv.org/abs/1911.06667
    6,543,080 parameters.
    """

def ese_vovnet19b_slim(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """VoVNetV2-19 slim.

    CenterMask: Real-Time Anchor-Free Instance Segmentation (2019)
    https://arxiv.org/abs/1911.06667
    3,166,136 parameters.
    """

def ese_vovnet19b_slim_dw(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """VoVNetV2-19 slim of depthwise separable convolutions.

    CenterMask: Real-Time Anchor-Free Instance Segmentation (2019)
    https://arxiv.org/abs/1911.06667
    1,897,752 parameters.
    """

def ese_vovnet39b(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """VoVNetV2-39.

    CenterMask: Real-Time Anchor-Free Instance Segmentation (2019)
    https://arxiv.org/abs/1911.06667
    24,568,936 parameters.
    """

def ese_vovnet57b(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """VoVNetV2-57.

    CenterMask: Real-Time Anchor-Free Instance Segmentation (2019)
    https://arxiv.org/abs/1911.06667
    38,608,936 parameters.
    """

def ese_vovnet99b(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """VoVNetV2-99.

    CenterMask: Real-Time Anchor-Free Instance Segmentation (2019)
    https://arxiv.org/abs/1911.06667
    63,199,272 parameters.
    """

def fastvit_s12(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_path_rate: float = 0.0,
) -> keras.Model:
    """FastViT-S12.

    FastViT: A Fast Hybrid Vision Transformer using Structural
    Reparameterization (2023)
    https://arxiv.org/abs/2303.14189
    9,473,576 parameters.
    """

def fastvit_t12(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_path_rate: float = 0.0,
) -> keras.Model:
    """FastViT-T12.

    FastViT: A Fast Hybrid Vision Transformer using Structural
    Reparameterization (2023)
    https://arxiv.org/abs/2303.14189
    7,553,704 parameters.
    """

def fastvit_t8(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_path_rate: float = 0.0,
) -> keras.Model:
    """FastViT-T8.

    FastViT: A Fast Hybrid Vision Transformer using Structural
    Reparameterization (2023)
    https://arxiv.org/abs/2303.14189
    4,026,232 parameters.
    """

def fbnetc_100(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.0,
) -> keras.Model:
    """FBNet-C.

    FBNet: Hardware-Aware Efficient ConvNet Design via Differentiable Neural
    Architecture Search (2019)
    https://arxiv.org/abs/1812.03443
    5,572,200 parameters.
    """

def fractalnet20(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    drop_rate: float = 0.15,
    global_rate: float = 0.5,
    dropout_rates: tuple[float, ...] = (0.0, 0.1, 0.2, 0.3, 0.4),
) -> keras.Model:
    """FractalNet of 20 layers for CIFAR and SVHN: three columns.

    FractalNet: Ultra-Deep Neural Networks without Residuals (2016)
    https://arxiv.org/abs/1605.07648
    33,724,618 parameters.
    """

def gc_resnet33ts(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """GC-ResNet-33-TS.

    GCNet: Non-local Networks Meet Squeeze-Excitation Networks and Beyond (2019)
    https://arxiv.org/abs/1904.11492
    19,880,698 parameters.
    """

def gc_resnet50t(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """GC-ResNet-50-T.

    GCNet: Non-local Networks Meet Squeeze-Excitation Networks and Beyond (2019)
    https://arxiv.org/abs/1904.11492
    25,897,080 parameters.
    """

def gc_resnext26ts(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """GC-ResNeXt-26-TS.

    GCNet: Non-local Networks Meet Squeeze-Excitation Networks and Beyond (2019)
    https://arxiv.org/abs/1904.11492
    10,476,600 parameters.
    """

def gc_resnext50ts(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """GC-ResNeXt-50-TS.

    GCNet: Non-local Networks Meet Squeeze-Excitation Networks and Beyond (2019)
    https://arxiv.org/abs/1904.11492
    15,667,320 parameters.
    """

def ghostnet_050(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """GhostNet with half of the channels.

    GhostNet: More Features from Cheap Operations (2020)
    https://arxiv.org/abs/1911.11907
    2,587,292 parameters.
    """

def ghostnet_100(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """GhostNet of Table 7.

    GhostNet: More Features from Cheap Operations (2020)
    https://arxiv.org/abs/1911.11907
    5,182,508 parameters.
    """

def ghostnet_130(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """GhostNet with 1.3 times the channels.

    GhostNet: More Features from Cheap Operations (2020)
    https://arxiv.org/abs/1911.11907
    7,358,820 parameters.
    """

def ghostnet_v2_100(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """GhostNetV2.

    GhostNetV2: Enhance Cheap Operation with Long-Range Attention (2022)
    https://arxiv.org/abs/2211.12905
    6,156,908 parameters.
    """

def ghostnet_v2_130(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """GhostNetV2 with 1.3 times the channels.

    GhostNetV2: Enhance Cheap Operation with Long-Range Attention (2022)
    https://arxiv.org/abs/2211.12905
    8,960,404 parameters.
    """

def ghostnet_v2_160(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """GhostNetV2 with 1.6 times the channels.

    GhostNetV2: Enhance Cheap Operation with Long-Range Attention (2022)
    https://arxiv.org/abs/2211.12905
    12,392,698 parameters.
    """

def googlenet(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    aux_heads: bool = False,
    dropout_rate: float | None = None,
) -> keras.Model:
    """GoogLeNet as published: response normalization, 5x5 convolutions.

    Going Deeper with Convolutions (2014)
    https://arxiv.org/abs/1409.4842
    6,998,552 parameters.
    """

def googlenet_bn(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    aux_heads: bool = False,
    dropout_rate: float | None = None,
) -> keras.Model:
    """GoogLeNet as torchvision ships it: batch normalization, 3x3 for 5x5.

    Going Deeper with Convolutions (2014)
    https://arxiv.org/abs/1409.4842
    6,624,904 parameters.
    """

def hardnet39ds(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
) -> keras.Model:
    """HarDNet-39DS: depthwise separable convolutions.

    HarDNet: A Low Memory Traffic Network (2019)
    https://arxiv.org/abs/1909.00948
    3,488,228 parameters.
    """

def hardnet68(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
) -> keras.Model:
    """HarDNet-68.

    HarDNet: A Low Memory Traffic Network (2019)
    https://arxiv.org/abs/1909.00948
    17,565,348 parameters.
    """

def hardnet68ds(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
) -> keras.Model:
    """HarDNet-68DS: depthwise separable convolutions.

    HarDNet: A Low Memory Traffic Network (2019)
    https://arxiv.org/abs/1909.00948
    4,180,602 parameters.
    """

def hardnet85(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
) -> keras.Model:
    """HarDNet-85.

    HarDNet: A Low Memory Traffic Network (2019)
    https://arxiv.org/abs/1909.00948
    36,670,212 parameters.
    """

def hgnet_base(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """PP-HGNet-base.

    PP-HGNet (2022)
    https://github.com/PaddlePaddle/PaddleClas/blob/release/2.5.1/docs/en/models/PP-HGNet_en.md
    71,578,184 parameters.
    """

def hgnet_small(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """PP-HGNet-small.

    PP-HGNet (2022)
    https://github.com/PaddlePaddle/PaddleClas/blob/release/2.5.1/docs/en/models/PP-HGNet_en.md
    24,360,872 parameters.
    """

def hgnet_tiny(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """PP-HGNet-tiny.

    PP-HGNet (2022)
    https://github.com/PaddlePaddle/PaddleClas/blob/release/2.5.1/docs/en/models/PP-HGNet_en.md
    14,735,864 parameters.
    """

def hgnet_v2_b0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """PP-HGNetV2-B0.

    PP-HGNetV2 (2023)
    https://github.com/PaddlePaddle/PaddleClas/blob/develop/docs/zh_CN/models/ImageNet1k/PP-HGNetV2.md
    5,996,550 parameters.
    """

def hgnet_v2_b1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """PP-HGNetV2-B1.

    PP-HGNetV2 (2023)
    https://github.com/PaddlePaddle/PaddleClas/blob/develop/docs/zh_CN/models/ImageNet1k/PP-HGNetV2.md
    6,343,158 parameters.
    """

def hgnet_v2_b2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """PP-HGNetV2-B2.

    PP-HGNetV2 (2023)
    https://github.com/PaddlePaddle/PaddleClas/blob/develop/docs/zh_CN/models/ImageNet1k/PP-HGNetV2.md
    11,221,356 parameters.
    """

def hgnet_v2_b3(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """PP-HGNetV2-B3.

    PP-HGNetV2 (2023)
    https://github.com/PaddlePaddle/PaddleClas/blob/develop/docs/zh_CN/models/ImageNet1k/PP-HGNetV2.md
    16,292,216 parameters.
    """

def hgnet_v2_b4(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """PP-HGNetV2-B4.

    PP-HGNetV2 (2023)
    https://github.com/PaddlePaddle/PaddleClas/blob/develop/docs/zh_CN/models/ImageNet1k/PP-HGNetV2.md
    19,796,680 parameters.
    """

def hgnet_v2_b5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """PP-HGNetV2-B5.

    PP-HGNetV2 (2023)
    https://github.com/PaddlePaddle/PaddleClas/blob/develop/docs/zh_CN/models/ImageNet1k/PP-HGNetV2.md
    39,569,064 parameters.
    """

def hgnet_v2_b6(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """PP-HGNetV2-B6.

    PP-HGNetV2 (2023)
    https://github.com/PaddlePaddle/PaddleClas/blob/develop/docs/zh_CN/models/ImageNet1k/PP-HGNetV2.md
    75,256,776 parameters.
    """

def highway19_cifar(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    dropout_rate: float = 0.2,
) -> keras.Model:
    """The 19-layer highway network of the authors' CIFAR-10 definition.

    Training Very Deep Networks (2015)
    https://arxiv.org/abs/1507.06228
    2,256,838 parameters.
    """

def hrnet_w18(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """HRNet-W18-C.

    Deep High-Resolution Representation Learning for Visual Recognition (2019)
    https://arxiv.org/abs/1908.07919
    21,299,004 parameters.
    """

def hrnet_w18_small(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """HRNet-W18-C-Small-v1 of the authors' code.

    Deep High-Resolution Representation Learning for Visual Recognition (2019)
    https://arxiv.org/abs/1908.07919
    13,187,464 parameters.
    """

def hrnet_w18_small_v2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """HRNet-W18-C-Small-v2 of the authors' code.

    Deep High-Resolution Representation Learning for Visual Recognition (2019)
    https://arxiv.org/abs/1908.07919
    15,597,464 parameters.
    """

def hrnet_w18_ssld(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """HRNet-W18-C of PaddleClas: no biases in the head's convolutions.

    Beyond Self-Supervision: A Simple Yet Effective Network Distillation
    Alternative to Improve Backbones (2021)
    https://arxiv.org/abs/2103.05959
    21,295,164 parameters.
    """

def hrnet_w30(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """HRNet-W30-C.

    Deep High-Resolution Representation Learning for Visual Recognition (2019)
    https://arxiv.org/abs/1908.07919
    37,712,220 parameters.
    """

def hrnet_w32(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """HRNet-W32-C.

    Deep High-Resolution Representation Learning for Visual Recognition (2019)
    https://arxiv.org/abs/1908.07919
    41,232,680 parameters.
    """

def hrnet_w40(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """HRNet-W40-C.

    Deep High-Resolution Representation Learning for Visual Recognition (2019)
    https://arxiv.org/abs/1908.07919
    57,557,160 parameters.
    """

def hrnet_w44(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """HRNet-W44-C.

    Deep High-Resolution Representation Learning for Visual Recognition (2019)
    https://arxiv.org/abs/1908.07919
    67,064,984 parameters.
    """

def hrnet_w48(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """HRNet-W48-C.

    Deep High-Resolution Representation Learning for Visual Recognition (2019)
    https://arxiv.org/abs/1908.07919
    77,469,864 parameters.
    """

def hrnet_w48_ssld(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """HRNet-W48-C of PaddleClas: no biases in the head's convolutions.

    Beyond Self-Supervision: A Simple Yet Effective Network Distillation
    Alternative to Improve Backbones (2021)
    https://arxiv.org/abs/2103.05959
    77,466,024 parameters.
    """

def hrnet_w64(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """HRNet-W64-C.

    Deep High-Resolution Representation Learning for Visual Recognition (2019)
    https://arxiv.org/abs/1908.07919
    128,059,944 parameters.
    """

def inception_next_atto(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """InceptionNeXt-A.

    InceptionNeXt: When Inception Meets ConvNeXt (2023)
    https://arxiv.org/abs/2303.16900
    4,156,520 parameters.
    """

def inception_next_base(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """InceptionNeXt-B.

    InceptionNeXt: When Inception Meets ConvNeXt (2023)
    https://arxiv.org/abs/2303.16900
    86,672,136 parameters.
    """

def inception_next_small(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """InceptionNeXt-S.

    InceptionNeXt: When Inception Meets ConvNeXt (2023)
    https://arxiv.org/abs/2303.16900
    49,374,016 parameters.
    """

def inception_next_tiny(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
) -> keras.Model:
    """InceptionNeXt-T.

    InceptionNeXt: When Inception Meets ConvNeXt (2023)
    https://arxiv.org/abs/2303.16900
    28,055,680 parameters.
    """

def inception_resnet_v1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """Inception-ResNet-v1 as published.

    Inception-v4, Inception-ResNet and the Impact of Residual Connections on
    Learning (2016)
    https://arxiv.org/abs/1602.07261
    22,756,328 parameters.
    """

def inception_resnet_v2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """Inception-ResNet-v2 as its authors released it.

    Inception-v4, Inception-ResNet and the Impact of Residual Connections on
    Learning (2016)
    https://arxiv.org/abs/1602.07261
    55,843,464 parameters.
    """

def inception_v2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """Inception-v2, also known as BN-Inception.

    Batch Normalization: Accelerating Deep Network Training by Reducing Internal
    Covariate Shift (2015)
    https://arxiv.org/abs/1502.03167
    11,188,288 parameters.
    """

def inception_v3(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    aux_heads: bool = False,
    dropout_rate: float = 0.2,
) -> keras.Model:
    """Inception-v3 as its authors and Keras have it.

    Rethinking the Inception Architecture for Computer Vision (2015)
    https://arxiv.org/abs/1512.00567
    23,834,568 parameters.
    """

def inception_v3_torchvision(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    aux_heads: bool = False,
    dropout_rate: float = 0.2,
) -> keras.Model:
    """Inception-v3 as torchvision and timm have it.

    Rethinking the Inception Architecture for Computer Vision (2015)
    https://arxiv.org/abs/1512.00567
    23,834,568 parameters.
    """

def inception_v4(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """Inception-v4 as published.

    Inception-v4, Inception-ResNet and the Impact of Residual Connections on
    Learning (2016)
    https://arxiv.org/abs/1602.07261
    42,679,816 parameters.
    """

def lenet1(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """LeNet-1: 2,578 parameters, as published.

    Handwritten Digit Recognition with a Back-Propagation Network (1989)
    https://papers.nips.cc/paper/1989/hash/53c3bce66e43be4f209556518c2fcb54-Abstract.html
    2,578 parameters.
    """

def lenet4(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """LeNet-4: between LeNet-1 and LeNet-5, connections chosen to fit.

    Gradient-Based Learning Applied to Document Recognition (1998)
    https://doi.org/10.1109/5.726791
    16,590 parameters.
    """

def lenet5(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """LeNet-5 as published: connection table, trainable sub-sampling, RBF.

    Gradient-Based Learning Applied to Document Recognition (1998)
    https://doi.org/10.1109/5.726791
    60,000 parameters.
    """

def lenet5_relu(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """LeNet-5 as it is taught today: ReLU, max pooling, linear classifier.

    Gradient-Based Learning Applied to Document Recognition (1998)
    https://doi.org/10.1109/5.726791
    61,706 parameters.
    """

def mcdnn_cifar(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    columns: float | None = None,
) -> keras.Model:
    """MCDNN for CIFAR-10: 8 columns of four convolutions of 300 maps.

    Multi-column Deep Neural Networks for Image Classification (2012)
    https://arxiv.org/abs/1202.2745
    13,285,680 parameters.
    """

def mcdnn_gtsrb(
    *,
    num_classes: int = 43,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    columns: float | None = None,
) -> keras.Model:
    """MCDNN for traffic signs: 25 columns of Dan-Net.

    Multi-column Deep Neural Networks for Image Classification (2012)
    https://arxiv.org/abs/1202.2745
    38,586,075 parameters.
    """

def mcdnn_mnist(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    columns: float | None = None,
) -> keras.Model:
    """MCDNN for MNIST: 35 columns of 1x29x29-20C4-MP2-40C5-MP3-150N-10N.

    Multi-column Deep Neural Networks for Image Classification (2012)
    https://arxiv.org/abs/1202.2745
    2,661,400 parameters.
    """

def mixnet_l(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MixNet-L: M, 1.3 times as wide.

    MixConv: Mixed Depthwise Convolutional Kernels (2019)
    https://arxiv.org/abs/1907.09595
    7,329,252 parameters.
    """

def mixnet_m(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MixNet-M.

    MixConv: Mixed Depthwise Convolutional Kernels (2019)
    https://arxiv.org/abs/1907.09595
    5,014,382 parameters.
    """

def mixnet_s(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MixNet-S.

    MixConv: Mixed Depthwise Convolutional Kernels (2019)
    https://arxiv.org/abs/1907.09595
    4,134,606 parameters.
    """

def mixnet_xl(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MixNet-XL: M, 1.6 times as wide and deeper.

    MixConv: Mixed Depthwise Convolutional Kernels (2019)
    https://arxiv.org/abs/1907.09595
    11,896,768 parameters.
    """

def mnasnet0_5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MnasNet-B1 with half of the channels.

    MnasNet: Platform-Aware Neural Architecture Search for Mobile (2018)
    https://arxiv.org/abs/1807.11626
    2,218,512 parameters.
    """

def mnasnet0_75(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MnasNet-B1 with 0.75 of the channels.

    MnasNet: Platform-Aware Neural Architecture Search for Mobile (2018)
    https://arxiv.org/abs/1807.11626
    3,170,208 parameters.
    """

def mnasnet1_0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MnasNet-B1.

    MnasNet: Platform-Aware Neural Architecture Search for Mobile (2018)
    https://arxiv.org/abs/1807.11626
    4,383,312 parameters.
    """

def mnasnet1_3(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MnasNet-B1 with 1.3 times the channels.

    MnasNet: Platform-Aware Neural Architecture Search for Mobile (2018)
    https://arxiv.org/abs/1807.11626
    6,282,256 parameters.
    """

def mnasnet_a1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MnasNet-A1, with squeeze-and-excitation: Figure 7.

    MnasNet: Platform-Aware Neural Architecture Search for Mobile (2018)
    https://arxiv.org/abs/1807.11626
    3,887,038 parameters.
    """

def mobilenet_v1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.001,
) -> keras.Model:
    """MobileNet of Table 1.

    MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
    Applications (2017)
    https://arxiv.org/abs/1704.04861
    4,231,976 parameters.
    """

def mobilenet_v1_100(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.001,
) -> keras.Model:
    """MobileNet, width 1, of timm.

    MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
    Applications (2017)
    https://arxiv.org/abs/1704.04861
    4,231,976 parameters.
    """

def mobilenet_v1_100h(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.001,
) -> keras.Model:
    """MobileNet, width 1, of timm: a convolution before the classifier.

    MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
    Applications (2017)
    https://arxiv.org/abs/1704.04861
    5,282,600 parameters.
    """

def mobilenet_v1_125(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.001,
) -> keras.Model:
    """MobileNet, width 1.25, of timm.

    MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
    Applications (2017)
    https://arxiv.org/abs/1704.04861
    6,270,840 parameters.
    """

def mobilenet_v1_x0_25(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.001,
) -> keras.Model:
    """MobileNet with a quarter of the channels.

    MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
    Applications (2017)
    https://arxiv.org/abs/1704.04861
    470,072 parameters.
    """

def mobilenet_v1_x0_5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.001,
) -> keras.Model:
    """MobileNet with half of the channels.

    MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
    Applications (2017)
    https://arxiv.org/abs/1704.04861
    1,331,592 parameters.
    """

def mobilenet_v1_x0_75(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.001,
) -> keras.Model:
    """MobileNet with 0.75 of the channels.

    MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
    Applications (2017)
    https://arxiv.org/abs/1704.04861
    2,585,560 parameters.
    """

def mobilenet_v2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV2 of Table 2.

    MobileNetV2: Inverted Residuals and Linear Bottlenecks (2018)
    https://arxiv.org/abs/1801.04381
    3,504,872 parameters.
    """

def mobilenet_v2_x0_35(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV2 with 0.35 of the channels.

    MobileNetV2: Inverted Residuals and Linear Bottlenecks (2018)
    https://arxiv.org/abs/1801.04381
    1,677,128 parameters.
    """

def mobilenet_v2_x0_5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV2 with half of the channels.

    MobileNetV2: Inverted Residuals and Linear Bottlenecks (2018)
    https://arxiv.org/abs/1801.04381
    1,968,680 parameters.
    """

def mobilenet_v2_x0_75(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV2 with 0.75 of the channels.

    MobileNetV2: Inverted Residuals and Linear Bottlenecks (2018)
    https://arxiv.org/abs/1801.04381
    2,636,424 parameters.
    """

def mobilenet_v2_x1_4(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV2 with 1.4 times the channels.

    MobileNetV2: Inverted Residuals and Linear Bottlenecks (2018)
    https://arxiv.org/abs/1801.04381
    6,108,776 parameters.
    """

def mobilenet_v3_large(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV3-Large of Table 1.

    Searching for MobileNetV3 (2019)
    https://arxiv.org/abs/1905.02244
    5,483,032 parameters.
    """

def mobilenet_v3_small(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV3-Small of Table 2.

    Searching for MobileNetV3 (2019)
    https://arxiv.org/abs/1905.02244
    2,542,856 parameters.
    """

def mobilenet_v3_small_x0_5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV3-Small with half of the channels.

    Searching for MobileNetV3 (2019)
    https://arxiv.org/abs/1905.02244
    1,593,224 parameters.
    """

def mobilenet_v3_small_x0_75(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV3-Small with 0.75 of the channels.

    Searching for MobileNetV3 (2019)
    https://arxiv.org/abs/1905.02244
    2,041,872 parameters.
    """

def mobilenet_v4_conv_aa_large(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float | None = None,
) -> keras.Model:
    """MobileNetV4-Conv-L that averages where it strides, timm's.

    MobileNetV4: Universal Models for the Mobile Ecosystem (2024)
    https://arxiv.org/abs/2404.10518
    32,590,864 parameters.
    """

def mobilenet_v4_conv_aa_medium(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float | None = None,
) -> keras.Model:
    """MobileNetV4-Conv-M that averages where it strides, timm's.

    MobileNetV4: Universal Models for the Mobile Ecosystem (2024)
    https://arxiv.org/abs/2404.10518
    9,715,512 parameters.
    """

def mobilenet_v4_conv_large(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float | None = None,
) -> keras.Model:
    """MobileNetV4-Conv-L of Table 13.

    MobileNetV4: Universal Models for the Mobile Ecosystem (2024)
    https://arxiv.org/abs/2404.10518
    32,590,864 parameters.
    """

def mobilenet_v4_conv_medium(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float | None = None,
) -> keras.Model:
    """MobileNetV4-Conv-M of Table 12.

    MobileNetV4: Universal Models for the Mobile Ecosystem (2024)
    https://arxiv.org/abs/2404.10518
    9,715,512 parameters.
    """

def mobilenet_v4_conv_small(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float | None = None,
) -> keras.Model:
    """MobileNetV4-Conv-S of Table 11.

    MobileNetV4: Universal Models for the Mobile Ecosystem (2024)
    https://arxiv.org/abs/2404.10518
    3,774,024 parameters.
    """

def mobilenet_v4_conv_small_035(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float | None = None,
) -> keras.Model:
    """MobileNetV4-Conv-S with 0.35 of the channels, timm's.

    MobileNetV4: Universal Models for the Mobile Ecosystem (2024)
    https://arxiv.org/abs/2404.10518
    1,905,384 parameters.
    """

def mobilenet_v4_conv_small_050(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float | None = None,
) -> keras.Model:
    """MobileNetV4-Conv-S with half of the channels, timm's.

    MobileNetV4: Universal Models for the Mobile Ecosystem (2024)
    https://arxiv.org/abs/2404.10518
    2,238,952 parameters.
    """

def mobileone_s0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """MobileOne-S0, of four branches a convolution.

    MobileOne: An Improved One millisecond Mobile Backbone (2022)
    https://arxiv.org/abs/2206.04040
    5,293,272 parameters.
    """

def mobileone_s1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """MobileOne-S1.

    MobileOne: An Improved One millisecond Mobile Backbone (2022)
    https://arxiv.org/abs/2206.04040
    4,825,192 parameters.
    """

def mobileone_s2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """MobileOne-S2.

    MobileOne: An Improved One millisecond Mobile Backbone (2022)
    https://arxiv.org/abs/2206.04040
    7,884,648 parameters.
    """

def mobileone_s3(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """MobileOne-S3.

    MobileOne: An Improved One millisecond Mobile Backbone (2022)
    https://arxiv.org/abs/2206.04040
    10,170,600 parameters.
    """

def mobileone_s4(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """MobileOne-S4, whose last six blocks squeeze and excite.

    MobileOne: An Improved One millisecond Mobile Backbone (2022)
    https://arxiv.org/abs/2206.04040
    14,951,248 parameters.
    """

def nasnet_large(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    aux_heads: bool = False,
    dropout_rate: float = 0.5,
    drop_path_rate: float | None = None,
) -> keras.Model:
    """NASNet-A (6 @ 4032), the large network of Table 2.

    Learning Transferable Architectures for Scalable Image Recognition (2017)
    https://arxiv.org/abs/1707.07012
    88,753,150 parameters.
    """

def nasnet_mobile(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    aux_heads: bool = False,
    dropout_rate: float = 0.5,
    drop_path_rate: float | None = None,
) -> keras.Model:
    """NASNet-A (4 @ 1056), the mobile network of Table 3.

    Learning Transferable Architectures for Scalable Image Recognition (2017)
    https://arxiv.org/abs/1707.07012
    5,289,978 parameters.
    """

def nf_resnet101(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """NF-ResNet-101.

    Characterizing signal propagation to close the performance gap in
    unnormalized ResNets (2021)
    https://arxiv.org/abs/2101.08692
    44,549,160 parameters.
    """

def nf_resnet50(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """NF-ResNet-50.

    Characterizing signal propagation to close the performance gap in
    unnormalized ResNets (2021)
    https://arxiv.org/abs/2101.08692
    25,557,032 parameters.
    """

def nfnet_l0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float | None = None,
    dropout_rate: float | None = None,
) -> keras.Model:
    """NFNet-L0, of timm.

    High-Performance Large-Scale Image Recognition Without Normalization (2021)
    https://arxiv.org/abs/2102.06171
    35,074,488 parameters.
    """

def nin_cifar(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    dropout_rate: float = 0.5,
) -> keras.Model:
    """Network in Network for CIFAR-10, of the authors' cuda-convnet files.

    Network In Network (2013)
    https://arxiv.org/abs/1312.4400
    966,986 parameters.
    """

def nin_imagenet(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    dropout_rate: float = 0.5,
) -> keras.Model:
    """Network in Network for ImageNet, of the authors' Caffe files.

    Network In Network (2013)
    https://arxiv.org/abs/1312.4400
    7,595,176 parameters.
    """

def overfeat_accurate(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    dropout_rate: float = 0.5,
) -> keras.Model:
    """OverFeat, the accurate model of Table 3.

    OverFeat: Integrated Recognition, Localization and Detection using
    Convolutional Networks (2013)
    https://arxiv.org/abs/1312.6229
    144,656,488 parameters.
    """

def overfeat_fast(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    dropout_rate: float = 0.5,
) -> keras.Model:
    """OverFeat, the fast model of Table 1.

    OverFeat: Integrated Recognition, Localization and Detection using
    Convolutional Networks (2013)
    https://arxiv.org/abs/1312.6229
    145,920,872 parameters.
    """

def peleenet(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.05,
) -> keras.Model:
    """PeleeNet.

    Pelee: A Real-Time Object Detection System on Mobile Devices (2018)
    https://arxiv.org/abs/1804.06882
    2,802,248 parameters.
    """

def pyramidnet110_a270(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """PyramidNet-110, alpha 270 (28.3 M in the paper).

    Deep Pyramidal Residual Networks (2016)
    https://arxiv.org/abs/1610.02915
    28,485,477 parameters.
    """

def pyramidnet110_a48(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """PyramidNet-110, alpha 48 (1.7 M in the paper).

    Deep Pyramidal Residual Networks (2016)
    https://arxiv.org/abs/1610.02915
    1,772,706 parameters.
    """

def pyramidnet110_a84(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """PyramidNet-110, alpha 84 (3.8 M in the paper).

    Deep Pyramidal Residual Networks (2016)
    https://arxiv.org/abs/1610.02915
    3,904,446 parameters.
    """

def pyramidnet164_a270(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """PyramidNet-164 of bottlenecks, alpha 270 (27.0 M in the paper).

    Deep Pyramidal Residual Networks (2016)
    https://arxiv.org/abs/1610.02915
    27,216,021 parameters.
    """

def pyramidnet200_a240(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """PyramidNet-200 of bottlenecks, alpha 240 (26.6 M in the paper).

    Deep Pyramidal Residual Networks (2016)
    https://arxiv.org/abs/1610.02915
    26,752,702 parameters.
    """

def pyramidnet272_a200(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """PyramidNet-272 of bottlenecks, alpha 200 (26.0 M in the paper).

    Deep Pyramidal Residual Networks (2016)
    https://arxiv.org/abs/1610.02915
    26,210,842 parameters.
    """

def regnet_x_12gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetX-12GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    46,106,056 parameters.
    """

def regnet_x_16gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetX-16GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    54,278,536 parameters.
    """

def regnet_x_1_6gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetX-1.6GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    9,190,136 parameters.
    """

def regnet_x_200mf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetX-200MF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    2,684,792 parameters.
    """

def regnet_x_32gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetX-32GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    107,811,560 parameters.
    """

def regnet_x_3_2gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetX-3.2GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    15,296,552 parameters.
    """

def regnet_x_400mf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetX-400MF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    5,157,512 parameters.
    """

def regnet_x_400mf_tv(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetX-400MF with torchvision's widths.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    5,495,976 parameters.
    """

def regnet_x_4gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetX-4GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    22,118,248 parameters.
    """

def regnet_x_600mf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetX-600MF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    6,196,040 parameters.
    """

def regnet_x_6_4gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetX-6.4GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    26,209,256 parameters.
    """

def regnet_x_800mf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetX-800MF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    7,259,656 parameters.
    """

def regnet_x_8gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetX-8GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    39,572,648 parameters.
    """

def regnet_y_128gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-128GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    644,812,894 parameters.
    """

def regnet_y_12gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-12GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    51,822,544 parameters.
    """

def regnet_y_16gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-16GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    83,590,140 parameters.
    """

def regnet_y_1_6gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-1.6GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    11,202,430 parameters.
    """

def regnet_y_200mf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-200MF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    3,162,996 parameters.
    """

def regnet_y_256gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-256GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    1,282,601,138 parameters.
    """

def regnet_y_32gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-32GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    145,046,770 parameters.
    """

def regnet_y_3_2gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-3.2GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    19,436,338 parameters.
    """

def regnet_y_400mf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-400MF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    4,344,144 parameters.
    """

def regnet_y_4gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-4GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    20,646,656 parameters.
    """

def regnet_y_600mf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-600MF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    6,055,160 parameters.
    """

def regnet_y_64gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-64GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    281,378,786 parameters.
    """

def regnet_y_6_4gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-6.4GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    30,583,252 parameters.
    """

def regnet_y_800mf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-800MF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    6,263,168 parameters.
    """

def regnet_y_800mf_tv(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-800MF with torchvision's widths.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    6,432,512 parameters.
    """

def regnet_y_8gf(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-8GF.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    39,180,068 parameters.
    """

def regnet_y_8gf_tv(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetY-8GF with torchvision's widths.

    Designing Network Design Spaces (2020)
    https://arxiv.org/abs/2003.13678
    39,381,472 parameters.
    """

def regnet_z_005(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetZ-500MF.

    Fast and Accurate Model Scaling (2021)
    https://arxiv.org/abs/2103.06877
    7,122,742 parameters.
    """

def regnet_z_040(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetZ-4GF.

    Fast and Accurate Model Scaling (2021)
    https://arxiv.org/abs/2103.06877
    27,116,800 parameters.
    """

def regnet_z_040_h(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetZ-4GF with a convolution before the classifier.

    Fast and Accurate Model Scaling (2021)
    https://arxiv.org/abs/2103.06877
    28,938,880 parameters.
    """

def regnet_z_b16(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetZ-B16: groups of 16.

    Fast and Accurate Model Scaling (2021)
    https://arxiv.org/abs/2103.06877
    9,715,480 parameters.
    """

def regnet_z_c16(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetZ-C16: groups of 16, blocks four times as wide inside.

    Fast and Accurate Model Scaling (2021)
    https://arxiv.org/abs/2103.06877
    13,459,880 parameters.
    """

def regnet_z_d32(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetZ-D32: groups of 32.

    Fast and Accurate Model Scaling (2021)
    https://arxiv.org/abs/2103.06877
    27,576,288 parameters.
    """

def regnet_z_d8(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetZ-D8: groups of 8.

    Fast and Accurate Model Scaling (2021)
    https://arxiv.org/abs/2103.06877
    23,373,792 parameters.
    """

def regnet_z_e8(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RegNetZ-E8: groups of 8.

    Fast and Accurate Model Scaling (2021)
    https://arxiv.org/abs/2103.06877
    57,698,176 parameters.
    """

def repvgg_a0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepVGG-A0.

    RepVGG: Making VGG-style ConvNets Great Again (2021)
    https://arxiv.org/abs/2101.03697
    9,108,968 parameters.
    """

def repvgg_a1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepVGG-A1.

    RepVGG: Making VGG-style ConvNets Great Again (2021)
    https://arxiv.org/abs/2101.03697
    14,092,264 parameters.
    """

def repvgg_a2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepVGG-A2.

    RepVGG: Making VGG-style ConvNets Great Again (2021)
    https://arxiv.org/abs/2101.03697
    28,210,600 parameters.
    """

def repvgg_b0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepVGG-B0.

    RepVGG: Making VGG-style ConvNets Great Again (2021)
    https://arxiv.org/abs/2101.03697
    15,817,960 parameters.
    """

def repvgg_b1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepVGG-B1.

    RepVGG: Making VGG-style ConvNets Great Again (2021)
    https://arxiv.org/abs/2101.03697
    57,415,016 parameters.
    """

def repvgg_b1g2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepVGG-B1g2.

    RepVGG: Making VGG-style ConvNets Great Again (2021)
    https://arxiv.org/abs/2101.03697
    45,782,376 parameters.
    """

def repvgg_b1g4(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepVGG-B1g4.

    RepVGG: Making VGG-style ConvNets Great Again (2021)
    https://arxiv.org/abs/2101.03697
    39,966,056 parameters.
    """

def repvgg_b2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepVGG-B2.

    RepVGG: Making VGG-style ConvNets Great Again (2021)
    https://arxiv.org/abs/2101.03697
    89,022,376 parameters.
    """

def repvgg_b2g4(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepVGG-B2g4.

    RepVGG: Making VGG-style ConvNets Great Again (2021)
    https://arxiv.org/abs/2101.03697
    61,758,376 parameters.
    """

def repvgg_b3(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepVGG-B3.

    RepVGG: Making VGG-style ConvNets Great Again (2021)
    https://arxiv.org/abs/2101.03697
    123,085,288 parameters.
    """

def repvgg_b3g4(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepVGG-B3g4.

    RepVGG: Making VGG-style ConvNets Great Again (2021)
    https://arxiv.org/abs/2101.03697
    83,825,128 parameters.
    """

def repvit_m0_9(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepViT-M0.9.

    RepViT: Revisiting Mobile CNN From ViT Perspective (2023)
    https://arxiv.org/abs/2307.09283
    5,489,328 parameters.
    """

def repvit_m1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepViT-M1 of the paper's first version.

    RepViT: Revisiting Mobile CNN From ViT Perspective (2023)
    https://arxiv.org/abs/2307.09283
    5,485,248 parameters.
    """

def repvit_m1_0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepViT-M1.0.

    RepViT: Revisiting Mobile CNN From ViT Perspective (2023)
    https://arxiv.org/abs/2307.09283
    7,302,796 parameters.
    """

def repvit_m1_1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepViT-M1.1.

    RepViT: Revisiting Mobile CNN From ViT Perspective (2023)
    https://arxiv.org/abs/2307.09283
    8,802,912 parameters.
    """

def repvit_m1_5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepViT-M1.5.

    RepViT: Revisiting Mobile CNN From ViT Perspective (2023)
    https://arxiv.org/abs/2307.09283
    14,644,432 parameters.
    """

def repvit_m2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepViT-M2 of the paper's first version.

    RepViT: Revisiting Mobile CNN From ViT Perspective (2023)
    https://arxiv.org/abs/2307.09283
    8,797,984 parameters.
    """

def repvit_m2_3(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepViT-M2.3.

    RepViT: Revisiting Mobile CNN From ViT Perspective (2023)
    https://arxiv.org/abs/2307.09283
    23,688,792 parameters.
    """

def repvit_m3(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """RepViT-M3 of the paper's first version.

    RepViT: Revisiting Mobile CNN From ViT Perspective (2023)
    https://arxiv.org/abs/2307.09283
    10,682,832 parameters.
    """

def res2net101_26w_4s(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Res2Net-101 (26w x 4s).

    Res2Net: A New Multi-scale Backbone Architecture (2019)
    https://arxiv.org/abs/1904.01169
    45,206,688 parameters.
    """

def res2net101d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Res2Net-101 v1b (26w x 4s).

    Res2Net: A New Multi-scale Backbone Architecture (2019)
    https://arxiv.org/abs/1904.01169
    45,225,920 parameters.
    """

def res2net50_14w_8s(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Res2Net-50 (14w x 8s).

    Res2Net: A New Multi-scale Backbone Architecture (2019)
    https://arxiv.org/abs/1904.01169
    25,059,816 parameters.
    """

def res2net50_26w_4s(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Res2Net-50 (26w x 4s).

    Res2Net: A New Multi-scale Backbone Architecture (2019)
    https://arxiv.org/abs/1904.01169
    25,699,120 parameters.
    """

def res2net50_26w_6s(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Res2Net-50 (26w x 6s).

    Res2Net: A New Multi-scale Backbone Architecture (2019)
    https://arxiv.org/abs/1904.01169
    37,051,448 parameters.
    """

def res2net50_26w_8s(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Res2Net-50 (26w x 8s).

    Res2Net: A New Multi-scale Backbone Architecture (2019)
    https://arxiv.org/abs/1904.01169
    48,403,776 parameters.
    """

def res2net50_48w_2s(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Res2Net-50 (48w x 2s).

    Res2Net: A New Multi-scale Backbone Architecture (2019)
    https://arxiv.org/abs/1904.01169
    25,287,304 parameters.
    """

def res2net50d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Res2Net-50 v1b (26w x 4s).

    Res2Net: A New Multi-scale Backbone Architecture (2019)
    https://arxiv.org/abs/1904.01169
    25,718,352 parameters.
    """

def res2next50(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Res2NeXt-50 (4w x 4s x 8c): grouped convolutions.

    Res2Net: A New Multi-scale Backbone Architecture (2019)
    https://arxiv.org/abs/1904.01169
    24,671,464 parameters.
    """

def resnest101e(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNeSt-101, its stem twice as wide.

    ResNeSt: Split-Attention Networks (2020)
    https://arxiv.org/abs/2004.08955
    48,275,016 parameters.
    """

def resnest14d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNeSt-14, of GluonCV.

    ResNeSt: Split-Attention Networks (2020)
    https://arxiv.org/abs/2004.08955
    10,611,688 parameters.
    """

def resnest200e(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNeSt-200, its stem twice as wide.

    ResNeSt: Split-Attention Networks (2020)
    https://arxiv.org/abs/2004.08955
    70,201,544 parameters.
    """

def resnest269e(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNeSt-269, its stem twice as wide.

    ResNeSt: Split-Attention Networks (2020)
    https://arxiv.org/abs/2004.08955
    110,929,480 parameters.
    """

def resnest26d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNeSt-26, of GluonCV.

    ResNeSt: Split-Attention Networks (2020)
    https://arxiv.org/abs/2004.08955
    17,069,448 parameters.
    """

def resnest50d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNeSt-50.

    ResNeSt: Split-Attention Networks (2020)
    https://arxiv.org/abs/2004.08955
    27,483,240 parameters.
    """

def resnest50d_1s4x24d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNeSt-50-fast (1s4x24d): one map in four groups.

    ResNeSt: Split-Attention Networks (2020)
    https://arxiv.org/abs/2004.08955
    25,677,000 parameters.
    """

def resnest50d_4s2x40d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNeSt-50-fast (4s2x40d): four maps in two groups.

    ResNeSt: Split-Attention Networks (2020)
    https://arxiv.org/abs/2004.08955
    30,417,592 parameters.
    """

def resnet1001_v2(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """Pre-activation ResNet-1001 for CIFAR (10.2 M).

    Identity Mappings in Deep Residual Networks (2016)
    https://arxiv.org/abs/1603.05027
    10,327,706 parameters.
    """

def resnet1001_v2_3x3(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """Pre-activation ResNet-1001 for CIFAR that strides in the 3x3.

    Identity Mappings in Deep Residual Networks (2016)
    https://arxiv.org/abs/1603.05027
    10,327,706 parameters.
    """

def resnet101(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-101 of Table 1, stride in the first 1x1 of a bottleneck.

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    44,549,160 parameters.
    """

def resnet101_v1_5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-101 with the stride in the 3x3 of a bottleneck.

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    44,549,160 parameters.
    """

def resnet101_v2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Pre-activation ResNet-101.

    Identity Mappings in Deep Residual Networks (2016)
    https://arxiv.org/abs/1603.05027
    44,541,480 parameters.
    """

def resnet101c(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-101-C.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    44,568,392 parameters.
    """

def resnet101d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-101-D.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    44,568,392 parameters.
    """

def resnet101s(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-101-S.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    44,672,936 parameters.
    """

def resnet10t(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-10-T.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    5,435,488 parameters.
    """

def resnet110(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """ResNet-110 for CIFAR-10 (1.7 M in Table 6).

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    1,727,962 parameters.
    """

def resnet110_b(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """ResNet-110 for CIFAR-10 with projections.

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    1,730,714 parameters.
    """

def resnet110_stochastic_depth(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    drop_rate: float = 0.5,
) -> keras.Model:
    """ResNet-110 of stochastic depth for CIFAR (1.7 M).

    Deep Networks with Stochastic Depth (2016)
    https://arxiv.org/abs/1603.09382
    1,727,962 parameters.
    """

def resnet110_v2(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """Pre-activation ResNet-110 for CIFAR: basic blocks, option A.

    Identity Mappings in Deep Residual Networks (2016)
    https://arxiv.org/abs/1603.05027
    1,727,962 parameters.
    """

def resnet1202(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """ResNet-1202 for CIFAR-10 (19.4 M in Table 6).

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    19,421,274 parameters.
    """

def resnet1202_b(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """ResNet-1202 for CIFAR-10 with projections.

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    19,424,026 parameters.
    """

def resnet1202_stochastic_depth(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    drop_rate: float = 0.5,
) -> keras.Model:
    """ResNet-1202 of stochastic depth for CIFAR (19.4 M).

    Deep Networks with Stochastic Depth (2016)
    https://arxiv.org/abs/1603.09382
    19,421,274 parameters.
    """

def resnet14t(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-14-T.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    10,081,632 parameters.
    """

def resnet152(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-152 of Table 1, stride in the first 1x1 of a bottleneck.

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    60,192,808 parameters.
    """

def resnet152_stochastic_depth(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_rate: float = 0.5,
) -> keras.Model:
    """ResNet-152 of stochastic depth for ImageNet.

    Deep Networks with Stochastic Depth (2016)
    https://arxiv.org/abs/1603.09382
    60,192,808 parameters.
    """

def resnet152_v1_5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-152 with the stride in the 3x3 of a bottleneck.

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    60,192,808 parameters.
    """

def resnet152_v2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Pre-activation ResNet-152.

    Identity Mappings in Deep Residual Networks (2016)
    https://arxiv.org/abs/1603.05027
    60,185,128 parameters.
    """

def resnet152c(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-152-C.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    60,212,040 parameters.
    """

def resnet152d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-152-D.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    60,212,040 parameters.
    """

def resnet152s(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-152-S.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    60,316,584 parameters.
    """

def resnet164_v2(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """Pre-activation ResNet-164 for CIFAR (1.7 M).

    Identity Mappings in Deep Residual Networks (2016)
    https://arxiv.org/abs/1603.05027
    1,703,258 parameters.
    """

def resnet164_v2_3x3(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """Pre-activation ResNet-164 for CIFAR that strides in the 3x3.

    Identity Mappings in Deep Residual Networks (2016)
    https://arxiv.org/abs/1603.05027
    1,703,258 parameters.
    """

def resnet18(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-18 of Table 1.

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    11,689,512 parameters.
    """

def resnet18_v2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Pre-activation ResNet-18.

    Identity Mappings in Deep Residual Networks (2016)
    https://arxiv.org/abs/1603.05027
    11,687,720 parameters.
    """

def resnet18d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-18-D.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    11,708,744 parameters.
    """

def resnet20(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """ResNet-20 for CIFAR-10 (0.27 M in Table 6).

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    269,722 parameters.
    """

def resnet200_v2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Pre-activation ResNet-200.

    Identity Mappings in Deep Residual Networks (2016)
    https://arxiv.org/abs/1603.05027
    64,666,152 parameters.
    """

def resnet200d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-200-D.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    64,693,064 parameters.
    """

def resnet20_b(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """ResNet-20 for CIFAR-10 with projections.

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    272,474 parameters.
    """

def resnet26d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-26-D.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    16,014,408 parameters.
    """

def resnet26t(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-26-T.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    16,011,872 parameters.
    """

def resnet32(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """ResNet-32 for CIFAR-10 (0.46 M in Table 6).

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    464,154 parameters.
    """

def resnet34(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-34 of Table 1.

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    21,797,672 parameters.
    """

def resnet34_v2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Pre-activation ResNet-34.

    Identity Mappings in Deep Residual Networks (2016)
    https://arxiv.org/abs/1603.05027
    21,795,880 parameters.
    """

def resnet34d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-34-D.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    21,816,904 parameters.
    """

def resnet44(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """ResNet-44 for CIFAR-10 (0.66 M in Table 6).

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    658,586 parameters.
    """

def resnet50(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-50 of Table 1, stride in the first 1x1 of a bottleneck.

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    25,557,032 parameters.
    """

def resnet50_v1_5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-50 with the stride in the 3x3 of a bottleneck.

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    25,557,032 parameters.
    """

def resnet50_v2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Pre-activation ResNet-50.

    Identity Mappings in Deep Residual Networks (2016)
    https://arxiv.org/abs/1603.05027
    25,549,352 parameters.
    """

def resnet50c(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-50-C.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    25,576,264 parameters.
    """

def resnet50d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-50-D.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    25,576,264 parameters.
    """

def resnet50s(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-50-S.

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    25,680,808 parameters.
    """

def resnet56(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """ResNet-56 for CIFAR-10 (0.85 M in Table 6).

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    853,018 parameters.
    """

def resnet56_b(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """ResNet-56 for CIFAR-10 with projections.

    Deep Residual Learning for Image Recognition (2015)
    https://arxiv.org/abs/1512.03385
    855,770 parameters.
    """

def resnet_v2_101x1_bit(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """BiT's ResNet-101x1.

    Big Transfer (BiT): General Visual Representation Learning (2019)
    https://arxiv.org/abs/1912.11370
    44,541,480 parameters.
    """

def resnet_v2_101x3_bit(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """BiT's ResNet-101x3.

    Big Transfer (BiT): General Visual Representation Learning (2019)
    https://arxiv.org/abs/1912.11370
    387,934,888 parameters.
    """

def resnet_v2_152x2_bit(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """BiT's ResNet-152x2.

    Big Transfer (BiT): General Visual Representation Learning (2019)
    https://arxiv.org/abs/1912.11370
    236,335,208 parameters.
    """

def resnet_v2_152x4_bit(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """BiT's ResNet-152x4.

    Big Transfer (BiT): General Visual Representation Learning (2019)
    https://arxiv.org/abs/1912.11370
    936,533,224 parameters.
    """

def resnet_v2_50x1_bit(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """BiT's ResNet-50x1.

    Big Transfer (BiT): General Visual Representation Learning (2019)
    https://arxiv.org/abs/1912.11370
    25,549,352 parameters.
    """

def resnet_v2_50x3_bit(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """BiT's ResNet-50x3.

    Big Transfer (BiT): General Visual Representation Learning (2019)
    https://arxiv.org/abs/1912.11370
    217,319,080 parameters.
    """

def resnetaa101d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-101-D, averaged.

    Making Convolutional Networks Shift-Invariant Again (2019)
    https://arxiv.org/abs/1904.11486
    44,568,392 parameters.
    """

def resnetaa50(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-50, averaged.

    Making Convolutional Networks Shift-Invariant Again (2019)
    https://arxiv.org/abs/1904.11486
    25,557,032 parameters.
    """

def resnetaa50d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-50-D, averaged.

    Making Convolutional Networks Shift-Invariant Again (2019)
    https://arxiv.org/abs/1904.11486
    25,576,264 parameters.
    """

def resnetblur18(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-18, blurred.

    Making Convolutional Networks Shift-Invariant Again (2019)
    https://arxiv.org/abs/1904.11486
    11,689,512 parameters.
    """

def resnetblur50(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-50, blurred.

    Making Convolutional Networks Shift-Invariant Again (2019)
    https://arxiv.org/abs/1904.11486
    25,557,032 parameters.
    """

def resnext101_32x16d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNeXt-101 (32x16d), of its authors' later weights.

    Aggregated Residual Transformations for Deep Neural Networks (2016)
    https://arxiv.org/abs/1611.05431
    194,026,792 parameters.
    """

def resnext101_32x32d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNeXt-101 (32x32d), of its authors' later weights.

    Aggregated Residual Transformations for Deep Neural Networks (2016)
    https://arxiv.org/abs/1611.05431
    468,530,472 parameters.
    """

def resnext101_32x4d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNeXt-101 (32x4d) of Table 4.

    Aggregated Residual Transformations for Deep Neural Networks (2016)
    https://arxiv.org/abs/1611.05431
    44,177,704 parameters.
    """

def resnext101_32x8d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNeXt-101 (32x8d), of the code's pretrained models.

    Aggregated Residual Transformations for Deep Neural Networks (2016)
    https://arxiv.org/abs/1611.05431
    88,791,336 parameters.
    """

def resnext101_64x4d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNeXt-101 (64x4d) of Table 4.

    Aggregated Residual Transformations for Deep Neural Networks (2016)
    https://arxiv.org/abs/1611.05431
    83,455,272 parameters.
    """

def resnext29_8x64d(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """ResNeXt-29 (8x64d) for CIFAR (34.4 M in Table 7).

    Aggregated Residual Transformations for Deep Neural Networks (2016)
    https://arxiv.org/abs/1611.05431
    34,426,698 parameters.
    """

def resnext50_32x4d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNeXt-50 (32x4d) of Table 1.

    Aggregated Residual Transformations for Deep Neural Networks (2016)
    https://arxiv.org/abs/1611.05431
    25,028,904 parameters.
    """

def resnext50d_32x4d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNeXt-50-D (32x4d).

    Bag of Tricks for Image Classification with Convolutional Neural Networks
    (2018)
    https://arxiv.org/abs/1812.01187
    25,048,136 parameters.
    """

def rexnet_100(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """ReXNet of Table 1.

    Rethinking Channel Dimensions for Efficient Model Design (2020)
    https://arxiv.org/abs/2007.00992
    4,796,873 parameters.
    """

def rexnet_130(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """ReXNet, 1.3 times as wide.

    Rethinking Channel Dimensions for Efficient Model Design (2020)
    https://arxiv.org/abs/2007.00992
    7,557,091 parameters.
    """

def rexnet_150(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """ReXNet, 1.5 times as wide.

    Rethinking Channel Dimensions for Efficient Model Design (2020)
    https://arxiv.org/abs/2007.00992
    9,728,593 parameters.
    """

def rexnet_200(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """ReXNet, 2.0 times as wide.

    Rethinking Channel Dimensions for Efficient Model Design (2020)
    https://arxiv.org/abs/2007.00992
    16,366,620 parameters.
    """

def rexnet_300(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """ReXNet, 3.0 times as wide.

    Rethinking Channel Dimensions for Efficient Model Design (2020)
    https://arxiv.org/abs/2007.00992
    34,708,792 parameters.
    """

def rexnetr_100(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """ReXNet-R, 1.0 times as wide.

    Rethinking Channel Dimensions for Efficient Model Design (2020)
    https://arxiv.org/abs/2007.00992
    4,883,304 parameters.
    """

def rexnetr_130(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """ReXNet-R, 1.3 times as wide.

    Rethinking Channel Dimensions for Efficient Model Design (2020)
    https://arxiv.org/abs/2007.00992
    7,608,080 parameters.
    """

def rexnetr_150(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """ReXNet-R, 1.5 times as wide.

    Rethinking Channel Dimensions for Efficient Model Design (2020)
    https://arxiv.org/abs/2007.00992
    9,782,256 parameters.
    """

def rexnetr_200(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """ReXNet-R, 2.0 times as wide.

    Rethinking Channel Dimensions for Efficient Model Design (2020)
    https://arxiv.org/abs/2007.00992
    16,522,432 parameters.
    """

def rexnetr_300(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """ReXNet-R, 3.0 times as wide.

    Rethinking Channel Dimensions for Efficient Model Design (2020)
    https://arxiv.org/abs/2007.00992
    34,810,008 parameters.
    """

def se_resnet101(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """SE-ResNet-101.

    Squeeze-and-Excitation Networks (2017)
    https://arxiv.org/abs/1709.01507
    49,326,872 parameters.
    """

def se_resnet152(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """SE-ResNet-152.

    Squeeze-and-Excitation Networks (2017)
    https://arxiv.org/abs/1709.01507
    66,821,848 parameters.
    """

def se_resnet18(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """SE-ResNet-18.

    Squeeze-and-Excitation Networks (2017)
    https://arxiv.org/abs/1709.01507
    11,778,592 parameters.
    """

def se_resnet34(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """SE-ResNet-34.

    Squeeze-and-Excitation Networks (2017)
    https://arxiv.org/abs/1709.01507
    21,958,868 parameters.
    """

def se_resnet50(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """SE-ResNet-50.

    Squeeze-and-Excitation Networks (2017)
    https://arxiv.org/abs/1709.01507
    28,088,024 parameters.
    """

def se_resnet50_v1_5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """SE-ResNet-50 with the stride in the 3x3 of a bottleneck.

    Squeeze-and-Excitation Networks (2017)
    https://arxiv.org/abs/1709.01507
    28,088,024 parameters.
    """

def se_resnext101_32x4d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """SE-ResNeXt-101 (32x4d).

    Squeeze-and-Excitation Networks (2017)
    https://arxiv.org/abs/1709.01507
    48,955,416 parameters.
    """

def se_resnext50_32x4d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """SE-ResNeXt-50 (32x4d).

    Squeeze-and-Excitation Networks (2017)
    https://arxiv.org/abs/1709.01507
    27,559,896 parameters.
    """

def se_resnextaa101d_32x8d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """SE-ResNeXt-101-D (32x8d), averaged.

    Making Convolutional Networks Shift-Invariant Again (2019)
    https://arxiv.org/abs/1904.11486
    93,588,280 parameters.
    """

def se_resnextaa201d_32x8d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """SE-ResNeXt-201-D (32x8d), averaged, its stem twice as wide.

    Making Convolutional Networks Shift-Invariant Again (2019)
    https://arxiv.org/abs/1904.11486
    149,394,904 parameters.
    """

def senet154(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """SENet-154, the authors' entry to ILSVRC 2017.

    Squeeze-and-Excitation Networks (2017)
    https://arxiv.org/abs/1709.01507
    115,088,984 parameters.
    """

def shake_shake26_2x32d(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """Shake-Shake-26 2x32d (2.9 M in the paper).

    Shake-Shake regularization (2017)
    https://arxiv.org/abs/1705.07485
    2,923,162 parameters.
    """

def shake_shake26_2x64d(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """Shake-Shake-26 2x64d (11.7 M in the paper).

    Shake-Shake regularization (2017)
    https://arxiv.org/abs/1705.07485
    11,653,978 parameters.
    """

def shake_shake26_2x96d(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
) -> keras.Model:
    """Shake-Shake-26 2x96d (26.2 M in the paper).

    Shake-Shake regularization (2017)
    https://arxiv.org/abs/1705.07485
    26,192,922 parameters.
    """

def shufflenet_v1_g1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ShuffleNet of Table 1 with one group.

    ShuffleNet: An Extremely Efficient Convolutional Neural Network for Mobile
    Devices (2017)
    https://arxiv.org/abs/1707.01083
    1,531,936 parameters.
    """

def shufflenet_v1_g2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ShuffleNet of Table 1 with 2 groups.

    ShuffleNet: An Extremely Efficient Convolutional Neural Network for Mobile
    Devices (2017)
    https://arxiv.org/abs/1707.01083
    1,733,848 parameters.
    """

def shufflenet_v1_g3(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ShuffleNet of Table 1 with 3 groups.

    ShuffleNet: An Extremely Efficient Convolutional Neural Network for Mobile
    Devices (2017)
    https://arxiv.org/abs/1707.01083
    1,865,728 parameters.
    """

def shufflenet_v1_g4(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ShuffleNet of Table 1 with 4 groups.

    ShuffleNet: An Extremely Efficient Convolutional Neural Network for Mobile
    Devices (2017)
    https://arxiv.org/abs/1707.01083
    1,968,344 parameters.
    """

def shufflenet_v1_g8(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ShuffleNet of Table 1 with 8 groups.

    ShuffleNet: An Extremely Efficient Convolutional Neural Network for Mobile
    Devices (2017)
    https://arxiv.org/abs/1707.01083
    2,434,768 parameters.
    """

def shufflenet_v2_x0_5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ShuffleNet V2 with half of the channels.

    ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design
    (2018)
    https://arxiv.org/abs/1807.11164
    1,366,792 parameters.
    """

def shufflenet_v2_x1_0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ShuffleNet V2 of Table 5.

    ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design
    (2018)
    https://arxiv.org/abs/1807.11164
    2,278,604 parameters.
    """

def shufflenet_v2_x1_5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ShuffleNet V2 with 1.5 times the channels.

    ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design
    (2018)
    https://arxiv.org/abs/1807.11164
    3,503,624 parameters.
    """

def shufflenet_v2_x2_0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ShuffleNet V2 with twice the channels.

    ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design
    (2018)
    https://arxiv.org/abs/1807.11164
    7,393,996 parameters.
    """

def sk_resnet18(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """SK-ResNet-18, of timm.

    Selective Kernel Networks (2019)
    https://arxiv.org/abs/1903.06586
    11,958,056 parameters.
    """

def sk_resnet34(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """SK-ResNet-34, of timm.

    Selective Kernel Networks (2019)
    https://arxiv.org/abs/1903.06586
    22,282,376 parameters.
    """

def sk_resnet50(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """SK-ResNet-50, of timm.

    Selective Kernel Networks (2019)
    https://arxiv.org/abs/1903.06586
    25,803,160 parameters.
    """

def sk_resnext50_32x4d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """SKNet-50 of Table 1: ResNeXt-50 (32x4d).

    Selective Kernel Networks (2019)
    https://arxiv.org/abs/1903.06586
    27,479,784 parameters.
    """

def spp_net_zf5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    dropout_rate: float = 0.5,
) -> keras.Model:
    """SPP-net on ZF-5, for images of any size.

    Spatial Pyramid Pooling in Deep Convolutional Networks for Visual
    Recognition (2014)
    https://arxiv.org/abs/1406.4729
    77,037,672 parameters.
    """

def squeezenet1_0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.5,
) -> keras.Model:
    """SqueezeNet 1.0 of Table 1.

    SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB
    model size (2016)
    https://arxiv.org/abs/1602.07360
    1,248,424 parameters.
    """

def squeezenet1_1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.5,
) -> keras.Model:
    """SqueezeNet 1.1 of the authors' repository: conv1 3x3, earlier pools.

    SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB
    model size (2016)
    https://arxiv.org/abs/1602.07360
    1,235,496 parameters.
    """

def squeezenext23(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """1.0-SqNxt-23.

    SqueezeNext: Hardware-Aware Neural Network Design (2018)
    https://arxiv.org/abs/1803.10615
    717,280 parameters.
    """

def squeezenext23_x2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """2.0-SqNxt-23.

    SqueezeNext: Hardware-Aware Neural Network Design (2018)
    https://arxiv.org/abs/1803.10615
    2,361,728 parameters.
    """

def squeezenext23v5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """1.0-SqNxt-23v5.

    SqueezeNext: Hardware-Aware Neural Network Design (2018)
    https://arxiv.org/abs/1803.10615
    930,016 parameters.
    """

def squeezenext23v5_x2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """2.0-SqNxt-23v5.

    SqueezeNext: Hardware-Aware Neural Network Design (2018)
    https://arxiv.org/abs/1803.10615
    3,222,912 parameters.
    """

def starnet_s050(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_path_rate: float = 0.0,
) -> keras.Model:
    """StarNet-S050.

    Rewrite the Stars (2024)
    https://arxiv.org/abs/2403.19967
    542,728 parameters.
    """

def starnet_s1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_path_rate: float = 0.0,
) -> keras.Model:
    """StarNet-S1.

    Rewrite the Stars (2024)
    https://arxiv.org/abs/2403.19967
    2,869,168 parameters.
    """

def starnet_s100(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_path_rate: float = 0.0,
) -> keras.Model:
    """StarNet-S100.

    Rewrite the Stars (2024)
    https://arxiv.org/abs/2403.19967
    1,043,280 parameters.
    """

def starnet_s150(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_path_rate: float = 0.0,
) -> keras.Model:
    """StarNet-S150.

    Rewrite the Stars (2024)
    https://arxiv.org/abs/2403.19967
    1,560,616 parameters.
    """

def starnet_s2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_path_rate: float = 0.0,
) -> keras.Model:
    """StarNet-S2.

    Rewrite the Stars (2024)
    https://arxiv.org/abs/2403.19967
    3,682,024 parameters.
    """

def starnet_s3(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_path_rate: float = 0.0,
) -> keras.Model:
    """StarNet-S3.

    Rewrite the Stars (2024)
    https://arxiv.org/abs/2403.19967
    5,750,792 parameters.
    """

def starnet_s4(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    drop_path_rate: float = 0.0,
) -> keras.Model:
    """StarNet-S4.

    Rewrite the Stars (2024)
    https://arxiv.org/abs/2403.19967
    7,482,728 parameters.
    """

def tf_efficientnet_b0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B0, padded as in TensorFlow.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    5,288,548 parameters.
    """

def tf_efficientnet_b1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B1, padded as in TensorFlow.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    7,794,184 parameters.
    """

def tf_efficientnet_b2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B2, padded as in TensorFlow.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    9,109,994 parameters.
    """

def tf_efficientnet_b3(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B3, padded as in TensorFlow.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    12,233,232 parameters.
    """

def tf_efficientnet_b4(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B4, padded as in TensorFlow.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    19,341,616 parameters.
    """

def tf_efficientnet_b5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B5, padded as in TensorFlow.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    30,389,784 parameters.
    """

def tf_efficientnet_b6(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B6, padded as in TensorFlow.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    43,040,704 parameters.
    """

def tf_efficientnet_b7(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B7, padded as in TensorFlow.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    66,347,960 parameters.
    """

def tf_efficientnet_b8(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-B8, padded as in TensorFlow.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    87,413,142 parameters.
    """

def tf_efficientnet_l2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNet-L2, padded as in TensorFlow.

    EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks
    (2019)
    https://arxiv.org/abs/1905.11946
    480,309,308 parameters.
    """

def tf_efficientnet_v2_b0(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNetV2-B0, padded as in TensorFlow.

    EfficientNetV2: Smaller Models and Faster Training (2021)
    https://arxiv.org/abs/2104.00298
    7,139,704 parameters.
    """

def tf_efficientnet_v2_b1(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNetV2-B1, padded as in TensorFlow.

    EfficientNetV2: Smaller Models and Faster Training (2021)
    https://arxiv.org/abs/2104.00298
    8,141,052 parameters.
    """

def tf_efficientnet_v2_b2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNetV2-B2, padded as in TensorFlow.

    EfficientNetV2: Smaller Models and Faster Training (2021)
    https://arxiv.org/abs/2104.00298
    10,096,086 parameters.
    """

def tf_efficientnet_v2_b3(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNetV2-B3, padded as in TensorFlow.

    EfficientNetV2: Smaller Models and Faster Training (2021)
    https://arxiv.org/abs/2104.00298
    14,358,406 parameters.
    """

def tf_efficientnet_v2_l(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNetV2-L, padded as in TensorFlow.

    EfficientNetV2: Smaller Models and Faster Training (2021)
    https://arxiv.org/abs/2104.00298
    118,515,272 parameters.
    """

def tf_efficientnet_v2_m(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNetV2-M, padded as in TensorFlow.

    EfficientNetV2: Smaller Models and Faster Training (2021)
    https://arxiv.org/abs/2104.00298
    54,139,356 parameters.
    """

def tf_efficientnet_v2_s(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNetV2-S, padded as in TensorFlow.

    EfficientNetV2: Smaller Models and Faster Training (2021)
    https://arxiv.org/abs/2104.00298
    21,458,488 parameters.
    """

def tf_efficientnet_v2_xl(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float | None = None,
    drop_path_rate: float = 0.2,
) -> keras.Model:
    """EfficientNetV2-XL, padded as in TensorFlow.

    EfficientNetV2: Smaller Models and Faster Training (2021)
    https://arxiv.org/abs/2104.00298
    208,119,808 parameters.
    """

def tf_mixnet_l(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MixNet-L, padded as in TensorFlow.

    MixConv: Mixed Depthwise Convolutional Kernels (2019)
    https://arxiv.org/abs/1907.09595
    7,329,252 parameters.
    """

def tf_mixnet_m(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MixNet-M, padded as in TensorFlow.

    MixConv: Mixed Depthwise Convolutional Kernels (2019)
    https://arxiv.org/abs/1907.09595
    5,014,382 parameters.
    """

def tf_mixnet_s(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MixNet-S, padded as in TensorFlow.

    MixConv: Mixed Depthwise Convolutional Kernels (2019)
    https://arxiv.org/abs/1907.09595
    4,134,606 parameters.
    """

def tf_mobilenet_v2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV2, padded as in TensorFlow.

    MobileNetV2: Inverted Residuals and Linear Bottlenecks (2018)
    https://arxiv.org/abs/1801.04381
    3,504,872 parameters.
    """

def tf_mobilenet_v2_x0_35(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV2 with 0.35 times the channels, padded as in TensorFlow.

    MobileNetV2: Inverted Residuals and Linear Bottlenecks (2018)
    https://arxiv.org/abs/1801.04381
    1,677,128 parameters.
    """

def tf_mobilenet_v2_x0_5(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV2 with 0.5 times the channels, padded as in TensorFlow.

    MobileNetV2: Inverted Residuals and Linear Bottlenecks (2018)
    https://arxiv.org/abs/1801.04381
    1,968,680 parameters.
    """

def tf_mobilenet_v2_x0_75(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV2 with 0.75 times the channels, padded as in TensorFlow.

    MobileNetV2: Inverted Residuals and Linear Bottlenecks (2018)
    https://arxiv.org/abs/1801.04381
    2,636,424 parameters.
    """

def tf_mobilenet_v2_x1_3(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV2 with 1.3 times the channels, padded as in TensorFlow.

    MobileNetV2: Inverted Residuals and Linear Bottlenecks (2018)
    https://arxiv.org/abs/1801.04381
    5,386,792 parameters.
    """

def tf_mobilenet_v2_x1_4(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV2 with 1.4 times the channels, padded as in TensorFlow.

    MobileNetV2: Inverted Residuals and Linear Bottlenecks (2018)
    https://arxiv.org/abs/1801.04381
    6,108,776 parameters.
    """

def tf_mobilenet_v3_large(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV3-Large, padded as in TensorFlow.

    Searching for MobileNetV3 (2019)
    https://arxiv.org/abs/1905.02244
    5,483,032 parameters.
    """

def tf_mobilenet_v3_large_minimal(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV3-Large of 3x3 kernels and ReLU, padded as in TensorFlow.

    Searching for MobileNetV3 (2019)
    https://arxiv.org/abs/1905.02244
    3,924,288 parameters.
    """

def tf_mobilenet_v3_large_x0_75(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV3-Large with 0.75 of the channels, padded as in TensorFlow.

    Searching for MobileNetV3 (2019)
    https://arxiv.org/abs/1905.02244
    3,993,528 parameters.
    """

def tf_mobilenet_v3_small(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV3-Small, padded as in TensorFlow.

    Searching for MobileNetV3 (2019)
    https://arxiv.org/abs/1905.02244
    2,542,856 parameters.
    """

def tf_mobilenet_v3_small_minimal(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV3-Small of 3x3 kernels and ReLU, padded as in TensorFlow.

    Searching for MobileNetV3 (2019)
    https://arxiv.org/abs/1905.02244
    2,044,736 parameters.
    """

def tf_mobilenet_v3_small_x0_75(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
) -> keras.Model:
    """MobileNetV3-Small with 0.75 of the channels, padded as in TensorFlow.

    Searching for MobileNetV3 (2019)
    https://arxiv.org/abs/1905.02244
    2,041,872 parameters.
    """

def tf_resnet101_v2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Pre-activation ResNet-101 of TF-Slim.

    Identity Mappings in Deep Residual Networks (2016)
    https://arxiv.org/abs/1603.05027
    44,577,896 parameters.
    """

def tf_resnet152_v2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Pre-activation ResNet-152 of TF-Slim.

    Identity Mappings in Deep Residual Networks (2016)
    https://arxiv.org/abs/1603.05027
    60,236,904 parameters.
    """

def tf_resnet50_v2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Pre-activation ResNet-50 of TF-Slim.

    Identity Mappings in Deep Residual Networks (2016)
    https://arxiv.org/abs/1603.05027
    25,568,360 parameters.
    """

def tinynet_a(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
    drop_path_rate: float = 0.0,
) -> keras.Model:
    """TinyNet-A: width 1.0, depth 1.2.

    Model Rubik's Cube: Twisting Resolution, Depth and Width for TinyNets (2020)
    https://arxiv.org/abs/2010.14819
    6,187,972 parameters.
    """

def tinynet_b(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
    drop_path_rate: float = 0.0,
) -> keras.Model:
    """TinyNet-B: width 0.75, depth 1.1.

    Model Rubik's Cube: Twisting Resolution, Depth and Width for TinyNets (2020)
    https://arxiv.org/abs/2010.14819
    3,730,562 parameters.
    """

def tinynet_c(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
    drop_path_rate: float = 0.0,
) -> keras.Model:
    """TinyNet-C: width 0.54, depth 0.85.

    Model Rubik's Cube: Twisting Resolution, Depth and Width for TinyNets (2020)
    https://arxiv.org/abs/2010.14819
    2,457,234 parameters.
    """

def tinynet_d(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
    drop_path_rate: float = 0.0,
) -> keras.Model:
    """TinyNet-D: width 0.54, depth 0.695.

    Model Rubik's Cube: Twisting Resolution, Depth and Width for TinyNets (2020)
    https://arxiv.org/abs/2010.14819
    2,338,446 parameters.
    """

def tinynet_e(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.2,
    drop_path_rate: float = 0.0,
) -> keras.Model:
    """TinyNet-E: width 0.51, depth 0.6.

    Model Rubik's Cube: Twisting Resolution, Depth and Width for TinyNets (2020)
    https://arxiv.org/abs/2010.14819
    2,042,972 parameters.
    """

def vgg11(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.5,
) -> keras.Model:
    """VGG-11, column A of Table 1.

    Very Deep Convolutional Networks for Large-Scale Image Recognition (2014)
    https://arxiv.org/abs/1409.1556
    132,863,336 parameters.
    """

def vgg11_bn(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.5,
) -> keras.Model:
    """VGG-11 with batch normalization.

    Very Deep Convolutional Networks for Large-Scale Image Recognition (2014)
    https://arxiv.org/abs/1409.1556
    132,868,840 parameters.
    """

def vgg11_lrn(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.5,
) -> keras.Model:
    """VGG-11 with local response normalization, column A-LRN of Table 1.

    Very Deep Convolutional Networks for Large-Scale Image Recognition (2014)
    https://arxiv.org/abs/1409.1556
    132,863,336 parameters.
    """

def vgg13(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.5,
) -> keras.Model:
    """VGG-13, column B of Table 1.

    Very Deep Convolutional Networks for Large-Scale Image Recognition (2014)
    https://arxiv.org/abs/1409.1556
    133,047,848 parameters.
    """

def vgg13_bn(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.5,
) -> keras.Model:
    """VGG-13 with batch normalization.

    Very Deep Convolutional Networks for Large-Scale Image Recognition (2014)
    https://arxiv.org/abs/1409.1556
    133,053,736 parameters.
    """

def vgg16(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.5,
) -> keras.Model:
    """VGG-16, column D of Table 1.

    Very Deep Convolutional Networks for Large-Scale Image Recognition (2014)
    https://arxiv.org/abs/1409.1556
    138,357,544 parameters.
    """

def vgg16_bn(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.5,
) -> keras.Model:
    """VGG-16 with batch normalization.

    Very Deep Convolutional Networks for Large-Scale Image Recognition (2014)
    https://arxiv.org/abs/1409.1556
    138,365,992 parameters.
    """

def vgg16_c(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.5,
) -> keras.Model:
    """VGG-16 with 1x1 convolutions, column C of Table 1.

    Very Deep Convolutional Networks for Large-Scale Image Recognition (2014)
    https://arxiv.org/abs/1409.1556
    133,638,952 parameters.
    """

def vgg19(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.5,
) -> keras.Model:
    """VGG-19, column E of Table 1.

    Very Deep Convolutional Networks for Large-Scale Image Recognition (2014)
    https://arxiv.org/abs/1409.1556
    143,667,240 parameters.
    """

def vgg19_bn(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.5,
) -> keras.Model:
    """VGG-19 with batch normalization.

    Very Deep Convolutional Networks for Large-Scale Image Recognition (2014)
    https://arxiv.org/abs/1409.1556
    143,678,248 parameters.
    """

def vovnet39(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """VoVNet-39 of the authors' code.

    An Energy and GPU-Computation Efficient Backbone Network for Real-Time
    Object Detection (2019)
    https://arxiv.org/abs/1904.09730
    22,600,296 parameters.
    """

def vovnet39a(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """VoVNet-39.

    An Energy and GPU-Computation Efficient Backbone Network for Real-Time
    Object Detection (2019)
    https://arxiv.org/abs/1904.09730
    22,600,296 parameters.
    """

def vovnet57(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """VoVNet-57 of the authors' code.

    An Energy and GPU-Computation Efficient Backbone Network for Real-Time
    Object Detection (2019)
    https://arxiv.org/abs/1904.09730
    36,640,296 parameters.
    """

def vovnet57a(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """VoVNet-57.

    An Energy and GPU-Computation Efficient Backbone Network for Real-Time
    Object Detection (2019)
    https://arxiv.org/abs/1904.09730
    36,640,296 parameters.
    """

def wide_resnet101_2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """ResNet-101 widened in the same way, as torchvision ships it.

    Wide Residual Networks (2016)
    https://arxiv.org/abs/1605.07146
    126,886,696 parameters.
    """

def wide_resnet16_4(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    dropout_rate: float = 0.0,
) -> keras.Model:
    """WRN-16-4 for CIFAR and SVHN.

    Wide Residual Networks (2016)
    https://arxiv.org/abs/1605.07146
    2,748,890 parameters.
    """

def wide_resnet16_8(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    dropout_rate: float = 0.0,
) -> keras.Model:
    """WRN-16-8 for CIFAR and SVHN (11.0 M in Table 4).

    Wide Residual Networks (2016)
    https://arxiv.org/abs/1605.07146
    10,961,370 parameters.
    """

def wide_resnet28_10(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    dropout_rate: float = 0.0,
) -> keras.Model:
    """WRN-28-10 for CIFAR (36.5 M in Table 4).

    Wide Residual Networks (2016)
    https://arxiv.org/abs/1605.07146
    36,479,194 parameters.
    """

def wide_resnet40_4(
    *,
    num_classes: int = 10,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    dropout_rate: float = 0.0,
) -> keras.Model:
    """WRN-40-4 for CIFAR (8.9 M in Table 4).

    Wide Residual Networks (2016)
    https://arxiv.org/abs/1605.07146
    8,949,210 parameters.
    """

def wide_resnet50_2(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """WRN-50-2-bottleneck for ImageNet (68.9 M in Table 8).

    Wide Residual Networks (2016)
    https://arxiv.org/abs/1605.07146
    68,883,240 parameters.
    """

def xception(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
    dropout_rate: float = 0.5,
) -> keras.Model:
    """Xception as published.

    Xception: Deep Learning with Depthwise Separable Convolutions (2016)
    https://arxiv.org/abs/1610.02357
    22,855,952 parameters.
    """

def xception41(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Xception-41.

    Encoder-Decoder with Atrous Separable Convolution for Semantic Image
    Segmentation (2018)
    https://arxiv.org/abs/1802.02611
    26,969,560 parameters.
    """

def xception41p(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Xception-41 with pre-activation, of timm.

    Encoder-Decoder with Atrous Separable Convolution for Semantic Image
    Segmentation (2018)
    https://arxiv.org/abs/1802.02611
    26,907,752 parameters.
    """

def xception65(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Xception-65, DeepLab v3+'s.

    Encoder-Decoder with Atrous Separable Convolution for Semantic Image
    Segmentation (2018)
    https://arxiv.org/abs/1802.02611
    39,916,312 parameters.
    """

def xception65p(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Xception-65 with pre-activation, of timm.

    Encoder-Decoder with Atrous Separable Convolution for Semantic Image
    Segmentation (2018)
    https://arxiv.org/abs/1802.02611
    39,819,560 parameters.
    """

def xception71(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    stem: Literal["imagenet", "small"] = "imagenet",
) -> keras.Model:
    """Xception-71.

    Encoder-Decoder with Atrous Separable Convolution for Semantic Image
    Segmentation (2018)
    https://arxiv.org/abs/1802.02611
    42,338,736 parameters.
    """

def zfnet(
    *,
    num_classes: int = 1000,
    input_shape: Shape = None,
    include_top: bool = True,
    pooling: Literal["avg", "max"] | None = None,
    classifier_activation: str | Callable[..., Any] | None = None,
    activation: Activation = None,
    norm: Norm = None,
    weights: str | os.PathLike[str] | None = None,
    name: str | None = None,
    dropout_rate: float = 0.5,
) -> keras.Model:
    """ZFNet as published in Figure 3.

    Visualizing and Understanding Convolutional Networks (2013)
    https://arxiv.org/abs/1311.2901
    62,357,608 parameters.
    """
