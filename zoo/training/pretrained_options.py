"""The options of a training that starts from pretrained weights."""

import dataclasses

from zoo.training.options import Options, option


@dataclasses.dataclass(frozen=True, kw_only=True)
class PretrainedOptions(Options):
    """How a training starts from pretrained weights."""

    weights: str | None = option(
        None,
        "Weights to start from: package, torchvision, timm or keras, also "
        "with a tag as in timm/a1_in1k (`zoo show MODEL` lists them); the "
        "path of a file or of a run's directory; or none. Size, scale and "
        "resizing of the images are then those of the weights. Default: "
        "package for photographs if --model is not given, else none.",
    )
    freeze_epochs: int | None = option(
        None,
        "Epochs that train the new classifier alone, before all layers are "
        "trained; default: half of --epochs with --weights, else 0.",
        least=0,
    )
    thawed_rate: float = option(
        0.1,
        "Learning rate of the epochs that train all layers, as a share of "
        "--learning_rate; with --weights.",
        least=0.0,
    )
    layer_decay: float = option(
        1.0,
        "Factor of the learning rate from each block of layers to the one "
        "before it, from the classifier to the image; with --weights, 0.75 "
        "is usual.",
        least=0.01,
        most=1.0,
    )
    batch_norm: str = option(
        "frozen",
        "Batch normalization of pretrained layers: frozen (averages, scales "
        "and offsets stay those of the weights) or trained; with --weights.",
        choices=("frozen", "trained"),
    )
