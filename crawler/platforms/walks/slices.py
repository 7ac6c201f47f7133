"""Long work in slices, so that the event loop can handle pages, signals and other sites in between."""

import asyncio
import time
from collections.abc import Generator
from typing import TypeVar

SLICE_S = 0.05
Result = TypeVar("Result")


async def in_slices(work: Generator[None, None, Result]) -> Result:
    """Run a generator, which yields where it may be interrupted, to its end; returns its return value."""
    until = time.monotonic() + SLICE_S
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Result = end.value
            return result
        if time.monotonic() >= until:
            await asyncio.sleep(0)
            until = time.monotonic() + SLICE_S
