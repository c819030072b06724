"""An experiment in a notebook: committed rows shown, a few runs made anew.

    rows = small.committed("dropout", "mnist_5k")
    small.verdicts(dropout.EXPERIMENT, rows)
    fresh = small.conduct(
        dropout.EXPERIMENT, seconds=120, where={"images_per_class": [10]}
    )
    small.means(fresh, ["method"], ["test_accuracy"])

What is shown is Markdown or a picture to a notebook, and text elsewhere.
"""

import functools
import io
import os
import time
from pathlib import Path

from zoo.recipes.lab import experiment as experiments
from zoo.recipes.lab.claims import NOT_MEASURED
from zoo.recipes.lab.rows import Rows
from zoo.recipes.lab.tables import Column, Table, table

ROOT = "CNN_ZOO"  # the clone; else the folder of the package's own


class Shown(str):
    """Markdown, which a notebook renders."""

    def __repr__(self):
        return str(self)

    def _repr_markdown_(self):
        return str(self)


class Picture:
    """A figure, which a notebook shows; drawn when it is."""

    def __init__(self, draw):
        self.draw = draw

    def _repr_png_(self):
        file = io.BytesIO()
        self.draw().savefig(file, format="png", bbox_inches="tight")
        return file.getvalue()


def committed(name: str, dataset: str) -> Rows:
    """The rows of results/NAME/DATASET, in the clone that `zoo` runs from.

    Raises:
        FileNotFoundError: There is no such clone.
    """
    root = os.environ.get(ROOT) or Path(__file__).parents[2]
    path = Path(root) / "results" / name / dataset / "runs.csv"
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is missing. Set {ROOT} to the folder of a clone of the "
            "repository: results/ is no part of the package."
        )
    return Rows.read(path)


def conduct(
    experiment: experiments.Experiment,
    *,
    seconds: float,
    where: dict | None = None,
    **options,
) -> Rows:
    """As many runs as fit: seed by seed, the settings in their order.

    Args:
        experiment: What is run.
        seconds: No run is begun that would, taking as long as the longest so
            far, end later than this.
        where: {name of a setting: values}; the settings that are run.
        options: Options of the experiment, such as `dataset`, `epochs`.

    Raises:
        ValueError: No setting is so.
    """
    chosen = experiment.options(**options).resolved(experiment)
    settings = [
        setting
        for setting in experiments.settings(experiment, chosen)
        if all(setting.get(k) in values for k, values in (where or {}).items())
    ]
    if not settings:
        raise ValueError(f"No setting of {experiment.name} has {where}.")
    rows, begin, longest = Rows(), time.monotonic(), 0.0
    for setting in settings:
        start = time.monotonic()
        if start - begin + longest >= seconds:
            break
        row = experiments.seeded(experiment.run, "auto", setting)
        longest = max(longest, time.monotonic() - start)
        rows.append({**setting, **row, "seconds": time.monotonic() - start})
    spent = time.monotonic() - begin
    print(f"{len(rows)} of {len(settings)} runs in {spent:.0f} seconds")
    return rows


def verdicts(experiment: experiments.Experiment, rows: Rows) -> Shown:
    """A table of the claims that these rows measure."""
    claims = [judge(rows) for judge in experiment.claims] if rows else []
    lines = [
        [claim.text, claim.measured.replace("|", "\\|"), claim.verdict]
        for claim in claims
        if claim.verdict != NOT_MEASURED
    ]
    if not lines:
        return Shown("These runs decide none of the claims.")
    return Shown(Table("", ["claim", "measured", "verdict"], lines).markdown())


def tables(
    experiment: experiments.Experiment, rows: Rows, *titles: str
) -> Shown:
    """The experiment's tables, or those with these titles."""
    made = experiment.tables(rows) if rows else []
    return Shown(
        "\n\n".join(
            f"**{one.title}.** {one.note}\n\n{one.markdown()}"
            for one in made
            if not titles or one.title in titles
        )
        or "No run, no table."
    )


def means(rows: Rows, by: list[str], of: list[str]) -> Shown:
    """Mean ± deviation of some columns.

    Args:
        rows: The rows, maybe not of all settings.
        by: Names of the columns that make the lines.
        of: Names of the columns with the numbers.
    """
    if not rows:
        return Shown("No run, no table.")
    columns = [Column(name, name, 1, 3) for name in of]
    return Shown(
        table("", rows, {name: name for name in by}, columns).markdown()
    )


def figure(
    experiment: experiments.Experiment, rows: Rows, name: str
) -> Picture:
    """One of the experiment's figures."""
    return Picture(functools.partial(experiment.figures[name], rows))
