import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select, text, update

from storage import queries
from storage.archive import Archive
from storage.corrections import Recovered, correct_all
from storage.db.database import write_transaction
from storage.db.schema import amendments, articles, captures, labels, pages, runs, versions
from storage.errors import ArchiveError, NoArchive, SchemaTooNew
from storage.filters import Filters
from storage.records import Found, Position, Reason, article_json
from storage.rows.articles import write_article
from storage.rows.captures import insert_capture
from storage.rows.prepared import PreparedArticle, PreparedCapture
from storage.warc.writer import read_capture
from tests.support.archives import NOW, URL, article, capture, frontier, rows, run_row, save


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        opened.add_site("example", "https://example.com", "المثال", "EG", "Africa/Cairo")
        yield opened


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
        write_article(connection, PreparedArticle.of(article()), capture_id=capture_id, seen_at=later.fetched_at)
        other.start()
        time.sleep(0.5)  # by now it waits for this transaction
    other.join()
    assert not failed
    assert [row["url"] for row in rows(archive, articles)] == [URL]
    assert [row["reason"] for row in rows(archive, captures, captures.c.id)] == [None, None]


def test_what_a_server_says_of_itself_never_breaks_the_end_of_a_run(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    found = {"channels": {"fe\x00ed": [{"detail": "text/html\x00; ب\ud800"}]}, "listings": 1, "none": None}
    archive.finish_run(run_id, status="failed", now=NOW, requests=1, message="لا\x00 شيء\ud800", found=found)
    row = run_row(archive, run_id)
    assert (row["status"], row["message"]) == ("failed", "لا شيء\ufffd\ufffd\ufffd")
    assert row["found"] == {
        "channels": {"feed": [{"detail": "text/html; ب\ufffd\ufffd\ufffd"}]},
        "listings": 1,
        "none": None,
    }


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
    assert (saved.outcome, saved.version, saved.url) == ("new", 1, URL)
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
    assert (again.outcome, again.version) == ("same", 1)
    assert [rows(archive, table) for table in (articles, versions, captures, pages, labels, runs)] == before


def test_another_text_is_a_new_version_and_the_same_text_is_none(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(), article())
    same = save(archive, run_id, capture(minutes=1), article(body="نص  الخبر\n\nالأول"))
    changed = save(archive, run_id, capture(minutes=2), article(body="نص آخر"))
    headline = save(archive, run_id, capture(minutes=3), article(body="نص آخر", title="عنوان آخر"))
    assert [same.outcome, changed.outcome, headline.outcome] == ["same", "changed", "changed"]
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


def test_metadata_is_corrected_in_place_and_never_lost(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    full = article(authors=("أحمد",), section="سياسة", published_at=NOW, published_precision="second", subtitle="فرعي")
    save(archive, run_id, capture(), full)
    bare = article(section="رياضة", published_at=NOW.replace(hour=0), published_precision="day")
    saved = save(archive, run_id, capture(minutes=1), bare)
    assert saved.outcome == "same"
    (row,) = rows(archive, articles)
    assert (row["section"], row["authors"], row["subtitle"]) == ("رياضة", ["أحمد"], "فرعي")
    assert (row["published_at"], row["published_precision"]) == (NOW, "second")
    assert ("section", "رياضه") in {(each["kind"], each["folded"]) for each in rows(archive, labels)}
    save(archive, run_id, capture(minutes=2), replace(bare, published_at=NOW + timedelta(days=3)))
    (row,) = rows(archive, articles)
    assert row["published_at"] == NOW + timedelta(days=3)


def test_an_older_capture_adds_to_history_and_leaves_the_text(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(minutes=20), article(body="ثالث"))
    older = save(archive, run_id, capture(minutes=0), article(body="أول"))
    between = save(archive, run_id, capture(minutes=10), article(body="ثان"))
    known = save(archive, run_id, capture(minutes=5), article(body="أول"))
    assert [(each.outcome, each.version) for each in (older, between, known)] == [
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
    told = {"published_raw": raw, "published_precision": "minute", "published_source": "visible"}
    save(archive, run_id, capture(), article(published_at=NOW - timedelta(hours=2), **told))
    for minutes, precision, at in ((10, "minute", NOW - timedelta(hours=1)), (20, "day", NOW - timedelta(days=3))):
        later = article(published_at=at, **{**told, "published_precision": precision})
        save(archive, run_id, capture(minutes=minutes), later)
    assert rows(archive, articles)[0]["published_at"] == NOW - timedelta(hours=2)
    assert rows(archive, amendments) == [], "the newspaper changed nothing"
    stated = article(published_at=NOW - timedelta(hours=3), published_precision="second", published_source="json-ld")
    save(archive, run_id, capture(minutes=30), stated)
    assert rows(archive, articles)[0]["published_at"] == NOW - timedelta(hours=3), "a stated date is better"


def test_an_article_that_was_removed_stays_removed(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(), article())
    with archive.engine.begin() as connection:
        connection.execute(update(articles).values(status="removed", text=""))
    saved = save(archive, run_id, capture(minutes=1), article(body="عاد"))
    (row,) = rows(archive, articles)
    assert (saved.outcome, row["status"], row["text"]) == ("same", "removed", "")


def test_a_redirect_marks_both_addresses_and_the_canonical_one(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    page = capture("https://example.com/?p=1", requested_url="http://example.com/short")
    save(archive, run_id, page, article())
    urls = ["https://www.example.com/short/", "https://example.com/?p=1", URL, "https://example.com/2"]
    assert frontier(archive).unknown(urls) == ["https://example.com/2"]
    assert len({each["article_id"] for each in rows(archive, pages)}) == 1


def test_found_pages_are_pending_in_their_order_until_fetched(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    found = [Found(f"https://example.com/{slug}", "article") for slug in ("ج", "أ", "ب")]
    listing = Found("https://example.com/page/2", "listing")
    bad = Found("javascript:alert(1)", "article")
    save(archive, run_id, capture("https://example.com/"), kind="listing", found=[*found, found[0], bad, listing])
    waiting = frontier(archive).pending()
    assert [each.url.rpartition("/")[2] for each in waiting] == ["%D8%AC", "%D8%A3", "%D8%A8", "2"]
    assert waiting[-1] == listing
    save(archive, run_id, capture(waiting[0].url, minutes=1), article(waiting[0].url), found=found)
    assert frontier(archive).pending() == waiting[1:]


def test_unknown_keeps_order_and_drops_repeats(archive: Archive) -> None:
    urls = [f"https://example.com/{number % 700}" for number in range(1500)]
    assert frontier(archive).unknown(urls) == urls[:700]


def test_a_page_another_site_found_is_still_unknown_to_its_own(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    found = [Found("https://other.example/1", "article")]
    save(archive, run_id, capture("https://example.com/"), kind="listing", found=found)
    assert frontier(archive).unknown(["https://other.example/1"]) == []
    assert frontier(archive, site="other").unknown(["https://other.example/1"]) == ["https://other.example/1"]


@pytest.mark.parametrize(
    ("status", "reason", "state"),
    [
        (404, Reason.NOT_FOUND, "failed"),
        (410, Reason.NOT_FOUND, "failed"),
        (401, Reason.LOGIN, "failed"),
        (500, Reason.HTTP_ERROR, "pending"),
        (429, Reason.HTTP_ERROR, "pending"),
        (403, Reason.BLOCKED, "pending"),
        (200, Reason.BLOCKED, "pending"),
        (200, Reason.EMPTY, "done"),
        (200, Reason.SOFT_404, "done"),
    ],
)
def test_what_a_response_makes_of_its_page(archive: Archive, status: int, reason: Reason, state: str) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(status=status), reason=reason)
    (page,) = rows(archive, pages)
    assert (page["state"], page["reason"], page["status"]) == (state, reason.value, status)
    assert run_row(archive, run_id)["reasons"] == {reason.value: 1}


def test_a_page_that_keeps_failing_is_given_up_after_three_times(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    states = []
    for minutes in range(3):
        save(archive, run_id, capture(minutes=minutes, status=503), reason=Reason.HTTP_ERROR)
        states.append(rows(archive, pages)[0]["state"])
    assert states == ["pending", "pending", "failed"]
    assert run_row(archive, run_id)["reasons"] == {"http-error": 3}


def test_a_page_that_was_had_survives_an_outage_with_its_validators(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(), article())
    for minutes in range(1, 5):
        save(archive, run_id, capture(minutes=minutes, status=503, headers=()), reason=Reason.HTTP_ERROR)
    (page,) = rows(archive, pages)
    assert (page["state"], page["failures"], page["etag"]) == ("done", 4, '"0"')
    assert page["article_id"] is not None


def test_a_page_without_any_response_is_tried_three_times(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    fields: dict[str, Any] = {"site": "example", "kind": "article", "run_id": run_id, "now": NOW}
    for expected in ([URL], [URL], []):
        archive.fail(URL, reason=Reason.UNREACHABLE, retry=True, **fields)
        assert [each.url for each in frontier(archive).pending()] == expected
    archive.fail("https://example.com/robots", reason=Reason.ROBOTS, retry=False, **fields)
    assert frontier(archive).unknown(["https://example.com/robots"]) == []
    assert run_row(archive, run_id)["reasons"] == {"unreachable": 3, "robots": 1}


def test_a_page_that_was_given_up_is_asked_again_when_a_listing_names_it_a_day_later(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    fields: dict[str, Any] = {"site": "example", "kind": "article", "run_id": run_id, "reason": Reason.UNREACHABLE}

    def named(days: float) -> tuple[list[str], list[str]]:
        now = NOW + timedelta(days=days)
        unknown = frontier(archive, now).unknown([URL])
        frontier(archive, now).enqueue([Found(URL, "article")])
        return unknown, [each.url for each in frontier(archive).pending()]

    for _ in range(3):
        archive.fail(URL, now=NOW, retry=True, **fields)
    assert named(0.9) == ([], []), "the site may still be down"
    assert named(1) == ([URL], [URL])
    archive.fail(URL, now=NOW + timedelta(days=1), retry=True, **fields)
    assert named(2.9) == ([], []), "one attempt, and then twice as long"
    assert named(3) == ([URL], [URL])
    save(archive, run_id, capture(minutes=3 * 1440), article())
    assert named(40) == ([], [])


@pytest.mark.parametrize("reason", [Reason.NOT_FOUND, Reason.ROBOTS])
def test_what_the_site_refused_for_good_is_not_asked_again(archive: Archive, reason: Reason) -> None:
    run_id = archive.start_run("example", now=NOW)
    archive.fail(URL, site="example", kind="article", reason=reason, run_id=run_id, now=NOW, retry=False)
    later = NOW + timedelta(days=60)
    assert frontier(archive, later).unknown([URL]) == []
    frontier(archive, later).enqueue([Found(URL, "article")])
    assert frontier(archive).pending() == []


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


def test_a_listing_that_is_named_again_is_walked_again_and_an_article_is_not(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    second = "https://example.com/page/2"
    save(archive, run_id, capture(second), kind="listing")
    save(archive, run_id, capture(), article())
    assert frontier(archive).pending() == []
    named = [Found(second, "backlog"), Found(URL, "article")]
    frontier(archive).enqueue(named)
    assert frontier(archive).pending() == named[:1]
    save(archive, run_id, capture(second, minutes=1), kind="backlog")
    save(archive, run_id, capture("https://example.com/"), kind="listing", found=named)
    assert frontier(archive).pending() == named[:1]


def test_a_run_that_never_ended_is_marked_when_the_next_begins(archive: Archive) -> None:
    killed = archive.start_run("example", now=NOW)
    other = archive.start_run("other", now=NOW)
    run_id = archive.start_run("example", now=NOW)
    archive.finish_run(run_id, status="done", now=NOW, requests=9)
    assert [(row["status"], row["message"]) for row in rows(archive, runs, runs.c.id)] == [
        ("failed", "killed"), ("running", None), ("done", None)
    ]  # fmt: skip
    assert (killed, other) != (run_id, run_id)
    assert run_row(archive, run_id)["requests"] == 9


def test_an_article_is_due_for_another_look_until_it_was_looked_at(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(requested_url="https://example.com/?p=1"), article())
    for number in (2, 3):
        save(archive, run_id, capture(f"https://example.com/{number}"), article(f"https://example.com/{number}"))
    assert frontier(archive, NOW + timedelta(minutes=59)).due(10) == []
    hour = NOW + timedelta(hours=1)
    assert sorted(frontier(archive, hour).due(10)) == ["https://example.com/2", "https://example.com/3", URL]
    assert len(frontier(archive, hour).due(1)) == 1
    archive.touch(URL, run_id=run_id, now=hour)
    save(archive, run_id, capture("https://example.com/2", minutes=60), article("https://example.com/2"))
    assert frontier(archive, hour).due(10) == ["https://example.com/3"]


def test_a_site_can_be_declared_again_otherwise(archive: Archive) -> None:
    archive.add_site("example", "https://example.org", None, None, "UTC")
    with archive.engine.connect() as connection:
        assert tuple(connection.execute(text("select name, home, title from sites")).one()) == (
            "example", "https://example.org", None
        )  # fmt: skip


HOSTILE = st.text(st.characters(), max_size=20) | st.sampled_from(["\x00", "\ud800", "a" * 5000, "' or 1=1 --", "%_\\"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(title=HOSTILE, body=HOSTILE, name=HOSTILE, url=HOSTILE)
def test_no_text_of_a_page_can_break_a_save(archive: Archive, title: str, body: str, name: str, url: str) -> None:
    run_id = archive.start_run("example", now=NOW)
    read = article(
        f"https://example.com/{url}", body, title=title, authors=(name,), tags=(name, name), section=name, language=name,
        subtitle=name, published_at=datetime.min.replace(tzinfo=timezone(timedelta(hours=3))), image=name,
    )  # fmt: skip
    headers = (("ETag", name), ("Content-Type", name), (name, name))
    found = [Found(f"https://example.com/{name}", "article")]
    page = capture(f"https://example.com/{url}", headers=headers, requested_url=f"https://example.com/{name}")
    saved = save(archive, run_id, page, read, found=found)
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


def test_one_save_takes_few_statements(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    found = [Found(f"https://example.com/{number}", "article") for number in range(50)]
    save(archive, run_id, capture(), article(section="س"), found=found)
    statements: list[str] = []
    event.listen(archive.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    save(archive, run_id, capture("https://example.com/2"), article("https://example.com/2", section="س"), found=found)
    new, statements[:] = list(statements), []
    save(archive, run_id, capture("https://example.com/2", minutes=1), article("https://example.com/2"), found=found)
    ours = [each for each in new if "search_" not in each and not each.lower().startswith("begin")]
    # Two of them are look-ups by key: was the address taken down, and are these bytes kept already?
    assert len(ours) <= 11, ours
    assert len([each for each in statements if not each.lower().startswith("begin")]) <= 11, statements


def test_a_save_computes_each_url_key_once(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    links = [Found(f"https://example.com/{number}", "article") for number in range(20)]
    counts: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _argument: object) -> None:
        counts[frame.f_code.co_name] += event == "call"

    sys.setprofile(count)
    try:
        save(archive, run_id, capture(), article(), found=links)
    finally:
        sys.setprofile(None)
    assert counts["url_key"] == 3 + len(links), (
        "of the capture when it is appended and saved, of its article, of each link"
    )
    assert (counts["payload_digest"], counts["among"]) == (1, 2)


KILLED = """
import os, signal, sys
from pathlib import Path
from storage import archive as module
from tests.support.archives import NOW, article, capture, save

folder, url, point = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
die = lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)
with module.Archive.open(folder, url) as archive:
    archive.add_site("example", "https://example.com", None, None, "UTC")
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture("https://example.com/0"), article("https://example.com/0"))
    if point == "between":
        archive.append(capture(), run_id)
        die()
    module.runs.count = die  # inside the transaction of the save
    save(archive, run_id, capture(), article())
"""


@pytest.mark.parametrize("point", ["between", "inside"])
def test_a_kill_leaves_nothing_broken_and_a_rerun_completes(tmp_path: Path, database_url: str, point: str) -> None:
    folder = tmp_path / "archive"
    command = [sys.executable, "-c", KILLED, str(folder), database_url, point]
    killed = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with Archive.open(folder, database_url) as archive:
        assert frontier(archive).unknown(["https://example.com/0", URL]) == [URL]
        (kept,) = rows(archive, captures)
        (version,) = queries.history(archive.engine, kept["url"])
        assert read_capture(folder, Position(**version["warc"])).url == kept["url"]
        run_id = archive.start_run("example", now=NOW)
        saved = save(archive, run_id, capture(), article())
        assert saved.outcome == "new"
        assert [(row["status"], row["new"]) for row in rows(archive, runs, runs.c.id)] == [
            ("failed", 1),
            ("running", 1),
        ]


def _write_many(folder: str, url: str | None, worker: int, queue: Any) -> None:
    try:
        with Archive.open(Path(folder), url) as archive:
            site = f"site{worker}"
            for name in (site, "example"):
                archive.add_site(name, "https://example.com", None, None, "UTC")
            run_id = archive.start_run(site, now=NOW)
            for number in range(25):
                found = [
                    Found(f"https://example.com/found/{(number * 7 + step) % 40}", "article") for step in range(10)
                ]
                page = capture(f"https://example.com/{worker}/{number}")
                save(archive, run_id, page, article(page.url), found=found)
                shared = capture("https://example.com/shared", minutes=25 * worker + number)
                save(archive, run_id, shared, article(shared.url))
        queue.put(None)
    except BaseException as error:
        queue.put(repr(error))


def test_four_processes_write_one_archive_that_none_had_made(tmp_path: Path, database_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    arguments = [(str(tmp_path / "archive"), database_url, worker, queue) for worker in range(4)]
    workers = [context.Process(target=_write_many, args=each) for each in arguments]
    for worker in workers:
        worker.start()
    assert [queue.get(timeout=120) for _ in workers] == [None] * 4
    for worker in workers:
        worker.join()
    with Archive.open(tmp_path / "archive", database_url) as archive, archive.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(captures)) == 200
        assert connection.scalar(select(func.count()).select_from(articles)) == 101
        assert connection.scalar(select(func.sum(runs.c.new))) == 101
        assert len(connection.execute(queries.select_articles(Filters(site="example"))).all()) == 101


def test_who_works_on_an_archive_that_must_be_there_makes_none(tmp_path: Path, database_url: str) -> None:
    with pytest.raises(NoArchive, match="there is no archive at"):
        Archive.open(tmp_path / "archive", database_url, create=False)
    assert not (tmp_path / "archive").exists()
    Archive.open(tmp_path / "archive", database_url).close()
    Archive.open(tmp_path / "archive", database_url, create=False).close()


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for folder in (tmp_path / "file", tmp_path / "file" / "archive"):
        with pytest.raises(ArchiveError, match=f"can't make {folder}.*--archive"):
            Archive.open(folder)


def test_a_folder_that_can_not_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "archive"
    Archive.open(folder).close()
    if os.geteuid() == 0:  # permissions don't bind root
        monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != folder)
    else:
        folder.chmod(0o500)
    with pytest.raises(ArchiveError, match=f"can't write to {folder}"):
        Archive.open(folder)
    folder.chmod(0o700)


@pytest.mark.parametrize(
    "damage", [b"this is no database at all, but a text" * 100, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_damaged_database_is_named(tmp_path: Path, damage: bytes) -> None:
    Archive.open(tmp_path).close()
    (tmp_path / "warraq.db").write_bytes(damage)
    with pytest.raises(ArchiveError, match=f"{tmp_path}/warraq.db is .*damaged"):
        Archive.open(tmp_path)


def test_a_full_disk_is_told_and_nothing_is_half_written(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        run_id = archive.start_run("example", now=NOW)

        def bound(connection: sqlite3.Connection, _record: object, _proxy: object) -> None:
            (size,) = connection.execute("pragma page_count").fetchone()
            connection.execute(f"pragma max_page_count = {size + 5}")

        event.listen(archive.engine, "checkout", bound)
        body = " ".join(f"كلمة{number}" for number in range(50_000))
        with pytest.raises(ArchiveError, match="its disk is full"):
            save(archive, run_id, capture(), article(body=body))
        event.remove(archive.engine, "checkout", bound)
        with archive.engine.connect() as connection:
            connection.execute(text("pragma max_page_count = 1000000"))
            assert connection.scalar(text("pragma integrity_check")) == "ok"
        assert rows(archive, captures) == []
        assert save(archive, run_id, capture(minutes=1), article(body=body)).outcome == "new"


def test_an_archive_of_a_newer_version_is_refused_unchanged(tmp_path: Path) -> None:
    Archive.open(tmp_path).close()
    with sqlite3.connect(tmp_path / "warraq.db") as connection:
        connection.execute("update warraq_version set version_num = '9999'")
    connection.close()
    with pytest.raises(SchemaTooNew, match="has schema 9999, and this version knows 0"):
        Archive.open(tmp_path)


def test_an_unreachable_server_is_told_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="can't be reached") as caught:
        Archive.open(tmp_path, "postgresql+psycopg://user:secret@127.0.0.1:1/none")
    assert "user:***@127.0.0.1:1/none" in str(caught.value)
    assert "secret" not in str(caught.value)
