"""Tables and figures of the transfer."""

from zoo.recipes.lab import figures
from zoo.recipes.lab.rows import NotMeasured
from zoo.recipes.lab.tables import Column, pivot, table


def tables(rows):
    plain = rows.where(extra="none")
    at = ("method", ""), ("images_per_class", "images a class")
    size, way = base_of(rows)
    columns = [
        Column("held-out accuracy, %", "test_accuracy", 100),
        Column("held-out loss", "test_loss", 1, 3),
        Column("accuracy in training, %", "train_accuracy", 100),
    ]
    return [
        pivot("Accuracy by images, %", plain, *at, "test_accuracy", 100),
        table(
            "What is added",
            rows.where(images_per_class=size, method=way),
            {"extra": "added"},
            columns,
            f"{size} images a class, {way}. In training the images are "
            "changed, and mixed labels count as their larger part. With label "
            "smoothing the loss, too, is that of smoothed labels.",
        ),
    ]


def base_of(rows):
    """(images a class, method) that something is added to."""
    for row in rows:
        if row["extra"] != "none":
            return row["images_per_class"], row["method"]
    raise NotMeasured("no run with anything added")


def images(rows):
    figure, axes = figures.new(width=7)
    plain = rows.where(extra="none")
    figures.against(
        axes[0, 0], plain.groups("method"), "images_per_class", "test_accuracy",
        plain.values("images_per_class"), 100,
        xlabel="training images a class", ylabel="held-out accuracy, %",
    )  # fmt: skip
    return figure


def added(rows):
    figure, axes = figures.new(width=7)
    size, way = base_of(rows)
    group = rows.where(images_per_class=size, method=way)
    values = {
        extra: 100 * runs.column("test_accuracy")
        for extra, runs in group.groups("extra").items()
    }
    low = min(v.min() for v in values.values())
    figures.bars(
        axes[0, 0], values, xlabel="held-out accuracy, %",
        xlim=(max(0, 5 * (low // 5) - 5), None),
    )  # fmt: skip
    return figure


FIGURES = {"images.png": images, "added.png": added}
