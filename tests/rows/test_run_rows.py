"""Rows of runs: their end, also when it never came."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.db.schema import runs
from tests.support.archives import NOW, rows, run_row


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        opened.add_site("example", "https://example.com", "المثال", "EG", "Africa/Cairo")
        yield opened


def test_what_a_server_says_of_itself_never_breaks_the_end_of_a_run(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    listings = {"channels": {"fe\x00ed": [{"detail": "text/html\x00; ب\ud800"}]}, "listings": 1, "none": None}
    archive.finish_run(run_id, status="failed", now=NOW, requests=1, message="لا\x00 شيء\ud800", found=listings)
    row = run_row(archive, run_id)
    assert (row["status"], row["message"]) == ("failed", "لا شيء\ufffd\ufffd\ufffd")
    assert row["found"] == {
        "channels": {"feed": [{"detail": "text/html; ب\ufffd\ufffd\ufffd"}]},
        "listings": 1,
        "none": None,
    }


def test_a_run_that_never_ended_is_marked_when_the_next_begins(archive: Archive) -> None:
    killed = archive.start_run("example", now=NOW)
    other = archive.start_run("other", now=NOW)
    run_id = archive.start_run("example", now=NOW)
    archive.finish_run(run_id, status="done", now=NOW, requests=9)
    assert [(row["status"], row["message"]) for row in rows(archive, runs, runs.c.id)] == [
        ("failed", "killed"), ("running", None), ("done", None)
    ]  # fmt: skip
    assert (killed, other) != (run_id, run_id)
    assert run_row(archive, run_id)["requests"] == 9
