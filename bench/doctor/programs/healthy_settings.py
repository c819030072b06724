"""Healthy: the bases, and the same with other optimizers and settings."""

import keras
import tensorflow as tf

from bench.doctor._bases import adam
from bench.doctor._program import healthy
from bench.doctor.programs._sources import (
    deep_checker,
    deep_localize,
    keras_docs,
)

K, L, schedules = keras.optimizers, keras.layers, keras.optimizers.schedules
scikit = "scikit-learn.org: toy datasets"
EXAMPLES = keras_docs("code examples")
for base, quality_, source in (
    ("digits", 0.9, scikit),
    ("digits_sgd", 0.93, scikit),
    ("digits_cnn", 0.85, scikit),
    ("digits_rows", 0.9, keras_docs("layers, LSTM")),
    ("digits_bn", 0.93, "Ioffe & Szegedy, Batch Normalization, ICML 2015"),
    ("mnist", 0.9, deep_checker("baseCNN")),
    ("mnist_mlp", 0.84, deep_localize(44164749)),
    ("mnist_deep", 0.88, deep_checker("deepCNN")),
    ("residual", 0.9, "He et al., Deep Residual Learning, CVPR 2016"),
    ("residual_few", 0.7, "He et al., Deep Residual Learning, CVPR 2016"),
    ("digits_bn_few", 0.88, "Ioffe & Szegedy, Batch Normalization, ICML 2015"),
    ("mnist_deep_few", 0.85, deep_checker("deepCNN")),
    ("vision_transformer", 0.8, "Dosovitskiy et al., ViT, ICLR 2021"),
    ("shapes", 0.9, EXAMPLES + ", image classification"),
    ("iris", 0.9, deep_localize(51930566)),
    ("wine", 0.88, scikit),
    ("blobs", 0.75, "Zhang et al., AutoTrainer, ICSE 2021: Blob"),
    ("cancer", 0.93, deep_localize(39525358)),
    ("circles", 0.95, "Zhang et al., AutoTrainer, ICSE 2021: Circle"),
    ("moons", 0.93, scikit),
    ("xor", 0.99, deep_localize(34311586)),
    ("loans", 0.64, EXAMPLES + ", structured data"),
    ("fraud", 0.8, EXAMPLES + ", imbalanced classification"),
    ("tags", 0.8, deep_localize(38648195)),
    ("text", 0.93, EXAMPLES + ", text classification"),
    ("text_gru", 0.93, keras_docs("layers, GRU")),
    ("text_transformer", 0.93, EXAMPLES + ", text with a transformer"),
    ("signs", 0.9, keras_docs("layers, LSTM")),
    ("letters", 0.7, EXAMPLES + ", a miniature GPT"),
    ("diabetes", 0.3, scikit),
    ("diabetes_units", 0.3, scikit),
    ("houses", 0.9, deep_checker("regrNN")),
    ("curve", 0.95, deep_localize(48934338)),
    ("adding", 0.9, "Hochreiter & Schmidhuber, LSTM, 1997: adding problem"),
    ("waves", 0.9, keras_docs("layers, SimpleRNN")),
    ("counts", 0.4, keras_docs("losses, Poisson")),
    ("discs", 0.7, "Ronneberger et al., U-Net, MICCAI 2015"),
    ("autoencoder", 0.6, EXAMPLES + ", autoencoders"),
):
    healthy(base, base, source, quality_)


def one_hot(classes):
    return lambda y: keras.utils.to_categorical(y, classes)


def batches(x, y, size):
    pairs = tf.data.Dataset.from_tensor_slices((x, y))
    return pairs.shuffle(len(x), seed=0).batch(size).prefetch(1)


class Sequence(keras.utils.PyDataset):
    def __init__(self, x, y, size):
        super().__init__()
        self.x, self.y, self.size = x, y, size

    def __len__(self):
        return len(self.x) // self.size

    def __getitem__(self, i):
        rows = slice(i * self.size, (i + 1) * self.size)
        return self.x[rows], self.y[rows]


def cycles(low, high, steps):
    """Smith 2017: up and down, again and again."""

    class Cycle(schedules.LearningRateSchedule):
        def __call__(self, step):
            x = keras.ops.abs(
                keras.ops.cast(step % steps, "float32") * 2 / steps - 1
            )
            return low + (high - low) * (1 - x)

        def get_config(self):
            return {}

    return Cycle()


def half_precision(policy):
    """The hidden layers of the MLP in half precision."""

    def net(shape, **settings):
        before = keras.config.dtype_policy()
        keras.config.set_dtype_policy(policy)
        try:
            from bench.doctor._nets import mlp

            return mlp(shape, **settings)
        finally:
            keras.config.set_dtype_policy(before)

    return net


SETTINGS = {
    "focal_loss": (
        "Lin et al., Focal Loss, ICCV 2017",
        {
            "loss": "categorical_focal_crossentropy",
            "encode": one_hot(10),
            "optimizer": adam(3e-3),
        },
    ),
    "adamw_decay": (
        "Loshchilov & Hutter, AdamW, ICLR 2019",
        {"optimizer": lambda: K.AdamW(2e-3, weight_decay=0.1)},
    ),
    "cyclic_rate": (
        "Smith, Cyclical Learning Rates, WACV 2017",
        {"optimizer": lambda: K.SGD(cycles(0.005, 0.2, 76), 0.9)},
    ),
    "warm_up_cosine": (
        "Loshchilov & Hutter, SGDR, ICLR 2017",
        {
            "optimizer": lambda: K.SGD(
                schedules.CosineDecay(
                    0.0, 260, warmup_target=0.1, warmup_steps=40
                ),
                0.9,
            )
        },
    ),
    "early_stopping": (
        keras_docs("callbacks"),
        {
            "callbacks": lambda: [keras.callbacks.EarlyStopping(patience=2)],
            "optimizer": adam(3e-3),
            "epochs": 15,
        },
    ),
    "accumulated": (
        keras_docs("optimizers, gradient_accumulation_steps"),
        {
            "optimizer": adam(2e-3, gradient_accumulation_steps=4),
            "batch_size": 8,
            "epochs": 6,
        },
    ),
    "float16": (
        keras_docs("mixed precision"),
        {"net": half_precision("mixed_float16")},
    ),
    "tf_dataset": ("tensorflow.org: tf.data", {"dataset": batches}),
    "no_metrics": (keras_docs("compile"), {"metrics": ()}),
    "dropout_half": (
        "Srivastava et al., Dropout, JMLR 2014",
        {"dropout": 0.5, "widths": (128, 128), "epochs": 12},
    ),
    "grey_levels_16": (scikit, {"x": lambda x: x * 16, "epochs": 6}),
    "rescaling_inside": (
        keras_docs("layers, Rescaling"),
        {"x": lambda x: x * 255, "first": (lambda: L.Rescaling(1 / 255),)},
    ),
    "batch_norm_first": (
        keras_docs("layers, BatchNormalization"),
        {
            "x": lambda x: x * 255,
            "first": (lambda: L.BatchNormalization(momentum=0.9),),
        },
    ),
}
for name, (source, changes) in SETTINGS.items():
    healthy(f"digits_{name}", "digits", source, 0.86, **changes)
