"""Health: a verdict in the first run after something went wrong, from the rules alone and from real crawls."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from crawler.health.baseline import binomial_at_most, expected, poisson_at_most
from crawler.health.prometheus import metrics
from crawler.health.verdicts import Health, judge
from storage.queries.run_history import FIELDS, Completeness, RunRecord
from tests.support.hostile import Server, page, robots
from tests.support.running import environment, warraq

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
FULL = frozenset(FIELDS)


def run(days_ago: float, *, new: int = 20, number: int = 0, **other: Any) -> RunRecord:
    at = NOW - days_ago * DAY
    known: dict[str, Any] = {
        "run_id": number or int(100_000 - days_ago * 100),
        "site": "s",
        "started_at": at,
        "finished_at": at + timedelta(minutes=5),
        "status": "done",
        "message": None,
        "requests": new + 5,
        "new": new,
        "changed": 0,
        "same": 3,
        "gone": 0,
        "reasons": {},
        "found": {"listings": 2, "links": 40, "channels": {"feed": {"found": 20, "failures": 0}}},
        "completeness": tuple(Completeness(200 + 7 * (n % 9), FULL) for n in range(new)),
    }
    return RunRecord(**{**known, **other})


PAST = [run(days) for days in range(1, 40)]


def health(latest: RunRecord, past: list[RunRecord] = PAST, now: datetime = NOW) -> Health:
    found = judge([latest, *past], now=now)
    assert found is not None
    return found


def test_a_run_like_those_before_it_is_ok():
    found = health(run(0))
    assert (found.verdict, found.failed_checks, found.is_sick) == ("ok", (), False)
    assert (found.new, found.expected, found.coverage["authors"]) == (20, 20.0, 1.0)


def test_a_site_without_a_past_is_judged_by_its_run_alone():
    assert health(run(0), []).verdict == "ok"
    assert health(run(0, status="unhealthy", new=0, message="nothing could be read (x)"), []).verdict == "broken"
    assert judge([], now=NOW) is None
    assert judge([run(0, status="interrupted")], now=NOW) is None


@pytest.mark.parametrize(
    ("latest", "verdict", "word"),
    [
        (run(0, new=0), "quiet", "0 new articles"),
        (run(0, new=2), "quiet", "2 new articles"),
        (run(0, new=9), "ok", ""),
        (run(0, new=0, reasons={"challenge": 3}, found={}, status="unhealthy", message="nothing"), "blocked", "challenge"),
        (run(0, new=0, reasons={"consent": 2}, found={"listings": 2, "links": 0}), "blocked", "consent"),
        (run(0, new=0, found={}, status="unhealthy", message="nothing could be read (/: HTTP 403)"), "blocked", "403"),
        (run(0, new=0, reasons={"blocked": 10}), "blocked", "10 pages"),
        (run(0, new=0, found={}, status="failed", message="killed"), "broken", "killed"),
        (run(0, new=0, reasons={"empty": 18, "soft-404": 2}), "broken", "20 of 20"),
        (run(0, new=6, reasons={"empty": 14}), "degraded", "14 of 20"),
        (run(0, new=20, reasons={"video": 14, "not-found": 3}), "ok", ""),
        (run(0, completeness=tuple(Completeness(200 + n, FULL - {"published_at"}) for n in range(20))), "degraded", "0% of the new articles have published_at"),
        (run(0, new=3, completeness=tuple(Completeness(205, FULL - {"authors"}) for n in range(3))), "degraded", "authors"),
        (run(0, completeness=tuple(Completeness(30, FULL) for n in range(20))), "degraded", "30 words"),
        (run(0, changed=12, same=1), "degraded", "changed at once"),
        (run(0, found={"listings": 2, "links": 40, "channels": {"feed": {"found": 0, "failures": 0}}}), "degraded", "no article any more"),
        (run(0, found={"listings": 2, "links": 40, "unchanged": 1, "channels": {"feed": {"found": 0}}}), "ok", ""),
        (run(0, found={"listings": 2, "links": 40, "channels": {"feed": {"failures": 1, "detail": "HTTP 500"}}}), "degraded", "HTTP 500"),
        (run(0, found={"listings": 8, "links": 12, "channels": {"feed": {"found": 12}}}), "degraded", "a listing names 1.5"),
    ],
)  # fmt: skip
def test_each_trouble_has_its_verdict_in_the_first_run_after_it(latest: RunRecord, verdict: str, word: str):
    found = health(latest)
    assert found.verdict == verdict, found
    assert word in (found.why if verdict != "ok" else "")
    assert found.is_sick == (verdict in ("degraded", "broken", "blocked"))
    assert verdict == "ok" or found.remedy


def test_a_quiet_weekday_is_compared_with_its_own_kind():
    # Two on Mondays, twenty on other days.
    past = [run(days, new=2 if days % 7 == 0 else 20) for days in range(1, 40)]
    assert health(run(0, new=2), past).verdict == "ok"
    assert health(run(0, new=0), past).verdict == "ok"
    tuesday = [replace(each, started_at=each.started_at + DAY) for each in past[1:]]
    assert health(replace(run(0, new=2), started_at=NOW), tuesday).verdict == "quiet"


def test_an_hourly_site_falls_silent_at_night_and_is_not_ill():
    def new(hour: float) -> int:
        return 0 if (NOW - hour * timedelta(hours=1)).hour < 6 else 10

    past = [run(hour / 24, new=new(hour), number=10_000 - hour, completeness=()) for hour in range(1, 24 * 30)]
    night = NOW.replace(hour=3)
    asleep = [each for each in past if each.started_at < night]
    assert health(replace(run(0, new=0, completeness=()), started_at=night), asleep, now=night).verdict == "ok"
    assert health(run(0, new=0, completeness=()), past).verdict == "quiet"


def test_a_site_that_always_was_odd_is_not_called_ill():
    odd = {"found": {"listings": 2, "links": 40, "channels": {"rest": {"failures": 1, "detail": "HTTP 403"}}}}
    complete = tuple(Completeness(60, frozenset({"image"})) for _ in range(20))
    past = [run(days, completeness=complete, reasons={"login": 9}, **odd) for days in range(1, 40)]
    assert health(run(0, completeness=complete, reasons={"login": 9}, **odd), past).verdict == "ok"


def test_three_days_without_news_are_more_than_quiet():
    past = [
        run(days, new=0 if days < 3 else 20, completeness=() if days < 3 else run(0).completeness)
        for days in range(1, 40)
    ]
    found = health(run(0, new=0), past)
    assert found.verdict == "degraded"
    assert "72 hours" in found.why


def test_a_cron_that_stopped_is_told():
    found = health(run(0), now=NOW + 6 * DAY)
    assert (found.verdict, "last run was 6.0 days ago" in found.why) == ("degraded", True)


def test_chance_is_counted_right():
    assert poisson_at_most(0, 3.0) == pytest.approx(0.0498, abs=1e-4)
    assert poisson_at_most(2, 3.0) == pytest.approx(0.4232, abs=1e-4)
    assert poisson_at_most(100, 1e6) == 0.0
    assert binomial_at_most(0, 3, 0.5) == pytest.approx(0.125)
    assert binomial_at_most(200, 200, 0.5) == pytest.approx(1.0)
    assert expected([], NOW, DAY) is None
    assert expected([(NOW - days * DAY, 7) for days in (1, 2)], NOW, DAY) is None


def test_metrics_are_what_prometheus_reads():
    state = replace(health(run(0, reasons={"video": 2})), site='a"b\\c\nd')
    families = list(text_string_to_metric_families(metrics([state]).decode()))
    samples = {
        (sample.name, *sorted(sample.labels.values())): sample.value for each in families for sample in each.samples
    }
    assert {family.type for family in families} == {"gauge"}
    assert len({family.name for family in families}) == len(families)
    assert all(family.name.startswith("warraq_") and family.documentation for family in families)
    assert all(sample.labels["site"] == state.site for family in families for sample in family.samples)
    assert samples["warraq_site_verdict", state.site, "ok"] == 1
    assert samples["warraq_site_verdict", state.site, "broken"] == 0
    assert samples["warraq_pages_without_article", state.site, "video"] == 2
    assert samples["warraq_last_run_timestamp_seconds", state.site] == state.at.timestamp()


# ---------------------------------------------------------------- real crawls

CRAWL = """
import json, sys
from datetime import datetime
from pathlib import Path
from crawler.runs import summary as outcomes, crawls as runs; from crawler.registry import declared_sites as sites
at = datetime.fromisoformat(sys.argv[1])
spiders = sites.spiders_for(["bulletin"], sites.declared())
overrides = {"DOWNLOAD_DELAY": 0, "RETRY_TIMES": 0}
plan = runs.CrawlJob(spiders, Path("archive"), allow_hosts=("127.0.0.1",), overrides=overrides, clock=lambda: at)
print(json.dumps(outcomes.total(runs.crawl(plan, quiet=True))))
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
            f"<pubDate>{self.at(n):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
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
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


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
    (found,) = ran.json["sites"]
    verdict = found["verdict"]
    assert f'warraq_site_verdict{{site="bulletin",verdict="{verdict}"}} 1' in (folder / "warraq.prom").read_text()
    shown = warraq("health", "bulletin", cwd=folder)
    assert (shown.code, verdict in shown.out) == (ran.code, True)
    return ran.code, found


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
    exit_code, found = check(bulletin, tmp_path, broken)
    assert (found["verdict"], exit_code) == (verdict, 0 if verdict in ("ok", "quiet") else 1), found
    assert word in found["why"], found


def test_a_site_that_was_never_crawled_is_told_so(tmp_path: Path):
    ran = warraq("health", cwd=tmp_path)
    assert (ran.code, "no archive" in ran.err) == (2, True)
