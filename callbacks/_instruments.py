"""The instruments of this backend, by the names of TensorFlow's."""

import keras

if keras.backend.backend() in ("jax", "torch"):
    from zoo.callbacks._host_recorder import HostRecorder as Recorder
    from zoo.callbacks._host_sample import (
        HostLedger as Ledger,
        HostSample as Sample,
    )
    from zoo.callbacks._host_traced import HostTraced as Traced
else:
    from zoo.callbacks._ledger import Ledger
    from zoo.callbacks._recorder import Recorder
    from zoo.callbacks._sample import Sample
    from zoo.callbacks._traced import Traced

__all__ = ["Ledger", "Recorder", "Sample", "Traced"]
