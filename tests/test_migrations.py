import shutil
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
from storage.database import connect, reading, upgrade
from storage.migrations import upgrade as revisions
from storage.schema import metadata

SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("sites") as batch:
        batch.add_column(sa.Column("motto", sa.Text))
    op.execute("update sites set motto = 'x'")
    {more}
"""


def later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> None:
    """Make this program one that knows a second revision."""
    folder = tmp_path / "migrations"
    shutil.copytree(revisions.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    (folder / "versions" / "0002_second.py").write_text(SECOND.format(more=more))
    monkeypatch.setattr(revisions, "FOLDER", folder)
    monkeypatch.setattr(revisions, "REVISIONS", ("0001", "0002"))


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
        "import sys; from pathlib import Path; from storage.database import open_for_reading; "
        f"open_for_reading(Path({str(tmp_path)!r})); print('alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    assert done.stdout == "False\n"


def test_an_archive_with_data_is_copied_and_upgraded(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        later_version(tmp_path, monkeypatch)
        upgrade(archive.engine)
        with reading(archive.engine) as connection:
            assert tuple(connection.execute(text("select name, motto from sites")).one()) == ("example", "x")
            assert revisions.current_revision(connection) == "0002"
    copies = list((tmp_path / "archive").glob("*.backup"))
    if database_url.startswith("sqlite"):
        assert [copy.name for copy in copies] == ["warraq.db.0001.backup"]
        copy = sqlite3.connect(copies[0])
        assert copy.execute("select name from sites").fetchall() == [("example",)]
        assert copy.execute("select version_num from warraq_version").fetchall() == [("0001",)]
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
        with reading(archive.engine) as connection:
            assert revisions.current_revision(connection) == "0001"
            assert "motto" not in {each["name"] for each in inspect(connection).get_columns("sites")}
        later_version(tmp_path, monkeypatch)
        upgrade(archive.engine)
        with reading(archive.engine) as connection:
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
