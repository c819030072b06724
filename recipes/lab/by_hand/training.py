"""Images as arrays that the seed has drawn, and a loop over them."""

import functools

import numpy as np

from zoo.recipes.lab.by_hand.layers import backward, cross_entropy, forward


@functools.lru_cache(maxsize=2)
def _all(dataset):
    """((images, labels) to train on, the same held out), scaled."""
    from zoo.recipes.lab import runs

    data = runs.load({"dataset": dataset, "seed": 0}, batch_size=1)
    sets = runs.training_images(data), runs.probe(data, data.test_count)
    return [
        (images.astype(np.float64), labels.astype(int))
        for images, labels in sets
    ]


def drawn(setting, per_class):
    """Training images that the seed draws, and the held-out ones.

    Args:
        setting: Gives `dataset` and `seed`.
        per_class: Training images of each class.

    Returns:
        Two pairs (images, labels): images (count, height, width, channels).
    """
    (images, labels), held_out = _all(setting["dataset"])
    random = np.random.default_rng([setting["seed"], 1])
    chosen = np.concatenate(
        [
            random.permutation(np.flatnonzero(labels == label))[:per_class]
            for label in np.unique(labels)
        ]
    )
    return (images[chosen], labels[chosen]), held_out


def flat(setting, per_class):
    """`drawn`, with each image as one row of numbers."""
    return [(x.reshape(len(x), -1), y) for x, y in drawn(setting, per_class)]


def fit(net, optimizer, images, labels, *, steps, batch=32, seed=0, watch=None):
    """Trains for so many steps; a loss that is no number ends it.

    Args:
        net: Layers that end in logits.
        optimizer: A `Momentum` or `Adam` of the net.
        images, labels: Arrays.
        steps: Number of steps.
        batch: Images of a step.
        seed: Decides their order.
        watch: Function (step, loss) called before each update; True ends the
            training.

    Returns:
        The losses of the steps.
    """
    random = np.random.default_rng([seed, 2])
    losses, order = [], np.array([], int)
    for step in range(steps):
        if len(order) < batch:
            order = random.permutation(len(labels))
        some, order = order[:batch], order[batch:]
        with np.errstate(over="ignore", invalid="ignore"):
            logits = forward(net, images[some], training=True)
            loss, error = cross_entropy(logits, labels[some])
            losses.append(loss)
            if not np.isfinite(loss):
                break
            backward(net, error)
            if watch and watch(step, loss):
                break
            optimizer.step()
    return losses


def averaged(losses, parts=20):
    """The means of so many equal parts of a training, in their order."""
    return [
        np.mean(part)
        for part in np.array_split(losses, min(parts, len(losses)))
    ]


def accuracy(net, images, labels):
    """(accuracy, loss) as at inference; a guess's and None without numbers."""
    with np.errstate(over="ignore", invalid="ignore"):
        logits = forward(net, images, training=False)
        if not np.isfinite(logits).all():
            return 1 / (labels.max() + 1), None
        loss, _ = cross_entropy(logits, labels)
    return float((logits.argmax(axis=1) == labels).mean()), loss
