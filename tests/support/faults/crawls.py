"""Crawls with a set clock, so that revisits of the next month are due at once."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.running import environment
from tests.support.warm.warm_start import WarmProcess

# Short waits; what a crawl does is the same as with long ones.
OVERRIDES = {"WARRAQ_BACKOFF_S": 0.05, "DOWNLOAD_TIMEOUT": 3}


@dataclass(frozen=True, slots=True)
class Crawled:
    """The result of a crawl: each site's summary in the order of the targets, peak memory of the main process, log."""

    sites: list[dict[str, Any]]
    peak_mb: float
    log: str

    @property
    def site(self) -> dict[str, Any]:
        """The summary of the only site."""
        (only,) = self.sites
        return only


def crawl_at(
    at: datetime,
    *targets: str,
    folder: Path,
    names: dict[str, list[str]] | None = None,
    allow_hosts: Iterable[str] = ("127.0.0.1",),
    db_url: str | None = None,
    overrides: dict[str, Any] | None = None,
    spiders: Path | None = None,
    limit_s: float = 240,
) -> Crawled:
    """Crawl sites or URLs into folder/archive at a given time.

    names: the answers of a stub resolver, which resolves no other name.
    """
    job = {
        "at": at.isoformat(),
        "targets": targets,
        "names": names or {},
        "allow_hosts": list(allow_hosts),
        "db_url": db_url,
        "overrides": OVERRIDES | (overrides or {}),
    }
    env = environment(**({"WARRAQ_SPIDERS": str(spiders)} if spiders else {}))
    code, out, log = _warm_process().run((json.dumps(job),), cwd=folder, env=env, timeout=limit_s)
    assert code == 0, log if code else f"not ended within {limit_s} s:\n{log}"
    assert "Traceback" not in log, log
    report = json.loads(out.splitlines()[-1])
    return Crawled(report["sites"], report["peak_mb"], log)


@cache
def _warm_process() -> WarmProcess:
    return WarmProcess("tests.support.faults.clocked_crawl", environment())
