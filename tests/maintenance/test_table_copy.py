"""Tables from one engine to the other: all of them, once, checked, and gone on with after an interruption."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select, text, update

from storage import queries
from storage.archive import Archive
from storage.db.database import connect, open_readonly, read_transaction, write_transaction
from storage.db.incomplete_copy import COPY_FACT
from storage.db.schema import articles, captures, facts, runs
from storage.errors import ArchiveError, TakenDown, UsageError
from storage.export import Beside, write_export
from storage.maintenance import table_copy
from storage.maintenance.table_copy import copy_tables
from storage.search.engine import search
from tests.support.archives import NOW, article, capture, save
from tests.support.rooms.copies import contents, fill
from tests.support.running import warraq

pytestmark = pytest.mark.postgres


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
        assert (saved.change, saved.article_id) == ("new", 13)


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
        target = connect(database_url)
        assert copy_tables(archive.engine, target).tables == contents(archive.engine) == contents(target)
        with read_transaction(target) as connection:
            row = connection.execute(select(runs.c.message, runs.c.found)).one()
        assert tuple(row) == ("text/html; x", {"feed": ["a\ufffd\ufffd\ufffd", "b"]})
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


def test_the_command_copies_and_tells_no_password(tmp_path: Path, bare_postgres_url: str) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
        expected = contents(archive.engine)
    ran = warraq("copy", "--to", bare_postgres_url, "--json", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert {name: each["sha256"] for name, each in ran.json["tables"].items()} == {
        name: each.sha256 for name, each in expected.items()
    }
    assert warraq("stats", "--db", bare_postgres_url, "--json", cwd=tmp_path).json["articles"] == 11
    back = warraq("copy", "--db", bare_postgres_url, "--to", f"sqlite:///{tmp_path}/back/warraq.db", cwd=tmp_path)
    assert back.code == 0, back.err
    engine = open_readonly(tmp_path / "back")
    assert contents(engine) == expected
    engine.dispose()
    refused = warraq("copy", "--to", f"sqlite:///{tmp_path}/archive/warraq.db", cwd=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    again = warraq("copy", "--to", bare_postgres_url, cwd=tmp_path)
    assert again.code == 2
    assert "holds an archive already" in again.err


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.zst", ".csv", ".parquet"])
def test_an_export_of_the_copy_is_the_export_of_the_archive(
    sides: tuple[Archive, Engine], tmp_path: Path, suffix: str
) -> None:
    archive, target = sides
    copy_tables(archive.engine, target)
    for name, engine in (("archive", archive.engine), ("copy", target)):
        write_export(engine, tmp_path / f"{name}{suffix}", beside=Beside(tmp_path / f"{name}.json", None, None))
    one, other = (tmp_path / f"{name}{suffix}" for name in ("archive", "copy"))
    assert one.read_bytes() == other.read_bytes()
    digests = [json.loads((tmp_path / f"{name}.json").read_bytes())["articles_sha256"] for name in ("archive", "copy")]
    assert digests[0] == digests[1]
