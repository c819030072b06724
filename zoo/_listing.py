"""What `zoo list` and `zoo show` print; nothing here imports Keras."""

import dataclasses
import json
from collections.abc import Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase

from zoo._choices import did_you_mean
from zoo.checkpoints import _known
from zoo.models import _index
from zoo.models._index import ModelInfo

WILD = set("*?[")


def choose(
    patterns: Sequence[str],
    *,
    year: tuple[int | None, int | None] | None,
    max_params: float | None,
    weights: bool | str | None,
    sort: str,
) -> list[ModelInfo]:
    """The models that a command line asks for.

    Args:
        patterns: Shell patterns; none: all models.
        year, max_params, weights, sort: The arguments of `zoo.list_models`.

    Raises:
        ValueError: No model fits; the message suggests what would.
    """
    if isinstance(weights, str) and _is_pattern(weights):
        patterns, weights = [*patterns, weights], True  # --weights "vgg*"
    wanted = list(patterns) or ["*"]
    names = _index.list_models(
        wanted, year=year, max_params=max_params, weights=weights, sort=sort
    )
    if names:
        return [_index.info(name) for name in names]
    if _index.list_models(wanted):
        raise ValueError(
            "no model fits all of the pattern, --year, --max_params and "
            "--weights."
        )
    raise ValueError(
        f"no model matches {', '.join(map(repr, wanted))}."
        f"{_suggestion(wanted[0]) or ' See: zoo list'}"
    )


def table(infos: Sequence[ModelInfo]) -> str:
    """A line for each model under a heading."""
    width = max(len(i.name) for i in infos) + 2
    lines = [
        f"{'model':{width}}{'year':>4}{'parameters':>14}{'multiply-adds':>16}"
        "  input"
    ]
    lines += [
        f"{i.name:{width}}{i.year:>4}{i.params:>14,}{i.macs:>16,}  {_size(i)}"
        for i in infos
    ]
    return "\n".join(lines)


def table_of_weights(infos: Sequence[ModelInfo], source: object) -> str:
    """The same with the most accurate checkpoint of each.

    Args:
        infos: The models.
        source: Whose checkpoints count, such as "timm"; else those of all.
    """
    heading, *lines = table(infos).splitlines()
    width = max(len(line) for line in (heading, *lines)) + 2
    named = [f"{heading:{width}} top-1  checkpoint"]
    for info, line in zip(infos, lines, strict=True):
        if source in _index.sources():
            info = _index.only(info, str(source))
        best = info.best or next(iter(info.checkpoints), None)
        top1 = f"{best.top1:.2f}" if best and best.top1 else "–"
        named.append(f"{line:{width}}{top1:>6}  {best.name if best else '–'}")
    return "\n".join(named)


def find(name: str) -> ModelInfo:
    """The facts about one model.

    Raises:
        ValueError: There is no such model; the nearest names are given.
    """
    if name in all_names():
        return _index.info(name)
    raise ValueError(
        f"there is no model {name!r}.{near(name) or ' See: zoo list'}"
    )


def all_names() -> list[str]:
    """The names of all models."""
    return _index.list_models()


def near(name: str) -> str:
    """A question that names the models whose names are near, or "".

    It begins with a space, to stand behind a sentence.
    """
    hint = _known.as_ours(name)
    hint = hint or did_you_mean(name.lower(), all_names(), most=3)
    return hint or _suggestion(name)


def card(info: ModelInfo) -> str:
    """All facts about one model, one a line."""
    rows = {
        "name": info.name,
        "family": info.family,
        "year": str(info.year),
        "paper": info.paper,
        "url": info.url,
        "parameters": f"{info.params:,}",
        "multiply-adds": f"{info.macs:,}",
        "input": _size(info),
        "classes": f"{info.num_classes:,}",
        "departures": _items(info.departures),
        "checkpoints": _items(map(_checkpoint, info.checkpoints)),
    }
    if info.aux_weight is not None:
        rows["auxiliary"] = f"classifiers, each loss times {info.aux_weight}"
    return "\n".join(f"{key:15}{value}" for key, value in rows.items())


def as_json(what: ModelInfo | Sequence[ModelInfo]) -> str:
    """One model's facts as an object, or those of several as a list."""
    if isinstance(what, ModelInfo):
        facts = dataclasses.asdict(what)
    else:
        facts = [dataclasses.asdict(info) for info in what]
    return json.dumps(facts, ensure_ascii=False, indent=2)


def _checkpoint(c):
    """A checkpoint's name, classes, test size, accuracies and licence."""
    facts = [] if c.num_classes == 1000 else [f"{c.num_classes:,} classes"]
    if c.top1 is not None:
        facts.append(f"{c.top1} % top-1 at {c.crop}")
        facts += [f"{k} {top1}" for k, (top1, _) in c.accuracies.items()]
    else:
        facts.append(f"at {c.crop}")
    return f"{c.name}: {', '.join([*facts, c.license or 'licence not told'])}"


def _items(values):
    values = list(values)
    return "\n".join(f"{'':15}- {v}" for v in values).lstrip() or "none"


def _size(info):
    return "x".join(map(str, info.input_shape))


def _is_pattern(text):
    return bool(WILD & set(text)) or text in _index.list_models()


def _suggestion(pattern):
    """A question that names a pattern near to one that matches nothing."""
    lower = pattern.lower()
    word = lower.strip("*")
    families = {_index.info(n).family for n in _index.list_models()}
    near = get_close_matches(word, families, n=1)
    tries = [lower, f"{word}*", f"*{word}*", *(f"{f}*" for f in near)]
    names = _index.list_models()
    for this in tries:
        if word and any(fnmatchcase(name, this) for name in names):
            return f" Did you mean {this!r}?"
    return did_you_mean(lower, names, most=3)
