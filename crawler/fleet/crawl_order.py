"""A job's payload, and the names of its queue and locks. Pure; other versions of Warraq read these values.

The queue's name begins with the payload's version. A worker takes jobs only from queues of versions that it knows, so
jobs of a newer Warraq wait for newer workers. Raise `VERSION` when an older worker would misread a payload.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

VERSION = 1
TASK = "warraq.crawl"
# procrastinate announces a job on the channel "procrastinate_queue_v1#" + queue; PostgreSQL allows 63 bytes.
_LONGEST_QUEUE = 40
KNOWN_QUEUES = rf"^crawl{VERSION}(:|$)"  # for PostgreSQL's ~


class NewerPayload(ValueError):
    """A payload of a version that only a newer Warraq understands."""

    def __init__(self, version: int) -> None:
        super().__init__(f"payload version {version}")
        self.version = version


@dataclass(frozen=True, slots=True)
class CrawlOrder:
    """An order to crawl a site. enqueued_at: aware; a crawl that began later and was completed fulfils the order."""

    site: str
    enqueued_at: datetime

    def payload(self) -> dict[str, Any]:
        """The job's arguments."""
        return {"version": VERSION, "site": self.site, "enqueued_at": self.enqueued_at.isoformat()}


def order_of(payload: Mapping[str, Any]) -> CrawlOrder:
    """The order in a job's arguments; unknown keys are ignored. Raises NewerPayload."""
    if payload.get("version", 0) > VERSION:
        raise NewerPayload(payload["version"])
    return CrawlOrder(payload["site"], datetime.fromisoformat(payload["enqueued_at"]))


def queue_of(groups: Iterable[str]) -> str:
    """The queue of the sites with exactly these groups: "crawl1", "crawl1:agencies,gulf", or a hash of many."""
    names = ",".join(sorted(groups))
    queue = f"crawl{VERSION}:{names}" if names else f"crawl{VERSION}"
    return queue if len(queue) <= _LONGEST_QUEUE else f"crawl{VERSION}:#{sha256(names.encode()).hexdigest()[:16]}"


def newer_queue(queue: str, version: int) -> str:
    """The queue of the same sites for workers of a newer version."""
    return re.sub(r"^crawl\d+", f"crawl{version}", queue)


def host_lock(host: str) -> str:
    """A job's lock, by which the jobs of one host run one after the other, even in different workers."""
    return f"host:{host}"


def site_queueing_lock(site: str) -> str:
    """A job's queueing lock, by which each site is in the queue once."""
    return f"site:{site}"
