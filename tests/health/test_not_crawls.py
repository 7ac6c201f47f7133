"""What is no crawl, or no run that can be believed: imports, and runs that a wrong clock dated."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from crawler.health.verdicts import judge
from storage import queries
from storage.archive import Archive
from storage.db.database import write_transaction
from storage.db.schema import endpoints, pages
from storage.queries.run_history import future_runs, last_imports, run_records
from storage.records import Endpoint
from tests.support.archives import article, capture, frontier, save
from tests.support.running import warraq

NOW = datetime.now(UTC).replace(microsecond=0)
FUTURE = NOW + timedelta(days=3650)


def run(archive: Archive, now: datetime, *, new: int = 0, kind: str = "crawl") -> int:
    run_id = archive.start_run("example", now=now, kind=kind)  # type: ignore[arg-type]
    for number in range(new):
        url = f"https://example.com/{run_id}/{number}"
        save(archive, run_id, replace(capture(url), fetched_at=now), article(url))
    listings = {"listings": 1, "links": 9, "walks": 1, "barren": 0, "unchanged": 0, "channels": {}}
    archive.finish_run(run_id, status="done", now=now + timedelta(minutes=1), requests=9, found=listings)
    return run_id


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Archive:
    opened = Archive.open(tmp_path / "archive", database_url)
    opened.add_site("example", "https://example.com", None, None, "UTC")
    return opened


def test_a_run_from_the_future_is_told_and_never_the_newest(archive: Archive, database_url: str, tmp_path: Path):
    run(archive, NOW - timedelta(days=1), new=2)
    ahead = run(archive, FUTURE)
    newest = run(archive, NOW - timedelta(hours=1), new=1)
    assert run_records(archive.engine, "example", now=NOW)[0].run_id == newest
    assert [each["id"] for each in queries.recent_runs(archive.engine)] == [newest, 1, ahead]
    assert queries.stats(archive.engine)["last_run"]["id"] == newest
    assert queries.last_success(archive.engine)["example"][0] == NOW - timedelta(minutes=59)
    assert future_runs(archive.engine) == {"example": FUTURE}
    archive.close()
    for command in (["health"], ["runs", "--json"]):
        ran = warraq(*command, "--db", database_url, cwd=tmp_path)
        assert ran.err.startswith("warraq: example has runs that are dated after the present, up to ")
    assert queries.recent_runs(archive.engine, now=FUTURE)[0]["id"] == ahead, "by its own clock it was the newest"


def test_what_a_clock_ahead_planned_is_asked_now(archive: Archive):
    run(archive, FUTURE, new=1)
    mine = frontier(archive, now=NOW)
    mine.record_endpoints([Endpoint("rest", "https://example.com/wp-json/", FUTURE, FUTURE, failures=5)])
    with write_transaction(archive.engine) as connection:
        gone = {"state": "failed", "failures": 3, "fetched_at": FUTURE}
        connection.execute(update(pages).where(pages.c.url.like("%/1/0")).values(gone | {"article_id": None}))
    run_id = archive.start_run("example", now=NOW)
    (endpoint,) = mine.endpoints()
    assert (endpoint.asked_at.year, endpoint.good_at) == (1, None)
    assert mine.due(10) == ["https://example.com/1/0"]
    assert mine.unknown(["https://example.com/1/0"]) == ["https://example.com/1/0"]
    url = "https://example.com/1/0"
    saved = save(archive, run_id, replace(capture(url), fetched_at=NOW), article(url))
    assert saved.change == "same"
    with archive.engine.connect() as connection:
        planned = connection.execute(pages.select().where(pages.c.url.like("%/1/0"))).one().next_visit_at
        assert planned is not None
        assert planned <= NOW + timedelta(days=1)
        assert connection.execute(endpoints.select()).one().asked_at == FUTURE, "rows stay as they were written"


def test_an_import_is_no_crawl(archive: Archive, database_url: str, tmp_path: Path):
    run(archive, NOW - timedelta(days=2), new=3, kind="import")
    assert judge(run_records(archive.engine, "example"), now=NOW) is None
    assert last_imports(archive.engine).keys() == {"example"}
    output = warraq("health", "--db", database_url, cwd=tmp_path)
    assert (output.code, output.out.splitlines()[-1]) == (0, "example: imported, never crawled")
    assert warraq("health", "--json", "--db", database_url, cwd=tmp_path).json["imported"] == ["example"]
    run(archive, NOW - timedelta(hours=1), new=4)
    health = judge(run_records(archive.engine, "example"), now=NOW)
    assert health is not None
    assert (health.verdict, health.why) == ("ok", "first run, 4 articles, no past yet")
    run(archive, NOW - timedelta(minutes=1), new=1)
    health = judge(run_records(archive.engine, "example"), now=NOW)
    assert health is not None
    assert health.why == "1 new articles in a day"
    assert warraq("health", "--json", "--db", database_url, cwd=tmp_path).json["imported"] == []
    assert [each["kind"] for each in queries.recent_runs(archive.engine)] == ["crawl", "crawl", "import"]


def test_a_run_whose_process_died_is_told_as_killed_and_one_that_runs_as_running(archive: Archive, tmp_path: Path):
    from crawler.locks import SiteLock

    if archive.engine.dialect.name != "sqlite":
        pytest.skip("locks are files on both engines")
    with SiteLock(archive.folder, "example"):
        archive.note_requests(archive.start_run("example", now=NOW), 7)
        (row,) = warraq("runs", "--json", cwd=tmp_path).json
        assert (row["status"], row["requests"]) == ("running", 7)
    (row,) = warraq("runs", "--json", cwd=tmp_path).json
    assert (row["status"], row["message"], row["requests"]) == ("failed", "killed", 7)
