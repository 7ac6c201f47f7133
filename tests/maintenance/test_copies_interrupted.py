"""Copies that are interrupted, killed or run twice go on where they stopped."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, func, insert, select, update

from storage.archive import Archive
from storage.db.database import open_readonly, place, read_transaction, write_transaction
from storage.db.incomplete_copy import COPY_FACT
from storage.db.schema import articles, facts, pages, versions
from storage.errors import ArchiveError
from storage.maintenance import table_copy
from storage.maintenance.copy_lock import copy_lock
from storage.maintenance.table_copy import copy_tables
from tests.support.rooms.copies import contents, fill
from tests.support.running import ROOT, warraq

pytestmark = pytest.mark.postgres


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
    message = "is an incomplete copy of /srv/source/warraq.db; run the same `warraq copy` again"
    with pytest.raises(ArchiveError, match=message):
        Archive.open(tmp_path / "archive", database_url)
    with pytest.raises(ArchiveError, match=message):
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
        assert message in ran.err.splitlines()[-1]
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
