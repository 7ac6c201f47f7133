"""Pages of different articles that claim one address stay different articles. On both engines."""

import shutil
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.db.schema import claims, pages
from storage.maintenance.repair import repair
from storage.maintenance.stored_pages import ExtractionTask
from storage.records import Article, Capture, Extraction, Origin
from storage.removal import remove
from storage.revisits import next_revisit
from tests.support.archives import frontier, rows
from tests.support.rooms.identity import (
    HOME,
    HOUR,
    LIE,
    NOW,
    ONE,
    TEXTS,
    THREE,
    TWO,
    happened,
    known,
    page_articles,
    show,
    whole,
)
from tests.support.small_archive import PlainReader, told


def test_the_second_page_with_another_headline_parts_both(archive: Archive) -> None:
    show(archive, ONE)
    assert known(archive) == {1: (LIE, TEXTS[ONE][0], 1)}, "nothing speaks against it yet"
    second = show(archive, TWO, hours=1)
    third = show(archive, THREE, hours=2)
    assert (second.change, third.change) == ("new", "new")
    assert {url: title for url, title, _ in known(archive).values()} == {
        url: TEXTS[url][0] for url in (ONE, TWO, THREE)
    }
    assert known(archive)[1] == (ONE, TEXTS[ONE][0], 1), "the first keeps its id and gets its own address back"
    assert happened(archive, 1) == [("parted", "canonical", second.article_id)]
    assert happened(archive, second.article_id) == [("parted", "canonical", 1)]
    assert happened(archive, third.article_id) == [], "no second collision was needed"
    assert [(row["url"], row["verdict"]) for row in rows(archive, claims)] == [(LIE, "false")]
    assert LIE not in page_articles(archive), "it was never fetched, so a listing may name it"
    assert frontier(archive).unknown([LIE]) == [LIE]
    for url in (ONE, TWO, THREE):
        assert show(archive, url, hours=5).change == "same"
    assert whole(archive)


def test_the_revisits_of_both_go_on(archive: Archive) -> None:
    show(archive, ONE)
    show(archive, TWO, hours=0.5)
    planned = {row["url"]: row["next_visit_at"] for row in rows(archive, pages) if row["next_visit_at"]}
    assert planned == {
        ONE: next_revisit(NOW, NOW),
        TWO: next_revisit(NOW + HOUR / 2, NOW + HOUR / 2),
    }


@pytest.mark.parametrize("order", [(LIE, ONE, TWO), (ONE, LIE, TWO), (ONE, TWO, LIE)], ids=["first", "between", "last"])
def test_an_article_whose_address_others_claim_keeps_it(archive: Archive, order: tuple[str, ...]) -> None:
    for hours, url in enumerate(order):
        show(archive, url, hours=hours)
    assert sorted(url for url, _, _ in known(archive).values()) == sorted(order)
    assert all(title == TEXTS[url][0] for url, title, _ in known(archive).values())
    assert whole(archive)


def test_the_first_article_s_number_is_not_believed_before_it_was_fetched(archive: Archive) -> None:
    first, second = f"{HOME}/news/1", f"{HOME}/news/2"
    show(archive, second, own=first, title=TEXTS[TWO][0], text=TEXTS[TWO][1])
    assert [url for url, _, _ in known(archive).values()] == [second]
    assert frontier(archive).unknown([first]) == [first], "its page is still to be fetched"
    show(archive, first, own=first, hours=1)
    show(archive, second, own=first, hours=2, title=TEXTS[TWO][0], text=TEXTS[TWO][1])
    assert sorted(url for url, _, _ in known(archive).values()) == [first, second]
    again = show(archive, f"{HOME}/news/3", own=first, hours=3)
    assert again.change == "same", "the same article was posted twice"


@pytest.mark.parametrize(
    "other", [f"{HOME}/bridge-edition", f"{HOME}/story/bridge.html", f"{HOME}/2026/05/07/a-new-bridge"]
)
def test_pages_of_one_article_go_on_being_one(archive: Archive, other: str) -> None:
    show(archive, ONE, own=ONE)
    same = show(archive, other, own=ONE, hours=1)
    edited = show(archive, other, own=ONE, hours=2, title="افتتاح الجسر", text=f"{TEXTS[ONE][1]} ورئيس البلدية")
    again = show(archive, ONE, own=ONE, hours=3, title="افتتاح الجسر", text=f"{TEXTS[ONE][1]} ورئيس البلدية")
    assert (same.change, edited.change, again.change) == ("same", "changed", "same")
    assert known(archive) == {1: (ONE, "افتتاح الجسر", 2)}
    assert whole(archive)


