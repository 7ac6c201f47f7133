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
from storage.queries import article_by
from storage.queries.run_history import run_records
from tests.support.archives import frontier
from tests.support.revisions import FILLED, GAINED, NEWEST, at_revision, later_version
from tests.support.running import warraq


def test_the_revisions_make_the_schema(tmp_path: Path, bare_database_url: str) -> None:
    with Archive.open(tmp_path / "archive", bare_database_url) as archive, archive.engine.connect() as connection:
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
        "import sys; from pathlib import Path; from storage.db.database import open_readonly; "
        f"open_readonly(Path({str(tmp_path)!r})); print('alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout == "False\n"


def test_an_archive_with_data_is_copied_and_upgraded(
    tmp_path: Path, bare_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(tmp_path / "archive", bare_database_url) as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        later_version(tmp_path, monkeypatch)
        upgrade(archive.engine)
        with read_transaction(archive.engine) as connection:
            assert tuple(connection.execute(text("select name, motto from sites")).one()) == ("example", "x")
            assert revisions.current_revision(connection) == "9000"
    copies = list((tmp_path / "archive").glob("*.backup"))
    if bare_database_url.startswith("sqlite"):
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


def test_the_newest_version_opens_without_alembic_work(tmp_path: Path, bare_database_url: str) -> None:
    engine = None
    for _ in range(2):
        with Archive.open(tmp_path / "archive", bare_database_url) as archive:
            engine = archive.engine
    assert engine is not None
    again = connect(bare_database_url)
    with again.connect() as connection:
        assert revisions.current_revision(connection) == revisions.REVISIONS[-1]
    again.dispose()


def test_the_first_release_s_archive_is_upgraded_with_all_that_is_in_it(
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


@pytest.mark.parametrize(
    "command", [["reindex"], ["reextract"], ["remove", "5", "--reason", "حكم"]], ids=lambda command: command[0]
)
def test_a_command_that_writes_upgrades(
    tmp_path: Path, bare_database_url: str, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    (tmp_path / "archive").mkdir()
    engine = at_revision(bare_database_url, revisions.REVISIONS[-2], monkeypatch)
    with write_transaction(engine) as connection:
        for statement in FILLED:
            if not statement.startswith(("insert into captures", "insert into versions")):  # there are no bytes
                connection.execute(text(statement))
    engine.dispose()
    for reader in (["stats"], ["reextract", "--dry-run"]):
        refused = warraq(*reader, "--db", bare_database_url, cwd=tmp_path)
        assert (refused.code, refused.out) == (5, "")
        assert "`warraq reindex` upgrades it" in refused.err
    ran = warraq(*command, "--db", bare_database_url, cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert warraq("stats", "--db", bare_database_url, cwd=tmp_path).code == 0


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
    assert all(before.values()), "each table holds something"
    for name, rows in before.items():
        kept = set(rows[0])
        assert [{field: row[field] for field in row if field in kept} for row in after[name]] == rows
    backup = tmp_path / "archive" / f"warraq.db.{revision}.backup"
    assert backup.exists() == bare_database_url.startswith("sqlite")
