"""Whoever opens an archive that another process upgrades waits for a bounded time, and says so."""

import fcntl
import os
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.db.database import connect
from storage.db.migrations import upgrade
from storage.errors import AlreadyRunning


def test_the_lock_of_the_folder_is_waited_for_no_longer_than_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "LOCK_WAIT_S", 0.2)
    Archive.open(tmp_path).close()
    holder = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(holder, fcntl.LOCK_EX)
    with pytest.raises(AlreadyRunning, match=r"has been opening or upgrading the archive at .* for 0\.2 s"):
        Archive.open(tmp_path)
    os.close(holder)
    Archive.open(tmp_path).close()


def test_the_lock_of_the_server_is_waited_for_no_longer_than_that(
    tmp_path: Path, postgres_url: str, bare_postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "LOCK_WAIT_S", 0.2)
    engine = connect(postgres_url)
    with engine.connect() as holder:
        upgrade._advisory_lock(holder, "here")
        with pytest.raises(AlreadyRunning, match="has been opening or upgrading"):
            Archive.open(tmp_path, postgres_url)
        Archive.open(tmp_path / "beside", bare_postgres_url).close()  # in another schema of the database
    engine.dispose()
    Archive.open(tmp_path, postgres_url).close()
