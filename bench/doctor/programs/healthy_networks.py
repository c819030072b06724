"""Healthy: other networks."""

import keras

from bench.doctor._bases import adam, data
from bench.doctor._program import healthy
from bench.doctor.programs._sources import (
    keras_docs,
)

L, ops = keras.layers, keras.ops
EXAMPLES = keras_docs("code examples")


def _language_lstm(shape, vocabulary, units, **_):
    x = inputs = keras.Input(shape, dtype="int32")
    x = L.LSTM(32, return_sequences=True)(L.Embedding(vocabulary, 16)(x))
    return keras.Model(inputs, L.Dense(units, "softmax")(x))


for act, source, changes in (
    ("tanh", "LeCun et al., Efficient BackProp, 1998", {}),
    ("gelu", "Hendrycks & Gimpel, GELU, 2016", {"widths": (64,) * 4}),
    (
        "selu",
        "Klambauer et al., SELU, NeurIPS 2017",
        {"init": "lecun_normal", "widths": (64,) * 4},
    ),
    (
        "prelu",
        "He et al., Delving Deep into Rectifiers, ICCV 2015",
        {"act": L.PReLU},
    ),
):
    healthy(f"digits_{act}", "digits", source, 0.86, **{"act": act, **changes})

healthy(
    "digits_narrow",
    "digits",
    EXAMPLES,
    0.8,
    widths=(12, 12),
    optimizer=adam(5e-3),
)
healthy("digits_wide", "digits", EXAMPLES, 0.93, widths=(256, 256))
healthy(
    "digits_layer_norm",
    "digits",
    "Ba et al., Layer Normalization, 2016",
    0.9,
    norm="layer",
    widths=(64,) * 3,
)
healthy(
    "digits_cnn_group_norm",
    "digits_cnn",
    "Wu & He, Group Normalization, ECCV 2018",
    0.87,
    norm=lambda: L.GroupNormalization(4),
)
healthy(
    "digits_cnn_augmented",
    "digits_cnn",
    keras_docs("layers, preprocessing"),
    0.85,
    first=(lambda: L.RandomTranslation(0.1, 0.1),),
    epochs=10,
)
healthy(
    "residual_zero_gamma",
    "residual",
    "Goyal et al., Large Minibatch SGD, 2017",
    0.88,
    gamma="zeros",
)
healthy(
    "residual_fixup",
    "residual",
    "Zhang et al., Fixup, ICLR 2019",
    0.85,
    norm=None,
    last_kernel="zeros",
)
healthy(
    "shapes_255_rescaled",
    "shapes",
    EXAMPLES + ", image classification",
    0.9,
    data=lambda: data.shapes(scale=1),
    first=(lambda: L.Rescaling(1 / 255),),
)
healthy(
    "digits_rows_unrolled",
    "digits_rows",
    keras_docs("layers, LSTM"),
    0.85,
    unroll=True,
    epochs=5,
)
healthy(
    "text_conv",
    "text",
    "Kim, CNNs for Sentence Classification, EMNLP 2014",
    0.9,
    pool="conv",
    optimizer=adam(5e-3),
)
healthy(
    "text_dropout", "text", EXAMPLES + ", text classification", 0.9, dropout=0.5
)
healthy(
    "text_transformer_post_norm",
    "text_transformer",
    "Vaswani et al., NeurIPS 2017",
    0.9,
    post=True,
)
healthy(
    "text_transformer_no_bias",
    "text_transformer",
    "Chowdhery et al., PaLM, 2022",
    0.9,
    bias=False,
)
healthy(
    "letters_lstm",
    "letters",
    EXAMPLES + ", character generation",
    0.35,
    net=_language_lstm,
)
healthy(
    "discs_unet",
    "discs",
    "Ronneberger et al., U-Net, MICCAI 2015",
    0.8,
    unet=True,
)
healthy(
    "discs_dice",
    "discs",
    "Milletari et al., V-Net, 3DV 2016",
    0.7,
    loss="dice",
    unet=True,
    optimizer=adam(3e-3),
)
healthy(
    "discs_rare_bias",
    "discs",
    "Lin et al., Focal Loss, ICCV 2017",
    0.8,
    last_bias=keras.initializers.Constant(-3.4),
)
healthy(
    "autoencoder_noise",
    "autoencoder",
    "Vincent et al., Denoising Autoencoders, ICML 2008",
    0.5,
    noise=0.2,
)
healthy(
    "autoencoder_linear",
    "autoencoder",
    "Baldi & Hornik, 1989: PCA by a linear network",
    0.6,
    act=None,
    last=None,
)
