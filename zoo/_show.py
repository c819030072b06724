"""What `zoo show` tells of a network that it has to build."""

import json

from zoo.models import _index, _registry
from zoo.models._weightless import weightless


def text(args, name: str) -> str:
    """What `zoo show` prints, for its options and a network's name."""
    if args.layers:
        return layers(name, args.image_size, args.json)
    if args.memory:
        return memory(name, args.image_size, args.batch_size or 32, args.json)
    drawing(name, args.image_size, args.drawing, args.block)
    return args.drawing


def layers(name: str, image_size: int | None, as_json: bool) -> str:
    """The table of a network's layers, or JSON.

    Args:
        name: A model that `zoo list` names.
        image_size: Side of the images. None: the paper's.
        as_json: Whether JSON is wanted.
    """
    from zoo.models import _layer_table

    with weightless():
        table = _layer_table.layer_table(_build(name, image_size))
    return _json(table.as_dict()) if as_json else str(table)


def memory(
    name: str, image_size: int | None, batch_size: int, as_json: bool
) -> str:
    """What a network takes in memory, or the same as JSON."""
    from zoo.models import _memory

    with weightless():
        model = _build(name, image_size)
        if as_json:
            return _json(_memory.as_dict(model, batch_size))
        return _memory.text(model, batch_size)


def drawing(
    name: str, image_size: int | None, path: str, block: str | None
) -> None:
    """Writes the drawing of a network, or of one of its blocks.

    Raises:
        ValueError: There is no such block.
        OSError: The file cannot be written.
    """
    from zoo import drawing

    with weightless():
        drawing.draw(_build(name, image_size), path, block=block)


def _build(name, image_size):
    if image_size is None:
        return _registry.create(name)
    channels = _index.info(name).input_shape[2]
    return _registry.create(
        name, input_shape=(image_size, image_size, channels)
    )


def _json(what):
    return json.dumps(what, ensure_ascii=False, indent=2)
