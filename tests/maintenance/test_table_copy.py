"""Tables from one engine to the other: all of them, once, checked, and gone on with after an interruption."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete, func, insert, select, text, update

from storage import queries
from storage.archive import Archive
from storage.db.database import connect, open_readonly, place, read_transaction, upgrade, write_transaction
from storage.db.incomplete_copy import COPY_FACT
from storage.db.schema import articles, captures, facts, metadata, pages, runs, versions
from storage.errors import ArchiveError, TakenDown, UsageError
from storage.maintenance import table_copy
from storage.maintenance.copy_lock import copy_lock
from storage.maintenance.table_copy import copy_tables, digest
from storage.records import Found, Reason
from storage.removal import remove
from storage.search import index
from storage.search.engine import search
from tests.support.archives import NOW, article, capture, save
from tests.support.running import ROOT, warraq

pytestmark = pytest.mark.postgres


def fill(archive: Archive, start: int = 0, many: int = 12) -> None:
    """Articles with versions, metadata that changed, revisits, pending pages, gone and removed ones; odd letters."""
    archive.add_site("example", "https://example.com", "المثال", "EG", "Africa/Cairo")
    run_id = archive.start_run("example", now=NOW)
    for number in range(start, start + many):
        url = f"https://example.com/{number}"
        found = [
            Found(f"https://example.com/خبر-{number}-é", "article"),
            Found(f"https://example.com/Z{number}_{number}", "listing"),
        ]
        published = NOW - timedelta(days=number, microseconds=123)
        save(archive, run_id, capture(url), article(url, f"نص {number} \U0001f600", tags=("وسم", "b"), published_at=published, published_precision="second"), found=found)  # fmt: skip
        save(archive, run_id, capture(url, minutes=1), article(url, f"نص جديد {number}", tags=("آخر",)))
        save(
            archive,
            run_id,
            capture(url, minutes=2, body=f"{url} 1".encode()),
            article(url, f"نص جديد {number}", tags=("ثالث",)),
        )
    save(archive, run_id, capture("https://example.com/none", status=404), reason=Reason.NOT_FOUND)
    archive.finish_run(run_id, status="done", now=NOW, requests=9)
    remove(archive.engine, archive.folder, f"https://example.com/{start}", reason="حكم", by="أمين", now=NOW)


@pytest.fixture(params=["to PostgreSQL", "to SQLite", "to SQLite from SQLite"])
def sides(request: pytest.FixtureRequest, tmp_path: Path, postgres_url: str) -> Iterator[tuple[Archive, Engine]]:
    """A filled archive and a new, empty database of the other engine."""
    sqlite = f"sqlite:///{tmp_path}/other.db"
    here, there = {"to PostgreSQL": (None, postgres_url), "to SQLite": (postgres_url, sqlite)}.get(
        request.param, (None, sqlite)
    )
    with Archive.open(tmp_path / "archive", here) as archive:
        fill(archive)
        target = connect(there)
        upgrade(target, then=index.ensure)
        yield archive, target
        target.dispose()


def contents(engine: Engine) -> dict[str, Any]:
    with read_transaction(engine) as connection:
        return {str(table.name): digest(connection, table) for table in metadata.sorted_tables}


def test_every_table_arrives_whole(sides: tuple[Archive, Engine]) -> None:
    archive, target = sides
    copied = copy_tables(archive.engine, target)
    assert copied.tables == contents(archive.engine) == contents(target)
    counts = {name: each.rows for name, each in copied.tables.items()}
    assert counts["articles"] == 12
    assert all(
        counts[name]
        for name in ("versions", "captures", "pages", "labels", "runs", "amendments", "removals", "erasures")
    )
    assert [each["number"] for each in queries.history(target, 5)] == [1, 2]
    assert search(target, "جديد").total == search(archive.engine, "جديد").total == 11
    with read_transaction(target) as connection:
        assert connection.scalar(select(func.count()).select_from(facts).where(facts.c.name == COPY_FACT)) == 0


def test_the_copy_is_an_archive_that_goes_on(sides: tuple[Archive, Engine]) -> None:
    archive, target = sides
    copy_tables(archive.engine, target)
    url = target.url.render_as_string(hide_password=False)
    if target.dialect.name == "sqlite":
        url = f"sqlite:///{archive.folder.parent}/other.db"
    with Archive.open(archive.folder, url) as copy:
        run_id = copy.start_run("example", now=NOW + timedelta(days=1))
        saved = save(copy, run_id, capture("https://example.com/new"), article("https://example.com/new"))
        assert (saved.outcome, saved.article_id) == ("new", 13)


def test_an_interrupted_copy_goes_on_and_follows_what_changed(
    sides: tuple[Archive, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, target = sides
    monkeypatch.setattr(table_copy, "_BATCH", 4)

    def stop(name: str, done: int, _total: int) -> None:
        if name == "versions" and done >= 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_tables(archive.engine, target, on_progress=stop)
    with read_transaction(target) as connection:
        assert 0 < connection.scalar(select(func.count()).select_from(versions)) < 22
    fill(archive, start=50, many=2)
    with write_transaction(archive.engine) as connection:
        connection.execute(update(articles).where(articles.c.id == 3).values(title="عنوان آخر"))
        connection.execute(delete(pages).where(pages.c.kind == "listing"))
        # As if an older capture had come in between: every number moves.
        mine = versions.c.article_id == 2
        connection.execute(update(versions).where(mine).values(number=-versions.c.number - 1))
        connection.execute(update(versions).where(mine).values(number=-versions.c.number))
    again = copy_tables(archive.engine, target)
    assert again.tables == contents(archive.engine) == contents(target)
    assert again.deleted
    assert 0 < again.written < sum(each.rows for each in again.tables.values())


def test_an_incomplete_copy_is_no_archive_yet(tmp_path: Path, database_url: str) -> None:
    with Archive.open(tmp_path / "source") as archive:
        fill(archive, many=2)
    with Archive.open(tmp_path / "archive", database_url) as made, write_transaction(made.engine) as connection:
        connection.execute(insert(facts).values(name=COPY_FACT, value="/srv/source/warraq.db"))
    told = "is an incomplete copy of /srv/source/warraq.db; run the same `warraq copy` again"
    with pytest.raises(ArchiveError, match=told):
        Archive.open(tmp_path / "archive", database_url)
    with pytest.raises(ArchiveError, match=told):
        open_readonly(tmp_path / "archive", database_url)
    for command in (
        ["stats"],
        ["crawl", "hespress"],
        ["verify"],
        ["repair"],
        ["reindex"],
        ["reextract", "--dry-run"],
        ["copy", "--to", f"sqlite:///{tmp_path}/third.db"],
    ):
        ran = warraq(*command, "--archive", "archive", "--db", database_url, cwd=tmp_path)
        assert (ran.code, ran.out) == (5, ""), command
        assert told in ran.err.splitlines()[-1]
        assert len(ran.err.splitlines()) == 1


def test_a_copy_that_was_killed_goes_on(sides: tuple[Archive, Engine], tmp_path: Path) -> None:
    archive, target = sides
    urls = [
        f"sqlite:///{archive.folder / 'warraq.db'}"
        if engine is archive.engine and engine.dialect.name == "sqlite"
        else f"sqlite:///{tmp_path}/other.db"
        if engine.dialect.name == "sqlite"
        else engine.url.render_as_string(hide_password=False)
        for engine in (archive.engine, target)
    ]
    code = (
        "import os, signal, sys\n"
        "from storage.maintenance import table_copy\n"
        "from storage.db.database import connect\n"
        "def kill(name, done, total):\n"
        "    if name == 'versions' and done >= 8:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "table_copy._BATCH = 4\n"
        "table_copy.copy_tables(connect(sys.argv[1]), connect(sys.argv[2]), on_progress=kill)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code, *urls], cwd=ROOT, check=False, timeout=120)
    assert ran.returncode == -signal.SIGKILL
    with read_transaction(target) as connection:
        assert 0 < connection.scalar(select(func.count()).select_from(versions)) < 22
    again = copy_tables(archive.engine, target)
    assert again.tables == contents(archive.engine) == contents(target)
    assert again.written < sum(each.rows for each in again.tables.values()), "what was copied is not copied again"


def test_two_copies_to_one_target_never_run_at_once(sides: tuple[Archive, Engine], tmp_path: Path) -> None:
    archive, target = sides
    here, there = (
        engine.url.render_as_string(hide_password=False)
        if engine.dialect.name == "postgresql"
        else f"sqlite:///{tmp_path}/{'archive/warraq' if engine is archive.engine else 'other'}.db"
        for engine in (archive.engine, target)
    )
    with copy_lock(target):
        second = warraq("copy", "--db", here, "--to", there, cwd=tmp_path)
    assert (second.code, second.out) == (3, "")
    assert second.err.startswith("warraq: another process is copying to ")
    assert second.err.endswith(" already; nothing was done\n")
    assert warraq("copy", "--db", here, "--to", there, cwd=tmp_path).code == 0


def test_a_copy_goes_on_after_its_source_was_rebuilt_with_other_numbers(sides: tuple[Archive, Engine]) -> None:
    archive, target = sides
    copy_tables(archive.engine, target)
    with write_transaction(target) as connection:  # as if it had been killed just before its end
        connection.execute(insert(facts).values(name=COPY_FACT, value=place(archive.engine)))
        connection.execute(update(pages).values(article_id=None))
        keys = {row.id: row.url_key for row in connection.execute(select(articles.c.id, articles.c.url_key))}
        for number, key in keys.items():
            connection.execute(update(articles).where(articles.c.id == number).values(url_key=f"moved {key}"))
        for number in keys:
            other = keys[len(keys) + 1 - number]
            connection.execute(update(articles).where(articles.c.id == number).values(url_key=other))
    assert copy_tables(archive.engine, target).tables == contents(archive.engine) == contents(target)


def test_what_was_taken_down_stays_so_in_the_copy(sides: tuple[Archive, Engine], tmp_path: Path) -> None:
    archive, target = sides
    copy_tables(archive.engine, target)
    with Archive(archive.folder, target) as copy:
        run_id = copy.start_run("example", now=NOW + timedelta(days=1))
        with pytest.raises(TakenDown):
            copy.append(capture("https://example.com/0", minutes=99), run_id)


def test_a_reference_to_a_later_row_arrives(sides: tuple[Archive, Engine]) -> None:
    archive, target = sides
    with write_transaction(archive.engine) as connection:
        connection.execute(update(captures).where(captures.c.id == 1).values(refers_to=9))
    assert copy_tables(archive.engine, target).tables == contents(target)


def test_what_older_versions_kept_of_broken_text_can_be_copied(tmp_path: Path, database_url: str) -> None:
    with Archive.open(tmp_path / "source") as archive:
        fill(archive, many=2)
        with write_transaction(archive.engine) as connection:
            connection.execute(text("update runs set message = :told"), {"told": "text/html\x00; x"})
            connection.execute(
                text("update runs set found = :told"), {"told": '{"fe\\u0000ed": ["a\\ud800", "\\u0000b"]}'}
            )
        (tmp_path / "archive").mkdir()
        target = connect(database_url)
        upgrade(target, then=index.ensure)
        assert copy_tables(archive.engine, target).tables == contents(archive.engine) == contents(target)
        with read_transaction(target) as connection:
            told = connection.execute(select(runs.c.message, runs.c.found)).one()
        assert tuple(told) == ("text/html; x", {"feed": ["a\ufffd\ufffd\ufffd", "b"]})
        target.dispose()


def test_another_archive_is_never_written_over(sides: tuple[Archive, Engine]) -> None:
    archive, target = sides
    with write_transaction(target) as connection:
        connection.execute(
            text("insert into sites (name, home, timezone) values ('other', 'https://o.example', 'UTC')")
        )
    before = contents(target)
    with pytest.raises(UsageError, match="holds an archive already"):
        copy_tables(archive.engine, target)
    assert contents(target) == before
    with write_transaction(target) as connection:
        connection.execute(insert(facts).values(name=COPY_FACT, value="elsewhere"))
    with pytest.raises(UsageError, match="incomplete copy of elsewhere"):
        copy_tables(archive.engine, target)


def test_a_copy_that_somebody_writes_to_is_told(sides: tuple[Archive, Engine], monkeypatch: pytest.MonkeyPatch) -> None:
    archive, target = sides
    real: Callable[[Engine], None] = table_copy._set_counters

    def meddle(engine: Engine) -> None:
        real(engine)
        with write_transaction(engine) as connection:
            connection.execute(update(articles).where(articles.c.id == 2).values(title="غير"))

    monkeypatch.setattr(table_copy, "_set_counters", meddle)
    with pytest.raises(ArchiveError, match="the copy of articles"):
        copy_tables(archive.engine, target)
    monkeypatch.undo()
    assert copy_tables(archive.engine, target).written == 1


def test_the_command_copies_and_tells_no_password(tmp_path: Path, postgres_url: str) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
        expected = contents(archive.engine)
    ran = warraq("copy", "--to", postgres_url, "--json", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert {name: each["sha256"] for name, each in ran.json["tables"].items()} == {
        name: each.sha256 for name, each in expected.items()
    }
    assert warraq("stats", "--db", postgres_url, "--json", cwd=tmp_path).json["articles"] == 11
    back = warraq("copy", "--db", postgres_url, "--to", f"sqlite:///{tmp_path}/back/warraq.db", cwd=tmp_path)
    assert back.code == 0, back.err
    engine = open_readonly(tmp_path / "back")
    assert contents(engine) == expected
    engine.dispose()
    refused = warraq("copy", "--to", f"sqlite:///{tmp_path}/archive/warraq.db", cwd=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    again = warraq("copy", "--to", postgres_url, cwd=tmp_path)
    assert again.code == 2
    assert "holds an archive already" in again.err
