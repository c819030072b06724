"""Our builders of other packages' networks, as `published/` names them."""

import functools
import json
import pathlib
import sys

from tests.parity import published

ZOO = pathlib.Path(__file__).parents[2] / "zoo"
INDEX = ZOO / "models/index.json"


def builder(source, theirs):
    """Our builder's name; None where `published/` names none of ours."""
    ours = published.ours(source, theirs)
    if ours is not None and ours not in index():
        print(
            f"left out: {source}'s {theirs}, for {INDEX.name} has no {ours}; "
            "python -m tests.zoo.make_index writes it",
            file=sys.stderr,
        )
        return None
    return ours


def check_params(ours, theirs, params, tolerance=0.0):
    """Refuses a network of another size."""
    own = index()[ours]["params"]
    if abs(own - params) > tolerance:
        raise ValueError(
            f"{ours} has {own:,} parameters, but {theirs} {params:,.0f}"
        )


@functools.cache
def index():
    return json.loads(INDEX.read_text(encoding="utf-8"))
