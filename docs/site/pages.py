"""Pages of the networks and of the Python interface, for build.py."""

import importlib
import inspect

import keras

import zoo
from zoo.models._weightless import weightless

ROOMS = {
    "zoo.layers": "Layers",
    "zoo.callbacks": "Callbacks",
    "zoo.evaluation": "Evaluation",
    "zoo.images": "Images",
    "zoo.export": "Export",
    "zoo.checkpoints": "Checkpoints",
    "zoo.models": "Building networks",
}
METHODS = ("text", "plot", "rates")  # of callbacks, for users
TABLE = """\
| builder | year | parameters | multiply-adds | input | best top-1, % |
|---|---:|---:|---:|---|---:|
"""
CHECKPOINTS = """\
| `weights=` | top-1, % | top-5, % | size at test | classes | licence |
|---|---:|---:|---|---:|---|
"""


def write(directory):
    """Writes models/FAMILY.md and api/ROOM.rst below `directory`."""
    for folder in ("models", "api"):
        (directory / folder).mkdir()
    families = {}
    for name in zoo.list_models():
        info = zoo.info(name)
        families.setdefault(info.family, []).append(info)
    for family, infos in families.items():
        infos.sort(key=lambda i: (i.year, i.params, i.name))
        page = directory / "models" / f"{family}.md"
        with weightless():
            zoo.draw(zoo.create(infos[0].name), page.with_suffix(".svg"))
        page.write_text(family_page(family, infos), encoding="utf-8")
    told = []
    for name, title in ({"zoo": "zoo"} | ROOMS).items():
        page = directory / "api" / f"{name}.rst"
        page.write_text(interface_page(name, title, told), encoding="utf-8")


def family_page(family, infos):
    """Papers, numbers, departures, checkpoints and code of one file."""
    module = inspect.getdoc(inspect.getmodule(first_builder(infos)))
    parts = [f"# {family}\n", paragraphs(module), papers(infos)]
    parts.append(TABLE + "".join(map(row, infos)))
    parts += ["## Use\n", code(infos[0])]
    parts += [
        "```{eval-rst}",
        f".. autofunction:: zoo.{infos[0].name}",
        "```\n",
    ]
    departures = {i.departures: i.name for i in reversed(infos)}
    if any(departures):
        parts.append("## Departures from the paper\n")
        for lines, name in departures.items():
            parts += [f"- `{name}`: {line}" for line in lines]
        parts.append("")
    parts += [
        f"## Drawing of {infos[0].name}\n",
        f"![Blocks of {infos[0].name} in order]({family}.svg)\n",
    ]
    if any(i.checkpoints for i in infos):
        parts.append("## Checkpoints\n")
    for info in infos:
        if info.checkpoints:
            parts.append(f"### {info.name}\n")
            parts.append(CHECKPOINTS + "".join(map(weights, info.checkpoints)))
    return "\n".join(parts)


def first_builder(infos):
    return inspect.unwrap(getattr(zoo, infos[0].name))


def paragraphs(text):
    """A docstring as it was broken into lines, for Markdown."""
    return (text or "").replace("<", "\\<").replace("*", "\\*") + "\n"


def papers(infos):
    told = {i.url: f"[{i.paper}]({i.url}) ({i.year})" for i in infos}
    return "\n".join(f"- {paper}" for paper in told.values()) + "\n"


def row(info):
    size = "×".join(map(str, info.input_shape))
    return (
        f"| `{info.name}` | {info.year} | {info.params:,} | {info.macs:,} "
        f"| {size} | {number(info.top1)} |\n"
    )


def weights(checkpoint):
    return (
        f"| `{checkpoint.name}` | {number(checkpoint.top1)} "
        f"| {number(checkpoint.top5)} "
        f"| {checkpoint.resize} → {checkpoint.crop} "
        f"| {checkpoint.num_classes:,} | {checkpoint.license or '–'} |\n"
    )


def number(value):
    return "–" if value is None else f"{value:.2f}"


def code(info):
    lines = ["import zoo\n", f"model = zoo.{info.name}(num_classes=10)"]
    if info.checkpoints:
        name = info.checkpoints[0].name
        lines += [
            f'pretrained = zoo.{info.name}(weights="{name}")',
            f'preprocess = zoo.preprocessing("{info.name}", "{name}")',
        ]
    return "```python\n" + "\n".join(lines) + "\n```\n"


def interface_page(name, title, told):
    """Every public function and class of a room; those `told` are linked to."""
    module = importlib.import_module(name)
    builders = set(zoo.list_models()) if name == "zoo" else set()
    parts = [title, "=" * len(title), ""]
    for member in sorted(set(module.__all__) - builders):
        value = getattr(module, member)
        if not callable(value):
            continue
        kind = "class" if inspect.isclass(value) else "function"
        if value in told:
            role = f":py:{'class' if kind == 'class' else 'func'}:"
            parts += [f"``{name}.{member}`` is {role}`zoo.{member}`.", ""]
            continue
        told.append(value)
        parts.append(f".. auto{kind}:: {name}.{member}")
        if kind == "class" and issubclass(value, keras.callbacks.Callback):
            methods = [m for m in METHODS if hasattr(value, m)]
            parts.append(f"   :members: {', '.join(methods)}")
        parts.append("")
    return "\n".join(parts)
