"""Every declared outlet: well-formed, and crawled from end to end as the small newspaper that it describes."""

import json
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

import pytest

from crawler import countries
from crawler.platforms import CategorySpider, FeedSpider, MultiChannelSpider, SitemapSpider, WordPressSpider
from crawler.platforms.base import SiteSpider
from crawler.registry import declared_sites
from crawler.site import site_host
from storage.db.database import connect
from storage.queries import select_articles
from storage.urls import url_key
from tests.support.newspapers.outlets import Paper, build, served
from tests.support.running import ROOT, environment

FILES = sorted(path for path in (ROOT / "spiders").glob("*.py") if path.stem != "__init__")
NAMES = [path.stem for path in FILES]
# A feed that a site itself keeps elsewhere.
FOREIGN_FEEDS = {"bbc_arabic": "feeds.bbci.co.uk"}


@cache
def declared() -> dict[str, type[SiteSpider]]:
    sites = declared_sites.declared()
    assert not sites.broken
    return sites.spiders


def test_there_are_150_outlets_from_all_arab_countries_and_abroad():
    by_country = Counter(spider.site.country for spider in declared().values())
    assert len(declared()) >= 150
    assert set(countries.ARAB) <= by_country.keys()
    assert set(by_country) - set(countries.ARAB), "international Arabic services"


def test_no_two_outlets_share_a_name_or_a_host():
    assert sorted(declared()) == NAMES
    hosts = Counter(spider.site.host for spider in declared().values())
    assert [host for host, count in hosts.items() if count > 1] == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_declaration_is_short_and_says_what_is_known(path: Path):
    text = path.read_text(encoding="utf-8")
    spider = declared()[path.stem]
    site = spider.site
    assert site.name == path.stem
    assert len(text.splitlines()) <= 25
    assert spider.__bases__[0] in (CategorySpider, FeedSpider, MultiChannelSpider, SitemapSpider, WordPressSpider)
    assert site.verified is None or site.verified.year >= 2026
    assert site.title
    assert re.search("[\u0621-\u064a]", site.title)
    story = " ".join((sys.modules[spider.__module__].__doc__ or "").split())
    assert re.search("[\u0621-\u064a]", story), "its name as readers know it"
    assert re.search(r"\b20[12]\d\b", story), "the year of the evidence"
    assert story.endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_country_and_zone_agree(name: str):
    site = declared()[name].site
    assert site.country is not None
    assert site.timezone in countries.zones_of(site.country)
    assert ZoneInfo(site.timezone)


@pytest.mark.parametrize("name", NAMES)
def test_every_address_is_the_sites_own(name: str):
    site = declared()[name].site
    for url in (*site.categories, *site.feeds, *site.sitemaps, *([site.rest] if site.rest else [])):
        full = urljoin(site.home, url)
        host = site_host(full)
        assert urlsplit(full).scheme in ("http", "https")
        assert " " not in full
        assert host == site.host or host.endswith(f".{site.host}") or FOREIGN_FEEDS.get(name) == host, url
    for urls in (site.categories, site.feeds, site.sitemaps):
        assert len({url_key(urljoin(site.home, url)) for url in urls}) == len(urls)


# ---------------------------------------------------------------- crawled

CRAWL = """
import json, sys
from pathlib import Path
from crawler.runs import summary, crawls as runs; from crawler.registry import declared_sites as sites
spiders = sites.spiders_for(sys.argv[2:], sites.declared())
plan = runs.CrawlJob(spiders, Path(sys.argv[1]), sites_at_once=24, overrides={"DOWNLOAD_DELAY": 0})
print(json.dumps(summary.total(runs.crawl(plan, quiet=True))))
"""


def missing_after_a_crawl(names: list[str], folder: Path) -> dict[str, str]:
    """The sites whose archive is not their paper, and what is wrong with each."""
    papers = {name: build(declared()[name]) for name in names}
    with served(list(papers.values()), folder) as env:
        ran = subprocess.run(
            [sys.executable, "-c", CRAWL, str(folder / "archive"), *names],
            cwd=folder,
            env=environment(**env),
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    assert ran.returncode == 0, ran.stderr[-3000:]
    by_site = {each["site"]: each for each in json.loads(ran.stdout)["sites"]}
    kept: dict[str, dict[str, str]] = {name: {} for name in names}
    engine = connect(f"sqlite:///{folder}/archive/warraq.db")
    with engine.connect() as connection:
        for row in connection.execute(select_articles()).mappings():
            kept[row["site"]][url_key(row["url"])] = row["title"]
    engine.dispose()
    return {name: wrong for name in names if (wrong := _wrong(papers[name], kept[name], by_site[name]))}


def _wrong(paper: Paper, kept: dict[str, str], statistics: dict[str, object]) -> str:
    wanted = {url_key(item.url): item.title for item in paper.items}
    assert wanted, "a paper without articles tests nothing"
    if statistics["status"] != "done":
        return f"{statistics['status']}: {statistics['message']}"
    return "" if kept == wanted else f"{len(kept)} of {len(wanted)} articles; {statistics}"


@pytest.mark.slow
def test_one_outlet_of_each_platform_is_crawled_from_end_to_end(tmp_path: Path):
    first: dict[tuple[object, ...], str] = {}
    for name, spider in declared().items():
        site = spider.site
        kind = (spider.__bases__[0], bool(site.categories), bool(site.feeds), bool(site.sitemaps), site.theme)
        first.setdefault(kind, name)
    assert missing_after_a_crawl(sorted(first.values()), tmp_path) == {}


@pytest.mark.slow
def test_every_outlet_is_crawled_from_end_to_end(tmp_path: Path):
    assert missing_after_a_crawl(NAMES, tmp_path) == {}
