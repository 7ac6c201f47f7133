"""The interval between two crawls of a site, and what the archive keeps of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.archive import Archive
from storage.schedule import intervals
from storage.schedule.intervals import (
    Crawled,
    Rhythm,
    activity,
    after_crawl,
    counted,
    is_quiet,
    next_crawl,
    next_interval,
)
from storage.schedule.site_schedules import SiteSchedule, note_crawl, pause, resume, site_schedules

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
BY_DAY = [0.0] * 5 + [10.0] * 19  # nothing is found from 0 to 5 o'clock


def after(crawled: Crawled, *, interval: timedelta = HOUR, since: timedelta = HOUR) -> timedelta:
    return next_interval(interval, crawled, since)


def test_an_interval_is_shorter_when_more_is_new_than_it_expects_and_longer_when_less_is():
    assert after(Crawled(4, 30)) < HOUR
    assert after(Crawled(0, 30)) > HOUR
    assert after(Crawled(9, 30)) < after(Crawled(4, 30))


def test_one_crawl_in_a_lull_changes_little():
    assert after(Crawled(0, 30)) < 1.15 * HOUR
    assert after(Crawled(0, 30), since=10 * MINUTE) < 1.02 * HOUR


def test_where_most_of_a_list_is_new_the_interval_is_a_third_shorter_at_least():
    assert after(Crawled(25, 30)) <= HOUR * 0.67
    assert after(Crawled(25, 100)) <= HOUR * 0.67, "a list of a hundred counts as one of usual length"


def test_an_interval_stays_between_ten_minutes_and_a_day():
    assert after(Crawled(90, 30), interval=11 * MINUTE) == 10 * MINUTE
    interval = 20 * HOUR
    for _ in range(40):
        interval = after(Crawled(0, 30), interval=interval, since=interval)
    assert interval == 24 * HOUR


def test_a_site_that_did_not_answer_says_nothing_of_its_articles():
    assert after(Crawled(0, 0, answered=False)) == HOUR


def test_a_quiet_night_leaves_the_interval_as_it_is():
    night = NOW.replace(hour=0)
    rhythm = Rhythm(HOUR, crawled_at=night, hours=tuple(BY_DAY))
    assert after_crawl(rhythm, Crawled(0, 30), night + 3 * HOUR).interval < 1.03 * HOUR
    assert after_crawl(rhythm, Crawled(0, 30), night + 12 * HOUR).interval > 1.2 * HOUR


def test_activity_is_one_in_the_mean():
    day = NOW.replace(hour=0)
    assert sum(activity(day + n * HOUR, day + (n + 1) * HOUR, BY_DAY) for n in range(24)) / 24 == pytest.approx(
        1, abs=0.01
    )
    assert activity(day, day + HOUR, BY_DAY) < 0.1
    assert activity(day, day + HOUR, []) == 1


def test_the_wait_doubles_with_every_further_crawl_that_reads_nothing():
    waits = [(next_crawl(NOW, HOUR, failures, []) - NOW) / HOUR for failures in range(8)]
    assert waits == [1, 1, 2, 4, 8, 16, 24, 24]


def test_a_site_that_sleeps_at_night_is_asked_again_when_it_wakes():
    hours = BY_DAY
    night = NOW.replace(hour=0)
    assert is_quiet(night, hours)
    assert not is_quiet(NOW, hours)
    assert not is_quiet(night, [0.0] * 5 + [2.0] * 19), "too few articles to tell"
    assert next_crawl(night, HOUR, 0, hours) == night.replace(hour=4), "what is found at 5 was published from 4 on"
    assert NOW + 0.7 * HOUR < next_crawl(NOW, HOUR, 0, hours) < NOW + HOUR, "the night's crawls are made by day"
    assert next_crawl(NOW, HOUR, 0, [0.0] * 24) == NOW + HOUR


def test_old_counts_of_an_hour_fade():
    hours = counted([], 8, NOW, HOUR)
    assert hours[12] == 8
    assert counted(hours, 1, NOW, timedelta(days=7))[12] == 5


def test_a_crawl_every_ten_minutes_finds_a_site_due_at_its_interval_and_not_before():
    schedule = SiteSchedule(10 * MINUTE, crawled_at=NOW, next_at=NOW + 10 * MINUTE)
    assert not schedule.is_due(NOW + 8 * MINUTE)
    assert schedule.is_due(NOW + 9.5 * MINUTE)
    assert SiteSchedule().is_due(NOW)
    assert SiteSchedule(crawled_at=NOW + 1000 * HOUR, next_at=NOW + 1001 * HOUR).is_due(NOW), "a clock was wrong"


def test_the_archive_keeps_intervals_and_pauses(tmp_path: Path, database_url: str):
    with Archive.open(tmp_path / "archive", database_url) as archive:
        engine = archive.engine
        note_crawl(engine, "a", Crawled(30, 30), began=NOW)
        first = site_schedules(engine)["a"]
        assert (first.interval, first.crawled_at, first.next_at) == (intervals.START, NOW, NOW + HOUR)
        note_crawl(engine, "a", Crawled(30, 30), began=NOW + HOUR)
        second = site_schedules(engine)["a"]
        assert second.interval <= timedelta(seconds=2412)
        assert second.next_at == NOW + HOUR + second.interval
        pause(engine, ["a", "b"], now=NOW, until=NOW + HOUR)
        paused = site_schedules(engine)
        assert (paused["a"].is_paused(NOW), paused["b"].is_paused(NOW + HOUR)) == (True, False)
        assert paused["a"].interval == second.interval
        note_crawl(engine, "a", Crawled(0, 0, answered=False), began=NOW + 2 * HOUR)
        assert site_schedules(engine)["a"].is_paused(NOW), "a crawl that ends meanwhile resumes nothing"
        resume(engine, ["a"])
        resumed = site_schedules(engine)
        assert (resumed["a"].is_paused(NOW), resumed["b"].is_paused(NOW)) == (False, True)


@pytest.mark.parametrize("a_day", [1, 5, 20, 60, 240])
def test_the_interval_settles_at_the_square_root_of_the_rate(a_day: float):
    interval, left = HOUR, 0.0
    for _ in range(600):
        left += a_day * (interval / (24 * HOUR))
        new, left = int(left), left - int(left)
        interval = next_interval(interval, Crawled(new, 30), interval)
    assert interval / intervals.PACE * a_day**0.5 == pytest.approx(1, rel=0.15)


def test_sixty_articles_a_day_bring_thirty_crawls():
    crawls = 24 * HOUR / (intervals.PACE / 60**0.5)
    assert crawls == pytest.approx(30, abs=1)


@given(st.datetimes(timezones=st.just(UTC)), st.floats(10, 1440), st.lists(st.floats(0, 100), min_size=24, max_size=24))
def test_a_crawl_is_due_between_ten_minutes_and_a_day_after_the_last(at: datetime, minutes: float, hours: list[float]):
    due = next_crawl(at, minutes * MINUTE, 0, hours) if at.year < 9000 else at + HOUR
    assert at + 10 * MINUTE <= due <= at + 24 * HOUR
