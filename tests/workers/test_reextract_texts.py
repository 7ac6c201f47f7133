"""Reextraction tells a better extraction from an edit of the newspaper, and keeps what is better."""

import asyncio
from pathlib import Path

import orjson
from sqlalchemy import update

from crawler.workers.pool import ExtractorPool
from crawler.workers.stored_captures import compare, correct_outdated
from storage import queries
from storage.archive import Archive
from storage.db.database import database_path, write_transaction
from storage.db.schema import versions
from storage.queries.reextraction_queue import Item
from storage.records import Article, Capture, Extraction, Position
from tests.support.archives import rows
from tests.support.newspapers.article_pages import SECOND, SITE, WHOLE
from tests.support.rooms.reextraction import HTML, LATER, again, keep
from tests.support.running import warraq


def test_a_capture_gives_the_article_also_when_its_address_is_another() -> None:
    position = Position("warc/a", 0, 1, "sha1:x")
    version = {"title": "ت", "subtitle": None, "text": "ن", "details": {}}
    item = Item(1, 1, "example", position, "news.example/2", version)
    article = Article("https://news.example/1", "example", "ت", "نص 1")
    assert compare(item, Extraction(article)).article == article


def test_metadata_that_the_newspaper_changes_is_kept_beside_the_version(archive: Archive) -> None:
    keep(archive, 1, section="اقتصاد", agency=None)
    keep(archive, 1, HTML + " ", minutes=5, section="سياسة", agency="وكالة")
    (entries,) = queries.history(archive.engine, 1)
    (note,) = entries["amendments"]
    assert (note["kind"], note["fields"], note["before"]) == ("metadata", ["section"], {"section": "اقتصاد"})
    assert note["at"] == "2026-05-07T08:05:00+00:00"


def test_a_crawl_with_a_better_extractor_finds_no_edit_where_there_was_none(archive: Archive) -> None:
    keep(archive, 1, text="قراءة أولى")
    keep(archive, 2, text="قراءة أولى")
    edited = HTML.replace(SECOND, "")

    async def crawl() -> list[str]:
        pool, changes = ExtractorPool(1), []
        for number, html in ((1, HTML + " "), (2, edited)):
            headers = (("Content-Type", "text/html"),)
            capture = Capture(f"https://news.example/news/{number}", "example", LATER, 200, headers, html.encode())
            read = await pool.extract(capture, SITE)
            await correct_outdated(archive, pool, SITE, read.article, capture=capture, now=LATER)
            run_id = archive.start_run("example", now=LATER)
            position = archive.append(capture, run_id)
            saved = archive.save(
                capture,
                position,
                run_id=run_id,
                kind="article",
                article=read.article,
                now=LATER,
            )
            changes.append(saved.change)
        pool.close()
        return changes

    assert asyncio.run(crawl()) == ["same", "changed"]
    assert [len(queries.history(archive.engine, number)) for number in (1, 2)] == [1, 2]
    first, second = queries.history(archive.engine, 2)
    assert (first["amendments"][0]["kind"], second["changed"]) == ("reading", ["body"])


def test_versions_that_differed_only_as_they_were_read_are_told_as_no_change(archive: Archive) -> None:
    for number in range(3):
        keep(archive, 1, HTML + " " * number, minutes=5 * number, text=f"{WHOLE}\n\nاقرأ أيضاً: خبر {number}")
    again(archive)
    assert [each["changed"] for each in queries.history(archive.engine, 1)] == [[], [], []]
    if database_path(archive.engine) is not None:
        printed = warraq("history", "1", "--archive", str(archive.folder), cwd=archive.folder.parent)
        assert (printed.out.count("first seen"), printed.out.count("nothing")) == (1, 2), printed.out


def test_an_article_back_at_an_earlier_text_is_read_again_before_it_is_compared(archive: Archive) -> None:
    keep(archive, 1, text="قراءة أولى")
    keep(archive, 1, HTML + " ", minutes=20, text="قراءة أولى")
    keep(archive, 1, HTML.replace(SECOND, ""), minutes=10, text="قراءة ثانية")
    with write_transaction(archive.engine) as connection:  # as an archive of an earlier version has it
        connection.execute(update(versions).where(versions.c.number == 3).values(capture_id=None))

    async def correct() -> None:
        pool = ExtractorPool(1)
        capture = Capture("https://news.example/news/1", "example", LATER, 200, (), HTML.encode())
        read = await pool.extract(capture, SITE)
        await correct_outdated(archive, pool, SITE, read.article, capture=capture, now=LATER)
        pool.close()

    asyncio.run(correct())
    assert [each["text"] for each in rows(archive, versions, versions.c.number)][::2] == [WHOLE, WHOLE]


def test_the_command_shows_what_it_changes(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        archive.add_site("example", "https://news.example/", None, "SA", "Asia/Riyadh")
        keep(archive, 1, text=f"{WHOLE}\n\nسطر زائد")
    tried = warraq("reextract", "--dry-run", cwd=tmp_path)
    assert tried.code == 0, tried.err
    assert "1 captures read again: 1 versions read otherwise" in tried.out
    assert "[-سطر زائد-]" in tried.out.replace("\u200f", "")
    assert "Nothing was changed." in tried.out
    done = warraq("reextract", "--json", cwd=tmp_path)
    assert orjson.loads(done.out)["applied"] is True
    assert orjson.loads(done.out)["corrected"] == 1
    assert warraq("show", "1", "--json", cwd=tmp_path).json["text"] == WHOLE
    assert warraq("reextract", "--json", cwd=tmp_path).json["corrected"] == 0
    assert warraq("reextract", cwd=tmp_path / "archive").code == 2
