"""Facts about every model, without importing one: they stand in index.json.

`tests/zoo/make_index.py` writes that file from the registry. A model that
someone registers from outside of this package is added when it is registered.
"""

import dataclasses
import functools
import json
import pathlib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from zoo import _foreign
from zoo._choices import did_you_mean, one_of
from zoo.checkpoints import Checkpoint, _known

Range = tuple[int | None, int | None]


def _accuracy(model):
    """The best first; those of which none is known last."""
    return (-(model.top1 or 0.0), model.name)


SORTS = {
    "name": lambda i: i.name,
    "year": lambda i: (i.year, i.family, i.params, i.name),
    "params": lambda i: (i.params, i.name),
    "macs": lambda i: (i.macs, i.name),
    "top1": _accuracy,
}


@dataclass(frozen=True)
class ModelInfo:
    """What `zoo.info` tells about a model.

    `params` counts the weights that a paper or PyTorch counts, trainable ones,
    not the moving statistics; `macs` the multiply-adds of convolutions and
    fully connected layers for one image of `input_shape`.
    """

    name: str
    family: str
    year: int
    paper: str
    url: str
    params: int
    macs: int
    input_shape: tuple[int, int, int]
    num_classes: int
    departures: tuple[str, ...] = ()
    aux_weight: float | None = None  # weight of an auxiliary classifier's loss
    checkpoints: tuple[Checkpoint, ...] = ()

    @property
    def best(self) -> Checkpoint | None:
        """The checkpoint of the highest top-1 accuracy on ImageNet."""
        known = [c for c in self.checkpoints if c.top1 and c.on_imagenet]
        return max(known, key=lambda c: c.top1 or 0.0, default=None)

    @property
    def top1(self) -> float | None:
        """The best checkpoint's top-1 accuracy on ImageNet in %."""
        return self.best and self.best.top1


@functools.cache
def facts() -> dict[str, dict]:
    """{name: fields of `ModelInfo`} of the models of this package."""
    path = pathlib.Path(__file__).with_name("index.json")
    return json.loads(path.read_text(encoding="utf-8"))


def by_module() -> dict[str, list[str]]:
    """{module of `zoo`: builders that it defines}."""
    modules: dict[str, list[str]] = {}
    for name, fields in facts().items():
        modules.setdefault(f"models.{fields['family']}", []).append(name)
    return modules


@functools.cache
def _infos() -> dict[str, ModelInfo]:
    return {
        name: ModelInfo(
            **fields
            | {
                "name": name,
                "input_shape": tuple(fields["input_shape"]),
                "departures": tuple(fields["departures"]),
                "checkpoints": _known.of(name),
            }
        )
        for name, fields in facts().items()
    }


def add(model: ModelInfo) -> None:
    """Makes a registered model known to `info` and `list_models`."""
    _infos()[model.name] = model


def info(name: str) -> ModelInfo:
    """The `ModelInfo` of a model: its paper, size, cost and departures.

    Args:
        name: One of `list_models()`.

    Raises:
        ValueError: There is no such model; the nearest names are given.

    Example:
        >>> info("lenet5").year
        1998
    """
    try:
        return _infos()[name]
    except (KeyError, TypeError):
        hint = _known.as_ours(str(name))
        hint = hint or did_you_mean(str(name).lower(), _infos(), most=3)
        hint = hint or " zoo.list_models() names them all."
        raise ValueError(f"There is no model {name!r}.{hint}") from None


@_foreign.explains(_foreign.LISTING)
def list_models(
    pattern: str | Iterable[str] = "*",
    *,
    year: int | Range | None = None,
    max_params: float | None = None,
    weights: bool | str | None = None,
    sort: str = "name",
) -> list[str]:
    """The names of all models that fit, none of which is imported.

    Args:
        pattern: A shell pattern such as "resnet*", or several of which one
            must match; `*`, `?` and `[…]` are wild.
        year: Year of the paper, or the (first, last) year, each of which may
            be None.
        max_params: Largest number of parameters, such as 5e6.
        weights: True: models with a published checkpoint; False: models
            without one; "torchvision", "timm", "keras", "imgclsmob", "package"
            or another publisher: models with a checkpoint from there.
        sort: "name", "year", "params", "macs" or "top1" (the most accurate
            checkpoint first); with a minus in front, as in "-params", the
            other way round.

    Raises:
        ValueError: An argument is not of the form above.

    Example:
        >>> list_models("lenet*")
        ['lenet1', 'lenet4', 'lenet5', 'lenet5_relu']
        >>> list_models(year=(2015, 2015), max_params=1e6, sort="params")[:2]
        ['resnet20', 'resnet32']
    """
    patterns = [pattern] if isinstance(pattern, str) else pattern
    if not isinstance(patterns, Iterable):
        raise ValueError(
            f"pattern must be one such as 'vgg*', or several; received "
            f"{pattern!r}."
        )
    patterns = tuple(patterns)
    first, last = _years(year)
    if max_params is not None and not _is_number(max_params):
        raise ValueError(
            f"max_params must be a number such as 5e6; received {max_params!r}."
        )
    order = SORTS[one_of("sort", str(sort).removeprefix("-"), SORTS)]
    if isinstance(weights, str):
        one_of("weights", weights, sources())
    elif weights is not None and not isinstance(weights, bool):
        raise ValueError(
            "weights must be True, False, or where checkpoints come from, such "
            f"as 'torchvision'; received {weights!r}."
        )
    fitting = [
        i
        for i in _infos().values()
        if any(fnmatchcase(i.name, p) for p in patterns)
        and first <= i.year <= last
        and (max_params is None or i.params <= max_params)
        and _has(i.checkpoints, weights)
    ]
    if isinstance(weights, str):  # only these count for the accuracy
        fitting = [only(i, weights) for i in fitting]
    fitting.sort(key=order, reverse=str(sort).startswith("-"))
    return [i.name for i in fitting]


def sources() -> list[str]:
    """Packages whose checkpoints our networks take: "torchvision", …."""
    return sorted(
        {
            c.name.partition("/")[0]
            for i in _infos().values()
            for c in i.checkpoints
        }
    )


def _has(checkpoints, weights):
    if weights is None:
        return True
    if isinstance(weights, bool):
        return bool(checkpoints) is weights
    return any(c.name.partition("/")[0] == weights for c in checkpoints)


def only(model: ModelInfo, source: str) -> ModelInfo:
    """The same with the checkpoints of one source."""
    chosen = [
        c for c in model.checkpoints if c.name.partition("/")[0] == source
    ]
    return dataclasses.replace(model, checkpoints=tuple(chosen))


def _years(year):
    """(first, last) year of a year, a pair, or None."""
    pair = year if isinstance(year, (tuple, list)) else (year, year)
    if len(pair) != 2 or not all(y is None or type(y) is int for y in pair):
        raise ValueError(
            "year must be a year such as 2015, or (first, last) with None for "
            f"no bound; received {year!r}."
        )
    first, last = pair
    return (0 if first is None else first, 9999 if last is None else last)


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)
