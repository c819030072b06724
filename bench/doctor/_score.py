"""What was said of the programs, counted; and whether they are as labelled."""

import dataclasses
import json
import math

from bench.doctor._program import CATALOGUE
from bench.doctor._rules import PUBLISHED


@dataclasses.dataclass
class Outcome:
    """What a tool said of a program: {cause: severity}, and its crash."""

    program: object
    said: dict
    crashed: bool = False

    @property
    def named(self):
        return bool(set(self.program.causes) & set(self.said))

    @property
    def exact(self):
        return self.program.kind in self.said

    @property
    def verdict(self):
        if self.crashed:
            return "crashed"
        if not self.said:
            return "silent"
        if self.program.causes:
            return "named" if self.named else "otherwise"
        return "error" if "error" in self.said.values() else "warned"


@dataclasses.dataclass
class Rate:
    """A share with its interval of 95 %, after Wilson (1927)."""

    count: int
    of: int

    @property
    def interval(self):
        if not self.of:
            return 0.0, 1.0
        z, n, p = 1.96, self.of, self.count / self.of
        middle = p + z * z / (2 * n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        scale = 1 + z * z / n
        return (
            max((middle - half) / scale, 0.0),
            min((middle + half) / scale, 1.0),
        )

    def __str__(self):
        if not self.of:
            return "–"
        low, high = self.interval
        return f"{self.count / self.of:.2f} ({low:.2f}–{high:.2f})"


def read(directory, names):
    """{name: recording} of those that are there."""
    paths = {name: directory / f"{name}.json" for name in names}
    return {
        name: json.loads(path.read_text())
        for name, path in paths.items()
        if path.exists()
    }


def doubts(recordings):
    """{name: why the program is not as it is labelled}."""
    found = {}
    for name, recording in recordings.items():
        program = CATALOGUE[name]
        score = recording.get("score")
        if "broken" in recording:
            found[name] = f"does not train: {recording['broken']}"
        elif score is None:
            continue
        elif program.quality is not None:
            if not score >= program.quality:
                found[name] = f"{score:.3f} is below {program.quality}"
        elif program.twin in recordings:
            other = recordings[program.twin].get("score")
            if other is not None and not score <= other - program.margin:
                found[name] = f"{score:.3f} beside its twin's {other:.3f}"
    return found


def outcomes(recordings, tool):
    """{tool: outcomes}: the recorded tool, and the published rules."""
    result = {tool: []} | {name: [] for name in PUBLISHED}
    for name, recording in recordings.items():
        program = CATALOGUE[name]
        result[tool].append(
            Outcome(program, dict(recording["said"]), bool(recording["crash"]))
        )
        for other, rule in PUBLISHED.items():
            said = dict.fromkeys(rule(recording["epochs"]), "warning")
            result[other].append(Outcome(program, said))
    return result


def precision(results):
    """Of all that was said, what was said of a fault of its kind."""
    said = [(o, cause) for o in results for cause in o.said]
    right = sum(cause in o.program.causes for o, cause in said)
    return Rate(right, len(said))


def counted(results, *verdicts):
    return Rate(sum(o.verdict in verdicts for o in results), len(results))
