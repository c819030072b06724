"""Records torchvision's preprocessing of photographs, for the tests.

    python -m tests.parity.record_preprocessing DIRECTORY

writes data/preprocessing.npz: of each case every seventh pixel of what
torchvision's pipeline makes. DIRECTORY holds scikit-learn's china.jpg and
flower.jpg (sklearn/datasets/images). Needs torchvision.
"""

import pathlib
import sys

import numpy as np

DATA = pathlib.Path(__file__).parent / "data/preprocessing.npz"
STEP = 7

# Our builder and checkpoint: torchvision's builder and checkpoint.
CASES = {
    ("resnet18", "torchvision"): ("resnet18", "IMAGENET1K_V1"),
    ("resnet50_v1_5", "torchvision"): ("resnet50", "IMAGENET1K_V2"),
    ("mobilenet_v2", "torchvision"): ("mobilenet_v2", "IMAGENET1K_V2"),
    ("efficientnet_b0", "torchvision"): ("efficientnet_b0", "IMAGENET1K_V1"),
    ("efficientnet_b3", "torchvision"): ("efficientnet_b3", "IMAGENET1K_V1"),
    ("efficientnet_v2_l", "torchvision"): (
        "efficientnet_v2_l",
        "IMAGENET1K_V1",
    ),
}


def photographs(china, flower):
    """{name: (H, W, 3)}: landscape, portrait, odd sizes, small, square."""
    return {
        "china": china,
        "flower": flower,
        "portrait": china[:, 150:451],
        "wide": flower[100:237],
        "small": flower[180:281, 250:379],
        "square": china[:256, :256],
    }


def main(directory):
    import torchvision
    from PIL import Image

    files = [f"{directory}/china.jpg", f"{directory}/flower.jpg"]
    images = photographs(*(np.asarray(Image.open(file)) for file in files))
    recorded = {}
    for theirs, weights in CASES.values():
        enum = torchvision.models.get_model_weights(theirs)
        prepare = enum[weights].transforms()
        for name, pixels in images.items():
            output = prepare(Image.fromarray(pixels)).numpy()
            output = output.transpose(1, 2, 0)[::STEP, ::STEP]
            recorded[f"{theirs}-{name}"] = output.astype("float16")
    np.savez_compressed(DATA, **recorded)


if __name__ == "__main__":
    main(sys.argv[1])
