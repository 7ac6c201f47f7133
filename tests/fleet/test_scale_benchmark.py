"""The simulated fleet of the scale benchmark: nothing is lost in its queue, and one seed gives one result."""

from itertools import pairwise
from statistics import mean

import pytest

from tests.benchmarks.scale.outlets import MEAN_A_DAY, make_outlets
from tests.benchmarks.scale.queue_simulation import ROUND_H, Day, FleetSize, quantile, simulate

OUTLETS, SLOTS = 60, 3


def run(slots: int = SLOTS, seed: int = 1, **fleet: float) -> Day:
    outlets = make_outlets(seed, OUTLETS, delay_s=2.0, hours=16)
    return simulate(outlets, FleetSize(slots, **fleet), start=6.0, warm=2.0, hours=8.0)


def test_the_outlets_publish_sixty_articles_a_day_in_the_mean_and_most_of_them_fewer() -> None:
    outlets = make_outlets(5, 2_000, delay_s=2.0, hours=24)
    assert mean(each.a_day for each in outlets) == pytest.approx(MEAN_A_DAY)
    assert sum(each.a_day < MEAN_A_DAY / 2 for each in outlets) > 900
    assert sum(each.published(0, 24) for each in outlets) == pytest.approx(2_000 * MEAN_A_DAY, rel=0.01)


def test_what_is_published_between_two_times_is_that_of_the_hours() -> None:
    (outlet,) = make_outlets(5, 1, delay_s=2.0, hours=24)
    by_hour = [sum(outlet.published(hour, hour + 1) for _ in range(300)) / 300 for hour in range(24)]
    for hour, weight in enumerate(outlet.weights):
        assert by_hour[hour] == pytest.approx(weight * outlet.a_day / 24, abs=0.5)


def test_every_job_is_accounted_for() -> None:
    for slots in (1, 3, 30):
        jobs = run(slots).jobs
        assert jobs["enqueued"] == jobs["begun"] + jobs["waiting"]
        assert jobs["begun"] == jobs["ended"] + jobs["running"]
        assert jobs["running"] <= slots


def test_no_outlet_is_lost_and_none_is_crawled_twice_at_once() -> None:
    day = run(2)
    assert day.busy_h <= 2 * (8.0 + 1.0)  # what a slot does is done by one crawl after the other
    assert day.crawls >= OUTLETS


def test_more_slots_never_make_longer_lags() -> None:
    days = [run(slots) for slots in (1, 2, 4, 16)]
    for share in (0.5, 0.95, 0.99):
        lags = [quantile(day.lags_h, share) for day in days]
        # Where nothing waits, a lag is the time to the next round of the schedule, and falls as that falls.
        assert all(more <= fewer + 0.1 * ROUND_H for fewer, more in pairwise(lags)), (share, lags)


def test_a_seed_gives_the_same_again_and_another_one_does_not() -> None:
    assert run() == run()
    assert run().lags_h != run(seed=2).lags_h


def test_a_fleet_that_was_away_catches_up() -> None:
    day = run(30, away=(9.0, 10.0))
    assert not {4, 5, 6, 7} & day.by_quarter.keys()
    assert max(day.by_quarter[8]) > 0.5
    assert quantile(day.by_quarter[31], 0.95) < 0.25


def test_a_queue_that_hands_out_too_slowly_is_a_wall_whatever_the_slots() -> None:
    assert quantile(run(60, fetches_s=0.005).lags_h, 0.5) > 5 * quantile(run(60).lags_h, 0.5)


def test_the_quantile_of_no_values_is_nothing() -> None:
    assert quantile([], 0.5) == 0.0
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
