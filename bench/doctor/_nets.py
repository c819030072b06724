"""Tiny networks, with what a fault may change as arguments."""

import keras

L = keras.layers


def _initializer(spec):
    """A number is the deviation of a normal, a name Keras's."""
    if isinstance(spec, float):
        return keras.initializers.RandomNormal(stddev=spec)
    return keras.initializers.get(spec) if isinstance(spec, str) else spec


def _activation(spec):
    if spec is None:
        return lambda x: x
    return L.Activation(spec) if isinstance(spec, str) else spec()


def _norm(spec):
    if spec == "batch":
        return L.BatchNormalization()
    return L.LayerNormalization() if spec == "layer" else spec()


def _body(
    x,
    widths,
    act="relu",
    init="glorot_uniform",
    bias="zeros",
    dropout=0.0,
    l2=0.0,
    norm=None,
    frozen=(),
):
    for i, width in enumerate(widths):
        x = L.Dense(
            width,
            kernel_initializer=_initializer(init),
            bias_initializer=bias,
            kernel_regularizer=keras.regularizers.L2(l2) if l2 else None,
            trainable=i not in frozen,
        )(x)
        if norm:
            x = _norm(norm)(x)
        x = _activation(act)(x)
        if dropout:
            x = L.Dropout(dropout)(x)
    return x


def _top(
    x, units, last, last_init, l2=0.0, last_bias="zeros", frozen_top=False
):
    return L.Dense(
        units,
        activation=last,
        kernel_initializer=_initializer(last_init),
        bias_initializer=last_bias,
        kernel_regularizer=keras.regularizers.L2(l2) if l2 else None,
        # A half-precision softmax would lose digits.
        dtype="float32",
        trainable=not frozen_top,
    )(x)


def mlp(
    shape,
    widths=(64, 64),
    units=10,
    last="softmax",
    first=(),
    last_init="glorot_uniform",
    last_bias="zeros",
    frozen_top=False,
    after=None,
    **body,
):
    """Dense layers; `first` stands before them, `after` behind the last."""
    x = inputs = keras.Input(shape)
    for layer in first:
        x = layer()(x)
    if len(x.shape) > 2:
        x = L.Flatten()(x)
    x = _body(x, widths, **body)
    l2 = body.get("l2", 0.0)
    x = _top(x, units, last, last_init, l2, last_bias, frozen_top)
    return keras.Model(inputs, after(x) if after else x)


def cnn(
    shape,
    widths=(8, 16),
    units=10,
    last="softmax",
    act="relu",
    init="he_normal",
    norm=None,
    dense=(32,),
    dropout=0.0,
    conv_dropout=0.0,
    l2=0.0,
    first=(),
    pool=L.MaxPooling2D,
    last_init="glorot_uniform",
    last_bias="zeros",
    after=None,
):
    x = inputs = keras.Input(shape)
    for layer in first:
        x = layer()(x)
    regularizer = keras.regularizers.L2(l2) if l2 else None
    for width in widths:
        x = L.Conv2D(
            width,
            3,
            padding="same",
            use_bias=not norm,
            kernel_initializer=_initializer(init),
            kernel_regularizer=regularizer,
        )(x)
        if norm:
            x = _norm(norm)(x)
        x = _activation(act)(x)
        x = pool()(x)
        if conv_dropout:
            x = L.Dropout(conv_dropout)(x)
    x = L.Flatten()(x)
    x = _body(x, dense, act, init, dropout=dropout, l2=l2, norm=norm)
    x = _top(x, units, last, last_init, l2, last_bias)
    return keras.Model(inputs, after(x) if after else x)


def residual(
    shape,
    width=12,
    blocks=3,
    units=10,
    gamma="ones",
    norm="batch",
    last_kernel="he_normal",
):
    x = inputs = keras.Input(shape)
    x = L.Conv2D(width, 3, padding="same", kernel_initializer="he_normal")(x)
    for _ in range(blocks):
        y = x
        for kernel, start in (("he_normal", "ones"), (last_kernel, gamma)):
            if y is not x:
                y = L.ReLU()(y)
            y = L.Conv2D(width, 3, padding="same", kernel_initializer=kernel)(y)
            if norm:
                y = L.BatchNormalization(gamma_initializer=start, momentum=0.9)(
                    y
                )
        x = L.ReLU()(L.Add()([x, y]))
    x = L.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, L.Dense(units, "softmax")(x))


