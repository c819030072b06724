"""The rooms of the house stand on floors, and no import goes up."""

import ast
import pathlib

ROOT = pathlib.Path(__file__).parents[1]
FOLDERS = ("zoo", "layers", "callbacks", "recipes")
# From the ground up. A file of zoo's own is a room, too.
FLOORS = (
    (
        "_choices",
        "_foreign",
        "_files",
        "_flock",
        "_json",
        "_notices",
        "_printable",
        "_progress",
        "_version",
        "_warnings",
    ),
    ("_figures",),
    ("_arguments", "callbacks", "images", "layers"),
    ("checkpoints", "export", "_keras_file", "_model_options", "_pixel_range"),
    ("explain",),
    (
        "_explain_options",
        "_serve_options",
        "_show_options",
        "evaluation",
        "models",
        "serve",
    ),
    ("_options", "drawing"),
    ("_listing", "_show", "zoo"),  # zoo/__init__.py asks the models' index
    ("training",),
    ("_targets",),
    ("_loading",),
    ("_export_target", "_push"),
    ("_classify", "_explain", "_labelled"),
    ("_evaluation_batches", "_evaluation_maps"),
    ("_evaluate",),
    ("lab",),
    ("recipes",),
    ("__main__",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def modules():
    """{name as it is imported: path}"""
    found = {}
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            parts = parts if folder == "zoo" else ("zoo", *parts)
            parts = parts[:-1] if parts[-1] == "__init__" else parts
            found[".".join(parts)] = path
    return found


def room(module):
    _, *rest = module.split(".")
    if not rest:
        return "zoo"
    return "lab" if rest[:2] == ["recipes", "lab"] else rest[0]


def imports():
    """(importing room, imported room, place), imports in functions too."""
    known = modules()
    for module, path in known.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for target in targets(node, known):
                if room(module) != room(target):
                    place = f"{path.relative_to(ROOT)}:{node.lineno}"
                    yield room(module), room(target), place


def targets(node, known):
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module:
        both = [f"{node.module}.{alias.name}" for alias in node.names]
        names = [name if name in known else node.module for name in both]
    else:
        names = []
    return [name for name in names if name.split(".")[0] == "zoo"]


def test_every_room_has_a_floor():
    assert {room(module) for module in modules()} == FLOOR.keys()


def test_no_import_goes_up_or_across():
    wrong = [
        f"{place}: {upper} imports {lower}"
        for upper, lower, place in imports()
        if FLOOR[upper] <= FLOOR[lower]
    ]
    assert not wrong, "\n".join(wrong)


def test_public_names_alone_are_asked_of_the_package():
    """`import zoo` in a room below would be an arrow that no import shows."""
    users = {upper for upper, lower, _ in imports() if lower == "zoo"}
    assert users <= {"training", "lab", "recipes", "__main__"}
