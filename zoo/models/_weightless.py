"""Models whose weights have shapes but no memory."""

import contextlib

import keras


@contextlib.contextmanager
def weightless():
    """What is built within can be counted and described, not run.

    Keras remembers variables without values, and would give all of them one at
    the end of the next scope: clearing the session makes it forget.
    """
    try:
        with keras.StatelessScope(initialize_variables=False):
            yield
    finally:
        keras.utils.clear_session(free_memory=False)
