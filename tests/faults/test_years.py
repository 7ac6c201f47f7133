"""What an archive meets over years: clocks that jump, F40; long runs, F47; upgrades, F48."""

import json
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from storage.archive import Archive
from storage.db.database import connect, read_transaction, upgrade, write_transaction
from storage.db.migrations import upgrade as revisions
from storage.db.schema import metadata
from storage.queries import article_by
from storage.queries.run_history import run_records
from tests.benchmarks import soak
from tests.support.archives import frontier
from tests.support.faults.crawls import crawl_at
from tests.support.hostile import Answer, Server, page
from tests.support.newspapers.small_site import GOOD, MENU, TEXT, listing
from tests.support.revisions import FILLED, GAINED, NEWEST, at_revision, later_version
from tests.support.running import ROOT, warraq

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.mark.parametrize("years", [10, pytest.param(-56, marks=pytest.mark.slow)])
def test_f40_a_clock_that_jumps_and_comes_back_makes_no_storm_and_loses_nothing(tmp_path: Path, years: int) -> None:
    with Server(dict(GOOD)) as server:

        def crawl(at: datetime) -> tuple[dict[str, Any], Counter[str]]:
            before = len(server.exchanges)
            site = crawl_at(at, server.url(), folder=tmp_path).site
            return site, Counter(exchange.path for exchange in server.exchanges[before:])

        first, _ = crawl(NOW)
        assert (first["status"], first["new"]) == ("done", 4)
        for at in (NOW + timedelta(days=365 * years), NOW + timedelta(hours=1), NOW + timedelta(hours=6)):
            site, requests = crawl(at)
            assert (site["status"], site["new"], site["changed"], site["gone"]) == ("done", 0, 0, 0), (at, site)
            assert set(requests.values()) == {1}, "each page once"
        assert len(server.hits("/n/1/")) >= 2, "it is revisited again after the clock is right"
    assert warraq("verify", cwd=tmp_path).code == 0


DATES = {
    1: ("2099-01-01T10:00:00+03:00", None),
    2: ("1970-01-01T00:00:00Z", None),
    3: ("2026-04-24T00:30:00", "2026-04-2"),  # Cairo's clocks go from 0:00 to 1:00
    4: ("2025-10-31 00:30", "2025-10-3"),  # and back at midnight
}


