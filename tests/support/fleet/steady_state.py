"""Make the archive of a month of hourly crawls without requests: articles are saved and revisited at their times."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from crawler.extract import extract
from crawler.site import Site
from storage.archive import Archive
from storage.records import Capture
from storage.revisits import SiteEdits, next_revisit
from storage.urls import url_key
from tests.support.fleet.outlets_by_clock import EPOCH, Outlet, article_page, url_of

QUIET = SiteEdits(840, 0)  # fourteen days of sixty articles, none of them edited


def live_through(folder: Path, outlets: Sequence[Outlet], until: datetime) -> None:
    """Save what each outlet published from EPOCH to `until`, first seen within the hour, revisited at every step."""
    with Archive.open(folder) as archive:
        for outlet in outlets:
            site = Site(outlet.name, f"http://{outlet.host}/")
            archive.add_site(site.name, site.home, None, None, "UTC")
            run = archive.start_run(outlet.name, now=EPOCH)
            for number in range(outlet.newest(until) + 1):
                published = outlet.published(number)
                seen = EPOCH + timedelta(hours=-(-(published - EPOCH) // timedelta(hours=1)))
                if seen > until:
                    continue
                url = url_of(outlet, number)
                capture = Capture(url, outlet.name, seen, 200, (), article_page(outlet, number).encode())
                article = extract(capture, site, now=seen).article
                assert article is not None, url
                position = archive.append(capture, run)
                last = seen
                archive.save(capture, position, run_id=run, kind="article", article=article, now=seen)
                while (due := next_revisit(seen, last, site=QUIET, key=url_key(url))) is not None and due <= until:
                    last = due
                    archive.touch(url, run_id=run, now=last)
            archive.finish_run(run, status="done", now=until, requests=0)
