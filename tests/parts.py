"""Which parameters of a test are for `make test`, and which take longer."""

import pytest


def quick(names, in_tests):
    """`names` as parameters; those not `in_tests` are for `make programs`."""
    return [
        pytest.param(n, marks=[pytest.mark.program] * (n not in in_tests))
        for n in names
    ]
