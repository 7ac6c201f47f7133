"""Where the processes of bulk work run: here, or as Ray has it. What they do, and what comes of it, is the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from crawler.workers.pool import ExtractorPool

Engine = Literal["local", "ray"]
NewPool = Callable[[int | None], ExtractorPool]  # of how many processes; None: one for each CPU


@contextmanager
def bulk_engine(engine: Engine) -> Iterator[NewPool]:
    """How pools are made while this lasts. Raises as `ray_cluster`, where Ray is wanted."""
    if engine == "local":
        yield ExtractorPool
        return
    from crawler.workers.bulk.ray_cluster import ray_cluster  # noqa: PLC0415 - of an extra, and slow to load
    from crawler.workers.bulk.ray_worker import RayWorker  # noqa: PLC0415

    with ray_cluster() as processors:
        yield lambda processes: ExtractorPool(processes or processors, start=RayWorker.start)
