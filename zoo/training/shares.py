"""How many images devices that share batches get."""

import keras

from zoo.training.errors import UserError
from zoo.training.reading import Raw


def check(raw: Raw, batch_size: int, replicas: int) -> None:
    """Raises a UserError where some device would be without images."""
    counts = {"--batch_size": batch_size, "held-out images": raw.test_count}
    if raw.validation_count:
        counts["validation images"] = raw.validation_count
    for name, count in counts.items():
        if count < replicas:
            raise UserError(
                f"{name}: {count} are too few for {replicas} devices, of which "
                "each takes at least one image."
            )


def size(count: int, most: int, replicas: int) -> int:
    """The size of batches of images that are not trained on.

    Args:
        count: Number of images.
        most: Their size on one device.
        replicas: Number of devices, at least 2.
    """
    if keras.backend.backend() == "jax":
        from zoo.training import _jax_devices

        return _jax_devices.batch_size(count, most, replicas)
    from zoo.training import _tf_shards

    return _tf_shards.batch_size(count, most, replicas)
