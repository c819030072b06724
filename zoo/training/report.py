"""What a run shows when it is over: figures, and tables in its report."""

import importlib.util
from typing import Any

from zoo.callbacks import TrainingDoctor
from zoo.training.run_directory import RunDirectory


def can_draw() -> bool:
    """Whether there is what draws the figures; the report needs nothing."""
    return importlib.util.find_spec("matplotlib") is not None


def draw(run: RunDirectory, doctor: TrainingDoctor) -> None:
    """Writes the figures of a run, where matplotlib is installed.

    Args:
        run: A `run_directory.RunDirectory`.
        doctor: The TrainingDoctor that watched it.
    """
    if not can_draw():
        return
    curves(run)
    doctor.plot(run / "gradient_norm.png")
    doctor.plot(run / "dead_units.png", "units")


def curves(run: RunDirectory) -> None:
    """Writes loss.png and accuracy.png."""
    from zoo import _figures  # needs matplotlib

    validated = run.read_config()["data"].get("validation_count")
    measured = "validation" if validated else "held out"
    for name in ("loss", "accuracy"):
        figure, axes = _figures.new(width=6)
        keys = ((name, "training"), (f"val_{name}", measured))
        series = {label: [row[key] for row in run.rows] for key, label in keys}
        _figures.lines(
            axes[0, 0], series, marker="o", xlabel="epoch", ylabel=name
        )
        _figures.save(figure, run / f"{name}.png")


def sections(
    run: RunDirectory, results: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """{title: {name: value}}: the tables that the report ends with.

    Args:
        run: A `run_directory.RunDirectory`.
        results: {name: value} of what came out.
    """
    config = run.read_config()
    parts = {name: v for name, v in config.items() if isinstance(v, dict)}
    return {
        name.capitalize(): entries
        for name, entries in {"results": results, **parts}.items()
    }
