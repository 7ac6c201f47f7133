"""Answers of 304 that a rebuild finds in WARC files: they never replace what the page answered later."""

from datetime import timedelta
from pathlib import Path

from storage.archive import Archive
from storage.maintenance.rebuild import rebuild_from_warc
from storage.records import Origin
from tests.support.small_archive import HOME, NOW, PlainReader, keep, page, told

URL = f"{HOME}/1"
HOUR = timedelta(hours=1)


def test_an_old_304_without_a_row_leaves_the_newer_state_of_its_page(tmp_path: Path, database_url: str) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive:
        archive.add_site("example", HOME, None, None, "UTC")
        first = archive.start_run("example", now=NOW)
        keep(archive, first, page(URL, NOW, "عنوان\nنص"))
        archive.finish_run(first, status="done", now=NOW, requests=1)
        killed = archive.start_run("example", now=NOW + HOUR)  # its file has the answer, the database does not
        archive.append(page(URL, NOW + HOUR, "", 304), killed, origin=Origin("article"))
        archive.close_run(killed)
        later = archive.start_run("example", now=NOW + 2 * HOUR)
        keep(archive, later, page(URL, NOW + 2 * HOUR, "لا شيء", 404))
        archive.finish_run(later, status="done", now=NOW + 2 * HOUR, requests=1)
        before = told(archive)

        done = rebuild_from_warc(archive, PlainReader())

        assert done.captures == 1, "the answer has a row now"
        after = told(archive)
        assert after["pages"] == before["pages"], "the page is still missing since the later answer"
        assert after["articles"] == before["articles"]
        assert after["events"] == before["events"]


def test_an_old_304_does_not_restore_an_article_that_is_gone(tmp_path: Path, database_url: str) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive:
        archive.add_site("example", HOME, None, None, "UTC")
        first = archive.start_run("example", now=NOW)
        keep(archive, first, page(URL, NOW, "عنوان\nنص"))
        archive.finish_run(first, status="done", now=NOW, requests=1)
        killed = archive.start_run("example", now=NOW + HOUR)
        archive.append(page(URL, NOW + HOUR, "", 304), killed, origin=Origin("article"))
        archive.close_run(killed)
        for hours in (2, 3, 26):
            at = NOW + hours * HOUR
            run_id = archive.start_run("example", now=at)
            keep(archive, run_id, page(f"{HOME}/", at, "القائمة"), "listing")
            keep(archive, run_id, page(URL, at, "لا شيء", 404))
            archive.finish_run(run_id, status="done", now=at, requests=2)
        before = told(archive)
        assert [each for each in before["events"] if "gone" in each]

        rebuild_from_warc(archive, PlainReader())

        assert told(archive)["events"] == before["events"]
        assert told(archive)["articles"] == before["articles"]


def test_a_newer_304_without_a_row_counts_as_an_answer_of_its_page(tmp_path: Path, database_url: str) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive:
        archive.add_site("example", HOME, None, None, "UTC")
        first = archive.start_run("example", now=NOW)
        keep(archive, first, page(URL, NOW, "عنوان\nنص"))
        archive.finish_run(first, status="done", now=NOW, requests=1)
        killed = archive.start_run("example", now=NOW + HOUR)
        archive.append(page(URL, NOW + HOUR, "", 304), killed, origin=Origin("article"))
        archive.close_run(killed)

        rebuild_from_warc(archive, PlainReader())

        (row,) = told(archive)["articles"]
        assert repr(NOW + HOUR) in row, "the article was last seen then"
