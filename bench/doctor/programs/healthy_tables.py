"""Healthy: slow starts, noise floors, little data and rare classes."""

import keras
import numpy as np

from bench.doctor._bases import adam, data, quality
from bench.doctor._program import healthy
from bench.doctor.programs._sources import deep_localize, keras_docs

EXAMPLES = keras_docs("code examples")
scikit = "scikit-learn.org: toy datasets"

healthy(
    "cancer_logits",
    "cancer",
    keras_docs("losses"),
    0.93,
    last=None,
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    score=quality.logits,
)
healthy("cancer_logistic_regression", "cancer", scikit, 0.93, widths=())
healthy("xor_mse", "xor", deep_localize(31556268), 0.99, loss="mse")
healthy(
    "circles_start_slowly",
    "circles",
    "Zhang et al., AutoTrainer, ICSE 2021: Circle",
    0.9,
    act="tanh",
    optimizer=adam(2e-3),
    widths=(8,),
    epochs=60,
)
healthy(
    "circles_noise_floor",
    "circles",
    "Zhang et al., AutoTrainer, ICSE 2021: Circle",
    0.7,
    data=lambda: data.circles(0.25),
)
healthy(
    "loans_near_chance",
    "loans",
    EXAMPLES + ", structured data",
    0.55,
    data=lambda: data.loans(sharpness=0.6),
)
healthy(
    "wine_batch_of_all",
    "wine",
    scikit,
    0.88,
    batch_size=120,
    optimizer=adam(0.02),
    epochs=60,
)
healthy("wine_40_rows_l2", "wine", scikit, 0.85, rows=40, l2=1e-2, epochs=50)
healthy(
    "fraud_ranking",
    "fraud",
    EXAMPLES + ", imbalanced classification",
    0.85,
    metrics=(lambda: keras.metrics.AUC(name="auc"),),
    score=quality.ranking,
)
healthy(
    "fraud_sampled_evenly",
    "fraud",
    EXAMPLES + ", imbalanced classification",
    0.78,
    class_weight=None,
    epochs=20,
    select=lambda y: np.random.default_rng(0).permutation(
        np.concatenate(
            [
                np.repeat(np.flatnonzero(y == 1), 12),
                np.flatnonzero(y == 0)[:900],
            ]
        )
    ),
)
healthy(
    "cancer_mild_imbalance",
    "cancer",
    scikit,
    0.9,
    select=lambda y: np.concatenate(
        [np.flatnonzero(y == 1), np.flatnonzero(y == 0)[:75]]
    ),
)
