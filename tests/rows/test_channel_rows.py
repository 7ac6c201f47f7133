"""What the archive keeps of channels: who named which article, how doors fared, and the calendar made of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from storage.archive import Archive
from storage.db.database import write_transaction
from storage.queries.coverage_calendar import coverage
from storage.records import Article, Capture, Channel, Discovery, Endpoint, Found
from storage.removal import remove
from storage.rows import discoveries
from storage.rows.discoveries import Share
from tests.support.archives import frontier
from tests.support.revisions import FILLED, at_revision

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
HOME = "https://example.com/"


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        opened.add_site("example", HOME, "المثال", "EG", "Africa/Cairo")
        yield opened


def save(archive: Archive, run_id: int, path: str, published_at: datetime | None, at: datetime = NOW) -> None:
    page = Capture(HOME + path, "example", at, 200, (), path.encode())
    article = Article(
        url=HOME + path, site="example", title=path, text="نص", extractor="t 1", published_at=published_at,
        published_precision="second" if published_at else None,
    )  # fmt: skip
    archive.save(page, archive.append(page, run_id), run_id=run_id, kind="article", article=article, now=at)


def record_discoveries(archive: Archive, channel: Channel, *paths: str, minutes: int = 0, **fields: Any) -> None:
    seen = [Discovery(HOME + path, **fields) for path in paths]
    with write_transaction(archive.engine) as connection:
        discoveries.add(connection, "example", channel, seen, now=NOW + timedelta(minutes=minutes))


def test_a_channel_is_first_where_it_named_an_article_before_the_others(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    record_discoveries(archive, "feed", "1", "2")
    record_discoveries(archive, "rest", "1", "2", "3?utm_source=x", minutes=1)
    for path in "123":
        save(archive, run_id, path, NOW)
    assert frontier(archive).shares(run_id, {"feed": None, "rest": None}) == {"feed": Share(2, 1), "rest": Share(1, 0)}


def test_only_what_lies_within_a_channel_s_reach_is_held_against_it(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    record_discoveries(archive, "rest", "old", "new", "undated")
    save(archive, run_id, "old", NOW - timedelta(days=9))
    save(archive, run_id, "new", NOW)
    save(archive, run_id, "undated", None)
    assert frontier(archive).shares(run_id, {"feed": NOW - timedelta(days=1)})["feed"].missed == 1
    assert frontier(archive).shares(run_id, {"feed": None})["feed"].missed == 3


def test_an_article_that_no_channel_named_is_nobody_s_miss(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, "1", NOW)
    assert frontier(archive).shares(run_id, {"feed": None}) == {"feed": Share(0, 0)}


def test_known_articles_count_for_no_channel(archive: Archive) -> None:
    first = archive.start_run("example", now=NOW)
    record_discoveries(archive, "feed", "1")
    save(archive, first, "1", NOW)
    second = archive.start_run("example", now=NOW)
    assert frontier(archive).shares(second, {"feed": None}) == {"feed": Share(0, 0)}


def test_a_sighting_keeps_its_first_time_and_takes_any_url(archive: Archive) -> None:
    for minutes in (0, 5):
        record_discoveries(archive, "feed", "x" * 5000, "\x00", "é ع", minutes=minutes)
    record_discoveries(archive, "feed")


def test_a_door_remembers_when_it_was_last_read_whole(archive: Archive) -> None:
    later = NOW + timedelta(days=1)
    frontier(archive).record_endpoints(
        [Endpoint("feed", HOME + "feed", NOW, NOW), Endpoint("rest", HOME + "api", NOW, None, 1)]
    )
    frontier(archive).record_endpoints(
        [Endpoint("feed", HOME + "feed", later, None, 1), Endpoint("feed", "x" * 3000, NOW)]
    )
    assert frontier(archive, later).endpoints() == [
        Endpoint("feed", HOME + "feed", later, NOW, 1),
        Endpoint("rest", HOME + "api", NOW, None, 1),
    ]
    assert frontier(archive, site="other").endpoints() == []


def test_pages_fetched_before_their_last_change_are_edited(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, "1", NOW)
    frontier(archive).enqueue([Found(HOME + "pending", "article")])
    hour = timedelta(hours=1)
    times = {HOME + "1/": NOW + hour, HOME + "pending": NOW + hour, HOME + "unknown": NOW + hour}
    assert frontier(archive).edited(times) == [HOME + "1/"]
    assert frontier(archive).edited({HOME + "1": NOW - hour}) == []
    assert frontier(archive).edited({}) == []


def test_edited_articles_are_due_from_when_they_changed_and_what_is_none_is_told(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    hour = timedelta(hours=1)
    for name, at in (("1", NOW), ("2", NOW + hour / 2), ("3", NOW)):
        save(archive, run_id, name, at)
    frontier(archive).enqueue([Found(HOME + "pending", "article")])
    times = {HOME + "1/": NOW + hour / 2, HOME + "2": NOW + hour / 3, HOME + "pending": NOW, HOME + "no": NOW}
    assert frontier(archive, NOW + hour / 2).due(9) == []
    assert frontier(archive).mark_due(times) == [HOME + "pending", HOME + "no"]
    assert frontier(archive, NOW + hour / 2).due(9) == [HOME + "2", HOME + "1"]
    assert frontier(archive).mark_due({HOME + "1": NOW + hour * 9}) == [], "never later than planned"
    assert frontier(archive, NOW + hour / 2).due(9) == [HOME + "2", HOME + "1"]
    assert frontier(archive).mark_due({}) == []


def test_an_article_that_was_taken_down_is_never_due(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, "1", NOW)
    remove(archive.engine, archive.folder, HOME + "1", reason="court order", by="Amina", now=NOW)
    frontier(archive).mark_due({HOME + "1": NOW + timedelta(hours=1)})
    assert frontier(archive, NOW + timedelta(days=9)).due(9) == []


def test_a_pending_page_of_any_channel_comes_back_with_its_kind(archive: Archive) -> None:
    channels = [Found(HOME + kind, kind) for kind in ("rest", "feed", "sitemap")]  # type: ignore[arg-type]
    frontier(archive).enqueue(channels)
    assert frontier(archive).pending() == channels


def test_coverage_counts_local_days_by_channel_and_marks_gaps(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    midnight = datetime(2026, 5, 3, 22, 30, tzinfo=UTC)  # 4 May in Cairo
    for day in (0, 1, 3):
        for number in range(2):
            save(archive, run_id, f"{day}-{number}", midnight + timedelta(days=day))
        record_discoveries(archive, "rest", f"{day}-0", f"{day}-1")
    save(archive, run_id, "undated", None)
    record_discoveries(archive, "feed", "0-0", "never-read", said_at=midnight)
    report = coverage(archive.engine, "example")
    assert report is not None
    assert [(each.day, each.articles, each.named, each.gap) for each in report.days] == [
        (date(2026, 5, 4), 2, {"rest": 2, "feed": 2}, None),
        (date(2026, 5, 5), 2, {"rest": 2}, None),
        (date(2026, 5, 6), 0, {}, "empty"),
        (date(2026, 5, 7), 2, {"rest": 2}, None),
    ]
    assert (report.undated, report.channels, report.unread) == (1, ("rest", "feed"), {"rest": 0, "feed": 1})
    assert coverage(archive.engine, "nobody") is None


def test_coverage_shows_the_span_asked_for_and_survives_absurd_dates(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, "1", datetime(1600, 1, 1, tzinfo=UTC))
    save(archive, run_id, "2", datetime(2026, 5, 4, 12, tzinfo=UTC))
    report = coverage(archive.engine, "example", first=date(2026, 5, 3), last=date(2026, 5, 5))
    assert report is not None
    assert [(each.day.day, each.articles, each.gap) for each in report.days] == [
        (3, 0, None),
        (4, 1, None),
        (5, 0, None),
    ]
    whole = coverage(archive.engine, "example")
    assert whole is not None
    assert len(whole.days) < 40_000


def test_a_day_with_under_a_quarter_of_its_weekday_s_usual_is_a_gap(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    for week, count in enumerate((8, 8, 1, 8)):
        for number in range(count):
            save(archive, run_id, f"{week}-{number}", datetime(2026, 4, 6, 12, tzinfo=UTC) + timedelta(weeks=week))
    report = coverage(archive.engine, "example")
    assert report is not None
    assert [each.gap for each in report.days if each.articles] == [None, None, "few", None]


def test_an_empty_archive_has_an_empty_calendar(archive: Archive) -> None:
    report = coverage(archive.engine, "example")
    assert report is not None
    assert report.days == ()


def test_an_archive_of_before_channels_is_upgraded_and_counts_from_then_on(
    tmp_path: Path, bare_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "archive").mkdir()
    engine = at_revision(bare_database_url, "0002", monkeypatch)
    with write_transaction(engine) as connection:
        for statement in FILLED:
            connection.execute(text(statement))
    engine.dispose()
    with Archive.open(tmp_path / "archive", bare_database_url) as opened:
        assert frontier(opened).endpoints() == []
        record_discoveries(opened, "rest", "1")
        frontier(opened).record_endpoints([Endpoint("rest", HOME, NOW)])
        assert len(frontier(opened).endpoints()) == 1
        report = coverage(opened.engine, "example")
        assert report is not None
        assert (report.undated, report.unread) == (1, {"rest": 0})
