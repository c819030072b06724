"""Where its authors keep the tensors of zoo.hardnet: one `nn.ModuleList`."""

import re


def authors(names):
    """Their entries are numbered, poolings and dropouts among them."""
    found, number = {}, {}
    entries = [
        name
        for name in names
        if re.fullmatch(
            r"stem_(conv\d|pool|down_conv)"
            r"|stage\d_(layer1_conv1?|dropout|conv|pool|down_conv)",
            name,
        )
    ]
    for i, name in enumerate(entries):
        number[re.sub(r"_layer1_conv1?$", "_block", name)] = i
    for name in names:
        match = re.fullmatch(
            r"(?:stem|stage\d)_(?:(?:layer(\d+)_)?|down_)(conv|norm)(\d?)", name
        )
        if not match:
            continue
        layer, kind, part = match.groups()
        if layer:
            entry = number.get(f"{name.partition('_')[0]}_block")
            prefix = f"base.{entry}.layers.{int(layer) - 1}."
            inner = f"layer{part}." if part else ""
            own = "dwconv" if (part, kind) == ("2", "conv") else kind
            found[name] = f"{prefix}{inner}{own}"
        else:
            entry = number.get(name.replace("norm", "conv"))
            own = "dwconv" if "down_conv" in name else kind
            found[name] = f"base.{entry}.{own}"
    if "logits" in names:
        found["logits"] = f"base.{len(entries)}.3"
    return found