def test_f40_dates_that_can_not_be_are_none_and_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "spiders").mkdir()
    title = "خبر رقم {n} عن افتتاح الميناء الجديد"
    shown = "<p class='date'>١٥ رمضان ١٤٤٦ هـ</p>"
    pages = {n: f'<meta property="article:published_time" content="{stated}">' for n, (stated, _) in DATES.items()} | {
        5: ""
    }
    answers: dict[str, Answer] = {
        f"/n/{n}/": page(
            f"<html lang=ar><head><title>{title.format(n=n)}</title>{head}</head><body><article><h1>{title.format(n=n)}</h1>"
            f"{'' if head else shown}{TEXT.format(n=n)}</article></body></html>"
        )
        for n, head in pages.items()
    }
    answers |= {"/": listing([1, 2], menu=MENU), "/c/a/": listing(range(1, 6)), "/c/b/": listing([2])}
    with Server(answers) as server:
        (tmp_path / "spiders" / "cairo.py").write_text(
            "from crawler.platforms import CategorySpider\nfrom crawler.site import Site\n\n\n"
            f"class Cairo(CategorySpider):\n    site = Site('cairo', '{server.url()}', country='EG', timezone='Africa/Cairo', delay_s=0.0)\n"
        )
        assert crawl_at(NOW, "cairo", folder=tmp_path, spiders=tmp_path / "spiders").site["new"] == 5
    records = {
        int(each["url"].rsplit("/", 2)[1]): each
        for each in map(json.loads, warraq("export", "-", cwd=tmp_path).out.splitlines())
    }
    for n, (_, expected) in DATES.items():
        published = records[n]["published_at"]
        assert published is None if expected is None else published.startswith(expected), (n, published)
    assert (records[5]["published_at"][:10], records[5]["published_precision"]) == ("2025-03-15", "day")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_f47_memory_and_files_stay_flat_over_a_long_crawl(tmp_path: Path) -> None:
    """Its figures for more pages: `python -m tests.benchmarks.soak`, docs/reliability.md."""
    pages, warm = 2_500, 500
    done = soak.run(pages, tmp_path, limit_s=880)
    assert done.articles == pages
    assert done.growth(warm) < 1.2
    assert done.growth(warm, main=True) < 1.2
    steady = [each.files for each in done.after(warm)]
    assert max(steady[len(steady) // 2 :]) <= max(steady[: len(steady) // 2]) + 5
    assert done.left == []


def test_f48_an_upgrade_that_fails_leaves_the_archive_as_it_was(
    tmp_path: Path, bare_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(tmp_path / "archive", bare_database_url) as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        with monkeypatch.context() as patched:
            later_version(tmp_path, patched, more="raise RuntimeError('half-way')")
            with pytest.raises(RuntimeError, match="half-way"):
                upgrade(archive.engine)
        with read_transaction(archive.engine) as connection:
            assert revisions.current_revision(connection) == NEWEST
            assert "motto" not in {each["name"] for each in inspect(connection).get_columns("sites")}
        later_version(tmp_path, monkeypatch)
        upgrade(archive.engine)
        with read_transaction(archive.engine) as connection:
            assert connection.scalar(text("select motto from sites")) == "x"


def test_f48_the_first_revision_s_archive_is_upgraded_with_all_that_is_in_it(
    tmp_path: Path, bare_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "archive").mkdir()
    engine = at_revision(bare_database_url, "0001", monkeypatch)
    with write_transaction(engine) as connection:
        for statement in FILLED:
            connection.execute(text(statement))
    engine.dispose()
    with (
        Archive.open(tmp_path / "archive", bare_database_url) as archive,
        read_transaction(archive.engine) as connection,
    ):
        assert revisions.current_revision(connection) == NEWEST
        for table in ("sites", "runs", "captures", "articles", "versions", "pages"):
            assert connection.scalar(text(f"select count(*) from {table}")) == 1, table
        assert connection.scalar(text("select refers_to from captures")) is None
        assert connection.scalar(text("select revisits from sites")) == "normal"
        assert connection.scalar(text("select count(*) from events")) == 0
        assert connection.scalar(text("select missing_since from pages")) is None
        assert frontier(archive, datetime(2026, 5, 7, 9, tzinfo=UTC)).due(9) == ["https://example.com/1"]
        assert (article_by(archive.engine, 5) or {})["reservations"] == []
        (run,) = run_records(archive.engine, "example")
        assert (run.found, [each.words for each in run.completeness]) == ({}, [1])


def contents(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of the archive, as the database gives it."""
    with read_transaction(engine) as connection:
        names = set(inspect(connection).get_table_names()) & set(metadata.tables) - {
            "facts",
            "changes",
        }  # what an index is to take in
        return {
            name: sorted((dict(row) for row in connection.execute(text(f"select * from {name}")).mappings()), key=str)
            for name in names
        }


@pytest.mark.parametrize("revision", revisions.REVISIONS[:-1])
def test_f48_an_archive_of_any_earlier_revision_keeps_every_row_and_field(
    revision: str, tmp_path: Path, bare_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "archive").mkdir()
    engine = at_revision(bare_database_url, revision, monkeypatch)
    with write_transaction(engine) as connection:
        for statement in FILLED:
            connection.execute(text(statement))
        for gained in revisions.REVISIONS[: revisions.REVISIONS.index(revision) + 1]:
            for statement in GAINED.get(gained, ()):
                connection.execute(text(statement))
    before = contents(engine)
    engine.dispose()
    with Archive.open(tmp_path / "archive", bare_database_url) as archive:
        after = contents(archive.engine)
    assert all(before.values()), f"empty: {[name for name, rows in before.items() if not rows]}"
    for name, rows in before.items():
        kept = set(rows[0])
        assert [{field: row[field] for field in row if field in kept} for row in after[name]] == rows
    backup = tmp_path / "archive" / f"warraq.db.{revision}.backup"
    assert backup.exists() == bare_database_url.startswith("sqlite")


KILLED = """
import os, signal, sys
from storage.db.database import connect, upgrade
from storage.db.migrations import upgrade as revisions

engine, statements, last = connect(sys.argv[1]), [], int(sys.argv[2])
from sqlalchemy import event

@event.listens_for(engine, "after_cursor_execute")
def killed(connection, cursor, statement, *_):
    if statement.lstrip().lower().startswith(("alter", "create", "insert", "update", "drop")):
        statements.append(statement)
        if len(statements) == last:
            os.kill(os.getpid(), signal.SIGKILL)

upgrade(engine)
"""


@pytest.mark.parametrize("statement", [1, *(pytest.param(nth, marks=pytest.mark.slow) for nth in (2, 5, 9, 15, 22))])
def test_f48_an_upgrade_that_is_killed_is_done_by_the_next_program(
    statement: int, tmp_path: Path, bare_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "archive").mkdir()
    engine = at_revision(bare_database_url, "0001", monkeypatch)
    with write_transaction(engine) as connection:
        for each in FILLED:
            connection.execute(text(each))
    before = contents(engine)
    engine.dispose()
    command = [sys.executable, "-c", KILLED, bare_database_url, str(statement)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    engine = connect(bare_database_url)
    with read_transaction(engine) as connection:
        assert revisions.current_revision(connection) == "0001"
    assert contents(engine) == before
    engine.dispose()
    with Archive.open(tmp_path / "archive", bare_database_url) as archive:
        after = contents(archive.engine)
        with read_transaction(archive.engine) as connection:
            assert revisions.current_revision(connection) == NEWEST
    for name, rows in before.items():
        assert [{field: row[field] for field in row if field in rows[0]} for row in after[name]] == rows
