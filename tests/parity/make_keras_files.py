"""Writes tests/parity/data/keras_files.json from keras.applications itself.

    python -m tests.parity.make_keras_files

Each network is asked for ImageNet's weights, and what it would download is
written down: address, checksum and what `preprocess_input` does. Accuracies
are those of Keras's page (https://keras.io/api/applications), in ACCURACY.
"""

import inspect
import json
import pathlib
import sys

import numpy as np

FILES = pathlib.Path(__file__).parent / "data/keras_files.json"
ACCURACY = {
    "Xception": (79.0, 94.5),
    "VGG16": (71.3, 90.1),
    "VGG19": (71.3, 90.0),
    "ResNet50": (74.9, 92.1),
    "ResNet101": (76.4, 92.8),
    "ResNet152": (76.6, 93.1),
    "ResNet50V2": (76.0, 93.0),
    "ResNet101V2": (77.2, 93.8),
    "ResNet152V2": (78.0, 94.2),
    "InceptionV3": (77.9, 93.7),
    "InceptionResNetV2": (80.3, 95.3),
    "MobileNet": (70.4, 89.5),
    "MobileNetV2": (71.3, 90.1),
    "DenseNet121": (75.0, 92.3),
    "DenseNet169": (76.2, 93.2),
    "DenseNet201": (77.3, 93.6),
    "NASNetMobile": (74.4, 91.9),
    "NASNetLarge": (82.5, 96.0),
}
# The authors' licences, where they are others than Keras's.
LICENSES = {
    "DenseNet": "bsd-3-clause",
    "ResNet": "mit",
    "VGG": "cc-by-4.0",
    "Xception": "mit",
}
IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
HALVES = ([0.5] * 3, [0.5] * 3)
OF_128 = ([128 / 255] * 3, [128 / 255] * 3)
# Sizes in the files' sources that are no argument's default.
SIZES = {
    "EfficientNetB1": 240,
    "EfficientNetB2": 260,
    "EfficientNetB3": 300,
    "EfficientNetB4": 380,
    "EfficientNetB5": 456,
    "EfficientNetB6": 528,
    "EfficientNetB7": 600,
    "EfficientNetV2B1": 240,
    "EfficientNetV2B2": 260,
    "EfficientNetV2B3": 300,
    "EfficientNetV2S": 384,
    "EfficientNetV2M": 480,
    "EfficientNetV2L": 480,
    "InceptionResNetV2": 299,
    "InceptionV3": 299,
    "NASNetLarge": 331,
    "Xception": 299,
}
# These normalize within, so that their `preprocess_input` does nothing.
WITHIN = {
    "ConvNeXt": IMAGENET,
    "EfficientNetB": IMAGENET,
    "EfficientNetV2": OF_128,
    "EfficientNetV2B": IMAGENET,
    "MobileNetV3": HALVES,
}


class Asked(Exception):
    """A network asked for a file."""


def main():
    import keras
    from keras.src.utils import file_utils

    def get_file(fname, origin, file_hash=None, **options):
        raise Asked(origin, file_hash or "")

    file_utils.get_file = get_file
    entries = []
    for name, options in networks(keras):
        keras.backend.clear_session()
        build = getattr(keras.applications, name)
        try:
            build(weights="imagenet", **options)
            raise RuntimeError(f"{name} downloads nothing")
        except Asked as asked:
            url, checksum = asked.args
        entries.append(entry(name, options, build, url, checksum))
        print(name, options, flush=True)
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    FILES.write_text(f"[\n{lines}\n]\n")


def networks(keras):
    """(name, options) of all; MobileNets of each width and size."""
    for name in sorted(dir(keras.applications)):
        if name.startswith("MobileNet") and "V3" not in name:
            widths = (0.25, 0.5, 0.75, 1.0)
            if name == "MobileNetV2":
                widths = (0.35, 0.5, 0.75, 1.0, 1.3, 1.4)
            for alpha in widths:
                for size in (224, 192, 160, 128):
                    shape = (size, size, 3)
                    yield name, {"alpha": alpha, "input_shape": shape}
        elif name.startswith("MobileNet"):
            for alpha in (0.75, 1.0):
                yield name, {"alpha": alpha}
            yield name, {"alpha": 1.0, "minimalistic": True}
        elif name[0].isupper():
            yield name, {}


def entry(name, options, build, url, checksum):
    usual = options.get("alpha", 1.0) == 1.0 and "minimalistic" not in options
    usual &= options.get("input_shape", (224,))[0] == 224
    top1, top5 = ACCURACY.get(name, (None, None)) if usual else (None, None)
    default = inspect.signature(build).parameters["input_shape"].default
    size = options.get("input_shape", default or (SIZES.get(name, 224),))[0]
    mean, std, channels = normalization(sys.modules[build.__module__], name)
    licenses = [v for k, v in LICENSES.items() if name.startswith(k)]
    return {
        "theirs": name,
        "options": {k: v for k, v in options.items() if k != "input_shape"},
        "url": url,
        "checksum": checksum,
        "license": licenses[0] if licenses else "apache-2.0",
        "top1": top1,
        "top5": top5,
        "size": size,
        "mean": mean,
        "std": std,
        "channels": channels,
    }


def normalization(module, name):
    """(mean, std, order of channels) for pixels in [0, 1], by trying."""
    within = [k for k in WITHIN if name.startswith(k)]
    if within:
        return *WITHIN[max(within, key=len)], "rgb"
    pixels = np.array([[0, 0, 0], [255, 0, 0], [255, 255, 255]], "float32")
    black, red, white = module.preprocess_input(pixels[:, None, None])[:, 0, 0]
    order = "rgb" if red[0] != black[0] else "bgr"
    std = 1 / (white - black)
    mean = -black * std
    if order == "bgr":
        mean, std = mean[::-1], std[::-1]
    return *([float(f"{v:.6g}") for v in x] for x in (mean, std)), order


if __name__ == "__main__":
    main()
