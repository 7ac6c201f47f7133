"""One run of the fleet with a set clock, in a process of its own: `python -m tests.support.fleet.cron_run JOB`.

Prints a line of JSON for each site that has ended, and one for the command.
"""

import json
import sys
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from crawler.platforms import MultiChannelSpider
from crawler.platforms.base import SiteSpider
from crawler.platforms.run_statistics import RunStatistics
from crawler.runs import crawls, due_sites, summary
from crawler.runs.limits import Limits
from crawler.site import Site
from storage.revisits import Profile
from tests.support.fleet.outlets_by_clock import SECTIONS


@dataclass(frozen=True, slots=True)
class CronJob:
    """The arguments of a run.

    names: of outlets. at: ISO 8601. delay_s: between requests to a host. timeout_s: for a complete answer.
    """

    folder: str
    names: tuple[str, ...]
    at: str
    only_due: bool = False
    at_once: int = crawls.SITES_AT_ONCE
    seconds: float | None = None
    revisits: Profile = "off"
    delay_s: float = 0.0
    timeout_s: float = 3.0

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "tests.support.fleet.cron_run", json.dumps(asdict(self))]


def spider_of(name: str, job: CronJob) -> type[SiteSpider]:
    sections = tuple(f"/section/{n}/" for n in range(SECTIONS))
    site = Site(
        name,
        f"http://{name}.example/",
        feeds=("/feed/",),
        sitemaps=("/news-sitemap.xml",),
        categories=sections,
        delay_s=job.delay_s,
        revisits=job.revisits,
    )
    return type(name, (MultiChannelSpider,), {"site": site, "__module__": __name__})


def main() -> None:
    """Crawl as the job says."""
    job = CronJob(**json.loads(sys.argv[1]))
    began, at = time.monotonic(), datetime.fromisoformat(job.at)

    def clock() -> datetime:
        return at + timedelta(seconds=time.monotonic() - began)

    def tell(run: RunStatistics) -> None:
        print(json.dumps(summary.as_json(run)), flush=True)

    spiders = [spider_of(name, job) for name in job.names]
    folder = Path(job.folder)
    due = due_sites.select_due(spiders, due_sites.known_schedules(folder, None), at, only_due=job.only_due)
    crawl = crawls.CrawlJob(
        due.spiders,
        folder,
        sites_at_once=job.at_once,
        oldest_first=True,
        limits=Limits(job.seconds, None, began),
        clock=clock,
        overrides={"DOWNLOAD_TIMEOUT": job.timeout_s, "WARRAQ_BACKOFF_S": 0.05},
    )
    results = crawls.crawl(crawl, quiet=True, on_end=tell)
    print(json.dumps({"exit_code": summary.exit_code(results), "not_due": due.left_out}), flush=True)


if __name__ == "__main__":
    main()
