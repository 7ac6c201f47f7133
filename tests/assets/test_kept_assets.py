"""What the archive does with pictures and style sheets: stored once, removed, rebuilt, copied, merged, sealed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from storage.archive import Archive
from storage.assets import MOST_FAILURES
from storage.db.database import connect, read_transaction, upgrade
from storage.db.schema import assets, captures, page_assets, pages, runs
from storage.evidence.evidence_check import check_evidence
from storage.evidence.sealing import seal_days
from storage.maintenance.compact_sites import compact
from storage.maintenance.rebuild import rebuild_from_warc
from storage.maintenance.table_copy import copy_tables
from storage.maintenance.verify import verify
from storage.queries import reextraction_queue
from storage.queries.captured_resources import resource_captures
from storage.records import Origin, Position
from storage.removal import erase_noted, remove
from storage.warc.store.stored_file import warc_files
from storage.warc.writer import read_capture
from storage.writing.site_removal import remove_site, site_content
from tests.support import illustrated_archive as shown
from tests.support.illustrated_archive import CSS, PAGES, PICTURES, SHOWN, STYLE, IllustratedReader, fill, kept
from tests.support.small_archive import NOW
from tests.support.web.captured_archive import png

LATER = NOW + timedelta(days=9)


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        fill(opened)
        yield opened


def rows(archive: Archive, *columns: Any) -> list[tuple[Any, ...]]:
    with read_transaction(archive.engine) as connection:
        return sorted(tuple(row) for row in connection.execute(select(*columns)))


def take_down(archive: Archive, ref: str) -> None:
    remove(archive.engine, archive.folder, ref, reason="طلب", by="أمين", now=LATER)
    erase_noted(archive.engine, archive.folder, now=LATER)


def is_whole(archive: Archive) -> None:
    report = verify(archive.engine, archive.folder)
    assert (report.as_json()["wrong"], report.left) == ({}, {})


def test_each_is_stored_once_and_none_is_a_page(archive: Archive) -> None:
    assert kept(archive) == sorted([*PAGES, STYLE, *PICTURES])
    assert [url for (url,) in rows(archive, pages.c.url)] == list(PAGES)
    assert rows(archive, runs.c.pages, runs.c.new) == [(1, 1), (1, 1)]
    with read_transaction(archive.engine) as connection:
        second = connection.execute(select(captures).where(captures.c.url == PICTURES[1])).one()
        first = connection.scalar(select(captures.c.id).where(captures.c.url == PICTURES[0]))
        assert second.refers_to == first
        assert reextraction_queue.count(connection, reextraction_queue.Choice()) == 2
    at = Position(second.warc_file, second.warc_offset, second.warc_length, second.digest)
    assert read_capture(archive.folder, at).body == png()
    assert set(resource_captures(archive.engine, [STYLE, *PICTURES], NOW)) == {STYLE, *PICTURES}
    is_whole(archive)


def test_what_was_captured_or_given_up_is_not_wanted_again(archive: Archive) -> None:
    frontier = archive.frontier("example", lambda: NOW)
    run_id = archive.start_run("example", now=LATER)
    lost, refused = "https://example.com/lost.png", "https://cdn.example.net/no.png"
    too_long = f"https://example.com/{'x' * 3000}.png"
    shows = [*SHOWN[PAGES[0]], lost, refused, PAGES[0], too_long, "data:image/gif;base64,AA", "http://[broken/"]
    shown.keep_page(archive, run_id, PAGES[0], LATER, "عنوان\nمعدل", shows)
    assert [each.url for each in frontier.wanted_assets(9)] == [refused, lost, too_long]
    archive.commit_all([archive.writes.failing_asset(too_long, retry=False)])
    assert [each.url for each in frontier.wanted_assets(9, after=frontier.wanted_assets(1)[0])] == [lost]
    assert frontier.wanted_assets(9, since=LATER + timedelta(seconds=1)) == []
    archive.commit_all([archive.writes.failing_asset(refused, retry=False)])
    for _ in range(MOST_FAILURES):
        assert [(each.url, each.page) for each in frontier.wanted_assets(9)] == [(lost, PAGES[0])]
        archive.commit_all([archive.writes.failing_asset(lost, retry=True)])
    assert frontier.wanted_assets(9) == []
    shown.keep_page(archive, run_id, PAGES[1], LATER, "آخر\nنص", [lost, refused, too_long])
    assert frontier.wanted_assets(9) == []


def test_a_removed_article_takes_its_own_pictures_with_it(archive: Archive) -> None:
    run_id = archive.start_run("example", now=LATER)
    shouting = replace(shown.asset("https://example.com/3.png", LATER, b"3"), headers=(("Content-Type", "IMAGE/PNG"),))
    shown.keep_asset(archive, run_id, shouting, PAGES[1])
    archive.finish_run(run_id, status="done", now=LATER, requests=1)
    take_down(archive, PAGES[1])
    assert kept(archive) == sorted([PAGES[0], STYLE, PICTURES[0]])
    assert [url for (url,) in rows(archive, assets.c.url)] == sorted([STYLE, PICTURES[0]])
    is_whole(archive)
    take_down(archive, PAGES[0])
    assert kept(archive) == []
    assert rows(archive, page_assets.c.page_key) == rows(archive, assets.c.url) == []
    left = b"".join(path.read_bytes() for path in warc_files(archive.folder))
    assert CSS not in left
    assert check_evidence(archive.folder, archive.engine).ok


def test_bytes_that_the_picture_of_another_article_repeats_stay_as_long_as_that_is_shown(archive: Archive) -> None:
    take_down(archive, PAGES[0])
    assert kept(archive) == sorted([PAGES[1], STYLE, *PICTURES])
    is_whole(archive)
    take_down(archive, PAGES[1])
    assert kept(archive) == []
    is_whole(archive)


def test_a_picture_that_comes_in_while_its_article_is_taken_down_is_erased(archive: Archive) -> None:
    run_id = archive.start_run("example", now=LATER)
    late = "https://example.com/late.png"
    shown.keep_page(archive, run_id, PAGES[1], LATER, "عنوان 1\nنص 1", [late])
    remove(archive.engine, archive.folder, PAGES[1], reason="طلب", by="أمين", now=LATER)
    shown.keep_asset(archive, run_id, shown.asset(late, LATER, b"late"), PAGES[1])
    shown.keep_asset(archive, run_id, shown.asset(STYLE, LATER), PAGES[1])
    archive.finish_run(run_id, status="done", now=LATER, requests=1)
    assert set(kept(archive)) == {PAGES[0], STYLE, PICTURES[0]}
    is_whole(archive)


def test_a_removed_site_leaves_none(archive: Archive) -> None:
    content = site_content(archive.engine, "example")
    assert content.captures == 5
    remove_site(archive.engine, archive.folder, content, reason="طلب", by="أمين", now=LATER)
    erase_noted(archive.engine, archive.folder, now=LATER)
    assert kept(archive) == []
    assert rows(archive, assets.c.url) == rows(archive, page_assets.c.page_key) == []


def test_the_warc_files_alone_give_them_again_also_when_they_were_merged(
    tmp_path: Path, bare_database_url: str
) -> None:
    @contextmanager
    def locked(_site: str) -> Iterator[None]:
        yield

    columns = (captures.c.url, captures.c.warc_offset, captures.c.reason, captures.c.refers_to.is_(None))
    with Archive.open(tmp_path / "filled") as filled, Archive.open(tmp_path / "archive", bare_database_url) as again:
        fill(filled)
        seal_days(filled.folder, now=LATER)
        compact(filled.engine, filled.folder, locked, before=date(2026, 6, 1), limit=1 << 30)
        is_whole(filled)
        assert check_evidence(filled.folder, filled.engine).ok
        shutil.copytree(filled.folder / "warc", again.folder / "warc", dirs_exist_ok=True)
        done = rebuild_from_warc(again, IllustratedReader())
        assert (done.captures, done.articles, done.unreadable) == (5, 2, [])
        assert rows(again, *columns) == rows(filled, *columns)
        for table in (assets, page_assets):
            names = [column for column in table.c if column.name != "found_at"]
            assert rows(again, *names) == rows(filled, *names)
        assert rows(again, pages.c.url) == rows(filled, pages.c.url)
        is_whole(again)


def test_an_unread_record_of_one_gets_its_row(archive: Archive) -> None:
    run_id = archive.start_run("example", now=LATER)
    archive.append(shown.asset("https://example.com/orphan.png", LATER, b"o"), run_id, origin=Origin("asset", PAGES[0]))
    archive.finish_run(run_id, status="done", now=LATER, requests=1)
    assert "orphan" in verify(archive.engine, archive.folder).left
    assert rebuild_from_warc(archive, IllustratedReader()).captures == 1
    is_whole(archive)
    take_down(archive, PAGES[0])
    assert "https://example.com/orphan.png" not in kept(archive)


def test_they_are_copied_to_another_database(archive: Archive, tmp_path: Path) -> None:
    target = connect(f"sqlite:///{tmp_path}/other.db")
    upgrade(target)
    copied = copy_tables(archive.engine, target)
    assert (copied.tables["assets"].rows, copied.tables["page_assets"].rows) == (3, 4)
    with read_transaction(target) as connection:
        assert connection.scalar(select(func.count()).select_from(captures)) == 5
    target.dispose()
