"""Long work in slices, between which the event loop answers others: pages, signals, other sites."""

import asyncio
import time
from collections.abc import Generator
from typing import TypeVar

SLICE_S = 0.05
Result = TypeVar("Result")


async def in_slices(work: Generator[None, None, Result]) -> Result:
    """What the generator returns. It yields wherever it may be interrupted."""
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
