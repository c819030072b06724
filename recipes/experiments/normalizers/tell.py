"""Tables and figures of the normalizers."""

from zoo.recipes.lab import figures
from zoo.recipes.lab.tables import Column, pivot, table


def tables(rows):
    cnn = rows.where(network="convolutional")
    columns = [
        Column("held-out accuracy, %", "test_accuracy", 100),
        Column("training loss, final averages", "fitted_loss", 1, 3),
        Column("training loss, in training", "train_loss", 1, 3),
        Column("step, ms", "processor_seconds_step", 1000),
        Column("parameters", "parameters", 1, 0),
    ]
    at = ("norm", ""), ("batch", "batch")
    note = (
        "Training loss with the final weights as at inference, minus that in "
        "training, averaged over the last epoch."
    )
    return [
        pivot("Accuracy by batch, %", cnn, *at, "test_accuracy", 100),
        pivot("From training to inference", cnn, *at, "mismatch", 1, 3, note),
        table(
            "Recurrent network",
            rows.where(network="recurrent"),
            {"norm": ""},
            columns,
            "Batches of 32.",
        ),
    ]


def by_batch(rows):
    figure, axes = figures.new(2, width=5)
    cnn = rows.where(network="convolutional")
    batches = cnn.values("batch")
    for axis, name, label, scale in (
        (axes[0, 0], "test_accuracy", "held-out accuracy, %", 100),
        (axes[0, 1], "fitted_loss", "training loss, as at inference", 1),
    ):
        figures.against(
            axis, cnn.groups("norm"), "batch", name, batches, scale,
            xlabel="batch", ylabel=label, legend=axis is axes[0, 1],
        )  # fmt: skip
    axes[0, 1].set_yscale("log")
    return figure


def recurrent_epochs(rows):
    figure, axes = figures.new(2, width=5)
    groups = rows.where(network="recurrent").groups("norm")
    for axis, name, label, scale in (
        (axes[0, 0], "train_loss_curve", "training loss", 1),
        (axes[0, 1], "test_accuracy_curve", "held-out accuracy, %", 100),
    ):
        series = {n: scale * g.curves(name) for n, g in groups.items()}
        figures.lines(
            axis, series, xlabel="epoch", ylabel=label,
            legend=axis is axes[0, 1],
        )  # fmt: skip
    return figure


FIGURES = {"batch.png": by_batch, "recurrent.png": recurrent_epochs}
