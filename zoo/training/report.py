"""What a run shows when it is over: figures, and tables in its report."""

import importlib.util

FIGURES = importlib.util.find_spec("matplotlib") is not None


def draw(run, doctor):
    """Writes the figures of a run, where matplotlib is installed.

    Args:
        run: A `run_directory.RunDirectory`.
        doctor: The TrainingDoctor that watched it.
    """
    if not FIGURES:
        return
    curves(run)
    doctor.plot(run / "gradient_norm.png")
    doctor.plot(run / "dead_units.png", "units")


def curves(run):
    """Writes loss.png and accuracy.png."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    epochs = [row["epoch"] for row in run.rows]
    for name in ("loss", "accuracy"):
        figure = Figure(figsize=(6, 4), layout="constrained")
        axes = figure.subplots()
        for key, label in ((name, "training"), (f"val_{name}", "held out")):
            axes.plot(
                epochs, [row[key] for row in run.rows], "o-", ms=3, label=label
            )
        axes.set(xlabel="epoch", ylabel=name)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(alpha=0.3)
        axes.legend()
        figure.savefig(run / f"{name}.png", dpi=120)


def sections(run, results):
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
