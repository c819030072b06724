"""What a .keras file of ours tells beside Keras's own: images, classes, T.

Keras passes over it. A file that has it can be moved away from its run.
"""

import contextlib
import json
import os
import zipfile
from pathlib import Path
from typing import Any

from zoo import _json
from zoo._files import written_aside
from zoo.images import Preprocessing

FACTS = "cnn_zoo.json"


def add_facts(
    path: str | os.PathLike,
    preprocessing: Preprocessing,
    classes: list[str],
    temperature: float | None = None,
) -> None:
    """Puts the facts into a .keras file.

    Args:
        path: The file.
        preprocessing: What makes the model's input of images.
        classes: The names of the classes.
        temperature: What logits are divided by before they become
            probabilities. None: nothing.
    """
    path = Path(path)
    facts = {
        "preprocessing": preprocessing.as_dict(),
        "classes": classes,
        "temperature": temperature,
    }
    with written_aside(path, ".keras", durable=True) as aside:
        aside.write_bytes(path.read_bytes())
        with zipfile.ZipFile(aside, "a") as archive:
            archive.writestr(FACTS, json.dumps(facts, indent=2))


def read_facts(path: str | os.PathLike) -> dict[str, Any] | None:
    """{name: value} of what `add_facts` was given; None without.

    Raises:
        ValueError: They are not as they were written.
    """
    if not zipfile.is_zipfile(path):
        return None
    with reading(path), zipfile.ZipFile(path) as archive:
        if FACTS not in archive.namelist():
            return None
        facts = _json.parse(archive.read(FACTS))
        described = facts["preprocessing"]
        return {
            "preprocessing": Preprocessing.from_dict(described),
            "classes": [str(name) for name in facts["classes"]],
            "temperature": facts.get("temperature"),
        }


@contextlib.contextmanager
def reading(path: str | os.PathLike):
    """Turns whatever the reader of a broken file raises into a ValueError."""
    try:
        yield
    except Exception as error:
        text = " ".join(str(error).split())
        raise ValueError(f"{path} cannot be read: {text[:300]}") from error
