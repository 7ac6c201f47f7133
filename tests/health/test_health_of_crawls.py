"""Health after real crawls of a small bulletin: the first run after each trouble gets its verdict."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.health.verdicts import Health, judge
from storage.queries.run_history import RunRecord
from tests.support.hostile import Server, page, robots
from tests.support.rooms.health import DAY, NOW, run
from tests.support.running import environment, warraq

PAST = [run(days) for days in range(1, 40)]


def health(latest: RunRecord, past: list[RunRecord] = PAST, now: datetime = NOW) -> Health:
    verdict = judge([latest, *past], now=now)
    assert verdict is not None
    return verdict


CRAWL = """
import json, sys
from datetime import datetime
from pathlib import Path
from crawler.runs import summary, crawls as runs; from crawler.registry import declared_sites as sites
at = datetime.fromisoformat(sys.argv[1])
spiders = sites.spiders_for(["bulletin"], sites.declared())
overrides = {"DOWNLOAD_DELAY": 0, "RETRY_TIMES": 0}
plan = runs.CrawlJob(spiders, Path("archive"), allow_hosts=("127.0.0.1",), overrides=overrides, clock=lambda: at)
print(json.dumps(summary.total(runs.crawl(plan, quiet=True))))
"""


SITE = '''"""A bulletin."""

from crawler.platforms import MultiChannelSpider
from crawler.site import Site


class Bulletin(MultiChannelSpider):
    site = Site("bulletin", "{url}", feeds=("/feed",), categories=("/category/local/",), revisits="off")
'''


A_DAY = 12  # articles


SENTENCE = (
    "قال المتحدث باسم البلدية يوم {} إن العمل في المشروع رقم {} يسير كما خطط له وإن الطريق سيفتح قريبا أمام السكان."
)


@dataclass
class Bulletin:
    """A newspaper of twelve articles a day. broken: what went wrong with it, by name."""

    server: Server
    base: datetime  # of day 0
    broken: str = ""

    def publish(self, day: int) -> None:
        items = [n for n in range(A_DAY * (day + 1)) if n >= A_DAY * (day - 1)]
        if self.broken == "frozen":
            items = [n - A_DAY for n in items]
        self.server.answers = {"/robots.txt": robots("")}
        answers = self.server.answers
        answers |= {f"/news/{10_000 + n}": page(self._article(n)) for n in range(A_DAY * (day + 1))}
        answers["/feed"] = page(self._feed([] if self.broken == "empty feed" else items), Content_Type="text/xml")
        cards = "".join(f'<article><h2><a href="/news/{10_000 + n}">{self._title(n)}</a></h2></article>' for n in items)
        answers["/category/local/"] = page(self._page(f"<main>{cards}</main>", "archive category"))
        if self.broken == "wall":
            wall = page("<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script></html>", 403)
            self.server.answers = dict.fromkeys(answers, wall) | {"/robots.txt": robots("")}

    def at(self, n: int) -> datetime:
        return self.base + (n // A_DAY) * DAY - timedelta(minutes=n % A_DAY)

    @staticmethod
    def _title(n: int) -> str:
        return f"بلدية المدينة تفتتح المشروع رقم {n} في حي الميناء القديم"

    def _feed(self, items: list[int]) -> str:
        listed = "".join(
            f"<item><title>{self._title(n)}</title><link>{self.server.url(f'/news/{10_000 + n}')}</link>"
            # Where a page shows no date, its feed's is the article's.
            + ("" if self.broken == "dates" else f"<pubDate>{self.at(n):%a, %d %b %Y %H:%M:%S} +0000</pubDate>")
            + "</item>"
            for n in reversed(items)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>أخبار</title>{listed}</channel></rss>'

    def _article(self, n: int) -> str:
        text = [f"<p>{SENTENCE.format(number, n)}</p>" for number in range(1 if self.broken == "half" else 8 + n % 5)]
        body = (
            "<div id=app></div>" if self.broken == "template" else f'<div class="entry-content">{"".join(text)}</div>'
        )
        record = {"@type": "NewsArticle", "headline": self._title(n), "author": {"name": "هدى السالم"}}
        if self.broken != "dates":
            record["datePublished"] = self.at(n).isoformat()
        head = f'<script type="application/ld+json">{json.dumps(record, ensure_ascii=False)}</script>'
        return self._page(f"<article><h1>{self._title(n)}</h1>{body}</article>", "single single-post", head)

    @staticmethod
    def _page(body: str, classes: str, head: str = "") -> str:
        menu = "".join(f'<a href="/c/{n}">قسم {n}</a>' for n in range(12))
        return f"<!doctype html><html><head><title>ن</title>{head}</head><body class='{classes}'><nav>{menu}</nav>{body}</body></html>"


def crawl(folder: Path, at: datetime) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, "-c", CRAWL, at.isoformat()],
        cwd=folder,
        env=environment(WARRAQ_SPIDERS=str(folder)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    report: dict[str, Any] = json.loads(ran.stdout)
    return report


@pytest.fixture(scope="module")
def bulletin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bulletin, Path]]:
    """A bulletin with four good days behind it, today being the fifth, and the folder of its archive."""
    folder = tmp_path_factory.mktemp("bulletin")
    with Server() as server:
        paper = Bulletin(server, datetime.now(UTC) - 4 * DAY)
        (folder / "bulletin.py").write_text(SITE.format(url=server.url()), encoding="utf-8")
        for day in range(4):
            paper.publish(day)
            assert crawl(folder, paper.base + day * DAY)["new"] == A_DAY
        yield paper, folder


def check(bulletin: tuple[Bulletin, Path], tmp_path: Path, broken: str) -> tuple[int, dict[str, Any]]:
    """Today's run with that trouble; the exit code of `warraq health`, and what it says of the site."""
    paper, past = bulletin
    folder: Path = shutil.copytree(past, tmp_path / "copy")
    paper.broken = broken
    paper.publish(4)
    crawl(folder, paper.base + 4 * DAY)
    ran = warraq("health", "--json", "--prometheus", "warraq.prom", cwd=folder)
    assert "Traceback" not in ran.err, ran.err
    (judged,) = ran.json["sites"]
    verdict = judged["verdict"]
    assert f'warraq_site_verdict{{site="bulletin",verdict="{verdict}"}} 1' in (folder / "warraq.prom").read_text()
    shown = warraq("health", "bulletin", cwd=folder)
    assert (shown.code, verdict in shown.out) == (ran.code, True)
    return ran.code, judged


@pytest.mark.slow
@pytest.mark.parametrize(
    ("broken", "verdict", "word"),
    [
        ("", "ok", "12 new"),
        ("template", "broken", "of 12 pages"),
        ("empty feed", "degraded", "feed channel names no article"),
        ("frozen", "quiet", "0 new articles"),
        ("wall", "blocked", "challenge"),
        ("half", "degraded", "words"),
        ("dates", "degraded", "published_at"),
    ],
)
def test_a_real_site_gets_its_verdict_in_the_first_run_after_the_trouble(
    bulletin: tuple[Bulletin, Path], tmp_path: Path, broken: str, verdict: str, word: str
):
    exit_code, judged = check(bulletin, tmp_path, broken)
    assert (judged["verdict"], exit_code) == (verdict, 0 if verdict in ("ok", "quiet") else 1), judged
    assert word in judged["why"], judged


def test_a_site_that_was_never_crawled_is_told_so(tmp_path: Path):
    ran = warraq("health", cwd=tmp_path)
    assert (ran.code, "no archive" in ran.err) == (2, True)
