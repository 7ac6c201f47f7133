"""The writer of a crawl: work from one event loop, written by a thread in groups, and never without bound."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, text

from crawler.runs.archive_writer import IDLE_S, MOST_WAITING, ArchiveWriter
from storage.archive import Archive
from storage.db.schema import articles
from storage.errors import ArchiveError, TakenDown
from storage.records import Capture, Origin, Saved
from storage.warc.store.stored_file import warc_files
from storage.warc.torn_files import all_records
from tests.support.archives import NOW, article, capture, rows
from tests.support.removals import take_down


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


def test_an_index_that_cannot_be_brought_up_to_date_leaves_the_writer_at_work(archive: Archive) -> None:
    async def work(writer: ArchiveWriter, run_id: int) -> None:
        await keep(writer, run_id, 1)
        with archive.engine.begin() as connection:
            connection.execute(text("ALTER TABLE changes RENAME TO lost"))
        await asyncio.sleep(2 * IDLE_S)
        with archive.engine.begin() as connection:
            connection.execute(text("ALTER TABLE lost RENAME TO changes"))
        saved = await keep(writer, run_id, 2)
        assert saved is not None
        assert saved.change == "new"

    within(archive, work)


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


def test_further_pages_lie_behind_their_first_one_whatever_else_is_written(archive: Archive) -> None:
    """A rebuild finds them there."""
    firsts = [capture(f"https://example.com/news/{number}") for number in range(40)]

    async def work(writer: ArchiveWriter, run_id: int) -> None:
        async def one(page: Capture, count: int) -> None:
            parts = [capture(f"{page.url}/{number}") for number in range(2, 2 + count)]
            position, kept = await writer.append_with_parts(page, run_id, origin=Origin("article"), parts=parts)
            assert [part for part, _ in kept] == parts
            assert position.offset < min((at.offset for _, at in kept), default=position.offset + 1)

        await asyncio.gather(*(one(page, place % 4) for place, page in enumerate(firsts)))

    within(archive, work)
    (file,) = warc_files(archive.folder)
    held = [(each.capture.url, each.origin) for each in all_records(file, file.name)]
    assert len(held) == 40 + 10 * (1 + 2 + 3)
    first = ""
    for url, origin in held:
        assert origin is not None
        first = url if origin.kind == "article" else first
        assert origin.via in (None, first)


def test_further_pages_of_what_was_taken_down_are_not_kept(archive: Archive) -> None:
    page, other = capture("https://example.com/news/1"), capture("https://example.com/news/2")

    async def store(writer: ArchiveWriter, run_id: int) -> None:
        await keep(writer, run_id, 1)

    async def again(writer: ArchiveWriter, run_id: int) -> None:
        with pytest.raises(TakenDown):
            await writer.append_with_parts(page, run_id, parts=[capture(f"{page.url}/2")])
        _, kept = await writer.append_with_parts(other, run_id, parts=[page, capture(f"{other.url}/2")])
        assert [part.url for part, _ in kept] == [f"{other.url}/2"]

    within(archive, store)
    take_down(archive, page.url)
    within(archive, again)
    held = [each.capture.url for file in warc_files(archive.folder) for each in all_records(file, file.name)]
    assert f"{page.url}/2" not in held
    assert held[-2:] == [other.url, f"{other.url}/2"]
