"""Files of settings and tables: hostile JSON and CSV.

Attacks as in `_weight_attacks.py`.
"""

import functools
import json

from zoo import Preprocessing
from zoo.checkpoints import _networks
from zoo.export import _metadata
from zoo.recipes import train
from zoo.recipes.reproduce import table
from zoo.training import TrainConfig

JSON = {
    "lists in lists": "[" * 200_000,
    "objects in objects": '{"model":' * 200_000,
    "a number of 5,000 digits": '{"epochs":' + "9" * 5000 + "}",
    "no numbers": '{"epochs":NaN,"learning_rate":Infinity}',
    "a list": "[1]", "null": "null", "a number": "5", "text": '"x"',
    "nothing": "", "half": '{"model": "len', "UTF-16": "{}".encode("utf-16"),
    "bytes": bytes(range(256)), "one key twice": '{"a":1,"a":2}',
    "half a character": '{"model":"\\ud800"}',
    "other types": '{"model":5,"epochs":"x","optimizer":[],"seed":{}}',
    "100,000 keys": json.dumps({f"k{i}": i for i in range(100_000)}),
    "a terminal's commands": '{"\\u001b[2J":1}',
    "a zero in a key": '{"mo\\u0000del":1}', "below 0": '{"epochs":-5}',
    "true for a number": '{"epochs":true}', "too large": '{"epochs":1e999}',
    "an object for a name": '{"model":{"a":{"b":1}}}',
    "another's run": '{"workdir":"WORKDIR","overwrite":true}',
    "a preprocessing": '{"schema":"x","version":1,"size":[1e9,1e9]}',
    "10 MB": '{"model":"' + 10_000_000 * "a" + '"}',
}  # fmt: skip
CSV = (
    b"", b"\xff\xfe\0", b"a,b\n1,2\n", b"network,options,seed\nx,y,z\n",
    bytes(9999), b'"' * 99_999, b"network,options,seed,accuracy\n1,2,3,4,5\n",
    b"network,options,seed,accuracy\n" + 9_999 * b"a" + b",b,NaN,\n",
    b"," * 200_000, b"network\n" + b'"' + 200_000 * b"a" + b'"\n',
)  # fmt: skip


def options_of(path):
    given = {"config": str(path)}
    found = train.recipe_options(given)
    TrainConfig(**found)


def settings(folder):
    """JSON by every way that reads some of a user's or a stranger's."""
    mine = folder / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine")
    beside = folder / "beside"
    (beside / "assets.extra").mkdir(parents=True)

    def lost():
        left = [path.name for path in mine.iterdir()]
        return "" if left == ["notes.txt"] else f"there is {left}"

    for what, text in JSON.items():
        data = text if isinstance(text, bytes) else text.encode()
        data = data.replace(b"WORKDIR", str(mine).encode())
        path = beside / "config.json"  # as on a hub, beside the weights
        path.write_bytes(data)
        (beside / "assets.extra/metadata.json").write_bytes(data)
        ways = {
            "--config": functools.partial(options_of, path),
            "beside weights": functools.partial(
                _networks.check, "resnet50", beside / "model.safetensors"
            ),
            "a version's": functools.partial(_metadata.read, beside),
            "preprocessing": lambda data=data: Preprocessing.from_json(
                data.decode()
            ),
        }
        for name, way in ways.items():
            yield f"{what}, {name}", way, lost


def tables(folder):
    """Tables of reproductions, to which rows would be added."""
    path = folder / "results.csv"
    for number, data in enumerate(CSV):
        path.write_bytes(data)

        def changed(data=data):
            return "" if path.read_bytes() == data else "it has changed"

        yield str(number), functools.partial(table.read, path), changed


ATTACKS = {"JSON of settings": settings, "tables of reproductions": tables}
