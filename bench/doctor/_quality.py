"""How good a trained model is, on held-out data: higher is better."""

import numpy as np

# Of predictions that are no numbers.
WORST = -1e3


def _predicted(model, x):
    # Without a graph: to trace one takes longer than to run it once.
    return np.asarray(model(x, training=False), "float64")


def accuracy(model, x, truth, threshold=0.5, balanced=False):
    """Of classes, or of several yes or no, or of a class at each place."""
    predicted = _predicted(model, x)
    if not np.isfinite(predicted).all():
        return 0.0
    if predicted.ndim == truth.ndim > 1:
        return float(((predicted > threshold) == truth).mean())
    if predicted.shape[-1] > 1:
        found = predicted.argmax(-1)
    elif truth.max() > 1:
        found = np.rint(predicted[..., 0])
    else:
        found = predicted[..., 0] > threshold
    right = found == truth
    if balanced:
        return float(np.mean([right[truth == c].mean() for c in set(truth)]))
    return float(right.mean())


def balanced(model, x, truth):
    """The mean of the classes' accuracies."""
    return accuracy(model, x, truth, balanced=True)


def logits(model, x, truth):
    """The accuracy of one output that is a logit."""
    return accuracy(model, x, truth, threshold=0.0)


def r2(model, x, truth):
    """The share of the variance that is explained."""
    predicted = _predicted(model, x)
    if not np.isfinite(predicted).all():
        return WORST
    error = np.mean((predicted.reshape(len(truth), -1)[:, 0] - truth) ** 2)
    return max(float(1 - error / np.var(truth)), WORST)


def rebuilt(model, x, truth):
    """The share of the inputs' variance that an autoencoder keeps."""
    error = np.mean((_predicted(model, x) - truth) ** 2)
    return float(1 - error / np.var(truth)) if np.isfinite(error) else WORST


def overlap(model, x, truth):
    """Intersection over union of a mask."""
    predicted = _predicted(model, x)
    if not np.isfinite(predicted).all():
        return 0.0
    found, truth = predicted[..., -1:] > 0.5, truth > 0.5
    return float((found & truth).sum() / max((found | truth).sum(), 1))


def ranking(model, x, truth):
    """Area under the ROC curve."""
    from sklearn.metrics import roc_auc_score

    predicted = _predicted(model, x)
    if not np.isfinite(predicted).all():
        return 0.0
    return float(roc_auc_score(truth, predicted[:, -1]))
