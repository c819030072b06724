"""Draws a network, or one of its blocks."""

import dataclasses
import itertools
import os
import re

import keras

from zoo._choices import did_you_mean
from zoo._files import write_whole
from zoo.drawing import _boxes, _layout, _svg
from zoo.drawing._boxes import Box
from zoo.drawing._layout import LINE
from zoo.models import _graph, _layer_table

BLOCK = re.compile(
    r".*?module\d+(?=_)|.*?(?:block_?|highway|cell|layer|unit)\d+(?=_)|stage\d+(?=_)|stem(?=_)"
    r"|[a-z]+\d+[a-z]?(?=_[a-z])"  # inception3a_, fire2_, reduction1_
)
WIDTH, ITEM, GAP = 300, 40, 18
FORMS = 12  # that are drawn at most
WIDEST = 1200  # of them, beside the chain of blocks
TITLE = 30


def draw(
    model: keras.Model,
    path: str | os.PathLike | None = None,
    *,
    block: str | None = None,
) -> str:
    """Draws a network as SVG: its blocks in order, and what each consists of.

    Args:
        model: A functional model, or a Sequential one that is built, with a
            fixed height and width.
        path: File that gets the drawing. None: it is returned only.
        block: Draw this block alone, such as "stage2_block1"; "" draws all
            layers as one block. `drawing.blocks` names them.

    Returns:
        The text of the SVG file.

    Raises:
        ValueError: The model has no such block, or is none that can be drawn.
    """
    boxes = _of(model)
    if block is None:
        svg = _network(model, boxes)
    else:
        svg = _block(model, boxes, block)
    if path is not None:
        write_whole(path, svg)
    return svg


def blocks(model: keras.Model) -> list[str]:
    """The names of a model's blocks, in order."""
    found = (_block_name(box.name) for box in _of(model))
    return list(dict.fromkeys(name for name in found if name))


def _of(model):
    calls = list(_graph.calls(model))
    return _boxes.of(calls, list(_layer_table.layer_table(model)))


def _block_name(name):
    found = BLOCK.match(name)
    return found[0] if found else ""


def _block(model, boxes, block):
    inside = [b for b in boxes if not block or _block_name(b.name) == block]
    if not inside:
        hint = did_you_mean(block, blocks(model), most=3)
        raise ValueError(f"{model.name!r} has no block {block!r}.{hint}")
    title = f"{model.name}: {_spaced(block)}" if block else model.name
    parts, width, height = _section(title, inside)
    return _svg.document(title, parts, width, height)


def _section(title, inside, y=0.0):
    """A heading and the boxes of a block; (elements, width, height)."""
    rows, wide, high = _layout.arrange(_with_sources(inside))
    width = max(wide, 8.6 * len(title))
    parts = [_svg.text(title, 0, y + 12, "title", "start")]
    parts += _svg.graph(rows, (width - wide) / 2, y + TITLE)
    return parts, width, high + TITLE


def _with_sources(inside):
    """The boxes of a block, behind one for each that leads into it."""
    known, sources, copies = {id(b) for b in inside}, {}, []
    for box in inside:
        for source in box.inputs:
            if id(source) not in known and id(source) not in sources:
                shape = "×".join(map(str, source.shape))
                sources[id(source)] = Box(source.name, "source", shape, "", [])
    moved = dict(sources)
    for box in inside:
        inputs = [moved[id(b)] for b in box.inputs]
        copy = dataclasses.replace(box, inputs=inputs)
        moved[id(box)] = copy
        copies.append(copy)
    return [*sources.values(), *copies]


