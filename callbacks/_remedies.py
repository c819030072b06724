"""What the literature advises for each cause: a title, and remedies."""

REMEDIES = {
    "nonfinite": (
        "Non-finite values",
        (
            "check the input for NaN and the loss for log(0) or 0/0",
            "a learning rate 10 times lower",
            "clipping, such as global_clipnorm=1.0 "
            "(Pascanu et al. 2013, arXiv:1211.5063)",
        ),
    ),
    "exploding": (
        "Exploding gradients",
        (
            "He or Glorot initialization (He et al. 2015, arXiv:1502.01852)",
            "clipping, such as global_clipnorm=1.0 "
            "(Pascanu et al. 2013, arXiv:1211.5063)",
            "a normalizer after each layer "
            "(Ioffe and Szegedy 2015, arXiv:1502.03167)",
            "a lower learning rate",
        ),
    ),
    "dead_units": (
        "Dead units",
        (
            "a lower learning rate",
            "a leaky activation, such as PReLU or RReLU "
            "(Xu et al. 2015, arXiv:1505.00853)",
            "He initialization with zero biases",
            "a normalizer before the activation "
            "(Lu et al. 2019, arXiv:1903.06733)",
        ),
    ),
    "saturated": (
        "Saturated units",
        (
            "inputs scaled to mean 0 and deviation 1 (LeCun et al. 1998)",
            "Glorot initialization (Glorot and Bengio 2010)",
            "a ReLU",
            "a normalizer before the activation",
        ),
    ),
    "vanishing": (
        "Vanishing gradients",
        (
            "ReLU in place of sigmoid or tanh",
            "He initialization (arXiv:1502.01852)",
            "batch normalization (arXiv:1502.03167)",
            "residual connections (He et al. 2016, arXiv:1512.03385)",
            "fewer layers",
        ),
    ),
    "update_too_large": (
        "Updates too large",
        (
            "a learning rate 3 to 10 times lower",
            "warm-up (Goyal et al. 2017, arXiv:1706.02677)",
            "clipping",
            "a larger batch",
        ),
    ),
    "update_too_small": (
        "Updates too small",
        (
            "a learning rate 10 times higher, found by a range test "
            "(Smith 2017, arXiv:1506.01186)",
            "Adam in place of SGD",
        ),
    ),
    "collapsing_weights": (
        "Collapsing weights",
        (
            "weight regularization 10 to 100 times weaker",
            "decoupled weight decay "
            "(Loshchilov and Hutter 2019, arXiv:1711.05101)",
        ),
    ),
    "not_learning": (
        "Weights that do not learn",
        (
            "set layer.trainable = True where it was not meant to be frozen, "
            "then compile again",
            "connect the branch to the loss, or remove it",
            "look for stop_gradient, argmax or rounding on its way",
        ),
    ),
    "overfitting": (
        "Overfitting",
        (
            "more data or augmentation",
            "stop at the best epoch (EarlyStopping)",
            "dropout (Srivastava et al. 2014) or weight decay",
            "a smaller network",
        ),
    ),
    "over_regularized": (
        "Too much regularization",
        (
            "a lower dropout rate: 0.5 at most in hidden layers "
            "(Srivastava et al. 2014)",
            "weaker weight regularization",
            "a wider network",
        ),
    ),
    "plateau": (
        "Plateau",
        (
            "check that labels belong to their inputs",
            "a higher learning rate, or one that falls at plateaus",
            "another initialization or optimizer",
            "a larger network",
        ),
    ),
}
