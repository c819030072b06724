"""What the layers that draw random numbers share."""

import keras


class RandomLayer(keras.layers.Layer):
    """A layer with a seed; a reloaded layer continues its sequence.

    Keras saves no seed generator, so a reloaded layer would draw the same
    numbers once more: saving keeps the generator's state.
    """

    def __init__(self, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)
        self.supports_masking = True
        self._build_at_init()

    def save_own_variables(self, store):
        store["seed_state"] = keras.ops.convert_to_numpy(
            self.seed_generator.state
        )

    def load_own_variables(self, store):
        self.seed_generator.state.assign(store["seed_state"])

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "seed": self.seed}
