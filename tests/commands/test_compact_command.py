"""`warraq compact` and --warc-size from the command line."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from crawler.locks import SiteLock
from storage.archive import Archive
from storage.warc.store.stored_file import warc_files
from tests.support.running import warraq
from tests.support.small_archive import fill


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
    return tmp_path


def test_it_says_what_it_would_do_and_then_does_it(folder: Path) -> None:
    would = warraq("compact", "--dry-run", cwd=folder)
    assert (would.code, would.err) == (0, "")
    assert "example-202605: 2 files would become one of 0.0 MB" in would.out
    assert len(warc_files(folder / "archive")) == 2
    did = warraq("compact", "--json", cwd=folder)
    assert [(each["site"], each["files"]) for each in did.json["merges"]] == [("example", 2)]
    assert (did.json["dry_run"], did.json["busy"], did.json["left"]) == (False, {}, {})
    assert [path.name for path in warc_files(folder / "archive")] == ["example-202605.warc.gz"]
    assert warraq("compact", cwd=folder).out == "Nothing is to be merged.\n"


def test_a_site_that_is_being_crawled_is_named_and_nothing_done_is_3(folder: Path) -> None:
    with SiteLock(folder / "archive", "example"):
        ran = warraq("compact", cwd=folder)
    assert ran.code == 3
    assert "example was left out: example is being crawled already" in ran.out
    assert len(warc_files(folder / "archive")) == 2


def test_wrong_calls_are_refused(folder: Path) -> None:
    tomorrow = date.today() + timedelta(days=2)
    for arguments, message in (
        (("--before", str(tomorrow)), "lies after today"),
        (("--warc-size", "big"), "is none; write it as 500M or 1G"),
        (("--warc-size", "10k"), "write 1M at least"),
    ):
        ran = warraq("compact", *arguments, cwd=folder)
        assert (ran.code, ran.out) == (2, "")
        assert message in ran.err
    assert warraq("compact", cwd=folder, WARRAQ_WARC_SIZE="x").code == 2
    assert warraq("compact", "--archive", "nowhere", cwd=folder).code == 2
