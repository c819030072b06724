"""The tables of docs/callbacks.md and results.md."""

from bench._table import markdown
from bench.doctor._program import CAUSES
from bench.doctor._score import Rate, counted, precision


def _split(results):
    faulty = [o for o in results if o.program.causes]
    return faulty, [o for o in results if not o.program.causes]


def by_tool(found):
    """A row a tool: recall, precision and false alarms."""
    rows = []
    for tool, results in found.items():
        faulty, healthy = _split(results)
        rows.append(
            (
                tool,
                counted(faulty, "named"),
                counted(faulty, "otherwise"),
                counted(faulty, "silent", "crashed"),
                precision(results),
                counted(healthy, "warned", "error"),
                sum(o.verdict == "error" for o in healthy),
                sum(o.verdict == "crashed" for o in results),
            )
        )
    faulty, healthy = _split(results)
    header = (
        "tool",
        f"named, of {len(faulty)} faulty",
        "warned otherwise",
        "silent",
        "precision",
        f"warned, of {len(healthy)} healthy",
        "at error level",
        "crashed",
    )
    return markdown(header, rows)


def by_kind(found):
    """A row a kind of fault."""
    tool, *others = found
    rows = []
    for kind in CAUSES:
        results = [o for o in found[tool] if o.program.kind == kind]
        if not results:
            continue
        rows.append(
            (
                f"`{kind}`",
                len(results),
                counted(results, "named"),
                sum(o.exact for o in results),
                sum(o.verdict == "otherwise" for o in results),
                sum(o.verdict in ("silent", "crashed") for o in results),
                *(
                    sum(o.named for o in found[other] if o.program.kind == kind)
                    for other in others
                ),
            )
        )
    header = ("kind of fault", "programs", f"{tool} named", "by its own name",
              "warned otherwise", "silent", *others)  # fmt: skip
    return markdown(header, rows)


def by_cause(results):
    """A row a cause: how often it was said, and of what."""
    rows = []
    for cause in CAUSES:
        said = [o for o in results if cause in o.said]
        if said:
            right = sum(cause in o.program.causes for o in said)
            healthy = sum(not o.program.causes for o in said)
            rows.append(
                (
                    f"`{cause}`",
                    len(said),
                    Rate(right, len(said)),
                    len(said) - right - healthy,
                    healthy,
                )
            )
    header = ("said", "programs", "precision", "of another fault", "of healthy")
    return markdown(header, rows)


def lines(results, recordings):
    """A line a program: for who works on the rules."""
    for o in results:
        name = o.program.name
        said = ",".join(sorted(o.said)) or "-"
        expected = ",".join(o.program.causes) or "healthy"
        seconds = recordings[name].get("seconds", "-")
        yield f"{name}\t{expected}\t{said}\t{o.verdict}\t{seconds}"
