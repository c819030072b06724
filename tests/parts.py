"""Which parameters of a test are for `make test`, and which take longer."""

import pytest


def quick(names, in_tests, mark="program"):
    """`names` as parameters; those not `in_tests` get the mark.

    Args:
        mark: "program", for `make programs`; or "wide", for `make grid`.
    """
    other = getattr(pytest.mark, mark)
    return [pytest.param(n, marks=[other] * (n not in in_tests)) for n in names]