def rnn(
    shape,
    cell=L.LSTM,
    width=24,
    depth=1,
    units=10,
    last="softmax",
    every=False,
    both=False,
    masking=False,
    last_init="glorot_uniform",
    **options,
):
    """`every`: an output for each step; `both`: both directions."""
    x = inputs = keras.Input(shape)
    if masking:
        x = L.Masking(0.0)(x)
    for i in range(depth):
        layer = cell(width, return_sequences=every or i < depth - 1, **options)
        x = L.Bidirectional(layer)(x) if both else layer(x)
    return keras.Model(inputs, _top(x, units, last, last_init))


def text(
    shape,
    vocabulary=300,
    width=16,
    pool="mean",
    units=1,
    last="sigmoid",
    mask=False,
    dropout=0.0,
    embeddings="uniform",
    dense=(),
):
    x = inputs = keras.Input(shape, dtype="int32")
    x = L.Embedding(
        vocabulary, width, embeddings_initializer=embeddings, mask_zero=mask
    )(x)
    if pool == "mean":
        x = L.GlobalAveragePooling1D()(x)
    elif pool == "conv":
        x = L.Conv1D(width, 3, activation="relu")(x)
        x = L.GlobalMaxPooling1D()(x)
    else:
        x = pool(width)(x)
    x = _body(x, dense)
    if dropout:
        x = L.Dropout(dropout)(x)
    return keras.Model(inputs, L.Dense(units, last)(x))


def transformer(
    shape,
    vocabulary=None,
    width=24,
    heads=3,
    depth=1,
    units=10,
    last="softmax",
    causal=False,
    every=False,
    bias=True,
    dropout=0.0,
    post=False,
    patches=None,
):
    """Blocks of attention and a dense pair, normalized before or `post`."""
    if vocabulary:
        x = inputs = keras.Input(shape, dtype="int32")
        x = L.Embedding(vocabulary, width)(x)
    else:
        x = inputs = keras.Input(shape)
        if patches:
            x = L.Conv2D(width, patches, patches)(x)
            x = L.Reshape((-1, width))(x)
        else:
            x = L.Dense(width)(x)
    places = keras.ops.arange(x.shape[1])
    x = x + L.Embedding(x.shape[1], width)(places)
    for _ in range(depth):
        attention = L.MultiHeadAttention(
            heads, width // heads, use_bias=bias, dropout=dropout
        )
        y = x if post else L.LayerNormalization()(x)
        x = L.Add()([x, attention(y, y, use_causal_mask=causal)])
        x = L.LayerNormalization()(x) if post else x
        y = x if post else L.LayerNormalization()(x)
        y = L.Dense(width)(L.Dense(2 * width, "gelu")(y))
        x = L.Add()([x, L.Dropout(dropout)(y)])
        x = L.LayerNormalization()(x) if post else x
    x = x if every else L.GlobalAveragePooling1D()(L.LayerNormalization()(x))
    return keras.Model(inputs, L.Dense(units, last)(x))


def segmenter(
    shape,
    widths=(8, 8),
    last="sigmoid",
    act="relu",
    unet=False,
    last_bias="zeros",
    init="he_normal",
    units=1,
):
    x = inputs = keras.Input(shape)

    def conv(width, strides=1):
        return L.Conv2D(
            width,
            3,
            strides,
            "same",
            activation=act,
            kernel_initializer=_initializer(init),
        )

    for width in widths:
        x = conv(width)(x)
    if unet:
        y = conv(2 * widths[-1])(conv(2 * widths[-1], 2)(x))
        y = L.Conv2DTranspose(widths[-1], 2, 2, activation="relu")(y)
        x = conv(widths[-1])(L.Concatenate()([x, y]))
    x = L.Conv2D(units, 1, activation=last, bias_initializer=last_bias)(x)
    return keras.Model(inputs, x)


def autoencoder(
    shape, code=12, width=32, last="sigmoid", noise=0.0, act="relu"
):
    x = inputs = keras.Input(shape)
    if noise:
        x = L.GaussianNoise(noise)(x)
    x = L.Dense(code, act)(L.Dense(width, act)(x))
    x = L.Dense(shape[0], last)(L.Dense(width, act)(x))
    return keras.Model(inputs, x)
