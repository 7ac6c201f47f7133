import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from storage import queries
from storage.archive import Archive
from storage.db.database import write_transaction
from storage.db.schema import amendments, articles, captures, labels, pages, runs, versions
from storage.records import Found, Reason, article_json
from storage.rows.articles import write_article
from storage.rows.captures import insert_capture
from storage.rows.prepared import PreparedArticle, PreparedCapture
from storage.warc.writer import read_capture
from storage.writing.corrections import Recovered, correct_all
from tests.support.archives import NOW, URL, article, capture, frontier, rows, run_row, save


def test_an_article_is_recovered_while_a_crawl_saves_it(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(), reason=Reason.EMPTY)
    later = capture(minutes=5)
    position = archive.append(later, run_id)
    failed: list[BaseException] = []

    def recover() -> None:
        try:
            correct_all(archive.engine, [], recovered=[Recovered(1, article())], extractor="t 1", at=NOW)
        except BaseException as error:
            failed.append(error)

    other = threading.Thread(target=recover)
    with write_transaction(archive.engine) as connection:
        capture_id = insert_capture(connection, PreparedCapture.of(later), position, run_id=run_id, reason=None)
        assert capture_id is not None
        write_article(connection, PreparedArticle.of(article()), None, capture_id=capture_id, seen_at=later.fetched_at)
        other.start()
        time.sleep(0.5)  # by now it waits for this transaction
    other.join()
    assert not failed
    assert [row["url"] for row in rows(archive, articles)] == [URL]
    assert [row["reason"] for row in rows(archive, captures, captures.c.id)] == [None, None]


