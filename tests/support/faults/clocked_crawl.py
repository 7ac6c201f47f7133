"""The crawl that `crawl_at` runs. Its argument is the job; it prints the summary of `warraq crawl --json`."""

import json
import sys
from datetime import datetime
from pathlib import Path

from tests.support.faults import stub_resolver  # isort: skip  before Twisted, which takes getaddrinfo

from crawler.registry import declared_sites
from crawler.runs import crawls, summary
from tests.support.faults.memory import peak_mb


def main() -> None:
    """Crawl with a fixed clock."""
    given = json.loads(sys.argv[1])
    stub_resolver.NAMES.update(given["names"])
    instant = datetime.fromisoformat(given["at"])
    job = crawls.CrawlJob(
        declared_sites.spiders_for(given["targets"], declared_sites.declared(), delay_s=0),
        Path("archive"),
        given["db_url"],
        allow_hosts=tuple(given["allow_hosts"]),
        overrides=given["overrides"],
        clock=lambda: instant,
    )
    print(json.dumps(summary.total(crawls.crawl(job, quiet=True)) | {"peak_mb": peak_mb()}))


if __name__ == "__main__":
    main()