def test_an_article_that_is_written_anew_at_its_address_is_a_version(archive: Archive) -> None:
    show(archive, ONE)
    assert show(archive, ONE, hours=1, title=TEXTS[TWO][0], text=TEXTS[TWO][1]).change == "changed"
    led = show(archive, f"{HOME}/other", asked=ONE, hours=2, title=TEXTS[THREE][0], text=TEXTS[THREE][1])
    assert led.article_id != 1, "but not what a redirect from there leads to"


def test_a_false_claim_still_counts_where_the_article_is_there(archive: Archive) -> None:
    show(archive, LIE, own=LIE)
    show(archive, TWO, hours=1)
    title, text = TEXTS[LIE]
    assert show(archive, f"{HOME}/amp/all", hours=2, title=title, text=text).article_id == 1


def test_an_article_taken_down_does_not_close_what_others_claim(archive: Archive) -> None:
    show(archive, ONE)
    show(archive, TWO, hours=1)
    done = remove(archive.engine, archive.folder, TWO, reason="حكم", by="أمين", now=NOW + 2 * HOUR)
    assert done.urls == (TWO,)
    assert show(archive, THREE, hours=3).change == "new"
    assert show(archive, ONE, hours=3).change == "same"


# --- a database lost, and writers at once ---


def page_of(url: str, hours: int, own: str) -> Capture:
    title, text = TEXTS[url]
    return Capture(url, "example", NOW + hours * HOUR, 200, (), f"{own}\n{title}\n{text}".encode())


class ClaimReader(PlainReader):
    """Reads pages whose first line is the canonical address."""

    def read(self, tasks: Iterable[ExtractionTask]) -> Iterator[tuple[ExtractionTask, Extraction]]:
        for task in tasks:
            yield task, Extraction(claimed(task.capture))


def claimed(capture: Capture) -> Article:
    own, title, text = capture.body.decode().split("\n")
    return Article(own, "example", title, text, extractor="plain 1")


def test_the_warc_files_alone_give_the_same_articles(tmp_path: Path, database_url: str) -> None:
    with Archive.open(tmp_path / "before") as before:
        before.add_site("example", HOME, None, None, "UTC")
        for hours, url in enumerate((ONE, TWO, THREE, ONE, TWO)):
            at = NOW + hours * HOUR
            run_id = before.start_run("example", now=at)
            page = page_of(url, hours, LIE)
            position = before.append(page, run_id, origin=Origin("article"))
            before.save(page, position, run_id=run_id, kind="article", article=claimed(page), now=at)
            before.finish_run(run_id, status="done", now=at, requests=1)
        shutil.copytree(tmp_path / "before" / "warc", tmp_path / "after" / "warc")
        with Archive.open(tmp_path / "after", database_url) as after:
            repair(after, ClaimReader())
            assert told(after) == told(before)
            assert known(after) == known(before)
            assert whole(after)


def test_writers_that_find_it_at_once_part_each_article(archive: Archive, database_url: str) -> None:
    urls = [f"{HOME}/page-{name}" for name in ("a", "b", "c", "d", "e", "f")]
    run_ids = [archive.start_run("example", now=NOW) for _ in urls]
    failed: list[BaseException] = []

    def write(number: int) -> None:
        try:
            with Archive.open(archive.folder, database_url) as mine:
                page = Capture(urls[number], "example", NOW + number * HOUR, 200, (), urls[number].encode())
                words = " ".join(f"كلمة{number}{word}" for word in "ابتثج")
                read = Article(LIE, "example", f"عنوان {number}", words, extractor="t 1")
                position = mine.append(page, run_ids[number])
                mine.save(page, position, run_id=run_ids[number], kind="article", article=read, now=page.fetched_at)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(len(urls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert sorted(url for url, _, _ in known(archive).values()) == urls
    assert whole(archive)
