"""Which remedies are tried against which cause."""

from zoo.callbacks._remedies import (
    averages,
    class_weights,
    clipping,
    initialization,
    rate,
    scaled_inputs,
    unfreezing,
    weaker_regularization,
    weight_decay,
)

# For each cause, what is tried, first what is likeliest to help.
CURES = {
    "nothing_trainable": (unfreezing,),
    "not_learning": (unfreezing,),
    "unscaled_inputs": (scaled_inputs, rate(0.1), clipping),
    "unscaled_targets": (clipping, rate(0.1)),
    "nonfinite": (rate(0.1), clipping, rate(0.01), initialization),
    "train_eval_mismatch": (averages,),
    "class_imbalance": (class_weights,),
    "symmetric_units": (initialization,),
    "collapsing_weights": (weaker_regularization,),
    "exploding": (clipping, rate(0.1), initialization, rate(0.01)),
    "bad_initial_loss": (initialization, rate(0.1)),
    "dead_units": (initialization, rate(0.1)),
    "saturated": (scaled_inputs, initialization, rate(0.1)),
    "update_too_large": (rate(), rate(0.1), clipping),
    "vanishing": (initialization, rate(10.0)),
    "update_too_small": (rate(), rate(10.0)),
    "overfitting": (weight_decay,),
    "over_regularized": (weaker_regularization,),
    "constant_output": (initialization, rate(0.1), rate(10.0)),
    "oscillating_loss": (rate(0.1), clipping),
    "slow_learning": (rate(), rate(10.0)),
    "worse_than_constant": (rate(0.1), rate(10.0), initialization),
    "plateau": (rate(0.1), rate(10.0), initialization),
}