def _network(model, boxes):
    """The blocks from top to bottom, then each form of block."""
    items = _items(boxes)
    letters = {}  # form of a block: its letter
    for members in items:
        if len(members[0]) > 1:
            letters.setdefault(_form(members[0]), chr(65 + len(letters) % 26))
    parts = [_svg.text(model.name, 0, 12, "title", "start")]
    y, tops = TITLE, {}
    for number, members in enumerate(items):
        parts += _item(members, letters, y)
        for box in itertools.chain(*members):
            tops[id(box)] = number
        y += ITEM + GAP
    parts += _lines(items, tops)
    width, drawn = float(WIDTH), set()
    for members in items:
        first = members[0]
        form = _form(first)
        if len(first) < 2 or form in drawn or len(drawn) == FORMS:
            continue
        drawn.add(form)
        name = _block_name(first[0].name)
        title = f"{letters[form]}: {_spaced(name)}"
        more, wide, high = _section(title, first, y + 12)
        if wide > WIDEST:
            note = f"{title}: too wide; see --block={name}"
            more, wide = [_svg.text(note, 0, y + 24, "note", "start")], WIDTH
            high = LINE
        parts += more
        width, y = max(width, wide), y + high + 36
    if len(letters) > len(drawn):
        rest = f"and {len(letters) - len(drawn)} more forms of blocks"
        parts.append(_svg.text(rest, 0, y + 8, "note", "start"))
        y += 20
    title = f"{model.name}: its blocks in order, and what each consists of"
    return _svg.document(title, parts, width, y)


def _items(boxes):
    """Lists of blocks of the same form and shape, one after the other."""
    items: list[list[list[Box]]] = []
    for group in _gathered(boxes):
        same = items and _alike(items[-1][-1], group)
        if same:
            items[-1].append(group)
        else:
            items.append([group])
    return items


def _gathered(boxes) -> list[list[Box]]:
    """The boxes of each block, or one alone, in the order of their last."""
    found: dict[str, list[Box]] = {}
    for number, box in enumerate(boxes):
        name = _block_name(box.name)
        found.setdefault(name or f" {number}", []).append(box)
    place = {id(box): number for number, box in enumerate(boxes)}
    return sorted(found.values(), key=lambda inside: place[id(inside[-1])])


def _alike(one, other):
    """Whether two blocks have the same form, shape and channels."""
    if len(one) < 2 or one[-1].shape != other[-1].shape:
        return False
    texts = [[b.text for b in group] for group in (one, other)]
    return texts[0] == texts[1] and _form(one) == _form(other)


def _form(group):
    number = {id(box): i for i, box in enumerate(group)}
    return tuple(box.key(number) for box in group)


def _item(members, letters, y):
    """One box of the chain of blocks."""
    first, last = members[0], members[-1]
    end, params = last[-1], sum(b.params for group in members for b in group)
    if len(first) > 1:
        label, kind = _spaced(_block_name(first[0].name)), "block"
        if len(members) > 1:
            tail = re.search(r"\d+[a-z]?$", _block_name(last[0].name))
            label += f"–{tail[0]}" if tail else ""
        label = f"{label}   {letters[_form(first)]}"
        label += f" × {len(members)}" if len(members) > 1 else ""
    else:
        label, kind = " · ".join(first[0].lines), first[0].kind
        label = "image" if kind == "source" else label
    shape = "×".join(map(str, end.shape))
    note = shape + (f", {_short(params)} parameters" if params else "")
    radius = 20 if kind == "join" else 5
    return [
        f'<rect class="{kind}" x="0" y="{y:.1f}" width="{WIDTH}" '
        f'height="{ITEM}" rx="{radius}"/>',
        _svg.text(label, WIDTH / 2, y + 16),
        _svg.text(note, WIDTH / 2, y + 32, "small"),
    ]


def _lines(items, tops):
    """Lines down the chain, and beside it to blocks that do not come next."""
    found = set()
    for number, members in enumerate(items):
        for box in itertools.chain(*members):
            for source in box.inputs:
                if tops[id(source)] != number:
                    found.add((tops[id(source)], number))
    parts = []
    for before, number in sorted(found):
        start = TITLE + before * (ITEM + GAP) + ITEM
        end = TITLE + number * (ITEM + GAP)
        if number - before == 1:
            points = [(WIDTH / 2, start), (WIDTH / 2, end)]
            parts.append(_svg.line(points, 0, 0))
            continue
        out = WIDTH + min(14.0, 4 + 3.0 * (number - before))
        parts.append(
            '<path class="line" marker-end="url(#head)" '
            f'd="M{WIDTH} {start - 6}C{out} {start - 6} {out} {end + 6} '
            f'{WIDTH} {end + 6}"/>'
        )
    return parts


def _short(count):
    for unit, power in (("M", 6), ("k", 3)):
        if count >= 10**power:
            return f"{count / 10**power:.3g} {unit}"
    return str(count)


def _spaced(name):
    return name.replace("_", " ")
