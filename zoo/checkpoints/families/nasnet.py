"""Where others keep the tensors of zoo.nasnet."""

import re

from zoo.checkpoints.families._rules import rules

CELL = r"{cell:stem_cell\d|reduction\d|stage\d_cell\d+}_"
SUM = CELL + "sum{i}_{side:left|right}_{half}_{rest:depthwise_conv|conv|norm}"
BN = {"conv": "conv", "norm": "bn"}


def timm(names):
    """Cells and reduction cells numbered from 0; so are their sums."""
    cells = _timm_cells(names)

    def separable(cell, i, side, half, rest):
        branch = f"{cells[cell]}.comb_iter_{i - 1}_{side}"
        if rest == "norm":
            return f"{branch}.bn_sep_{half}"
        kind = "depthwise" if rest == "depthwise_conv" else "pointwise"
        return f"{branch}.separable_{half}.{kind}_conv2d"

    def reduced(cell, path):
        path = {"even": "path_1", "odd": "path_2"}[path]
        return f"{cells[cell]}.{path}.conv"

    def before(cell, kind):
        if f"{cell}_before_odd_conv" in names:
            return f"{cells[cell]}.final_path_bn"
        return f"{cells[cell]}.conv_prev_1x1.{BN[kind]}"

    def first(cell, kind):
        return f"{cells[cell]}.conv_1x1.{BN[kind]}"

    return rules(
        ("stem_conv", "conv0.conv"),
        ("stem_norm", "conv0.bn"),
        (SUM, separable),
        (CELL + "before_{path:even|odd}_conv", reduced),
        (CELL + "before_{kind:conv|norm}", before),
        (CELL + "{kind:conv|norm}", first),
        ("logits", "last_linear"),
    )(names)


def keras(names):
    """Cells named by their number, reduction cells by that of cells before."""
    cells = _keras_cells(names)

    def separable(cell, i, side, half, rest):
        kind, number = cells[cell]
        if (kind, i, side) == ("reduction", 5, "left"):
            i = 4  # so it is called
        branch = f"{kind}_{side}{i}_{number}"
        if rest == "norm":
            return f"separable_conv_{half}_bn_{branch}"
        kernel = "depthwise" if rest == "depthwise_conv" else "pointwise"
        return {"kernel": f"separable_conv_{half}_{branch}/{kernel}_kernel"}

    def reduced(cell, path):
        number = {"even": 1, "odd": 2}[path]
        return f"adjust_conv_{number}_{cells[cell][1]}"

    def before(cell, kind):
        part = {"conv": "conv_projection", "norm": "bn"}[kind]
        return f"adjust_{part}_{cells[cell][1]}"

    def first(cell, kind):
        cell_kind, number = cells[cell]
        return f"{cell_kind}_{BN[kind]}_1_{number}"

    return rules(
        ("stem_conv", "stem_conv1"),
        ("stem_norm", "stem_bn1"),
        (SUM, separable),
        (CELL + "before_{path:even|odd}_conv", reduced),
        (CELL + "before_{kind:conv|norm}", before),
        (CELL + "{kind:conv|norm}", first),
        ("logits", "predictions"),
    )(names)


def _cells_a_stage(names):
    return sum(bool(re.fullmatch(r"stage1_cell\d+_conv", n)) for n in names)


def _timm_cells(names):
    cells = _cells_a_stage(names)
    found = {f"stem_cell{i}": f"cell_stem_{i - 1}" for i in (1, 2)}
    found |= {f"reduction{i}": f"reduction_cell_{i - 1}" for i in (1, 2)}
    for stage in range(3):
        for i in range(cells):
            ours = f"stage{stage + 1}_cell{i + 1}"
            found[ours] = f"cell_{stage * cells + i}"
    return found


def _keras_cells(names):
    cells = _cells_a_stage(names)
    found: dict = {f"stem_cell{i}": ("reduction", f"stem_{i}") for i in (1, 2)}
    for i in (1, 2):
        found[f"reduction{i}"] = ("reduction", f"reduce_{i * cells}")
    for stage in range(3):
        for i in range(1, cells + 1):
            number = stage * cells + i - (stage == 0)
            found[f"stage{stage + 1}_cell{i}"] = ("normal", number)
    return found
