import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from storage.archive import Archive
from storage.db.database import connect, read_transaction, upgrade, write_transaction
from storage.db.migrations import upgrade as revisions
from storage.db.schema import metadata
from storage.queries.article_queries import article_by
from storage.queries.run_history import run_records
from tests.support.running import warraq

NEWEST = revisions.REVISIONS[-1]
LATER = """
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{newest}"


def upgrade() -> None:
    with op.batch_alter_table("sites") as batch:
        batch.add_column(sa.Column("motto", sa.Text))
    op.execute("update sites set motto = 'x'")
    {more}
"""


def later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> None:
    """Make this program one that knows one more revision."""
    folder = tmp_path / "migrations"
    shutil.copytree(revisions.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    (folder / "versions" / "9000_later.py").write_text(LATER.format(newest=NEWEST, more=more))
    monkeypatch.setattr(revisions, "FOLDER", folder)
    monkeypatch.setattr(revisions, "REVISIONS", (*revisions.REVISIONS, "9000"))


def test_the_revisions_make_the_schema(tmp_path: Path, database_url: str) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive, archive.engine.connect() as connection:
        ours = set(metadata.tables)

        def compared(name: str | None, kind: str, parents: Any) -> bool:
            return kind != "table" or name in ours

        context = MigrationContext.configure(
            connection, opts={"include_name": compared, "compare_type": True, "version_table": revisions.VERSION_TABLE}
        )
        assert compare_metadata(context, metadata) == []
        names = inspect(connection)
        for table in metadata.tables.values():
            assert names.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"


def test_the_revisions_written_down_are_those_of_the_folder() -> None:
    config = Config()
    config.set_main_option("script_location", str(revisions.FOLDER))
    script = ScriptDirectory.from_config(config)
    assert tuple(each.revision for each in reversed(list(script.walk_revisions()))) == revisions.REVISIONS


def test_reading_does_not_load_alembic(tmp_path: Path) -> None:
    Archive.open(tmp_path).close()
    program = (
        "import sys; from pathlib import Path; from storage.db.database import open_for_reading; "
        f"open_for_reading(Path({str(tmp_path)!r})); print('alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout == "False\n"


def test_an_archive_with_data_is_copied_and_upgraded(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        later_version(tmp_path, monkeypatch)
        upgrade(archive.engine)
        with read_transaction(archive.engine) as connection:
            assert tuple(connection.execute(text("select name, motto from sites")).one()) == ("example", "x")
            assert revisions.current_revision(connection) == "9000"
    copies = list((tmp_path / "archive").glob("*.backup"))
    if database_url.startswith("sqlite"):
        assert [copy.name for copy in copies] == [f"warraq.db.{NEWEST}.backup"]
        copy = sqlite3.connect(copies[0])
        assert copy.execute("select name from sites").fetchall() == [("example",)]
        assert copy.execute("select version_num from warraq_version").fetchall() == [(NEWEST,)]
        copy.close()
    else:
        assert copies == []


def test_a_new_archive_needs_no_copy(tmp_path: Path) -> None:
    Archive.open(tmp_path).close()
    Archive.open(tmp_path).close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["locks", "warc", "warraq.db"]


def test_an_upgrade_that_fails_leaves_the_archive_as_it_was(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive:
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


def test_the_newest_version_opens_without_alembic_work(tmp_path: Path, database_url: str) -> None:
    engine = None
    for _ in range(2):
        with Archive.open(tmp_path / "archive", database_url) as archive:
            engine = archive.engine
    assert engine is not None
    again = connect(database_url)
    with again.connect() as connection:
        assert revisions.current_revision(connection) == revisions.REVISIONS[-1]
    again.dispose()


def at_revision(url: str, revision: str, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A database as the release that wrote that revision left it."""
    engine = connect(url)
    with monkeypatch.context() as earlier:
        earlier.setattr(revisions, "REVISIONS", revisions.REVISIONS[: revisions.REVISIONS.index(revision) + 1])
        upgrade(engine)
    return engine


FILLED = (
    "insert into sites (name, home, timezone) values ('example', 'https://example.com', 'UTC')",
    "insert into runs (id, site, started_at, status, requests, pages, new, changed, same, gone, reasons, warraq) "
    "values (7, 'example', '2026-05-07 08:00:00', 'done', 3, 2, 1, 1, 0, 0, '{}', '0.1')",
    "insert into captures (id, url, url_key, site, run_id, fetched_at, status, size, digest, warc_file, warc_offset, "
    "warc_length) values (3, 'https://example.com/1', 'example.com/1', 'example', 7, '2026-05-07 08:00:01', 200, 9, "
    "'sha1:x', 'warc/a.warc.gz', 0, 10)",
    "insert into articles (id, url, url_key, site, title, authors, categories, tags, text, word_count, content_sha256, "
    "extractor, version, status, first_seen_at, last_seen_at) values (5, 'https://example.com/1', 'example.com/1', "
    "'example', 'عنوان', '[]', '[]', '[]', 'نص', 1, 'x', 'warraq 1', 1, 'live', '2026-05-07 08:00:01', "
    "'2026-05-07 08:00:01')",
    "insert into versions (id, article_id, number, capture_id, seen_at, title, text, content_sha256, extractor, details) "
    "values (1, 5, 1, 3, '2026-05-07 08:00:01', 'عنوان', 'نص', 'x', 'warraq 1', '{}')",
    "insert into pages (url_key, url, site, kind, state, article_id, found_at, failures, next_visit_at) values "
    "('example.com/1', 'https://example.com/1', 'example', 'article', 'done', 5, '2026-05-07 08:00:00', 0, "
    "'2026-05-07 09:00:00')",
    "insert into labels (article_id, kind, folded) values (5, 'tag', 'وسم')",
)


def test_the_first_release_s_archive_is_upgraded_with_all_that_is_in_it(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "archive").mkdir()
    engine = at_revision(database_url, "0001", monkeypatch)
    with write_transaction(engine) as connection:
        for statement in FILLED:
            connection.execute(text(statement))
    engine.dispose()
    with Archive.open(tmp_path / "archive", database_url) as archive, read_transaction(archive.engine) as connection:
        assert revisions.current_revision(connection) == NEWEST
        for table in ("sites", "runs", "captures", "articles", "versions", "pages"):
            assert connection.scalar(text(f"select count(*) from {table}")) == 1, table
        assert connection.scalar(text("select refers_to from captures")) is None
        assert connection.scalar(text("select revisits from sites")) == "normal"
        assert connection.scalar(text("select count(*) from events")) == 0
        assert connection.scalar(text("select missing_since from pages")) is None
        assert archive.due("example", now=datetime(2026, 5, 7, 9, tzinfo=UTC), limit=9) == ["https://example.com/1"]
        assert (article_by(archive.engine, 5) or {})["reservations"] == []
        (run,) = run_records(archive.engine, "example")
        assert (run.found, [each.words for each in run.whole]) == ({}, [1])


# What only later revisions have room for, by the first that has it.
GAINED = {
    "0002": (
        "update sites set revisits = 'track'",
        "update pages set missing_since = '2026-05-07 08:30:00'",
        "insert into events (id, article_id, kind, at, since, reason, capture_id) values (2, 5, 'gone', "
        "'2026-05-08 08:00:00', '2026-05-07 08:30:00', 'not-found', 3)",
    ),
    "0003": (
        "insert into sightings (url_key, channel, site, seen_at) values ('example.com/1', 'feed', 'example', "
        "'2026-05-07 08:00:00')",
        "insert into doors (site, channel, url, asked_at, failures) values ('example', 'feed', "
        "'https://example.com/feed', '2026-05-07 08:00:00', 2)",
    ),
    "0004": (
        "insert into amendments (id, article_id, version_id, kind, at, capture_id, before) values (4, 5, 1, 'reading', "
        """'2026-05-09 08:00:00', 3, '{"title": "عنوان قديم"}')""",
        "insert into removals (url_key, url, removed_at, removed_by, reason) values ('example.com/9', "
        "'https://example.com/9', '2026-05-09 08:00:00', 'أمين', 'حكم')",
        "insert into erasures (warc_file, warc_offset, warc_length, site, asked_at) values ('warc/b.warc.gz', 0, 9, "
        "'example', '2026-05-09 08:00:00')",
    ),
    "0005": ("""update articles set reservations = '["noarchive"]'""",),
}


@pytest.mark.parametrize(
    "command", [["reindex"], ["reextract"], ["remove", "5", "--reason", "حكم"]], ids=lambda command: command[0]
)
def test_a_command_that_writes_upgrades(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    (tmp_path / "archive").mkdir()
    engine = at_revision(database_url, revisions.REVISIONS[-2], monkeypatch)
    with write_transaction(engine) as connection:
        for statement in FILLED:
            if not statement.startswith(("insert into captures", "insert into versions")):  # there are no bytes
                connection.execute(text(statement))
    engine.dispose()
    for reader in (["stats"], ["reextract", "--dry-run"]):
        refused = warraq(*reader, "--db", database_url, cwd=tmp_path)
        assert (refused.code, refused.out) == (5, "")
        assert "`warraq reindex` upgrades it" in refused.err
    ran = warraq(*command, "--db", database_url, cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert warraq("stats", "--db", database_url, cwd=tmp_path).code == 0


def test_a_command_that_writes_makes_no_archive(tmp_path: Path) -> None:
    for command in (["reindex"], ["reextract"], ["remove", "5", "--reason", "x"]):
        ran = warraq(*command, cwd=tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert "there is no archive at" in ran.err
    assert list(tmp_path.iterdir()) == []


def contents(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of the archive, as the database gives it."""
    with read_transaction(engine) as connection:
        names = set(inspect(connection).get_table_names()) & set(metadata.tables) - {"facts"}
        return {
            name: sorted((dict(row) for row in connection.execute(text(f"select * from {name}")).mappings()), key=str)
            for name in names
        }


@pytest.mark.parametrize("revision", revisions.REVISIONS[:-1])
def test_an_archive_of_any_earlier_revision_keeps_every_row_and_field(
    revision: str, tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "archive").mkdir()
    engine = at_revision(database_url, revision, monkeypatch)
    with write_transaction(engine) as connection:
        for statement in FILLED:
            connection.execute(text(statement))
        for gained in revisions.REVISIONS[: revisions.REVISIONS.index(revision) + 1]:
            for statement in GAINED.get(gained, ()):
                connection.execute(text(statement))
    before = contents(engine)
    engine.dispose()
    with Archive.open(tmp_path / "archive", database_url) as archive:
        after = contents(archive.engine)
    assert all(before.values()), "each table holds something"
    for name, rows in before.items():
        kept = set(rows[0])
        assert [{field: row[field] for field in row if field in kept} for row in after[name]] == rows
    backup = tmp_path / "archive" / f"warraq.db.{revision}.backup"
    assert backup.exists() == database_url.startswith("sqlite")
