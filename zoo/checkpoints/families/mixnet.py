"""Where timm keeps the tensors of zoo.mixnet."""

import re

from zoo.checkpoints.families._inverted_residual import (
    timm_blocks,
    timm_epsilon as epsilon,  # noqa: F401
)

SHARE = re.compile(r"(stage\d+_block\d+_\w+_conv)(\d+)")


def timm(names):
    """As those of single kernels, the convolutions of a mixture numbered."""
    matches = {name: SHARE.fullmatch(name) for name in names}
    shares = {name: match.groups() for name, match in matches.items() if match}
    whole = dict.fromkeys(
        shares[name][0] if name in shares else name for name in names
    )
    found = timm_blocks(whole)
    for name, (conv, i) in shares.items():
        if conv in found:
            found[name] = f"{found[conv]}.{int(i) - 1}"
    return found
