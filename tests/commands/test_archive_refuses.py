"""An archive that refuses while a crawl begins or goes on: one line that says so, exit code 5, and no traceback."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.hostile import Server
from tests.support.newspapers.small_site import GOOD, article, listing
from tests.support.running import Ran, warraq

MORE = GOOD | {"/c/a/": listing([1, 3, 5]), "/n/5/": article(5)}
# Tables, and at what a crawl meets them first.
BEGINNING = {"sites": "its site", "runs": "the run", "learned": "the profile"}
WALKING = {"doors": "its channels", "pages": "what is pending"}
SAVING = {"captures": "a page's bytes", "articles": "an article", "sightings": "what a listing names"}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Server]]:
    folder = tmp_path_factory.mktemp("crawled")
    with Server(dict(GOOD)) as server:
        ran = _crawl(folder, server)
        assert ran.code == 0, ran.err
        server.answers |= MORE
        yield folder, server


def _crawl(folder: Path, server: Server) -> Ran:
    return warraq("crawl", server.url(), "--allow-host", "127.0.0.1", "--delay", "0", "--json", cwd=folder)


def _damage(database: Path, table: str) -> None:
    """Overwrite the first page of a table and of its indexes, as a bad disk would."""
    connection = sqlite3.connect(database)
    connection.execute("pragma wal_checkpoint(truncate)")
    size = connection.execute("pragma page_size").fetchone()[0]
    roots = connection.execute("select rootpage from sqlite_master where tbl_name = ? and rootpage > 0", (table,))
    numbers = [number for (number,) in roots]
    connection.close()
    with database.open("r+b") as file:
        for number in numbers:
            file.seek((number - 1) * size)
            file.write(b"\xff" * size)


@pytest.mark.parametrize("table", [*BEGINNING, *WALKING, *SAVING])
def test_a_damaged_table_is_one_line_and_5(crawled: tuple[Path, Server], tmp_path: Path, table: str) -> None:
    folder, server = crawled
    shutil.copytree(folder / "archive", tmp_path / "archive")
    _damage(tmp_path / "archive" / "warraq.db", table)
    ran = _crawl(tmp_path, server)
    assert ran.code == 5, ran
    site = ran.json["sites"][0]
    assert site["status"] == "failed"
    assert "is damaged" in site["message"]
    assert "Traceback" not in ran.err, ran.err
