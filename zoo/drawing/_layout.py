"""Places boxes in rows from top to bottom, and lines between them.

The layered drawing of Sugiyama et al. 1981: a row for each depth, a place in
every row for each line that passes it, fewer crossings by barycenters.
"""

import dataclasses
import itertools
from typing import Any

GAP, ROW_GAP, PASSING = 14, 26, 10
LETTER, LINE, PADDING = 6.7, 15, 7


@dataclasses.dataclass
class Place:
    """Where a box, or a line that passes a row, stands.

    Attributes:
        box: The box; None: a line that passes.
        width, height: Its size.
        x: Its middle.
        y: Its top.
        before: The places in the row above that lead to it.
    """

    box: Any
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0
    before: list["Place"] = dataclasses.field(default_factory=list)
    after: list["Place"] = dataclasses.field(default_factory=list)


def arrange(boxes: list) -> tuple[list[list[Place]], float, float]:
    """(rows of places, width, height) of boxes, whose inputs come first."""
    depth, places = {}, {}
    for box in boxes:
        inside = [b for b in box.inputs if id(b) in depth]
        depth[id(box)] = 1 + max((depth[id(b)] for b in inside), default=-1)
        places[id(box)] = Place(box, *_size(box))
    rows = [[] for _ in range(1 + max(depth.values()))]
    for box in boxes:
        rows[depth[id(box)]].append(places[id(box)])
    for box in boxes:
        for source in box.inputs:
            if id(source) in depth:
                _connect(places[id(source)], places[id(box)], depth, rows)
    _order(rows)
    width = _spread(rows)
    y = 0.0
    for row in rows:
        height = max(place.height for place in row)
        for place in row:
            own = place.height if place.box is not None else height
            place.y, place.height = y + (height - own) / 2, own
        y += height + ROW_GAP
    return rows, width, y - ROW_GAP


def _size(box):
    text = max(map(len, box.lines))
    if box.kind == "join" and text <= 2:
        return 24.0, 24.0
    return text * LETTER + 2 * PADDING, len(box.lines) * LINE + PADDING


def _connect(source, target, depth, rows):
    """A line between two boxes, with a place in each row that it passes."""
    last = source
    for row in range(depth[id(source.box)] + 1, depth[id(target.box)]):
        passing = Place(None, PASSING, 0.0)
        rows[row].append(passing)
        _link(last, passing)
        last = passing
    _link(last, target)


def _link(one, other):
    one.after.append(other)
    other.before.append(one)


def _order(rows):
    """Sorts each row by the middle of what it is connected with."""
    for _ in range(4):
        for side, course in (("before", rows), ("after", rows[::-1])):
            for beside, row in itertools.pairwise(course):
                at = {
                    id(place): number
                    for other in (beside, row)
                    for number, place in enumerate(other)
                }

                def middle(place, side=side, at=at):
                    near = [at[id(p)] for p in getattr(place, side)]
                    return sum(near) / len(near) if near else at[id(place)]

                row.sort(key=middle)


def _spread(rows):
    """Gives each place its x, near what it is connected with; the width."""
    for row in rows:
        x = -sum(p.width + GAP for p in row) / 2
        for place in row:
            place.x = x + (place.width + GAP) / 2
            x += place.width + GAP
    for turn in range(40):
        for row in rows if turn % 2 == 0 else rows[::-1]:
            for place in row:
                near = [
                    (_pull(place, p), p.x) for p in place.before + place.after
                ]
                if near:
                    pulls = sum(pull for pull, _ in near)
                    place.x = sum(pull * x for pull, x in near) / pulls
            _apart(row)
    left = min(p.x - p.width / 2 for row in rows for p in row)
    right = max(p.x + p.width / 2 for row in rows for p in row)
    for row in rows:
        for place in row:
            place.x -= left
    return right - left


def _pull(one, other):
    """How much a line wants to be straight: one that passes the most."""
    passing = (one.box is None) + (other.box is None)
    return (4, 1, 8)[passing]


def _apart(row):
    """Moves what overlaps to both sides alike."""
    wanted = [place.x for place in row]
    for one, other in itertools.pairwise(row):
        least = one.x + (one.width + other.width) / 2 + GAP
        other.x = max(other.x, least)
    if len(row) > 1:
        shift = sum(p.x - w for p, w in zip(row, wanted, strict=True)) / len(
            row
        )
        for place in row:
            place.x -= shift
