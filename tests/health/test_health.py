"""Health: a verdict in the first run after something went wrong, from the rules alone and from real crawls."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from crawler.health.baseline import binomial_at_most, expected, poisson_at_most
from crawler.health.prometheus import metrics
from crawler.health.verdicts import Health, judge
from storage.queries.run_history import Completeness, RunRecord
from tests.support.rooms.health import DAY, FULL, NOW, run

PAST = [run(days) for days in range(1, 40)]


def health(latest: RunRecord, past: list[RunRecord] = PAST, now: datetime = NOW) -> Health:
    verdict = judge([latest, *past], now=now)
    assert verdict is not None
    return verdict


def test_a_run_like_those_before_it_is_ok():
    verdict = health(run(0))
    assert (verdict.verdict, verdict.failed_checks, verdict.is_sick) == ("ok", (), False)
    assert (verdict.new, verdict.expected, verdict.coverage["authors"]) == (20, 20.0, 1.0)


def test_a_site_without_a_past_is_judged_by_its_run_alone():
    assert health(run(0), []).verdict == "ok"
    assert health(run(0, status="unhealthy", new=0, message="nothing could be read (x)"), []).verdict == "broken"
    assert judge([], now=NOW) is None
    assert judge([run(0, status="interrupted")], now=NOW) is None


@pytest.mark.parametrize(
    ("latest", "verdict", "word"),
    [
        (run(0, new=0), "quiet", "0 new articles"),
        (run(0, new=2), "quiet", "2 new articles"),
        (run(0, new=9), "ok", ""),
        (run(0, new=0, reasons={"challenge": 3}, found={}, status="unhealthy", message="nothing"), "blocked", "challenge"),
        (run(0, new=0, reasons={"consent": 2}, found={"listings": 2, "links": 0}), "blocked", "consent"),
        (run(0, new=0, found={}, status="unhealthy", message="nothing could be read (/: HTTP 403)"), "blocked", "403"),
        (run(0, new=0, reasons={"blocked": 10}), "blocked", "10 pages"),
        (run(0, new=0, found={}, status="failed", message="killed"), "broken", "killed"),
        (run(0, new=0, reasons={"empty": 18, "soft-404": 2}), "broken", "20 of 20"),
        (run(0, new=6, reasons={"empty": 14}), "degraded", "14 of 20"),
        (run(0, new=20, reasons={"video": 14, "not-found": 3}), "ok", ""),
        (run(0, completeness=tuple(Completeness(200 + n, FULL - {"published_at"}) for n in range(20))), "degraded", "0% of the new articles have published_at"),
        (run(0, new=3, completeness=tuple(Completeness(205, FULL - {"authors"}) for n in range(3))), "degraded", "authors"),
        (run(0, completeness=tuple(Completeness(30, FULL) for n in range(20))), "degraded", "30 words"),
        (run(0, changed=12, same=1), "degraded", "changed at once"),
        (run(0, found={"listings": 2, "links": 40, "channels": {"feed": {"found": 0, "failures": 0}}}), "degraded", "no article any more"),
        (run(0, found={"listings": 2, "links": 40, "unchanged": 1, "channels": {"feed": {"found": 0}}}), "ok", ""),
        (run(0, found={"listings": 2, "links": 40, "channels": {"feed": {"failures": 1, "detail": "HTTP 500"}}}), "degraded", "HTTP 500"),
        (run(0, found={"listings": 8, "links": 12, "channels": {"feed": {"found": 12}}}), "degraded", "a listing names 1.5"),
    ],
)  # fmt: skip
def test_each_trouble_has_its_verdict_in_the_first_run_after_it(latest: RunRecord, verdict: str, word: str):
    judged = health(latest)
    assert judged.verdict == verdict, judged
    assert word in (judged.why if verdict != "ok" else "")
    assert judged.is_sick == (verdict in ("degraded", "broken", "blocked"))
    assert verdict == "ok" or judged.remedy


def test_a_quiet_weekday_is_compared_with_its_own_kind():
    # Two on Mondays, twenty on other days.
    past = [run(days, new=2 if days % 7 == 0 else 20) for days in range(1, 40)]
    assert health(run(0, new=2), past).verdict == "ok"
    assert health(run(0, new=0), past).verdict == "ok"
    tuesday = [replace(each, started_at=each.started_at + DAY) for each in past[1:]]
    assert health(replace(run(0, new=2), started_at=NOW), tuesday).verdict == "quiet"


def test_an_hourly_site_falls_silent_at_night_and_is_not_ill():
    def new(hour: float) -> int:
        return 0 if (NOW - hour * timedelta(hours=1)).hour < 6 else 10

    past = [run(hour / 24, new=new(hour), number=10_000 - hour, completeness=()) for hour in range(1, 24 * 30)]
    night = NOW.replace(hour=3)
    asleep = [each for each in past if each.started_at < night]
    assert health(replace(run(0, new=0, completeness=()), started_at=night), asleep, now=night).verdict == "ok"
    assert health(run(0, new=0, completeness=()), past).verdict == "quiet"


def test_a_site_that_always_was_odd_is_not_called_ill():
    odd = {"found": {"listings": 2, "links": 40, "channels": {"rest": {"failures": 1, "detail": "HTTP 403"}}}}
    complete = tuple(Completeness(60, frozenset({"image"})) for _ in range(20))
    past = [run(days, completeness=complete, reasons={"login": 9}, **odd) for days in range(1, 40)]
    assert health(run(0, completeness=complete, reasons={"login": 9}, **odd), past).verdict == "ok"


def test_three_days_without_news_are_more_than_quiet():
    past = [
        run(days, new=0 if days < 3 else 20, completeness=() if days < 3 else run(0).completeness)
        for days in range(1, 40)
    ]
    verdict = health(run(0, new=0), past)
    assert verdict.verdict == "degraded"
    assert "72 hours" in verdict.why


def test_a_cron_that_stopped_is_told():
    verdict = health(run(0), now=NOW + 6 * DAY)
    assert (verdict.verdict, "last run was 6.0 days ago" in verdict.why) == ("degraded", True)


def test_chance_is_counted_right():
    assert poisson_at_most(0, 3.0) == pytest.approx(0.0498, abs=1e-4)
    assert poisson_at_most(2, 3.0) == pytest.approx(0.4232, abs=1e-4)
    assert poisson_at_most(100, 1e6) == 0.0
    assert binomial_at_most(0, 3, 0.5) == pytest.approx(0.125)
    assert binomial_at_most(200, 200, 0.5) == pytest.approx(1.0)
    assert expected([], NOW, DAY) is None
    assert expected([(NOW - days * DAY, 7) for days in (1, 2)], NOW, DAY) is None


def test_metrics_are_what_prometheus_reads():
    state = replace(health(run(0, reasons={"video": 2})), site='a"b\\c\nd')
    families = list(text_string_to_metric_families(metrics([state]).decode()))
    samples = {
        (sample.name, *sorted(sample.labels.values())): sample.value for each in families for sample in each.samples
    }
    assert {family.type for family in families} == {"gauge"}
    assert len({family.name for family in families}) == len(families)
    assert all(family.name.startswith("warraq_") and family.documentation for family in families)
    assert all(sample.labels["site"] == state.site for family in families for sample in family.samples)
    assert samples["warraq_site_verdict", state.site, "ok"] == 1
    assert samples["warraq_site_verdict", state.site, "broken"] == 0
    assert samples["warraq_pages_without_article", state.site, "video"] == 2
    assert samples["warraq_last_run_timestamp_seconds", state.site] == state.at.timestamp()


# ---------------------------------------------------------------- real crawls
