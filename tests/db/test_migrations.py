import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage.archive import Archive
from storage.db.database import connect, read_transaction, upgrade, write_transaction
from storage.db.migrations import upgrade as revisions
from storage.db.schema import changes, copy_changes, metadata
from tests.support.revisions import FILLED, NEWEST, at_revision, later_version
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
            if not (
                table in (changes, copy_changes) and bare_database_url.startswith("sqlite")
            ):  # a key that counts up has no name
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