def test_a_new_article_is_kept_with_its_page_version_and_labels(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    cairo = timezone(timedelta(hours=3))
    read = article(
        section="أخبارٌ",
        tags=("وسم", "وسم"),
        published_at=datetime(2026, 5, 7, 10, 0, tzinfo=cairo),
        published_precision="minute",
        published_source="json-ld",
    )
    saved = save(archive, run_id, capture(), read)
    assert (saved.change, saved.version, saved.url) == ("new", 1, URL)
    (row,) = rows(archive, articles)
    assert row["published_at"] == datetime(2026, 5, 7, 7, 0, tzinfo=UTC)
    assert (row["published_offset"], row["word_count"], row["status"]) == (180, 3, "live")
    assert row["first_seen_at"] == row["last_seen_at"] == NOW
    (version,) = rows(archive, versions)
    assert version["details"]["published_at"] == "2026-05-07T10:00:00+03:00"
    assert {(each["kind"], each["folded"]) for each in rows(archive, labels)} == {("section", "اخبار"), ("tag", "وسم")}
    (page,) = rows(archive, pages)
    assert (page["state"], page["status"], page["article_id"], page["etag"]) == ("done", 200, row["id"], '"0"')
    (kept,) = rows(archive, captures)
    assert version["capture_id"] == kept["id"]
    run = run_row(archive, run_id)
    assert (run["pages"], run["new"], run["changed"], run["same"], run["status"]) == (1, 1, 0, 0, "running")


def test_the_bytes_behind_every_row_can_be_read(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    original = capture(body="<p>مرحبا</p>".encode())
    position = archive.append(original, run_id)
    archive.save(original, position, run_id=run_id, kind="article", now=NOW)
    (row,) = rows(archive, captures)
    assert (row["warc_file"], row["warc_offset"], row["warc_length"]) == (
        position.file,
        position.offset,
        position.length,
    )
    assert read_capture(archive.folder, position) == original


def test_saving_the_same_capture_twice_adds_nothing(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    page = capture()
    position = archive.append(page, run_id)
    options: dict[str, Any] = {"run_id": run_id, "kind": "article", "article": article(), "now": NOW}
    archive.save(page, position, **options)
    before = [rows(archive, table) for table in (articles, versions, captures, pages, labels, runs)]
    again = archive.save(page, position, **options)
    assert (again.change, again.version) == ("same", 1)
    assert [rows(archive, table) for table in (articles, versions, captures, pages, labels, runs)] == before


def test_another_text_is_a_new_version_and_the_same_text_is_none(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(), article())
    same = save(archive, run_id, capture(minutes=1), article(body="نص  الخبر\n\nالأول"))
    changed = save(archive, run_id, capture(minutes=2), article(body="نص آخر"))
    headline = save(archive, run_id, capture(minutes=3), article(body="نص آخر", title="عنوان آخر"))
    assert [same.change, changed.change, headline.change] == ["same", "changed", "changed"]
    (row,) = rows(archive, articles)
    assert (row["version"], row["text"], row["title"]) == (3, "نص آخر", "عنوان آخر")
    assert row["last_seen_at"] == NOW + timedelta(minutes=3)
    assert [each["text"] for each in rows(archive, versions, versions.c.number)] == [
        "نص الخبر الأول",
        "نص آخر",
        "نص آخر",
    ]
    run = run_row(archive, run_id)
    assert (run["new"], run["changed"], run["same"], run["pages"]) == (1, 2, 1, 4)


def test_a_zero_width_mark_beside_a_space_makes_no_version_and_one_between_letters_does(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(), article(body="نص الخبر\n\nالأول"))
    stray = "\u200cنص\u200c الخبر \u200c\u200c \n\n\u200cالأول\u200c"
    assert save(archive, run_id, capture(minutes=1), article(body=stray)).change == "same"
    assert save(archive, run_id, capture(minutes=9), article(body="نص الخ\u200cبر\n\nالأول")).change == "changed"


def test_metadata_is_corrected_in_place_and_never_lost(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    full = article(authors=("أحمد",), section="سياسة", published_at=NOW, published_precision="second", subtitle="فرعي")
    save(archive, run_id, capture(), full)
    bare = article(section="رياضة", published_at=NOW.replace(hour=0), published_precision="day")
    saved = save(archive, run_id, capture(minutes=1), bare)
    assert saved.change == "same"
    (row,) = rows(archive, articles)
    assert (row["section"], row["authors"], row["subtitle"]) == ("رياضة", ["أحمد"], "فرعي")
    assert (row["published_at"], row["published_precision"]) == (NOW, "second")
    assert ("section", "رياضه") in {(each["kind"], each["folded"]) for each in rows(archive, labels)}
    save(archive, run_id, capture(minutes=2), replace(bare, published_at=NOW - timedelta(days=3)))
    (row,) = rows(archive, articles)
    assert row["published_at"] == NOW - timedelta(days=3)


def test_an_older_capture_adds_to_history_and_leaves_the_text(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(minutes=20), article(body="ثالث"))
    older = save(archive, run_id, capture(minutes=0), article(body="أول"))
    between = save(archive, run_id, capture(minutes=10), article(body="ثان"))
    known = save(archive, run_id, capture(minutes=5), article(body="أول"))
    assert [(each.change, each.version) for each in (older, between, known)] == [
        ("changed", 1), ("changed", 2), ("same", 1)
    ]  # fmt: skip
    assert [each["text"] for each in rows(archive, versions, versions.c.number)] == ["أول", "ثان", "ثالث"]
    (row,) = rows(archive, articles)
    assert (row["text"], row["version"], row["first_seen_at"]) == ("ثالث", 3, NOW)


def test_a_text_between_two_sightings_of_another_is_a_version_between_them(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    for minutes in (0, 20):
        save(archive, run_id, capture(minutes=minutes), article(body="أول"))
    save(archive, run_id, capture(minutes=10), article(body="خطأ"))
    assert [each["text"] for each in rows(archive, versions, versions.c.number)] == ["أول", "خطأ", "أول"]
    (row,) = rows(archive, articles)
    assert (row["text"], row["version"]) == ("أول", 3)
    shown = select(captures.c.fetched_at).join_from(versions, captures, captures.c.id == versions.c.capture_id)
    with archive.engine.connect() as connection:
        seen = list(connection.scalars(shown.order_by(versions.c.number)))
    assert seen == [NOW, NOW + timedelta(minutes=10), NOW + timedelta(minutes=20)], "each with the bytes that show it"


@pytest.mark.parametrize("raw", ["منذ ساعتين", "قبل ٣ أيام", "أمس", "2 hours ago", "الآن"])
def test_a_date_that_is_told_from_the_hour_of_the_look_moves_none_that_is_known(archive: Archive, raw: str) -> None:
    run_id = archive.start_run("example", now=NOW)
    published = {"published_raw": raw, "published_precision": "minute", "published_source": "visible"}
    save(archive, run_id, capture(), article(published_at=NOW - timedelta(hours=2), **published))
    for minutes, precision, at in ((10, "minute", NOW - timedelta(hours=1)), (20, "day", NOW - timedelta(days=3))):
        later = article(published_at=at, **{**published, "published_precision": precision})
        save(archive, run_id, capture(minutes=minutes), later)
    assert rows(archive, articles)[0]["published_at"] == NOW - timedelta(hours=2)
    assert rows(archive, amendments) == [], "the newspaper changed nothing"
    stated = article(published_at=NOW - timedelta(hours=3), published_precision="second", published_source="json-ld")
    save(archive, run_id, capture(minutes=30), stated)
    assert rows(archive, articles)[0]["published_at"] == NOW - timedelta(hours=3), "a stated date is better"


def test_no_article_was_published_after_it_was_first_seen(archive: Archive) -> None:
    """Live pages and pages that are put on top again state the time of their last change as that of publication."""
    run_id = archive.start_run("example", now=NOW)
    stated = {"published_precision": "second", "published_source": "meta"}
    first = NOW - timedelta(hours=2)
    save(archive, run_id, capture(), article(published_at=first, **stated))
    save(archive, run_id, capture(minutes=10), article(published_at=NOW + timedelta(minutes=9), **stated))
    save(archive, run_id, capture(minutes=90), article(published_at=NOW + timedelta(hours=1), body="آخر", **stated))
    (row,) = rows(archive, articles)
    assert (row["published_at"], row["version"]) == (first, 2)
    said = [each["details"]["published_at"] for each in rows(archive, versions, versions.c.number)]
    assert said[1] > said[0], "each version keeps what its page said"
    save(archive, run_id, capture(minutes=95), article(published_at=NOW - timedelta(hours=1), body="آخر", **stated))
    assert rows(archive, articles)[0]["published_at"] == NOW - timedelta(hours=1), "it may be corrected"


def test_a_date_ahead_of_the_clock_may_be_corrected(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    stated = {"published_precision": "second", "published_source": "meta"}
    for minutes, hours in ((0, 3), (10, 2), (20, 4)):
        save(archive, run_id, capture(minutes=minutes), article(published_at=NOW + timedelta(hours=hours), **stated))
    assert rows(archive, articles)[0]["published_at"] == NOW + timedelta(hours=2)


def test_an_article_that_was_removed_stays_removed(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(), article())
    with archive.engine.begin() as connection:
        connection.execute(update(articles).values(status="removed", text=""))
    saved = save(archive, run_id, capture(minutes=1), article(body="عاد"))
    (row,) = rows(archive, articles)
    assert (saved.change, row["status"], row["text"]) == ("same", "removed", "")


def test_a_redirect_marks_both_addresses_and_the_canonical_one(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    page = capture("https://example.com/?p=1", requested_url="http://example.com/short")
    save(archive, run_id, page, article())
    urls = ["https://www.example.com/short/", "https://example.com/?p=1", URL, "https://example.com/2"]
    assert frontier(archive).unknown(urls) == ["https://example.com/2"]
    assert len({each["article_id"] for each in rows(archive, pages)}) == 1


def test_an_unchanged_page_counts_its_article_as_seen(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(), article())
    save(archive, run_id, capture("https://example.com/"), kind="listing")
    later = NOW + timedelta(hours=1)
    for url in (URL, "https://example.com/", "https://example.com/never-seen"):
        archive.touch(url, run_id=run_id, now=later)
    assert rows(archive, articles)[0]["last_seen_at"] == later
    assert {each["status"] for each in rows(archive, pages)} == {304}
    assert run_row(archive, run_id)["same"] == 1
    assert frontier(archive).validators(URL) == ('"0"', "Thu, 07 May 2026 08:00:00 GMT")
    assert frontier(archive).validators("https://example.com/never-seen") == (None, None)


def test_a_site_can_be_declared_again_otherwise(archive: Archive) -> None:
    archive.add_site("example", "https://example.org", None, None, "UTC")
    with archive.engine.connect() as connection:
        assert tuple(connection.execute(text("select name, home, title from sites")).one()) == (
            "example", "https://example.org", None
        )  # fmt: skip


HOSTILE = st.text(st.characters(), max_size=20) | st.sampled_from(["\x00", "\ud800", "a" * 5000, "' or 1=1 --", "%_\\"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(title=HOSTILE, body=HOSTILE, name=HOSTILE, url=HOSTILE)
def test_no_text_of_a_page_can_break_a_save(archive: Archive, title: str, body: str, name: str, url: str) -> None:
    run_id = archive.start_run("example", now=NOW)
    read = article(
        f"https://example.com/{url}", body, title=title, authors=(name,), tags=(name, name), section=name, language=name,
        subtitle=name, published_at=datetime.min.replace(tzinfo=timezone(timedelta(hours=3))), image=name,
    )  # fmt: skip
    headers = (("ETag", name), ("Content-Type", name), (name, name))
    discoveries = [Found(f"https://example.com/{name}", "article")]
    page = capture(f"https://example.com/{url}", headers=headers, requested_url=f"https://example.com/{name}")
    saved = save(archive, run_id, page, read, found=discoveries)
    assert saved.version >= 1


def test_what_was_saved_is_what_is_exported(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    zone = timezone(timedelta(hours=2))
    read = article(
        subtitle="فرعي", authors=("أ", "ب"), agency="رويترز", section="س", categories=("ق",), tags=("و",),
        published_at=datetime(2026, 5, 7, 1, 30, tzinfo=zone), published_raw="7 أيار", published_precision="second",
        published_source="visible", modified_at=datetime(2026, 5, 7, 2, 30, tzinfo=zone), language="ar",
        description="وصف", image="https://example.com/i.jpg",
    )  # fmt: skip
    saved = save(archive, run_id, capture(), read)
    record = queries.article_by(archive.engine, saved.article_id)
    assert record is not None
    assert {name: record[name] for name in article_json(read)} == article_json(read)
