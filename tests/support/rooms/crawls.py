"""The sample newspaper declared as a site, crawled from the command line, and checked against what it published."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from crawler.demo import DemoServer, Newspaper, SampleArticle, serve
from crawler.demo.newspaper import TIMEZONE
from storage.records import date_json
from tests.support.running import Ran, warraq


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def serving() -> Iterator[DemoServer]:
    moment = now()
    with serve(Newspaper(moment.astimezone(ZoneInfo(TIMEZONE)).date(), now=moment)) as running:
        yield running


def declare(folder: Path, server: DemoServer) -> Path:
    """A private folder that declares the sample newspaper as "marfa"."""
    folder.mkdir()
    (folder / "marfa.py").write_text(
        '"""The sample newspaper."""\n\nfrom crawler.platforms import CategorySpider\nfrom crawler.site import Site\n\n\n'
        f'class Marfa(CategorySpider):\n    site = Site("marfa", "{server.url}", timezone="{TIMEZONE}", delay_s=0.0)\n',
        encoding="utf-8",
    )
    return folder


def crawl(site: Path, *arguments: str, target: str = "marfa") -> Ran:
    ran = warraq(
        *("crawl", target, "--allow-host", "127.0.0.1", "--json", *arguments),
        cwd=site.parent,
        WARRAQ_SPIDERS=str(site),
    )
    assert "Traceback" not in ran.err, ran.err
    return ran


def exported(site: Path, *arguments: str) -> list[dict[str, Any]]:
    ran = warraq("export", "-", *arguments, cwd=site.parent)
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def check(record: dict[str, Any], gold: SampleArticle) -> None:
    assert record["title"] == gold.title
    assert record["text"].split("\n\n") == list(gold.paragraphs)
    assert record["subtitle"] == gold.subtitle
    assert record["authors"] == list(gold.authors)
    assert record["categories"] == list(gold.categories)
    assert record["tags"] == list(gold.tags)
    assert record["agency"] == gold.agency
    if gold.source == "visible" and gold.precision != "day":  # "three hours ago" counts from the fetch
        seen = datetime.fromisoformat(record["published_at"])
        assert abs(seen - gold.published) < timedelta(minutes=5)
    else:
        assert record["published_at"].startswith(date_json(gold.published, gold.precision))  # an export: to the second
        assert record["published_precision"] == gold.precision
