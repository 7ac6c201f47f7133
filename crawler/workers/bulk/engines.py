"""Choice of the engine that runs the processes of bulk work: this machine, or Ray. The results are the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from crawler.workers.pool import ExtractorPool

Engine = Literal["local", "ray"]
NewPool = Callable[[int | None], ExtractorPool]  # argument: number of processes; None: one for each CPU


@contextmanager
def bulk_engine(engine: Engine) -> Iterator[NewPool]:
    """Yield the function that makes pools within this context. With "ray", raises the errors of `ray_cluster`."""
    if engine == "local":
        yield ExtractorPool
        return
    from crawler.workers.bulk.ray_cluster import ray_cluster  # noqa: PLC0415 - of an extra, and slow to load
    from crawler.workers.bulk.ray_worker import RayWorker  # noqa: PLC0415

    with ray_cluster() as processors:
        yield lambda processes: ExtractorPool(processes or processors, start=RayWorker.start)
