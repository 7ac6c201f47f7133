"""A publisher's request: all of a site is taken down, and nothing of its host is kept again."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crawler.locks import SiteLock
from storage import queries
from storage.archive import Archive
from storage.db.schema import articles, captures, pages, removals
from storage.errors import Interrupted, TakenDown
from storage.frontier import SiteFrontier
from storage.maintenance.verify import verify
from storage.records import Article, Capture, Found
from storage.removal import erase_noted
from storage.rows import tombstones
from storage.search import index as search_index
from storage.writing import site_removal
from storage.writing.site_removal import remove_site, site_content
from tests.support.removals import LATER, NOW, WORD, everything, fill, keep, page, url
from tests.support.running import warraq

OTHER = "https://elsewhere.example.net/1"


def take_down_site(archive: Archive) -> None:
    content = site_content(archive.engine, "example")
    remove_site(archive.engine, archive.folder, content, reason="رسالة الناشر", by="أمين", now=LATER)
    erase_noted(archive.engine, archive.folder, now=LATER)


def fill_both(archive: Archive) -> None:
    """The site, and another one that stays."""
    fill(archive)
    archive.add_site("other", "https://elsewhere.example.net", None, "EG", "Africa/Cairo")
    run_id = archive.start_run("other", now=NOW)
    capture = Capture(OTHER, "other", NOW, 200, (("Content-Type", "text/html"),), "<p>خبر باق</p>".encode())
    keep(archive, run_id, capture, Article(OTHER, "other", "باق", "نص الخبر الباقي", extractor="t"))
    archive.finish_run(run_id, status="done", now=NOW, requests=1)


def left(archive: Archive, site: str = "example") -> tuple[int, int]:
    """Articles and captures that the archive still has of a site."""
    content = site_content(archive.engine, site)
    return content.articles, content.captures


@pytest.mark.slow
def test_every_article_and_capture_of_the_site_goes_and_the_other_site_stays(archive: Archive) -> None:
    fill_both(archive)
    search_index.catch_up(archive.engine)
    assert left(archive) == (3, 5)
    take_down_site(archive)
    assert left(archive) == (0, 0)
    assert left(archive, "other") == (1, 1)
    content = everything(archive.folder)
    assert WORD.encode() not in content
    assert "نص الخبر 1".encode() not in content
    assert "خبر باق".encode() in content
    with archive.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(captures)) == 1
        assert connection.scalar(select(func.count()).select_from(articles).where(articles.c.title != "")) == 1
        assert connection.scalar(select(pages.c.url_key).where(pages.c.state == "pending")) is None
    assert not verify(archive.engine, archive.folder).wrong


def test_nothing_of_the_host_is_requested_or_kept_again_by_any_site(archive: Archive) -> None:
    fill_both(archive)
    take_down_site(archive)
    unknown = [
        url(77),
        "https://sub.example.com/x",
        "https://www.example.com/",
        "https://notexample.com/1",
        OTHER + "2",
    ]
    for site in ("example", "other"):
        frontier = SiteFrontier(archive.engine, site, lambda: LATER)
        assert frontier.unknown(unknown) == unknown[3:]
    frontier.enqueue([Found(url(78), "article"), Found("https://notexample.com/2", "article")])
    assert [each.url for each in frontier.pending()] == ["https://notexample.com/2"]
    run_id = archive.start_run("other", now=LATER)
    with pytest.raises(TakenDown):
        archive.append(page(79), run_id)


def test_the_tombstone_says_why_of_each_article(archive: Archive) -> None:
    fill(archive)
    take_down_site(archive)
    stone = queries.removal(archive.engine, url(2))
    assert stone is not None
    assert (stone["reason"], stone["removed_by"]) == ("رسالة الناشر", "أمين")
    lines = [json.loads(line) for line in (archive.folder / tombstones.FILE).read_bytes().split(b"\n") if line]
    assert [line["url_key"] for line in lines] == ["//example.com"]  # not one for each article


def test_an_interrupted_removal_is_ended_by_the_same_command(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(archive)
    monkeypatch.setattr(site_removal, "_BATCH", 1)
    content = site_content(archive.engine, "example")

    def interrupt(done: int, _total: int) -> None:
        if done == 2:
            raise Interrupted("interrupted")

    with pytest.raises(Interrupted):
        remove_site(archive.engine, archive.folder, content, reason="x", by="y", now=LATER, on_progress=interrupt)
    assert left(archive)[0] == 1
    take_down_site(archive)
    assert left(archive) == (0, 0)


def test_an_interrupted_removal_is_ended_when_the_archive_is_next_opened(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive:
        archive.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        fill(archive)
        monkeypatch.setattr(site_removal, "_BATCH", 1)
        content = site_content(archive.engine, "example")

        def interrupt(_done: int, _total: int) -> None:
            raise Interrupted("interrupted")

        with pytest.raises(Interrupted):
            remove_site(archive.engine, archive.folder, content, reason="x", by="y", now=LATER, on_progress=interrupt)
    with Archive.open(tmp_path / "archive", database_url) as archive:
        assert left(archive) == (0, 0)


def test_an_older_database_that_is_put_back_loses_the_site(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with Archive.open(folder) as archive:
        archive.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        fill(archive)
    shutil.copy(folder / "warraq.db", tmp_path / "older.db")
    with Archive.open(folder) as archive:
        take_down_site(archive)
    for name in ("warraq.db-wal", "warraq.db-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "older.db", folder / "warraq.db")
    with Archive.open(folder) as archive:
        assert left(archive) == (0, 0)
        with archive.engine.connect() as connection:
            assert connection.scalar(select(removals.c.url_key)) == "//example.com"


def test_the_command_counts_refuses_and_takes_down(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        archive.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        fill(archive)
    asked = ("remove", "--site", "example", "--reason", "letter")
    counted = warraq(*asked, "--dry-run", "--json", cwd=tmp_path)
    assert (counted.code, counted.json["articles"], counted.json["captures"]) == (0, 3, 5)
    refused = warraq(*asked, cwd=tmp_path)
    assert (refused.code, "--yes" in refused.err) == (2, True)
    unknown = warraq("remove", "--site", "nobody", "--reason", "x", "--yes", cwd=tmp_path)
    assert (unknown.code, "'nobody'" in unknown.err, "example" in unknown.err) == (2, True, True)
    assert warraq("remove", "--reason", "x", cwd=tmp_path).code == 2
    assert warraq("remove", "1", "--site", "example", "--reason", "x", cwd=tmp_path).code == 2
    with SiteLock(tmp_path / "archive", "example"):
        assert warraq(*asked, "--yes", cwd=tmp_path).code == 3
    assert warraq(*asked, "--dry-run", "--json", cwd=tmp_path).json["articles"] == 3
    done = warraq(*asked, "--yes", "--json", cwd=tmp_path)
    assert (done.code, done.json["removed"], done.json["erased"], done.json["pending"]) == (0, True, 5, 0)
    assert WORD.encode() not in everything(tmp_path / "archive")
    again = warraq(*asked, "--yes", "--json", cwd=tmp_path)
    assert (again.code, again.json["articles"]) == (0, 0)


def test_a_crawl_of_the_site_asks_nothing_and_says_why(tmp_path: Path) -> None:
    from tests.support.rooms.crawls import crawl, declare, serving

    with serving() as newspaper:
        site = declare(tmp_path / "outlets", newspaper)
        assert crawl(site, "--max-articles", "3").code == 0
        assert warraq("remove", "--site", "marfa", "--reason", "letter", "--yes", cwd=tmp_path).code == 0
        before = len(newspaper.requests)
        again = crawl(site)
        assert (again.code, len(newspaper.requests)) == (0, before)
        assert "taken down" in again.json["sites"][0]["message"]


def test_times_of_tombstones_are_those_of_the_request(archive: Archive) -> None:
    fill(archive)
    take_down_site(archive)
    with archive.engine.connect() as connection:
        since = site_removal.taken_down_since(connection, {"example": "https://www.example.com/", "b": "https://b.net"})
    assert since == {"example": LATER}
    assert timedelta(days=1) < LATER - NOW
