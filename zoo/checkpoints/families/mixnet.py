"""Where timm keeps the tensors of zoo.mixnet."""

import re

from zoo.checkpoints.families._inverted_residual import (
    check_timm,
    timm_blocks,
)

SHARE = re.compile(r"(stage\d+_block\d+_\w+_conv)(\d+)")


def timm(names):
    """As those of single kernels, the convolutions of a mixture numbered."""
    shares = {n: SHARE.fullmatch(n).groups() for n in names if SHARE.match(n)}
    whole = dict.fromkeys(
        shares[name][0] if name in shares else name for name in names
    )
    found = timm_blocks(whole)
    for name, (conv, i) in shares.items():
        if conv in found:
            found[name] = f"{found[conv]}.{int(i) - 1}"
    return found


def check(model, source):
    """Refuses the weights of the other padding: timm's alone are told."""
    check_timm(model, source)
