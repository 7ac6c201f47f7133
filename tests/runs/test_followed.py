"""A site followed for ten days: an edit, a small edit, a deletion, its return, an outage; exactly these events."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage.db.database import open_readonly, read_transaction
from storage.db.schema import articles, events, versions
from storage.queries import history
from tests.support.newspapers.replay import Replay, replaying
from tests.support.running import ROOT, environment, warraq

BEGAN = datetime(2026, 9, 20, 6, 0, tzinfo=UTC)
SPORT = "http://alrased.test/category/%d8%b1%d9%8a%d8%a7%d8%b6%d8%a9/"
# A crawl whose clock stands still at the time that it is given.
CRAWL = """
import json, sys
from datetime import datetime
from pathlib import Path
from crawler.registry import declared_sites
from crawler.runs import crawls, summary

if __name__ == "__main__":
    url, folder, db, now = sys.argv[1:]
    spider = declared_sites.spider_for(url, declared_sites.declared(), delay_s=0)
    instant = datetime.fromisoformat(now)
    job = crawls.CrawlJob([spider], Path(folder), db, clock=lambda: instant)
    print(json.dumps(summary.as_json(crawls.crawl(job, quiet=True)[0])))
"""


@pytest.fixture
def site(shared: Path, tmp_path: Path) -> Iterator[tuple[Replay, Path]]:
    overlay = tmp_path / "overlay.json"
    overlay.write_text("{}")
    with replaying(shared, tmp_path, "--overlay", str(overlay)) as server:
        yield server, overlay


@pytest.mark.slow
def test_a_site_that_is_followed_gives_exactly_the_events_that_happened(
    site: tuple[Replay, Path], shared: Path, tmp_path: Path, database_url: str
) -> None:
    server, overlay = site
    folder = tmp_path / "archive"
    posts = [json.loads(line) for line in (shared / "corpus/wordpress/gold.jsonl").read_text().splitlines()]
    posts = [post for post in posts if "رياضة" in post["categories"] and len(post["paragraphs"]) > 2]
    edited, mended, deleted = posts[:3]

    def crawl(hours: float, overlaid: dict[str, Any]) -> dict[str, Any]:
        overlay.write_text(json.dumps(overlaid))
        now = BEGAN + timedelta(hours=hours)
        ran = subprocess.run(
            [sys.executable, "-c", CRAWL, SPORT, str(folder), database_url, now.isoformat()],
            env=environment(http_proxy=f"http://127.0.0.1:{server.port}"),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        report: dict[str, Any] = json.loads(ran.stdout)
        return report

    word, other = (max(post["paragraphs"][1].split(), key=len) for post in (edited, mended))
    edits = {
        edited["url"]: {"replace": [[word, "والكلمة الجديدة تماماً"]]},
        mended["url"]: {"replace": [[other, f"{other}،"]]},
    }
    gone = {**edits, deleted["url"]: {"status": 404}}
    first = crawl(0, {})
    assert (first["new"], first["gone"]) == (37, 0)
    assert counts(crawl(1.25, gone)) == (0, 2, 0)
    assert counts(crawl(2.5, gone)) == (0, 0, 0)
    assert counts(crawl(25.5, gone)) == (0, 0, 1)
    assert counts(crawl(50, edits)) == (0, 0, 0), "it is there again"
    outage = {"http://alrased.test/2*": {"status": 404}}
    for days in (8, 8 + 1 / 24, 9.5):
        report = crawl(days * 24, outage)
        assert counts(report) == (0, 0, 0)
        assert any("outage" in note for note in report["notes"]), report["notes"]
    assert counts(crawl(31 * 24, edits)) == (0, 0, 0)

    engine = open_readonly(folder, database_url)
    with read_transaction(engine) as connection:
        statement = select(articles.c.url, events.c.kind, events.c.at, events.c.since).join_from(
            events, articles, events.c.article_id == articles.c.id
        )
        url = deleted["url"].lower()
        assert [(row[0].lower(), *row[1:]) for row in connection.execute(statement.order_by(events.c.at))] == [
            (url, "gone", BEGAN + timedelta(hours=25.5), BEGAN + timedelta(hours=1.25)),
            (url, "restored", BEGAN + timedelta(hours=50), None),
        ]
        later = select(articles.c.url).join_from(versions, articles).where(versions.c.number > 1)
        changed = sorted(each.lower() for each in connection.scalars(later))
        assert changed == sorted(post["url"].lower() for post in (edited, mended))
        assert set(connection.scalars(select(articles.c.status))) == {"live"}
    assert [each["changed"] for each in history(engine, edited["url"])] == [[], ["body"]]
    assert [each["changed"] for each in history(engine, mended["url"])] == [[], ["small"]]
    engine.dispose()
    where = ("--archive", str(folder), "--db", database_url)
    assert warraq("verify", *where, cwd=tmp_path).code == 0


def counts(report: dict[str, Any]) -> tuple[int, int, int]:
    return report["new"], report["changed"], report["gone"]
