"""Writes zoo/models/index.json and zoo/__init__.pyi from the registry.

    python -m tests.zoo.make_index

The index lets `zoo list` answer without importing Keras; the stub shows
editors and type checkers the builders' arguments. A test compares both with
the registry.
"""

import dataclasses
import importlib
import inspect
import json
import pathlib
import pkgutil
import textwrap

import zoo
from zoo import models
from zoo.models import _registry

ZOO = pathlib.Path(zoo.__file__).parent
INDEX = ZOO / "models/index.json"
STUB = ZOO / "__init__.pyi"

HEAD = """\
# Written by `python -m tests.zoo.make_index`; a test compares it with the
# builders.
"""
ALIASES = """\
Activation = str | Callable[[], keras.Layer] | None
Norm = str | Callable[[], keras.Layer] | None
Shape = tuple[int | None, int | None, int] | None
"""
TYPES = {
    "num_classes": "int",
    "input_shape": "Shape",
    "pooling": 'Literal["avg", "max"] | None',
    "classifier_activation": "str | Callable[..., Any] | None",
    "activation": "Activation",
    "norm": "Norm",
    "weights": "str | os.PathLike[str] | None",
    "name": "str | None",
    "stem": 'Literal["imagenet", "small"]',
    "dropout_rates": "tuple[float, ...]",
}


def builders():
    """{name: entry of the registry}, after importing every family."""
    for module in pkgutil.iter_modules(models.__path__):
        if not module.name.startswith("_"):
            importlib.import_module(f"zoo.models.{module.name}")
    ours = {
        name: entry
        for name, entry in _registry.MODELS.items()
        if entry.build.__module__.startswith("zoo.models.")
    }
    return dict(sorted(ours.items()))


def index():
    """The text of index.json: a line for each model."""
    lines = []
    for name, entry in builders().items():
        facts = dataclasses.asdict(entry.info)
        del facts["name"], facts["checkpoints"]
        text = json.dumps(facts, ensure_ascii=False)
        lines.append(f"{json.dumps(name)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def stub():
    """The text of zoo/__init__.pyi."""
    names = {f".{module}": list(names) for module, names in zoo.PUBLIC.items()}
    parts = [
        HEAD,
        "import os\nfrom collections.abc import Callable\n"
        "from typing import Any, Literal\n\nimport keras\n",
        "\n".join(
            _import(module, names)
            for module, names in sorted({".": zoo.ROOMS, **names}.items())
        ),
        "",
        ALIASES,
        *map(_definition, builders().items()),
    ]
    return "\n".join(parts)


def _import(module, names):
    listed = "".join(f"    {n} as {n},\n" for n in sorted(names, key=_order))
    return f"from {module} import (\n{listed})"


def _order(name):
    """Constants, classes, functions, as ruff sorts imports."""
    return (not name[0].isupper(), name)


def _definition(item):
    name, entry = item
    parameters = inspect.signature(entry.build).parameters.values()
    arguments = "".join(f"    {_argument(p)},\n" for p in parameters)
    info = entry.info
    text = "\n".join(
        (
            f"{inspect.getdoc(entry.build).splitlines()[0]}\n",
            textwrap.fill(f"{info.paper} ({info.year})", 76),
            info.url,
            f"{info.params:,} parameters.",
        )
    )
    doc = textwrap.indent(f'"""{text}\n"""', "    ")
    return f"def {name}(\n    *,\n{arguments}) -> keras.Model:\n{doc}\n"


def _argument(parameter):
    default = parameter.default
    if isinstance(default, str):
        default = f'"{default}"'
    return f"{parameter.name}: {_type(parameter)} = {default}"


def _type(parameter):
    known = TYPES.get(parameter.name)
    if known:
        return known
    if isinstance(parameter.default, bool):
        return "bool"
    return "float" if parameter.default is not None else "float | None"


def main():
    INDEX.write_text(index(), encoding="utf-8")
    STUB.write_text(stub(), encoding="utf-8")


if __name__ == "__main__":
    main()
