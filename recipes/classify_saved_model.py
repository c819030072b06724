"""Classifies held-out images with a SavedModel, having only TensorFlow.

    python recipes/classify_saved_model.py SAVED_MODEL HELD_OUT.npz

`recipes/train.py` writes both: SAVED_MODEL is a directory such as
`runs/lenet5_mnist_5k/saved_model/1`, and the other file holds images, labels,
names of the classes, and the Keras model's logits to compare with.
"""

import os
import sys

import numpy as np

SHOWN = 10
BATCH = 100
TOLERANCE = 1e-4  # of the largest logit: another process may sum otherwise


def import_tensorflow():
    """TensorFlow, without Keras and without what it tells at its start."""
    # TensorFlow imports Keras where it finds it. It finds none here: what
    # follows proves that a server needs neither Keras nor this project.
    sys.modules["keras"] = None  # pyright: ignore[reportArgumentType]
    level = os.environ.get("TF_CPP_MIN_LOG_LEVEL")
    if level in (None, "1"):  # TensorFlow's own, for processes it starts
        os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    if level == "0":  # the user wants to see everything
        import tensorflow

        return tensorflow
    stderr = os.dup(2)  # where TensorFlow writes whatever it is told
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        import tensorflow
    finally:
        os.dup2(stderr, 2)
        os.close(stderr)
    return tensorflow


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    directory, file = sys.argv[1:]
    tf = import_tensorflow()
    classify = tf.saved_model.load(directory).signatures["serving_default"]
    held_out = np.load(file)
    images, labels = held_out["images"], held_out["labels"]
    classes = held_out["classes"]
    answers = [
        classify(images=images[start : start + BATCH])
        for start in range(0, len(images), BATCH)
    ]
    logits, probabilities = (
        np.concatenate([answer[name] for answer in answers])
        for name in ("logits", "probabilities")
    )
    predicted = probabilities.argmax(axis=1)

    print(f"{directory}, loaded by TensorFlow {tf.__version__} alone:")
    shown = zip(labels, predicted, probabilities, strict=True)
    for label, guess, row in list(shown)[:SHOWN]:
        print(
            f"  true {classes[label]}   predicted {classes[guess]}"
            f"   {100 * row[guess]:5.1f} %"
            f"{'' if guess == label else '   wrong'}"
        )
    right = int(np.sum(predicted == labels))
    difference = np.max(np.abs(logits - held_out["logits"]))
    print(
        f"  {right:,} of {len(labels):,} right ({right / len(labels):.1%}); "
        f"logits within {difference:.0e} of the Keras model's"
    )
    if not difference <= TOLERANCE * max(1, np.max(np.abs(logits))):
        sys.exit("error: the SavedModel answers otherwise than the model")


if __name__ == "__main__":
    main()
