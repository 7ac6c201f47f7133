"""Pages of a stored run that wait for its other pages are on the disk, not in memory."""

import tracemalloc
from pathlib import Path

import pytest

from crawler.workers.known_texts import StoredRun
from crawler.workers.page_spool import PageSpool
from storage.archive import Archive
from storage.errors import ArchiveError
from storage.maintenance.stored_pages import ExtractionTask, SiteFacts
from storage.records import Extraction
from storage.warc.reader import Record
from tests.support.archives import NOW, article, capture, save

PAGES, BYTES = 120, 200_000
OTHER = "فاز المنتخب الوطني على ضيفه بثلاثة أهداف في المباراة التي جرت مساء أمس بملعب المدينة رقم {n}"


def test_a_run_that_holds_back_its_pages_keeps_next_to_nothing_of_them_in_memory(tmp_path: Path) -> None:
    site = SiteFacts("example", "https://example.com/", None, None, "UTC", "normal")
    urls = [f"https://example.com/news/{n}" for n in range(PAGES)]
    with Archive.open(tmp_path / "archive") as archive:
        archive.add_site("example", "https://example.com/", None, None, "UTC")
        run_id = archive.start_run("example", now=NOW)
        for n, url in enumerate(urls):
            save(
                archive,
                run_id,
                capture(url),
                article(url, f"نص الخبر {n} من المدينة والميناء القديم", title=f"خبر {n}"),
            )
        run = StoredRun()
        positions = archive.append(capture("https://example.com/"), run_id)
        tracemalloc.start()
        try:
            before, _ = tracemalloc.get_traced_memory()
            for n, url in enumerate(urls):
                page = capture(url, minutes=9, body=f"{n}".encode() * (BYTES // len(str(n))) + b"</html>")
                task = ExtractionTask(page, "article", site, Record(page, positions))
                read = Extraction(article(url, OTHER.format(n=n), title=f"عنوان آخر {n}"))
                assert run.judge(archive.engine, archive.folder, task, read) is None
                del page, task, read
            kept = tracemalloc.get_traced_memory()[0] - before
        finally:
            tracemalloc.stop()
        assert kept < PAGES * BYTES / 8, f"{kept / 1e6:.1f} MB of {PAGES * BYTES / 1e6:.0f} MB"
        assert [path.name for path in archive.folder.iterdir() if path.name.startswith("tmp")] == [], "it has no name"
        given = list(run.judged(archive.engine))
        assert [task.capture.url for task, _ in given] == urls
        assert all(len(task.capture.body) >= BYTES - 10 for task, _ in given)
        assert list(run.judged(archive.engine)) == []


def test_a_disk_that_refuses_is_the_archive_s_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="can't be kept"):
        PageSpool(tmp_path / "nothing").add(b"page")
