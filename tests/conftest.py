"""What all tests share."""

import gc


def pytest_collection_finish():
    """Looks for garbage less often: 7 % of the time goes into it otherwise."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
