"""A crawl as a job's payload, and the queue that it waits in. Pure values; other versions of Warraq read them.

The version of the payload begins the queue's name. A worker takes jobs only from queues of versions that it knows, so
that what a newer Warraq has enqueued waits for newer workers. Raise `VERSION` when an older worker would misread a
payload.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

VERSION = 1
TASK = "warraq.crawl"
# procrastinate announces a job on the channel "procrastinate_queue_v1#" + queue, and PostgreSQL takes 63 bytes.
_LONGEST_QUEUE = 40
KNOWN_QUEUES = rf"^crawl{VERSION}(:|$)"  # for PostgreSQL's ~


class NewerPayload(ValueError):
    """A payload of a version that only a newer Warraq understands."""

    def __init__(self, version: int) -> None:
        super().__init__(f"payload version {version}")
        self.version = version


@dataclass(frozen=True, slots=True)
class CrawlOrder:
    """Crawl this site. enqueued_at: aware; a crawl that began after it, and came to its end, is this one."""

    site: str
    enqueued_at: datetime

    def payload(self) -> dict[str, Any]:
        """The job's arguments."""
        return {"version": VERSION, "site": self.site, "enqueued_at": self.enqueued_at.isoformat()}


def order_of(payload: Mapping[str, Any]) -> CrawlOrder:
    """The order in a job's arguments; keys that are not known are passed over. Raises NewerPayload."""
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
    """Lock of a job: the jobs of one host are done one after the other, whichever workers take them."""
    return f"host:{host}"


def site_queueing_lock(site: str) -> str:
    """Lock of a place in the queue: a site waits once."""
    return f"site:{site}"
