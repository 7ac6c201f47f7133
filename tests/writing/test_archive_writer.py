"""The writer of a crawl: work from one event loop, written by a thread in groups, and never without bound."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from crawler.runs.archive_writer import MOST_WAITING, ArchiveWriter
from storage.archive import Archive
from storage.db.schema import articles
from storage.errors import ArchiveError
from storage.records import Saved
from tests.support.archives import NOW, article, capture, rows


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive") as opened:
        opened.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        yield opened


def within(archive: Archive, work: Callable[[ArchiveWriter, int], Awaitable[None]]) -> None:
    """Do the work with a writer and the id of a run."""
    run_id = archive.start_run("example", now=NOW)
    writer = ArchiveWriter(archive)

    async def all_of_it() -> None:
        await asyncio.wait_for(work(writer, run_id), timeout=120)

    try:
        asyncio.run(all_of_it())
    finally:
        writer.close()


async def keep(writer: ArchiveWriter, run_id: int, number: int) -> Saved | None:
    page = capture(f"https://example.com/news/{number}")
    position = await writer.append(page, run_id)
    read = article(page.url, f"نص الخبر {number}")
    return await writer.save(page, position, run_id=run_id, kind="article", article=read, now=NOW)


def test_pages_that_come_together_are_committed_together(archive: Archive) -> None:
    commits: list[object] = []
    event.listen(archive.engine, "commit", commits.append)

    async def work(writer: ArchiveWriter, run_id: int) -> None:
        saved = await asyncio.gather(*(keep(writer, run_id, number) for number in range(200)))
        assert all(each is not None and each.change == "new" for each in saved)

    within(archive, work)
    assert len(rows(archive, articles)) == 200
    assert len(commits) < 60, "an append reads and a save writes: 400 transactions without groups"


def test_an_error_reaches_the_page_that_it_is_of(archive: Archive) -> None:
    async def work(writer: ArchiveWriter, run_id: int) -> None:
        page = capture()
        position = await writer.append(page, run_id)
        naive = article(published_at=NOW.replace(tzinfo=None))
        wrong = writer.save(page, position, run_id=run_id, kind="article", article=naive, now=NOW)
        results = await asyncio.gather(keep(writer, run_id, 2), wrong, keep(writer, run_id, 3), return_exceptions=True)
        assert [type(each) for each in results] == [Saved, ValueError, Saved]

    within(archive, work)


def test_a_call_apart_comes_after_what_was_asked_before_it(archive: Archive) -> None:
    async def work(writer: ArchiveWriter, run_id: int) -> None:
        pages = [asyncio.ensure_future(keep(writer, run_id, number)) for number in range(20)]
        await asyncio.wait(pages)
        counted = await writer.call(lambda: len(rows(archive, articles)))
        assert counted == 20

    within(archive, work)


def test_what_waits_for_a_busy_writer_is_bounded(archive: Archive) -> None:
    release = threading.Event()

    async def work(writer: ArchiveWriter, run_id: int) -> None:
        busy = asyncio.ensure_future(writer.call(release.wait))
        pages = [asyncio.ensure_future(keep(writer, run_id, number)) for number in range(3 * MOST_WAITING)]
        await asyncio.sleep(0.3)
        waiting = writer.waiting
        release.set()
        await asyncio.gather(busy, *pages)
        assert 0 < waiting <= MOST_WAITING

    within(archive, work)
    assert len(rows(archive, articles)) == 3 * MOST_WAITING


def test_a_closed_writer_takes_nothing_and_leaves_no_thread(archive: Archive) -> None:
    async def work(writer: ArchiveWriter, run_id: int) -> None:
        await keep(writer, run_id, 1)
        writer.close()
        with pytest.raises(ArchiveError, match="was ended"):
            await keep(writer, run_id, 2)

    within(archive, work)
    assert "warraq writer" not in {thread.name for thread in threading.enumerate()}


def test_a_closed_writer_that_never_wrote_takes_nothing_either(archive: Archive) -> None:
    async def work(writer: ArchiveWriter, run_id: int) -> None:
        writer.close()
        with pytest.raises(ArchiveError, match="was ended"):
            await keep(writer, run_id, 2)

    within(archive, work)
