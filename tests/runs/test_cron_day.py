"""A day of cron in minutes: hourly runs that overlap, over a fleet of which a third misbehaves.

`python -m tests.benchmarks.cron_day` does the same with 180 outlets and 24 runs.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.db.database import open_readonly
from storage.queries import select_articles
from tests.support.fleet.cron_days import run_hours
from tests.support.fleet.outlets_by_clock import EPOCH, fleet, serve_fleet, url_of

HOURS, DELAY_S = 4, 0.02


@pytest.mark.slow
def test_hourly_runs_that_overlap_fetch_everything_once_and_skip_no_healthy_outlet(tmp_path: Path):
    outlets = fleet(15, a_day=48)
    folder = tmp_path / "archive"
    with serve_fleet(outlets, EPOCH + timedelta(hours=12)) as server:
        runs = run_hours(server, folder, outlets, HOURS, patience_s=120, seconds=90.0, delay_s=DELAY_S)
        last = server.at - timedelta(hours=1)
    kept: dict[str, list[str]] = {}
    engine = open_readonly(folder)
    with engine.connect() as connection:
        for row in connection.execute(select_articles()).mappings():
            kept.setdefault(row["site"], []).append(row["url"])
    engine.dispose()
    for outlet in outlets:
        statuses = [run.told[outlet.name]["status"] for run in runs]
        asked = server.asked(outlet)
        if outlet.conduct in {"healthy", "redesigned"}:
            assert statuses == ["done"] * HOURS, outlet
            assert sorted(kept[outlet.name]) == sorted(url_of(outlet, n) for n in range(outlet.newest(last) + 1))
            assert max(count for target, count in asked.items() if target.startswith("/news/")) == 1
            assert max(asked.values()) <= HOURS, "nothing is asked twice in a run"
        else:
            assert "done" not in statuses[:1], outlet
        if outlet.conduct == "hanging":
            assert "skipped" in statuses, "a run that begins meanwhile leaves the site alone"
        times = [at for host, _target, _status, at in server.requests[: runs[1].first] if host == outlet.host]
        assert times[-1] - times[0] >= (len(times) - 1) * 0.7 * DELAY_S, "the delay is kept"
    assert [run.end["exit_code"] for run in runs] == [1] * HOURS
