"""The papers' training recipes, as data: one JSON file a recipe.

A file tells where the recipe stands, the options of `zoo train` that follow
it, what is done otherwise than there, and for each network what the paper
claims:

    {
      "recipe": {"title": "…", "url": "https://arxiv.org/abs/…",
                 "where": "section 4.2"},
      "options": {"dataset": "cifar10", "optimizer": "momentum", …},
      "departures": ["…"],
      "networks": {
        "resnet20": {"claim": {"error": 8.75, "where": "Table 6"}},
        "resnet110": {"options": {"warmup_epochs": 1}, "claim": {…}}
      }
    }

A claim is `error` or `accuracy` in percent, as printed, of `runs` trainings
(1 where it is not told) with the standard deviation `std` between them. `test`
says how it was tested, if not on each image once, `url` where it stands, if not
in the recipe's paper. `sources` lists the code and tables, the authors' where
they are published, that the file was compared with; one without any was not.
"""

import dataclasses
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zoo import _json
from zoo._choices import did_you_mean

FOLDER = Path(__file__).parent
# What is counted in epochs, and shrinks with them.
EPOCHS = ("step_epochs", "warmup_epochs", "freeze_epochs")
# What another value of an option takes with it.
BELONGING = {
    "schedule": ("step_epochs", "step_factor"),
    "optimizer": ("optimizer_arguments",),
}


@dataclasses.dataclass(frozen=True)
class Claim:
    """What a paper says a network comes to.

    Attributes:
        accuracy: Share of the test images that are classified right.
        printed: The number as the paper has it: "8.75 % error".
        where: Table or section.
        url: Address of the paper.
        runs: Trainings that it is the mean of.
        std: Standard deviation between them. None: not told.
        test: How it was tested.
    """

    accuracy: float
    printed: str
    where: str
    url: str
    runs: int = 1
    std: float | None = None
    test: str = "each image once"


@dataclasses.dataclass(frozen=True)
class Recipe:
    """How a paper trains a network.

    Attributes:
        network: The network's name.
        title, url, where: Where the recipe stands.
        options: {option of `zoo train`: value}.
        departures: What is done otherwise than there.
        claim: What the paper says comes out. None: nothing.
    """

    network: str
    title: str
    url: str
    where: str
    options: dict[str, Any]
    departures: tuple[str, ...]
    claim: Claim | None


def names() -> list[str]:
    """The networks that have a recipe, sorted."""
    return sorted(_networks())


def find(network: str) -> Recipe:
    """The recipe of a network.

    Raises:
        ValueError: It has none; the nearest names are given.

    Example:
        >>> from zoo.recipes import configs
        >>> recipe = configs.find("resnet20")
        >>> recipe.options["learning_rate"], recipe.claim.printed
        (0.1, '8.75 % error')
    """
    found = _networks().get(network)
    if found is None:
        hint = did_you_mean(network, names(), most=3)
        raise ValueError(
            f"there is no paper's recipe for {network!r}.{hint} "
            "`zoo reproduce` lists all."
        )
    content, own = found
    head = content["recipe"]
    options = {"model": network, **content["options"], **own.get("options", {})}
    departures = content.get("departures", []) + own.get("departures", [])
    claim = own.get("claim")
    return Recipe(
        network, head["title"], head["url"], head["where"], options,
        tuple(departures), claim and _claim(claim, head["url"]),
    )  # fmt: skip


def options(config: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """{option of `zoo train`: value} of a recipe, but for those given.

    With another number of `epochs` the epochs of the schedule change in
    proportion; another `schedule` or `optimizer` goes without what belongs to
    the recipe's own.

    Args:
        config: A network's name, or the path of a JSON file of options.
        given: {option: value} that is given besides.

    Raises:
        ValueError: There is no such recipe or file, or it holds no options.

    Example:
        >>> from zoo.recipes import configs
        >>> configs.options("resnet20", {"epochs": 82})["step_epochs"]
        '41,61.5'
    """
    if config.endswith(".json"):
        found = _read_options(Path(config).expanduser())
    else:
        found = find(config).options
    asked, epochs = given.get("epochs"), found.get("epochs")
    if asked and epochs:
        for name in EPOCHS:
            if name in found:
                found[name] = _scaled(found[name], asked / epochs, name)
    for name, belonging in BELONGING.items():
        if given.get(name, found.get(name)) != found.get(name):
            found = {n: v for n, v in found.items() if n not in belonging}
    return {name: v for name, v in found.items() if name not in given}


def _scaled(value, factor, name):
    if isinstance(value, str):
        parts = [float(part) * factor for part in value.split(",")]
        return ",".join(f"{part:g}" for part in parts)
    return round(value * factor) if name == "freeze_epochs" else value * factor


def _read_options(path):
    try:
        found = _json.parse(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"--config={path} cannot be read: {error}") from error
    if isinstance(found, dict) and isinstance(found.get("options"), dict):
        found = found["options"]  # a file as those here
    if not isinstance(found, dict) or "networks" in found:
        raise ValueError(
            f"--config={path} must hold an object of options, such as "
            '{"model": "resnet20", "epochs": 30}.'
        )
    return found


@functools.cache
def _networks():
    """{network: (content of its file, what is its own)}."""
    found = {}
    for path in sorted(FOLDER.glob("*.json")):
        content = _json.parse(path.read_text("utf-8"))
        for network, own in content["networks"].items():
            if network in found:
                raise ValueError(f"{path}: {network} has a recipe already.")
            found[network] = content, own
    return found


def _claim(claim, url):
    error = claim.get("error")
    number = claim["accuracy"] if error is None else 100 - error
    printed = f"{error} % error"
    if error is None:
        printed = f"{number} % accuracy"
    std = claim.get("std")
    return Claim(
        accuracy=round(number / 100, 6),
        printed=printed,
        where=claim["where"],
        url=claim.get("url", url),
        runs=claim.get("runs", 1),
        std=None if std is None else std / 100,
        test=claim.get("test", Claim.test),
    )
