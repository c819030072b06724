"""Records torchvision's and timm's preprocessing of photographs.

    python -m tests.parity.record_preprocessing DIRECTORY

writes data/preprocessing.npz: of each case every seventh pixel of what
their pipelines make. DIRECTORY holds scikit-learn's china.jpg and
flower.jpg (sklearn/datasets/images). Needs torchvision
and timm.
"""

import pathlib
import sys

import numpy as np

DATA = pathlib.Path(__file__).parent / "data/preprocessing.npz"
STEP = 7

# Our builder and checkpoint: torchvision's builder and checkpoint, or timm's.
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
    ("resnet18", "timm/a1_in1k"): ("resnet18.a1_in1k", None),
    ("convnext_tiny", "timm/in12k_ft_in1k_384"): (
        "convnext_tiny.in12k_ft_in1k_384",  # squashed, bicubic
        None,
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
    import timm
    import torchvision
    from PIL import Image

    files = [f"{directory}/china.jpg", f"{directory}/flower.jpg"]
    images = photographs(*(np.asarray(Image.open(file)) for file in files))
    recorded = {}
    for theirs, weights in CASES.values():
        if weights is None:
            config = timm.data.resolve_data_config(
                pretrained_cfg=timm.get_pretrained_cfg(theirs).to_dict(),
                use_test_size=True,
            )
            prepare = timm.data.create_transform(**config)
        else:
            enum = torchvision.models.get_model_weights(theirs)
            prepare = enum[weights].transforms()
        for name, pixels in images.items():
            output = prepare(Image.fromarray(pixels)).numpy()
            output = output.transpose(1, 2, 0)[::STEP, ::STEP]
            recorded[f"{theirs}-{name}"] = output.astype("float16")
    np.savez_compressed(DATA, **recorded)


if __name__ == "__main__":
    main(sys.argv[1])
