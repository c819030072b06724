"""A first look, while a long first epoch still runs."""

import keras

from zoo.callbacks import _watched

ROWS = 256  # that are trained on by then
LONG = 20  # times as many steps as that takes: else the epoch is over soon
# What a part of the data tells as well as all of them.
CAUSES = (
    "nothing_trainable",
    "nonfinite_inputs",
    "output_width",
    "loss_activation_mismatch",
    "missing_activation",
)


def look(model, watch, epoch, params, tell):
    """Has `tell` called with a record once `ROWS` rows are trained on.

    Not on JAX, where the model's variables are not to be had during an epoch.

    Args:
        model: The model, whose `fit` begins.
        watch: The `Watch`.
        epoch: The first epoch.
        params: Parameters of the `fit`.
        tell: Function of a record.
    """
    if keras.backend.backend() == "jax":
        return
    calls = needed = 0

    def behind_a_step():
        nonlocal calls, needed
        calls += 1
        if calls == 1:
            batch = watch.ledger.rows()
            if not batch:
                return False
            # The sample that is read then is the one of the whole training.
            needed = -(-max(ROWS, watch.ledger.size) // batch)
            steps = params.get("steps")
            if steps and steps < LONG * needed:
                return False
        if calls < needed:
            return True
        tell(watch.early(epoch, model, params))
        return False

    _watched.of(model).look = behind_a_step
