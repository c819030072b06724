"""What pages and tables tell of authors', akamaster's, imgclsmob's files.

For make_known.py: each function gives pairs of our builder's name and an entry
of known.json.
"""

import csv
import math

from tests.parity import published
from tests.parity.builders import builder, check_params
from tests.parity.make_results import RESULTS

FILE = RESULTS.with_name("imgclsmob.csv")
IMAGENET = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}
# Images of 32x32, as imgclsmob's tests on them normalize all of them.
CIFAR = {
    "resize": 32,
    "crop": 32,
    "interpolation": "bilinear",
    "mean": [0.4914, 0.4822, 0.4465],
    "std": [0.2023, 0.1994, 0.2010],
}
SMALL = {
    "cifar10": {"num_classes": 10, "classes": "cifar_10", **CIFAR},
    "cifar100": {"num_classes": 100, "classes": "cifar_100", **CIFAR},
    "svhn": {"num_classes": 10, "classes": "svhn", **CIFAR},
}


def from_authors():
    """(our builder's name, entry) of each; cut as PyTorch's examples do."""
    for name, facts in published.files("authors").items():
        yield (
            name,
            {
                "name": "authors/imagenet",
                **facts,
                "accuracy_source": "authors",
                "resize": 256,
                "crop": 224,
                "interpolation": "bilinear",
            },
        )


def from_akamaster():
    """(our builder's name, entry) of each; its pixels are ImageNet's."""
    for name, facts in published.files("akamaster").items():
        small = {**facts, **SMALL["cifar10"], **IMAGENET}
        yield (
            name,
            {
                "name": "akamaster/cifar10",
                **small,
                "accuracy_source": "akamaster",
            },
        )


def from_imgclsmob():
    """(our builder's name, entry) of each."""
    for row in rows(FILE):
        ours = builder("imgclsmob", row["name"])
        if ours is not None and row["url"]:
            data = row["name"].rpartition("_")[2]
            # CIFAR-100's have more weights; CondenseNet's dropped are gone.
            if data not in ("cifar100", "svhn", "g4", "g8"):
                check_params(ours, row["name"], int(row["params"]))
            yield ours, imgclsmob_entry(row, SMALL.get(data))


def imgclsmob_entry(row, small):
    """Cut as its ImageNet-1K test is, or of 32x32 pixels as they are."""
    facts = small or {
        "resize": math.ceil(int(row["size"]) / float(row["crop_percent"])),
        "crop": int(row["size"]),
        "interpolation": "bilinear",
    }
    data = row["name"].rpartition("_")[2] if small else "imagenet"
    return {
        "name": f"imgclsmob/{data}",
        "theirs": row["name"],
        "url": row["url"],
        "license": "mit",
        "top1": float(row["top1"] or 0) or None,
        "top5": float(row["top5"] or 0) or None,
        "accuracy_source": "imgclsmob" if row["top1"] else "",
        **facts,
        "checksum": row["sha1"],
    }


def rows(path):
    with open(path, newline="") as table:
        return list(csv.DictReader(table))
