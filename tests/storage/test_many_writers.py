"""Eight processes at one archive: nobody is told that it is locked, and nothing is missing in the end."""

import multiprocessing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from storage.archive import Archive
from storage.db.schema import amendments, articles, captures, pages, removals, runs, versions
from storage.maintenance.verify import verify
from storage.records import Found
from storage.removal import erase_noted, remove
from storage.writing.corrections import Correction, correct_all
from tests.support.archives import NOW, article, capture, frontier, save

WRITERS, PAGES = 8, 40


def _write(folder: str, url: str | None, worker: int, queue: Any) -> None:
    """Saves, edits, an article that all have, a better reading, and one taken down."""
    try:
        with Archive.open(Path(folder), url) as archive:
            site = f"site{worker}"
            for name in (site, "example"):
                archive.add_site(name, "https://example.com", None, None, "UTC")
            run_id = archive.start_run(site, now=NOW)
            for number in range(PAGES):
                discoveries = [
                    Found(f"https://example.com/found/{(number * 7 + step) % 60}", "article") for step in range(10)
                ]
                page = capture(f"https://example.com/{worker}/{number}")
                save(archive, run_id, page, article(page.url), found=discoveries)
                shared = capture("https://example.com/shared", minutes=number)
                save(archive, run_id, shared, article(shared.url))
                if number % 2:
                    later = capture(page.url, minutes=5)
                    save(archive, run_id, later, article(page.url, "نص معدل"))
                frontier(archive, site=site).unknown([each.url for each in discoveries])
                frontier(archive, site=site).due(10)
            _mend(archive, worker)
            archive.finish_run(run_id, status="done", now=NOW, requests=PAGES)
            erase_noted(archive.engine, archive.folder, now=NOW, may_write=lambda name: False)
        queue.put(None)
    except BaseException as error:
        queue.put(repr(error))


def _mend(archive: Archive, worker: int) -> None:
    first = f"https://example.com/{worker}/0"
    with archive.engine.connect() as connection:
        mine = select(versions.c.id, versions.c.content_sha256).join(articles).where(articles.c.url == first)
        version_id, sha256 = connection.execute(mine).one()
    better = replace(article(first), text="نص أصح")
    correct_all(archive.engine, [Correction(version_id, sha256, better)], extractor="t 2", at=NOW)
    remove(archive.engine, archive.folder, f"https://example.com/{worker}/1", reason="حكم", by="أمين", now=NOW)


@pytest.mark.slow
def test_eight_processes_write_one_archive(tmp_path: Path, bare_database_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    arguments = [(str(tmp_path / "archive"), bare_database_url, worker, queue) for worker in range(WRITERS)]
    workers = [context.Process(target=_write, args=each) for each in arguments]
    for worker in workers:
        worker.start()
    assert [queue.get(timeout=280) for _ in workers] == [None] * WRITERS
    for worker in workers:
        worker.join()
    with Archive.open(tmp_path / "archive", bare_database_url) as archive:

        def count(table: Any, *where: Any) -> int:
            with archive.engine.connect() as connection:
                return connection.scalar(select(func.count()).select_from(table).where(*where)) or 0

        assert count(articles) == WRITERS * PAGES + 1
        # Of each page, of half of the pages again, and of the shared article once a page.
        assert count(captures) == WRITERS * (PAGES + PAGES // 2 + PAGES)
        # One article of each was taken down, with its two versions.
        assert count(versions) == WRITERS * (PAGES + PAGES // 2 - 2) + 1
        assert count(amendments) == WRITERS
        assert count(removals) == WRITERS
        assert count(pages, pages.c.url.like("%/found/%")) == 60
        assert count(runs, runs.c.status == "done") == WRITERS
        for worker in range(WRITERS):
            erased = erase_noted(archive.engine, archive.folder, now=NOW, may_write=lambda name: True)
            assert erased.records == (2 * WRITERS if worker == 0 else 0)
        report = verify(archive.engine, archive.folder)
        assert report.ok, report.as_json()
