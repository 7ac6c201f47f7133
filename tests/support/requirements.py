"""Requirements of tests beside Python: a test is skipped where one is missing, unless WARRAQ_REQUIRE names it."""

import os
from typing import NoReturn

import pytest

REQUIRED = set(filter(None, os.environ.get("WARRAQ_REQUIRE", "").split(",")))


def lacks(what: str, reason: str) -> NoReturn:
    """Skip the test because `what` is missing; fail it where WARRAQ_REQUIRE names it."""
    if what in REQUIRED:
        pytest.fail(f"WARRAQ_REQUIRE names {what}, but {reason}")
    pytest.skip(reason)
