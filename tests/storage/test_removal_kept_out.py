"""What was taken down is never asked for, kept or recovered again."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import orjson
import pytest

from crawler.workers.reextract_plan import PLAN, open_plan
from crawler.workers.reextraction import apply_plan, make_plan
from storage import queries
from storage.archive import Archive
from storage.db.schema import captures, erasures, pages, removals
from storage.errors import TakenDown
from storage.export import export_jsonl
from storage.maintenance.verify import verify
from storage.queries.reextraction_queue import Choice
from storage.records import Found, Reason
from storage.removal import erase_noted, remove
from storage.rows import tombstones
from storage.search.engine import search
from storage.urls import url_key
from tests.support.archives import frontier, rows
from tests.support.removals import (
    ALIAS,
    LATER,
    NOW,
    SECRET,
    WORD,
    article,
    everything,
    fill,
    keep,
    page,
    take_down,
    url,
)


def test_no_crawl_asks_for_it_or_keeps_it_again(archive: Archive) -> None:
    fill(archive)
    take_down(archive)
    assert frontier(archive).unknown([f"http://www.example.com/news/2/?utm_source=x", url(8)]) == [url(8)]  # noqa: F541
    frontier(archive, LATER).enqueue([Found(url(2), "article")])
    assert [each.url for each in frontier(archive).pending()] == [url(9)]
    assert url(2) not in frontier(archive, LATER + timedelta(days=400)).due(99)
    assert frontier(archive).edited({url(2): LATER + timedelta(days=1)}) == []
    run_id = archive.start_run("example", now=LATER)
    for again in (page(2, SECRET, minutes=9999), replace(page(7), requested_url=url(2)), page(2, minutes=9999)):
        with pytest.raises(TakenDown, match="was taken down"):
            archive.append(again, run_id)
    assert WORD.encode() not in everything(archive.folder)


def test_bytes_that_show_it_are_erased_when_the_file_of_their_run_is_closed(archive: Archive) -> None:
    fill(archive)
    take_down(archive)
    run_id = archive.start_run("example", now=LATER)
    keep(archive, run_id, page(7, SECRET, minutes=9999), article(2, SECRET))
    archive.close_run(run_id)
    assert WORD.encode() not in everything(archive.folder)


def test_a_rebuilt_database_never_asks_for_it(archive: Archive) -> None:
    with archive.engine.begin() as connection:
        tombstones.add(connection, [tombstones.Tombstone(url_key(url(2)), url(2), None, NOW, "أمين", "حكم")])
    assert frontier(archive, LATER).unknown([url(2), url(3)]) == [url(3)]
    run_id = archive.start_run("example", now=NOW)
    keep(archive, run_id, page(1), article(1), found=[Found(url(2), "article"), Found(url(3), "article")])
    frontier(archive).enqueue([Found(url(2), "article"), Found(url(4), "article")])
    assert [each.url for each in frontier(archive).pending()] == [url(3), url(4)]


def test_a_page_that_leads_to_it_is_asked_for_once(archive: Archive) -> None:
    fill(archive)
    take_down(archive)
    frontier(archive, LATER).enqueue([Found(url(6), "article"), Found(url(7), "article")])
    run_id = archive.start_run("example", now=LATER)
    with pytest.raises(TakenDown):
        archive.append(replace(page(2, SECRET, minutes=9999), requested_url=url(6)), run_id)
    keep(archive, run_id, page(7, SECRET, minutes=9999), article(2, SECRET))
    assert [each.url for each in frontier(archive).pending()] == [url(9)]
    assert frontier(archive, LATER + timedelta(days=99)).unknown([url(6), url(7)]) == []
    with pytest.raises(TakenDown):  # and so does the page of a living article
        archive.append(replace(page(2, SECRET, minutes=9999), requested_url=url(1)), run_id)
    later = NOW + timedelta(minutes=9999)
    assert url(1) not in frontier(archive, later).due(9)
    assert url(1) in frontier(archive, later + timedelta(days=99)).due(9)


def test_what_is_taken_down_during_a_crawl_goes_when_it_ends(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    keep(archive, run_id, page(2, SECRET), article(2, SECRET))
    done = remove(archive.engine, archive.folder, url(2), reason="x", by="y", now=NOW)
    assert erase_noted(archive.engine, archive.folder, now=NOW, may_write=lambda site: False).pending == done.captures
    archive.finish_run(run_id, status="done", now=NOW, requests=1)
    assert WORD.encode() not in everything(archive.folder)
    assert rows(archive, captures) == []


def test_another_page_that_shows_it_is_not_kept_either(archive: Archive) -> None:
    fill(archive)
    take_down(archive)
    run_id = archive.start_run("example", now=LATER)
    print_page = page(5, SECRET, minutes=9999)
    position = archive.append(print_page, run_id)
    saved = archive.save(print_page, position, run_id=run_id, kind="article", article=article(2, SECRET), now=LATER)
    keep(archive, run_id, page(6, minutes=9999), article(6))
    assert saved is None
    archive.finish_run(run_id, status="done", now=LATER, requests=2)
    assert WORD.encode() not in everything(archive.folder)
    assert search(archive.engine, WORD).total == 0
    assert rows(archive, erasures) == []
    assert url(5) not in [row["url"] for row in rows(archive, captures)]
    assert verify(archive.engine, archive.folder).ok


def test_a_kill_before_the_file_is_closed_is_made_good_by_the_next_run(tmp_path: Path, database_url: str) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive:
        archive.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        fill(archive)
        take_down(archive)
        run_id = archive.start_run("example", now=LATER)
        shown = page(5, SECRET, minutes=9999)
        archive.save(
            shown,
            archive.append(shown, run_id),
            run_id=run_id,
            kind="article",
            article=article(2, SECRET),
            now=LATER,
        )
        archive.writes.to_erase.clear()  # as if the process were gone
    with Archive.open(tmp_path / "archive", database_url) as archive:
        assert WORD.encode() in everything(archive.folder)
        archive.start_run("example", now=LATER)
        assert WORD.encode() not in everything(archive.folder)
        assert verify(archive.engine, archive.folder).ok


def test_an_export_has_nothing_of_it(archive: Archive) -> None:
    fill(archive)
    take_down(archive)
    out = BytesIO()
    assert export_jsonl(archive.engine, out).rows == 2
    assert [orjson.loads(line)["id"] for line in out.getvalue().splitlines()] == [1, 3]


def test_reading_again_does_not_bring_it_back(archive: Archive) -> None:
    fill(archive)
    remove(archive.engine, archive.folder, url(2), reason="حكم", by="أمين", now=LATER)  # its bytes are still there
    choice = Choice()
    with open_plan(archive.folder, choice) as plan:
        make_plan(archive.folder, archive.engine, plan, choice, sites={}, processes=1)
        assert WORD not in (archive.folder / PLAN).read_text()
        apply_plan(archive.engine, plan, now=LATER)
    assert plan.counts.read == 2
    assert search(archive.engine, WORD).total == 0


def test_the_tombstone_outlives_the_database(archive: Archive, tmp_path: Path) -> None:
    fill(archive)
    take_down(archive)
    with (archive.folder / tombstones.FILE).open("ab") as file:
        file.write(b'{"url_key": "torn')
    with Archive.open(tmp_path / "new", None) as new:  # what `repair` does when the database is lost
        (tmp_path / "new" / tombstones.FILE).write_bytes((archive.folder / tombstones.FILE).read_bytes())
    with Archive.open(tmp_path / "new", None) as new:
        new.add_site("example", "https://example.com", None, None, "UTC")
        run_id = new.start_run("example", now=LATER)
        with pytest.raises(TakenDown):
            new.append(page(2, SECRET), run_id)
        (row,) = rows(new, removals)
        assert (row["removed_by"], row["reason"], row["removed_at"]) == ("أمين", "حكم قضائي", LATER)


def test_a_tombstone_of_an_earlier_version_names_the_page_in_any_session(tmp_path: Path) -> None:
    there = "https://example.com/news/2"
    stone = tombstones.Tombstone(
        "example.com/news/2;jsessionid=1f3a", f"{there};jsessionid=1f3a", None, LATER, "أمين", "حكم"
    )
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / tombstones.FILE).write_bytes(orjson.dumps(stone.as_json()))
    with Archive.open(tmp_path / "new", None) as new:
        new.add_site("example", "https://example.com", None, None, "UTC")
        run_id = new.start_run("example", now=LATER)
        for each in (there, f"{there};jsessionid=77c0"):
            with pytest.raises(TakenDown):
                new.append(replace(page(2, SECRET), url=each), run_id)
        assert len(rows(new, removals)) == 1


def test_a_database_from_before_forgets_it_too(tmp_path: Path, database_url: str) -> None:
    """Another database of the same folder stands for one that was restored."""
    folder = tmp_path / "archive"
    with Archive.open(folder, database_url) as archive:
        archive.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        fill(archive)
        keep(archive, archive.start_run("example", now=NOW), replace(page(6), url=ALIAS), reason=Reason.LOGIN)
        stones = [tombstones.Tombstone(url_key(each), each, None, LATER, "أمين", "حكم") for each in (url(2), ALIAS)]
    (folder / tombstones.FILE).write_bytes(b"\n".join(orjson.dumps(each.as_json()) for each in stones))
    with Archive.open(folder, database_url) as archive:
        assert search(archive.engine, WORD).total == 0
        assert export_jsonl(archive.engine, BytesIO()).rows == 2
        removal = queries.removal(archive.engine, 2)
        assert removal is not None
        assert removal["removed_by"] == "أمين"
        assert {row["url"] for row in rows(archive, pages) if row["state"] == "removed"} == {url(2), ALIAS}
        archive.start_run("example", now=LATER)
        assert {row["url"] for row in rows(archive, captures)} == {url(1), url(3)}
        assert verify(archive.engine, archive.folder).ok
    assert WORD.encode() not in everything(folder)


def test_another_article_at_an_address_that_once_showed_it_stays(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    keep(archive, run_id, page(2, SECRET), article(2, SECRET))
    keep(archive, run_id, page(3), article(3))
    keep(archive, run_id, page(3, f"{SECRET} معدلة", minutes=9), article(2, f"{SECRET} معدلة"))
    archive.finish_run(run_id, status="done", now=NOW, requests=3)
    take_down(archive)
    assert [row["url"] for row in rows(archive, removals)] == [url(2)]
    assert {row["url"]: row["state"] for row in rows(archive, pages)} == {url(2): "removed", url(3): "done"}
    assert WORD.encode() not in everything(archive.folder)


def test_the_address_that_it_gave_itself_later_is_closed_too(archive: Archive) -> None:
    words = f"{SECRET} {'كلمة أخرى من نص الخبر نفسه '}"
    run_id = archive.start_run("example", now=NOW)
    keep(archive, run_id, page(2, words), article(2, words))
    keep(archive, run_id, page(2, f"{words}.", minutes=9), replace(article(2, words), url=url(5)))
    archive.finish_run(run_id, status="done", now=NOW, requests=2)
    take_down(archive)
    assert {row["url"] for row in rows(archive, removals)} == {url(2), url(5)}
    assert frontier(archive).unknown([url(5)]) == []
    with pytest.raises(TakenDown):
        archive.append(page(5, words, minutes=99), archive.start_run("example", now=LATER))
    assert WORD.encode() not in everything(archive.folder)


def test_every_address_that_led_there_is_closed(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    keep(archive, run_id, replace(page(2, SECRET), requested_url="https://example.com/?p=2"), article(2, SECRET))
    archive.finish_run(run_id, status="done", now=NOW, requests=1)
    done = remove(archive.engine, archive.folder, "https://example.com/?p=2", reason="x", by="y", now=LATER)
    assert done.urls == ("https://example.com/?p=2", url(2))
    assert (done.article_id, done.captures) == (1, 1)
    assert {row["state"] for row in rows(archive, pages)} == {"removed"}
    with pytest.raises(TakenDown):
        archive.append(replace(page(4), url="https://example.com/?p=2"), archive.start_run("example", now=LATER))


def test_a_page_that_gave_no_article_can_be_taken_down(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    keep(archive, run_id, page(2, SECRET), reason=Reason.LOGIN)
    archive.finish_run(run_id, status="done", now=NOW, requests=1)
    take_down(archive)
    assert WORD.encode() not in everything(archive.folder)
    assert rows(archive, captures) == []


def test_the_tombstone_of_a_host_stands_for_its_pages_only() -> None:
    of_host = tombstones.host_key("news.example/politics?page=1")
    assert of_host == tombstones.host_key("news.example") == tombstones.host_key("news.example?page=1")
    assert tombstones.is_below("news.example/politics/1", of_host)
    assert not tombstones.is_below("other.example/politics/1", of_host)
