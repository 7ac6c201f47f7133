"""The interval between two crawls of a site, and what the archive keeps of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.schedule import intervals
from storage.schedule.intervals import Crawled, counted, is_quiet, next_crawl, next_interval
from storage.schedule.site_schedules import SiteSchedule, note_crawl, pause, resume, site_schedules

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def after(found: Crawled, *, interval: timedelta = HOUR, since: timedelta = HOUR, quiet: bool = False) -> timedelta:
    return next_interval(interval, found, since, in_quiet_hour=quiet)


def test_an_interval_is_shorter_when_most_is_new_and_longer_when_little_is():
    assert after(Crawled(25, 30)) == HOUR * 0.67
    assert after(Crawled(15, 30)) == HOUR
    assert after(Crawled(3, 30)) == HOUR
    assert after(Crawled(2, 30)) == HOUR * 1.5
    assert after(Crawled(0, 0)) == HOUR * 1.5


def test_a_list_of_a_hundred_counts_as_one_of_usual_length():
    assert after(Crawled(5, 100)) == HOUR, "five articles an hour are not little because REST names a hundred"
    assert after(Crawled(25, 100)) == HOUR * 0.67


def test_an_interval_stays_between_ten_minutes_and_a_day():
    assert after(Crawled(30, 30), interval=11 * MINUTE) == 10 * MINUTE
    assert after(Crawled(0, 30), interval=20 * HOUR, since=20 * HOUR) == 24 * HOUR


def test_little_news_count_only_after_the_interval_by_day_and_when_the_site_answered():
    nothing = Crawled(0, 30)
    assert after(nothing, since=10 * MINUTE) == HOUR
    assert after(nothing, quiet=True) == HOUR
    assert after(Crawled(0, 0, answered=False)) == HOUR
    assert after(Crawled(30, 30), since=10 * MINUTE) < HOUR


def test_the_wait_doubles_with_every_further_crawl_that_reads_nothing():
    waits = [(next_crawl(NOW, HOUR, failures, []) - NOW) / HOUR for failures in range(8)]
    assert waits == [1, 1, 2, 4, 8, 16, 24, 24]


def test_a_site_that_sleeps_at_night_is_asked_again_when_it_wakes():
    hours = [0.0] * 5 + [10.0] * 19  # nothing is found from 0 to 5 o'clock
    night = NOW.replace(hour=0)
    assert is_quiet(night, hours)
    assert not is_quiet(NOW, hours)
    assert not is_quiet(night, [0.0] * 5 + [2.0] * 19), "too few articles to tell"
    assert next_crawl(night, HOUR, 0, hours) == night.replace(hour=4), "what is found at 5 was published from 4 on"
    assert next_crawl(NOW, HOUR, 0, hours) == NOW + HOUR
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
        assert second.interval == timedelta(seconds=2412)
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


@pytest.mark.parametrize(("an_hour", "least", "most"), [(120, 9, 30), (5, 30, 90), (0.05, 600, 1441)])
def test_the_interval_settles_where_a_tenth_to_two_thirds_are_new(an_hour: float, least: int, most: int):
    interval = HOUR
    for _ in range(60):
        new = round(an_hour * interval / HOUR)
        interval = next_interval(interval, Crawled(new, 30), interval, in_quiet_hour=False)
    assert least <= interval / MINUTE <= most
